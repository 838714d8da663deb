"""Tints the few marks that a style sheet can only load from a file: ``python -m resources.themes.marks``.

They stand beside the themes as files, ``light/check.svg`` and so on: a temporary folder would be swept away
under a program that runs for weeks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

THEMES = Path(__file__).resolve().parent
ICONS = THEMES.parent / "icons"
TOKENS: Mapping[str, str] = {"chevron-down": "muted", "chevron-up": "muted", "check": "on_accent"}
"""Mark → the colour token it is drawn in."""


def drawn(theme: Path) -> dict[str, str]:
    """Return each mark's SVG in the colours of a theme file."""
    colours = tomllib.loads(theme.read_text(encoding="utf-8"))
    return {
        name: (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colours[token])
        for name, token in TOKENS.items()
    }


def main() -> None:
    """Write the marks of every theme."""
    for theme in THEMES.glob("*.toml"):
        folder = THEMES / theme.stem
        folder.mkdir(exist_ok=True)
        for name, drawing in drawn(theme).items():
            (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
