"""Draws units as 3 × 3 tiles of their strongest patches: PNG, PDF or one self-contained HTML file. No torch.

After figure 2 of Zeiler and Fergus 2014.
"""

from __future__ import annotations

import base64
import html
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.errors import EngineError, ErrorCode
from engine.explorer.answers import Projection
from engine.explorer.patches import Patch
from engine.files import writing
from engine.images import Rgb

CELL = 96
GAP = 3
MARGIN = 28
CAPTION = 22
COLUMNS = 3
PAPER = (255, 255, 255)
INK = (32, 33, 36)
OUTSIDE = (228, 230, 234)
"""Where a receptive field reaches beyond the picture."""

PROJECTED = ("patch", "deconvnet", "guided backpropagation")
"""What stands side by side in a figure of projections."""

ENDINGS = (".png", ".pdf", ".html")


@dataclass(frozen=True)
class UnitTile:
    """A unit and its strongest patches, strongest first."""

    unit: int
    patches: tuple[Patch, ...]


def framed(patch: Patch) -> Rgb:
    """Return the whole receptive field as a picture; what lies beyond the photo is light grey."""
    width, height = patch.frame
    whole = np.empty((height, width, 3), dtype=np.uint8)
    whole[:] = OUTSIDE
    left, top, right, bottom = patch.inside
    whole[top:bottom, left:right] = patch.rgb
    return whole


def enlarged(patch: Patch, side: int) -> Image.Image:
    """Return the patch ``side`` pixels wide and high; a patch of few pixels keeps their edges visible."""
    image = Image.fromarray(framed(patch))
    few = max(image.size) * 4 <= side
    return image.resize((side, side), Image.Resampling.NEAREST if few else Image.Resampling.BICUBIC)


