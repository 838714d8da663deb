"""The tokens of both appearances: readable, complete, and followed by palette, style sheet and icons."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from gui.icons import pixmap
from gui.theme import THEMES, Theme, apply_theme, read_theme, style_sheet, theme_of
from resources.themes.marks import drawn

TEXT_ON = {
    "text": ("window", "sidebar", "surface", "sunken", "hover", "accent_soft"),
    "muted": ("window", "sidebar", "surface", "sunken", "mat"),
    "accent": ("surface", "window", "accent_soft"),
    "on_accent": ("accent", "accent_hover"),
    "good": ("good_soft", "surface"),
    "warn": ("warn_soft", "surface"),
    "bad": ("bad_soft", "surface"),
    "on_shade": ("shade",),
}


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_is_that_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), [(ink, paper) for ink in TEXT_ON for paper in TEXT_ON[ink]])
def test_text_has_a_contrast_of_at_least_four_and_a_half(name: str, ink: str, paper: str) -> None:
    theme = read_theme(name)
    assert contrast(getattr(theme, ink), getattr(theme, paper)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_focus_edges_and_lines_can_be_seen(name: str) -> None:
    theme = read_theme(name)
    for paper in (theme.window, theme.surface, theme.sidebar):
        assert contrast(theme.focus, paper) >= 3
    assert contrast(theme.border_strong, theme.surface) >= 3
    for line in theme.series:
        assert contrast(line, theme.surface) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_token_is_a_color(name: str) -> None:
    theme = read_theme(name)
    colors = [getattr(theme, field.name) for field in fields(Theme) if field.type == "str"]
    colors.remove(theme.name)
    assert all(re.fullmatch("#[0-9A-F]{6}", color) for color in [*colors, *theme.series])


def test_the_style_sheet_writes_no_color_of_its_own() -> None:
    template = (THEMES / "window.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", template)
    assert "$" not in style_sheet(read_theme("dark"))


def test_a_change_of_appearance_reaches_palette_widgets_and_icons(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    light = pixmap("play", 24).toImage()
    apply_theme(qapp, "dark")
    dark = read_theme("dark")
    assert theme_of() == dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == dark.window
    assert pixmap("play", 24).toImage() != light


@pytest.mark.parametrize("theme", sorted(THEMES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_marks_of_the_style_sheet_have_the_colours_of_the_theme(theme: Path) -> None:
    for name, drawing in drawn(theme).items():
        assert (theme.with_suffix("") / f"{name}.svg").read_text(encoding="utf-8") == drawing
    named = set(re.findall(r"\$marks/([a-z-]+)\.svg", (THEMES / "window.qss").read_text(encoding="utf-8")))
    assert named == set(drawn(theme))
