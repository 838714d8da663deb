"""The page that the demo writes: one HTML file beside its pictures, light and dark, no script, no network."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.faces.matching import Decision
from engine.files import writing

if TYPE_CHECKING:
    from engine.demo import Claim, DemoResult, Explained, Identified, Painting

STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf8; --card: #fff; --ink: #23252b; --soft: #6b6f78;
        --line: #e4e2dc; --good: #1f7a46; --bad: #a8580d; --accent: #4457b8 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #17181b; --card: #202226; --ink: #e8e6e1; --soft: #a0a4ad; --line: #33363c;
          --good: #6cc893; --bad: #e5a65e; --accent: #9fb0ff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
main { max-width: 68rem; margin: 0 auto; padding: 3.5rem 1.5rem 5rem }
h1 { font-size: 2.1rem; margin: 0; letter-spacing: -.01em }
h2 { font-size: 1.4rem; margin: 0 0 .2rem }
p { margin: .2rem 0 1rem; color: var(--soft); max-width: 46rem }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.8rem;
          margin-top: 2rem }
.row { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: flex-start }
figure { margin: 0 }
figure img { display: block; max-width: 100%; border-radius: 8px }
figcaption { color: var(--soft); font-size: .88rem; margin-top: .35rem }
.row figure img { height: 15rem; width: auto }
.strip { margin-top: 1.6rem }
.strip figure img { height: 7.4rem }
table { border-collapse: collapse; margin: .4rem 0 1.6rem }
td, th { text-align: left; padding: .35rem 1.4rem .35rem 0; border-bottom: 1px solid var(--line) }
th { font-weight: 500; color: var(--soft) }
td.number { font-variant-numeric: tabular-nums }
.yes { color: var(--good); font-weight: 600 }
.no { color: var(--bad); font-weight: 600 }
svg { width: 100%; max-width: 46rem; height: auto; margin-top: 1.4rem }
"""


def write_page(result: DemoResult) -> None:
    """Write the page to ``result.page``.

    Raises:
        EngineError: NOT_WRITABLE or DISK_FULL.
    """
    body = "\n".join(
        [
            _recognise(result.claims, result.identified),
            _paint(result.painting),
            _explain(result.explained),
        ]
    )
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Triptych: recognise, paint, explain</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><main><h1>Triptych</h1>
<p>The job of each panel on the pictures on board, done in {result.seconds:.0f} seconds without a screen.
Everything was computed on this machine by the same code that the window runs.</p>
{body}
</main></body></html>
"""
    with writing(result.page) as file:
        file.write(page.encode())


def _recognise(claims: Sequence[Claim], identified: Sequence[Identified]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(claim.photo)}</td><td>{html.escape(claim.answer.name)}</td>"
        f'<td class="number">{claim.answer.distance:.3f}</td>'
        f'<td class="number">{claim.answer.threshold:.3f}</td>{_verdict(claim.answer.decision)}</tr>'
        for claim in claims
    )
    pictures = "".join(_figure(one.drawn, _who(one)) for one in identified)
    return f"""<section><h2>Recognise</h2>
<p>Two people were enrolled with one photo each, then others came to the desk. The squared distance d lies
between 0 and 4; a claim is accepted when d is at most τ.</p>
<table><tr><th>Photo</th><th>claims to be</th><th>d</th><th>τ</th><th>answer</th></tr>{rows}</table>
<div class="row">{pictures}</div></section>"""


def _verdict(decision: Decision) -> str:
    kind = "yes" if decision is Decision.ACCEPT else "no"
    return f'<td class="{kind}">{decision}</td>'


def _who(one: Identified) -> str:
    answers = ", ".join(
        face.match.person.name if face.decision is Decision.ACCEPT and face.match.person else face.decision
        for face in one.faces
    )
    return f"{one.photo}: {answers or 'no face'}"


def _figure(file: str, caption: str) -> str:
    words = html.escape(caption, quote=True)
    return f'<figure><img src="{html.escape(file)}" alt="{words}"><figcaption>{words}</figcaption></figure>'


def _paint(painting: Painting) -> str:
    strip = "".join(_figure(file, f"iteration {number}") for number, file in painting.strip)
    curve = loss_curve([losses.total for losses in painting.losses])
    return f"""<section><h2>Paint</h2>
<p>“{html.escape(painting.content.title)}” in the manner of “{html.escape(painting.style.title)}”:
{painting.recipe.size} pixels, {len(painting.losses)} iterations on {painting.recipe.network.upper()} in
{painting.seconds:.0f} s.</p>
<div class="row">{_figure(painting.output, "the painting")}{_figure("style.jpg", painting.style.title)}</div>
<div class="row strip">{strip}</div>{curve}</section>"""


def loss_curve(totals: Sequence[float]) -> str:
    """Return an SVG of the total loss over the iterations, logarithmic; not finite or ≤ 0 is left out."""
    width, height, left, bottom = 720, 220, 64, 28
    points = [
        (number, math.log10(total))
        for number, total in enumerate(totals, start=1)
        if math.isfinite(total) and total > 0
    ]
    if len(points) < 2:
        return ""
    low, high = min(y for _, y in points), max(y for _, y in points)
    last = points[-1][0]

    def place(number: int, value: float) -> tuple[float, float]:
        x = left + (number - 1) / max(1, last - 1) * (width - left - 12)
        y = 12 + (high - value) / max(1e-9, high - low) * (height - bottom - 24)
        return x, y

    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
    words = f"total loss from {totals[0]:.3g} to {totals[-1]:.3g}"
    texts = "".join(
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{html.escape(text)}</text>'
        for x, y, anchor, text in (
            (left - 8, place(1, high)[1] + 4, "end", f"{10**high:.3g}"),
            (left - 8, place(1, low)[1] + 4, "end", f"{10**low:.3g}"),
            (left, height - 4, "start", "iteration 1"),
            (width - 12, height - 4, "end", f"iteration {last}"),
        )
    )
    return f"""<svg viewBox="0 0 {width} {height}" role="img" aria-label="{words}">
<g fill="var(--soft)" font-size="13">{texts}</g>
<line x1="{left}" y1="{height - bottom}" x2="{width - 12}" y2="{height - bottom}" stroke="var(--line)"/>
<polyline points="{path}" fill="none" stroke="var(--accent)" stroke-width="2.5"
 stroke-linejoin="round"/></svg>"""


def _explain(explained: Explained) -> str:
    figures = "".join(
        _figure(file, f"{layer}: the {len(units)} units with the strongest responses")
        for layer, units, file in explained.figures
    )
    return f"""<section><h2>Explain</h2>
<p>AlexNet looked at {explained.images} pictures in {explained.seconds:.1f} s. Each tile shows the nine
patches that one of its {explained.units} units responded to most, cropped to the exact receptive field.</p>
{figures}</section>"""
