"""Colours, spacing and sizes: read from ``resources/themes``, made into a palette and a style sheet.

Qt's own colour scheme switch does nothing on most Linux platform themes, so the program owns its palette.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from string import Template
from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from engine.paths import RESOURCES

THEMES: Final = RESOURCES / "themes"
ICONS: Final = RESOURCES / "icons"
SYSTEM: Final = "system"
_PROPERTY: Final = "triptych-theme"


@dataclass(frozen=True)
class Theme:
    """The tokens of one appearance. Colours are ``#RRGGBB``; lengths are device-independent pixels.

    ``surface`` lies on ``window``; ``sunken`` is what is typed into or dropped on; ``mat`` surrounds
    pictures; ``shade``, ``on_shade`` and ``picture_*`` are for what is laid over pictures. A ``*_soft``
    colour is the background for text in the colour of that name.
    """

    name: str
    window: str
    sidebar: str
    surface: str
    sunken: str
    hover: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    mat: str
    shade: str
    on_shade: str
    picture_good: str
    picture_warn: str
    picture_bad: str
    series: tuple[str, ...]
    space_xs: int = 4
    space_s: int = 8
    space_m: int = 12
    space_l: int = 16
    space_xl: int = 24
    radius_s: int = 6
    radius_m: int = 10
    radius_l: int = 16
    font_small: int = 12
    font_body: int = 14
    font_heading: int = 17
    font_title: int = 24

    def color(self, token: str) -> QColor:
        """Return a colour token ("accent", "good_soft", …) for painting."""
        return QColor(cast("str", getattr(self, token)))

    def tone(self, tone: str) -> QColor:
        """Return the colour of a tone: "good", "bad", "warn", anything else the accent."""
        return self.color(tone if tone in ("good", "bad", "warn", "muted", "text") else "accent")

    def series_color(self, index: int) -> QColor:
        """Return the colour of the index-th line of a chart; they repeat."""
        return QColor(self.series[index % len(self.series)])


@cache
def read_theme(name: str) -> Theme:
    """Read "light" or "dark"."""
    tokens = tomllib.loads((THEMES / f"{name}.toml").read_text(encoding="utf-8"))
    tokens["series"] = tuple(tokens["series"])
    return Theme(name=name, **tokens)


def theme_of(_widget: QWidget | None = None) -> Theme:
    """Return the theme in force, for widgets that paint themselves."""
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    return theme if isinstance(theme, Theme) else read_theme("light")


def resolve(app: QApplication, name: str) -> str:
    """Return "light" or "dark" for a setting that may be "system"."""
    if name != SYSTEM:
        return name
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def apply_theme(app: QApplication, name: str) -> Theme:
    """Give the whole program an appearance: "light", "dark", or "system"."""
    theme = read_theme(resolve(app, name))
    if app.property(_PROPERTY) == theme:
        return theme
    app.setProperty(_PROPERTY, theme)
    app.setFont(_font(theme))
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet(theme))
    return theme


def palette_of(theme: Theme) -> QPalette:
    """Return the theme as a palette, which Fusion draws with where the style sheet says nothing."""
    role = QPalette.ColorRole
    tokens = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.ToolTipBase: "text",
        role.ToolTipText: "surface",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "border",
        role.Dark: "border_strong",
        role.Shadow: "shade",
    }
    palette = QPalette()
    for where, token in tokens.items():
        palette.setColor(where, theme.color(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, theme.color("disabled"))
    return palette


def style_sheet(theme: Theme) -> str:
    """Fill the tokens into ``window.qss``."""
    values: dict[str, object] = {field.name: getattr(theme, field.name) for field in fields(theme)}
    values["marks"] = (THEMES / theme.name).as_posix()
    return Template((THEMES / "window.qss").read_text(encoding="utf-8")).substitute(values)


def _font(theme: Theme) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(theme.font_body)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
