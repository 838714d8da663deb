"""What a command writes: one JSON document or text on standard output, progress on standard error."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TextIO, TypeVar, cast

from engine.jobs import Checkpoint, Task
from engine.progress import Progress

T = TypeVar("T")
R = TypeVar("R")

_JOINERS = "\u200c\u200d"
"""Not printable by themselves, but parts of emoji and of Persian names."""


class Console:
    """The two streams of one command.

    Args:
        as_json: whether standard output carries JSON and nothing else.
    """

    def __init__(self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.as_json = as_json
        self._out = out or sys.stdout or _nowhere()
        self._err = err or sys.stderr or _nowhere()
        self._bar_shown = False
        self._bar_time = 0.0
        self.interrupted = False
        self.signal: int = signal.SIGINT

    def interrupt(self, signum: int = signal.SIGINT, frame: FrameType | None = None) -> None:
        """Stop the command (a signal handler), and remember it: compiled code may swallow the exception."""
        self.interrupted, self.signal = True, signum
        raise KeyboardInterrupt

    def answer(self, document: Any, text: str) -> None:
        """Write the answer: ``document`` as JSON, or ``text`` for a person."""
        self.clear_bar()
        shown = self._as_json(document) if self.as_json else _fitting(_harmless(text, "\n\t"), self._out)
        self._out.write(shown + "\n")
        self._out.flush()

    def _as_json(self, document: Any) -> str:
        """Return JSON that the stream can hold: names of files may be no text, and streams may lack UTF-8."""
        shown = json.dumps(document, ensure_ascii=False, allow_nan=False)
        if shown == _fitting(shown, self._out):
            return shown
        return json.dumps(document, allow_nan=False)

    def note(self, sentence: str) -> None:
        """Tell something on the side (a warning, a place where a file went), on one line."""
        self.clear_bar()
        self._err.write(_fitting(_harmless(sentence), self._err) + "\n")
        self._err.flush()

    def bar(self, progress: Progress, what: str = "") -> None:
        """Draw a progress bar on a terminal, at most ten times a second; elsewhere do nothing."""
        now = time.monotonic()
        if not self._err.isatty() or (now - self._bar_time < 0.1 and progress.done < progress.total):
            return
        self._bar_time, self._bar_shown = now, True
        filled = round(30 * progress.fraction)
        left = "" if progress.seconds_left is None else f"  {progress.seconds_left:.0f} s left"
        bar = "█" * filled + "░" * (30 - filled)
        self._err.write(f"\r\033[K{bar} {progress.done}/{progress.total}{left}  {what}")
        self._err.flush()

    def clear_bar(self) -> None:
        """Remove the bar, so that text starts on a clean line."""
        if self._bar_shown:
            self._err.write("\r\033[K")
            self._bar_shown = False

    def follow(self, task: Task[T, R], show: Callable[[T], None]) -> R:
        """Drive a task inline, passing its snapshots to ``show``, and return its result.

        Ctrl-C closes the task, so that its ``finally`` blocks keep what was made.
        """
        try:
            while True:
                snapshot = next(task)
                if self.interrupted:
                    raise KeyboardInterrupt
                if isinstance(snapshot, Checkpoint):
                    time.sleep(0.001)
                elif snapshot is not None:
                    show(snapshot)
        except StopIteration as stop:
            return cast("R", stop.value)
        finally:
            task.close()
            self.clear_bar()


def _nowhere() -> TextIO:
    """Return a stream for a program that was started without one (``>&-``)."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _harmless(text: str, kept: str = "") -> str:
    """Return a text without what a terminal would obey: the name of a file may hold anything."""
    kept += _JOINERS
    return "".join(
        character
        if character.isprintable() or character in kept
        else character.encode("unicode_escape").decode()
        for character in text
    )


def _fitting(text: str, stream: TextIO) -> str:
    """Return a text that a stream can write: what its encoding lacks becomes an escape."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
