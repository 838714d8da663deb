"""VerdictFrame: what shows a verdict: an icon, a word and a sentence in the colour of their tone."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gui.faces.words import Verdict
from gui.widgets.card import label


class VerdictFrame(QFrame):
    """The parts of a verdict; whoever inherits lays them out, and draws icon and sizes in :meth:`_draw`.

    Args:
        title, text: roles of the labels of word and sentence.
    """

    def __init__(self, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict: Verdict | None = None
        self._mark = QLabel()
        self._title, self._text = label(title, wrap=True), label(text, wrap=True)
        self.setProperty("role", "notice")

    def title(self) -> str:
        """Return the word shown."""
        return self._title.text()

    def text(self) -> str:
        """Return the sentence shown."""
        return self._text.text()

    def tone(self) -> str:
        """Return the tone shown."""
        return self._verdict.tone if self._verdict is not None else "plain"

    def show_verdict(self, verdict: Verdict) -> None:
        """Say something else; the same again costs nothing."""
        if verdict == self._verdict:
            return
        self._verdict = verdict
        self._title.setText(verdict.title)
        self._text.setText(verdict.text)
        self._text.setVisible(bool(verdict.text))
        self.setAccessibleName(verdict.title)
        self.setAccessibleDescription(verdict.text)
        if self.property("tone") != verdict.tone:
            self.setProperty("tone", verdict.tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self._draw(verdict)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_verdict", None) is not None:
            assert self._verdict is not None
            self._draw(self._verdict)
        super().changeEvent(event)

    def _draw(self, verdict: Verdict) -> None:
        """Draw the icon, and whatever else depends on the verdict."""
        raise NotImplementedError
