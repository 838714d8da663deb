"""OfficePage: what the office expects of each of its pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget


class OfficePage(QWidget):
    """A page of the office.

    Signals:
        told: a sentence about what was done; it goes by itself.
        receipt_given: one that stands until it is closed: a receipt.
    """

    told = Signal(str)
    receipt_given = Signal(str)

    def refresh(self) -> None:
        """Read again what is shown; called when the page is opened and whenever the gallery changed."""

    def retranslate(self) -> None:
        """Set the words again."""
        raise TypeError(f"{type(self).__name__} has no texts")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
