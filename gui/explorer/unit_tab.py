"""What the unit page expects of each of its tabs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from engine.explorer.records import Entry, Layer
from gui.explorer.findings import UnitRef


@dataclass(frozen=True)
class ShownUnit:
    """The unit that a page is about: its name, its layer, its nine strongest pictures."""

    ref: UnitRef
    layer: Layer
    entries: tuple[Entry, ...]


class UnitTab(QWidget):
    """One tab. It begins to work when it is shown a unit, which happens only while it is in front.

    Signals:
        failed: a task failed, with its error.
        opened: another :class:`UnitRef` is wanted.
        told: a sentence for the status bar.
    """

    failed = Signal(object)
    opened = Signal(object)
    told = Signal(str)

    def name(self) -> str:
        """Return the tab's name, translated."""
        raise TypeError(f"{type(self).__name__} has no name")

    def show_unit(self, shown: ShownUnit) -> None:
        """Show a unit, or the same one again with other pictures."""
        raise TypeError(f"{type(self).__name__} shows nothing")

    @property
    def busy(self) -> bool:
        """Whether something on screen is still to come."""
        return False

    def stop(self) -> None:
        """End all work; what is shown stays."""

    def retranslate(self) -> None:
        """Set every visible text again."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
