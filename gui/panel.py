"""What the main window expects of each of its three panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError


@dataclass(frozen=True)
class Scene:
    """A picture for the documents: ``begin`` it, wait until it is ``ready``, grab ``widget``.

    One with photographs is saved small and in the light appearance only; charts are saved sharp, in both.
    """

    name: str
    begin: Callable[[], None]
    ready: Callable[[], bool]
    widget: Callable[[], QWidget]
    photographs: bool = True


class Panel(QWidget):
    """One panel of the window. A panel never imports another one.

    Signals:
        problem: something went wrong that the person should read (shown as a notice, never modal).
        told: a sentence for the status bar.
        receipt_given: a sentence that stands until it is closed (shown as a notice): a receipt.
    """

    problem = Signal(Exception)
    told = Signal(str)
    receipt_given = Signal(str)

    def retranslate(self) -> None:
        """Set every visible text again; called after the language changed."""
        raise TypeError(f"{type(self).__name__} has no texts")

    def show_example(self) -> None:
        """Start this panel's job on the pictures on board; :meth:`is_busy` is False when it is done."""
        raise TypeError(f"{type(self).__name__} has no example")

    def scenes(self, window: QWidget) -> Sequence[Scene]:
        """Return more pictures of this panel, in order; its example has ended. ``window`` holds the panel."""
        return ()

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
