"""Every error has words for people, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError, ErrorCode
from gui.i18n import Translations
from gui.messages import WORDS, words


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_has_a_title_and_a_cure_and_names_its_subject(code: ErrorCode) -> None:
    assert code in WORDS, f"gui/messages.py has no words for {code.name}"
    said = words(EngineError(code, "The detail.", "holiday.jpg"))
    assert said.title
    assert not said.title.endswith(".")
    assert "holiday.jpg" in said.body
    assert words(EngineError(code, "The detail.")).body.endswith((".", "torchvision"))


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_speaks_chinese(qapp: QApplication, code: ErrorCode) -> None:
    english = words(EngineError(code, "The detail."))
    translations = Translations(qapp)
    translations.speak("zh_CN")
    try:
        chinese = words(EngineError(code, "The detail."))
    finally:
        translations.speak("en")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.title)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.body)
    assert chinese != english


def test_a_fault_of_the_program_says_so() -> None:
    said = words(ZeroDivisionError("division by zero"))
    assert "program" in said.title
    assert said.body == "ZeroDivisionError: division by zero"
