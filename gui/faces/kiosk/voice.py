"""The spoken welcome, where the computer can speak."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, QObject

from engine.faces.greeting import spoken_name
from engine.faces.store.records import Greeting


class Voice(QObject):
    """Speaks through QtTextToSpeech; silent where there is none, never a reason to fail."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech: Any = None
        self._tried = False

    def prepare(self) -> None:
        """Find the system's voice now, so that no visitor waits for it."""
        self._engine()

    def welcome(self, name: str, greeting: Greeting) -> str:
        """Say welcome, and return what was said (also where nothing can be heard)."""
        if greeting is Greeting.OFF:
            return ""
        words = self.tr("Welcome, {name}").format(name=spoken_name(name, greeting))
        speech = self._engine()
        if speech is not None:
            speech.setLocale(QLocale())
            speech.say(words)
        return words

    def stop(self) -> None:
        """Be quiet at once."""
        if self._speech is not None:
            self._speech.stop()

    def _engine(self) -> Any:
        if not self._tried:
            self._tried = True
            try:
                from PySide6.QtTextToSpeech import QTextToSpeech
            except ImportError:
                return None
            engines = [name for name in QTextToSpeech.availableEngines() if name != "mock"]
            self._speech = QTextToSpeech(engines[0], self) if engines else None
        return self._speech