def draw_tile(patches: Sequence[Patch], cell: int = CELL) -> Image.Image:
    """Return nine patches as a 3 × 3 tile; a unit with fewer leaves the rest grey."""
    side = 3 * cell + 2 * GAP
    tile = Image.new("RGB", (side, side), PAPER)
    draw = ImageDraw.Draw(tile)
    for place in range(9):
        x, y = (place % 3) * (cell + GAP), (place // 3) * (cell + GAP)
        if place < len(patches):
            tile.paste(enlarged(patches[place], cell), (x, y))
        else:
            draw.rectangle((x, y, x + cell - 1, y + cell - 1), fill=OUTSIDE)
    return tile


def write_figure(path: Path, title: str, tiles: Sequence[UnitTile]) -> None:
    """Write the figure in the format of the file's ending, whole or not at all.

    Raises:
        EngineError: BAD_VALUE for another ending than .png, .pdf or .html; DISK_FULL or NOT_WRITABLE.
    """
    write_beside(path, [(title, tiles)])


def write_beside(path: Path, sheets: Sequence[tuple[str, Sequence[UnitTile]]]) -> None:
    """Write several titled sheets of units side by side, as in the first figures of the subject.

    Raises:
        EngineError: as :func:`write_figure`.
    """
    check_ending(path)
    if path.suffix.lower() == ".html":
        _write(path, _as_html(sheets).encode())
        return
    drawn = [_sheet(title, tiles) for title, tiles in sheets]
    whole = Image.new("RGB", (sum(one.width for one in drawn), max(one.height for one in drawn)), PAPER)
    left = 0
    for one in drawn:
        whole.paste(one, (left, 0))
        left += one.width
    _write(path, _encoded(path, whole))


def write_projections(path: Path, title: str, projections: Sequence[Projection]) -> None:
    """Write patch, deconvnet and guided backpropagation side by side, one picture a row.

    Raises:
        EngineError: as :func:`write_figure`.
    """
    check_ending(path)
    if path.suffix.lower() == ".html":
        _write(path, _projections_html(title, projections).encode())
        return
    side, gap = 2 * CELL, GAP * 2
    height = MARGIN + 64 + len(projections) * (side + CAPTION + gap)
    sheet = Image.new("RGB", (2 * MARGIN + 3 * side + 2 * gap, height), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN // 2 + 4), title, INK, ImageFont.load_default(20))
    for column, name in enumerate(PROJECTED):
        draw.text((MARGIN + column * (side + gap), MARGIN + 32), name, INK, ImageFont.load_default(13))
    for row, one in enumerate(projections):
        y = MARGIN + 54 + row * (side + CAPTION + gap)
        for column, rgb in enumerate((one.patch.rgb, one.deconv, one.guided)):
            shown = enlarged(replace(one.patch, rgb=rgb), side)
            sheet.paste(shown, (MARGIN + column * (side + gap), y))
        caption = f"{one.patch.entry.file}    {one.patch.entry.value:.3f}"
        draw.text((MARGIN, y + side + 2), caption, INK, ImageFont.load_default(13))
    _write(path, _encoded(path, sheet))


def _projections_html(title: str, projections: Sequence[Projection]) -> str:
    """Return a page with words as words: file names of every script can be read, searched and copied."""
    name = html.escape(title)
    heads = "".join(f"<th>{column}</th>" for column in PROJECTED)
    rows = "\n".join(_projection_html(one) for one in projections)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width"><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2.5rem; color: #202124; background: #fff }}
th {{ text-align: left; font-weight: normal }}
caption {{ text-align: left; font-weight: bold; padding-bottom: 1rem }}
td {{ padding: 0 .5rem .2rem 0 }}
img {{ width: {2 * CELL}px; height: {2 * CELL}px; display: block }}
</style></head><body><table><caption>{name}</caption><tr>{heads}</tr>
{rows}
</table></body></html>
"""


def _projection_html(one: Projection) -> str:
    cells = ""
    for column, rgb in zip(PROJECTED, (one.patch.rgb, one.deconv, one.guided), strict=True):
        buffer = io.BytesIO()
        Image.fromarray(framed(replace(one.patch, rgb=rgb))).save(buffer, "PNG")
        data = base64.b64encode(buffer.getvalue()).decode()
        cells += f'<td><img src="data:image/png;base64,{data}" alt="{column}"></td>'
    words = html.escape(f"{one.patch.entry.file}    {one.patch.entry.value:.3f}")
    return f'<tr>{cells}</tr><tr><td colspan="{len(PROJECTED)}">{words}</td></tr>'


def _encoded(path: Path, sheet: Image.Image) -> bytes:
    buffer = io.BytesIO()
    sheet.save(buffer, path.suffix[1:].upper(), resolution=200.0)
    return buffer.getvalue()


def _write(path: Path, data: bytes) -> None:
    with writing(path) as file:
        file.write(data)


def check_ending(path: Path) -> None:
    """Refuse a file whose ending names no format.

    Raises:
        EngineError: BAD_VALUE.
    """
    if path.suffix.lower() not in ENDINGS:
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{path.name} does not end in {', '.join(ENDINGS)}: the ending chooses the format.",
            path.name,
        )


def _sheet(title: str, tiles: Sequence[UnitTile]) -> Image.Image:
    side = 3 * CELL + 2 * GAP
    columns = min(COLUMNS, len(tiles)) if len(tiles) <= 9 else math.ceil(math.sqrt(len(tiles)))
    rows = math.ceil(len(tiles) / columns)
    head = MARGIN + 34
    size = (
        MARGIN + columns * (side + MARGIN),
        head + rows * (side + CAPTION + MARGIN),
    )
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN // 2 + 4), title, INK, ImageFont.load_default(20))
    for place, tile in enumerate(tiles):
        x = MARGIN + (place % columns) * (side + MARGIN)
        y = head + (place // columns) * (side + CAPTION + MARGIN)
        draw.text((x, y), _caption(tile), INK, ImageFont.load_default(13))
        sheet.paste(draw_tile(tile.patches), (x, y + CAPTION))
    return sheet


def _caption(tile: UnitTile) -> str:
    if not tile.patches:
        return f"unit {tile.unit}"
    strongest, weakest = tile.patches[0].entry.value, tile.patches[-1].entry.value
    return f"unit {tile.unit}    {strongest:.2f} to {weakest:.2f}"


def _as_html(sheets: Sequence[tuple[str, Sequence[UnitTile]]]) -> str:
    names = html.escape(" / ".join(title for title, _ in sheets))
    articles = "\n".join(_article_html(title, tiles) for title, tiles in sheets)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{names}</title>
<meta name="viewport" content="width=device-width"><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2.5rem; color: #202124; background: #fff }}
body > div {{ display: flex; flex-wrap: wrap; gap: 4rem }}
article {{ flex: 1 1 20rem }}
main {{ display: flex; flex-wrap: wrap; gap: 2rem }}
section div {{ display: grid; grid-template-columns: repeat(3, {CELL}px); gap: {GAP}px }}
h2 {{ font-size: 1rem; margin: 0 0 .4rem }}
img {{ width: {CELL}px; height: {CELL}px; display: block }}
</style></head><body><div>
{articles}
</div></body></html>
"""


def _article_html(title: str, tiles: Sequence[UnitTile]) -> str:
    units = "\n".join(_unit_html(tile) for tile in tiles)
    return f"<article><h1>{html.escape(title)}</h1><main>\n{units}\n</main></article>"


def _unit_html(tile: UnitTile) -> str:
    pictures = "".join(_patch_html(patch) for patch in tile.patches)
    return f"<section><h2>{_caption(tile)}</h2><div>{pictures}</div></section>"


def _patch_html(patch: Patch) -> str:
    buffer = io.BytesIO()
    field = Image.fromarray(framed(patch))
    few = max(field.size) * 4 <= CELL
    field.save(buffer, "PNG" if few else "JPEG", quality=92)
    data = f"{'png' if few else 'jpeg'};base64,{base64.b64encode(buffer.getvalue()).decode()}"
    shown = ' style="image-rendering: pixelated"' if few else ""
    entry = patch.entry
    words = html.escape(f"{entry.file}: {entry.value:.3f} at {list(entry.position)}", quote=True)
    return f'<img{shown} src="data:image/{data}" alt="{words}" title="{words}">'
