"""Every text of the window changes with the language, while the window is open."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.faces.import_list import COLUMNS
from engine.paths import user_paths
from gui.app import PANELS, make_networks
from gui.i18n import Translations, resolve
from gui.main_window import MainWindow
from gui.session import Session
from resources.i18n import update

# What is the same in both languages: names of things, units, formulas.
SAME = re.compile(
    r"""AlexNet|VGG-?1[69]|Adam|L-BFGS|Gram|Wasserstein(-2)?|J_content|J_style|English|Triptych|TRIPTYCH|YuNet|SFace|ImageNet
    |relu\d(_\d)?|conv\d(_\d)?|pool\d|cpu|cuda|mps|auto|torchvision|PyTorch|torch|pip|LGPL|BSD|Apache|MIT|CMU|License
    |Qt|PySide6|OpenCV|NumPy|Pillow|JPEG|PNG|WebP|TIFF|BMP|GIF|MP4|RTSP|rtsp|http|URL|SHA-256|Ctrl|Alt|Tab|Space|Enter|Esc
    |SQLite|CSV|PDF|PIN|ROC|FAR|FRR|FNIR
    |SSIM|TV|px|MB|KB|GB|ms|fps|it/s|s/it|Softmax|ReLU|[A-Za-z0-9_./-]+\.(png|jpg|jpeg|onnx|safetensors|toml)""",
    re.VERBOSE,
)


@pytest.fixture
def translations(qapp: QApplication) -> Iterator[Translations]:
    translations = Translations(qapp)
    yield translations
    translations.speak("en")


def texts(root: QWidget) -> dict[tuple[int, str], str]:
    """Return everything that a person can read or hear, by widget and property."""
    found: dict[tuple[int, str], str] = {}
    for number, widget in enumerate([root, *root.findChildren(QWidget)]):
        found[number, "tool tip"] = widget.toolTip()
        found[number, "accessible name"] = widget.accessibleName()
        found[number, "accessible description"] = widget.accessibleDescription()
        found[number, "window title"] = widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton):
            found[number, "text"] = widget.text()
        if isinstance(widget, QGroupBox):
            found[number, "title"] = widget.title()
        if isinstance(widget, QLineEdit):
            found[number, "placeholder"] = widget.placeholderText()
        if isinstance(widget, QComboBox):
            for index in range(widget.count()):
                found[number, f"item {index}"] = widget.itemText(index)
        if isinstance(widget, QTabWidget):
            for index in range(widget.count()):
                found[number, f"tab {index}"] = widget.tabText(index)
    return {key: text for key, text in found.items() if text}


def english_words(text: str, quoted: list[str]) -> list[str]:
    """Return the words that should have been Chinese: neither names nor quotations."""
    for quotation in sorted(quoted, key=len, reverse=True):
        text = text.replace(quotation, "")
    return re.findall(r"[A-Za-z]{3,}", SAME.sub("", text))


def test_every_text_of_the_window_is_translated(qtbot: QtBot, translations: Translations) -> None:
    session = Session(user_paths())
    window = MainWindow(session, PANELS, make_networks)
    window.complete()
    qtbot.addWidget(window)
    window.show()
    english = texts(window)
    translations.speak("zh_CN")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    chinese = texts(window)
    cards = session.models.cards
    quoted = [
        words for card in cards for words in (card.id, card.paper, card.source, card.license, card.precision)
    ]
    quoted += COLUMNS  # of a CSV to be imported: they are read by the program
    left = sorted({text for text in chinese.values() if english_words(text, quoted)})
    translations.speak("en")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    back = texts(window)
    window.close()
    assert len(english) > 60
    assert not left, "\n".join(left)
    assert back == english


def test_the_translation_file_is_complete_and_compiled() -> None:
    assert update.problems() == []


def test_qts_own_words_are_translated_too(qapp: QApplication, translations: Translations) -> None:
    translations.speak("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() is QLocale.Language.Chinese


def test_placeholders_survive_translation() -> None:
    import xml.etree.ElementTree as ET

    for message in ET.parse(update.TS).getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.findtext("translation") or ""
        assert set(re.findall(r"\{\w*[^}]*\}", source)) == set(re.findall(r"\{\w*[^}]*\}", translation)), (
            source
        )


@pytest.mark.parametrize(("wish", "language"), [("en", "en"), ("zh_CN", "zh_CN")])
def test_a_wish_is_a_language(wish: str, language: str) -> None:
    assert resolve(wish) == language
    assert resolve("system") in ("en", "zh_CN")
