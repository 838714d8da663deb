"""What the main window expects of each of its three panels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError


class Panel(QWidget):
    """One panel of the window. A panel never imports another one.

    Signals:
        problem: something went wrong that the person should read (shown as a notice, never modal).
        told: a sentence for the status bar.
    """

    problem = Signal(Exception)
    told = Signal(str)

    def retranslate(self) -> None:
        """Set every visible text again; called after the language changed."""
        raise TypeError(f"{type(self).__name__} has no texts")

    def show_example(self) -> None:
        """Start this panel's job on the pictures on board; :meth:`is_busy` is False when it is done."""
        raise TypeError(f"{type(self).__name__} has no example")

    def scenes(self) -> Sequence[str]:
        """Name what else than the example is worth a picture of its own in the documentation."""
        return ()

    def show_scene(self, name: str) -> None:
        """Start one of :meth:`scenes`; :meth:`scene_ready` is True when its picture can be taken."""
        raise TypeError(f"{type(self).__name__} has no scene {name}")

    def scene_ready(self) -> bool:
        """Whether the scene started last shows what it should."""
        return True

    def is_busy(self) -> bool:
        """Whether long work is under way: closing the window then keeps or stops it cleanly."""
        return False

    def shut_down(self) -> None:
        """Stop all work of this panel for good; called once, before the runner closes."""

    def save_state(self, store: QSettings) -> None:
        """Remember what the panel showed (in the group the window has opened for it)."""

    def restore_state(self, store: QSettings) -> None:
        """Show it again."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def report(self, error: BaseException) -> None:
        """Pass an engine error on as a notice; anything else is a fault of the program and is raised."""
        if not isinstance(error, EngineError):
            raise error
        self.problem.emit(error)
