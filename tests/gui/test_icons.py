"""The icon set: complete, of one hand, tinted, sharp."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QPushButton

from gui.icons import icon
from gui.theme import ICONS, apply_theme, theme_of

GUI = Path(__file__).resolve().parents[2] / "gui"
CONTRACT = (
    *("triptych", "recognise", "paint", "explain", "settings", "info", "warning", "check", "close", "copy"),
    *("camera", "folder", "picture", "play", "pause", "stop", "save", "refresh", "add", "trash", "download"),
    *(
        "person",
        "shield",
        "palette",
        "swap",
        "sample",
        "layers",
        "unit",
        "search",
        "zoom-in",
        "zoom-out",
        "cpu",
    ),
)
USES = r'(?:\bicon|\bpixmap|\bdraw|button|set_placeholder|rail\.add)\(\s*(?:painter, )?"([a-z][a-z-]*)"'


@pytest.mark.parametrize("name", CONTRACT)
def test_there_is_an_icon(name: str) -> None:
    assert (ICONS / f"{name}.svg").is_file()


def test_every_icon_named_in_the_source_exists() -> None:
    used = {
        (path.name, name)
        for path in GUI.rglob("*.py")
        for name in re.findall(USES, path.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    missing = [(file, name) for file, name in used if not (ICONS / f"{name}.svg").is_file()]
    assert not missing


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_icons_are_of_one_hand(path: Path) -> None:
    drawing = path.read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in drawing
    assert 'stroke="currentColor" stroke-width="1.75" stroke-linecap="round"' in drawing
    assert "#" not in drawing


def ink(image: QImage) -> QColor:
    """Return the color of the most opaque pixel."""
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return max((image.pixelColor(*point) for point in points), key=lambda color: color.alpha())


def test_an_icon_follows_theme_role_and_state(qapp: QApplication) -> None:
    button = QPushButton()
    button.setIcon(icon("stop", button))
    size = QSize(48, 48)

    def shown(mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
        return ink(button.icon().pixmap(size, mode).toImage()).name().upper()

    assert shown() == theme_of().text
    assert shown(QIcon.Mode.Disabled) == theme_of().disabled
    button.setProperty("role", "primary")
    assert shown() == theme_of().on_accent
    apply_theme(qapp, "dark")
    assert shown() == theme_of().on_accent
    button.setProperty("role", "")
    assert shown() == theme_of().text


def test_an_icon_is_drawn_in_the_screens_density(qapp: QApplication) -> None:
    dense = icon("play").pixmap(QSize(20, 20), 2.0)
    assert dense.size() == QSize(40, 40)
    assert dense.devicePixelRatio() == 2.0


def test_an_icon_outlives_its_button(qapp: QApplication) -> None:
    button = QPushButton()
    kept = icon("play", button)
    button.deleteLater()
    del button
    gc.collect()
    assert not kept.pixmap(QSize(16, 16)).isNull()


def test_an_unknown_name_is_refused_at_once(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
