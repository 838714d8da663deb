"""JobBar: what long work is doing, how far it is, how long still, Pause and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from engine.progress import Progress
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import button, label

STEPS = 1000


def duration_words(seconds: float) -> str:
    """Return a time span in words: "45 s", "3 min", "1 h 20 min"."""
    whole = max(1, round(seconds))
    if whole < 90:
        return QCoreApplication.translate("JobBar", "{seconds} s").format(seconds=whole)
    minutes = round(whole / 60)
    if minutes < 90:
        return QCoreApplication.translate("JobBar", "{minutes} min").format(minutes=minutes)
    return QCoreApplication.translate("JobBar", "{hours} h {minutes} min").format(
        hours=minutes // 60, minutes=minutes % 60
    )


class JobBar(QWidget):
    """Shown while work is under way; :meth:`finish` leaves a last sentence.

    Signals:
        cancel_clicked: the person wants the work to end.
        pause_clicked: True to pause, False to go on.
    """

    cancel_clicked = Signal()
    pause_clicked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._left = label(), label("caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._pause, self._cancel = button("pause", "quiet"), button("close", "quiet")
        self._pause.setCheckable(True)
        self._pause.clicked.connect(self._toggled)
        self._cancel.clicked.connect(self.cancel_clicked)
        self._progress: Progress | None = None
        theme = theme_of(self)
        words = QHBoxLayout()
        words.setSpacing(theme.space_m)
        words.addWidget(self._text, 1)
        words.addWidget(self._left)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(words)
        left.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_m)
        row.addLayout(left, 1)
        row.addWidget(self._pause)
        row.addWidget(self._cancel)
        self.retranslate()
        self.finish("")

    def start(self, text: str, pausable: bool = False) -> None:
        """Show that work began; how far it is, is not known yet."""
        self._progress = None
        self._text.setText(text)
        self._left.clear()
        self._bar.setRange(0, 0)
        self._pause.setChecked(False)
        self._show_paused(False)
        self._pause.setVisible(pausable)
        for widget in (self._bar, self._cancel):
            widget.show()
        self.show()

    def show_progress(self, progress: Progress, text: str = "") -> None:
        """Show how far the work is; an empty text keeps the one before."""
        self._progress = progress
        if text:
            self._text.setText(text)
        if progress.total:
            self._bar.setRange(0, STEPS)
            self._bar.setValue(round(progress.fraction * STEPS))
        self._show_left()

    def finish(self, text: str) -> None:
        """Show a last sentence; an empty one hides the bar."""
        self._progress = None
        self._text.setText(text)
        self._left.clear()
        for widget in (self._bar, self._pause, self._cancel):
            widget.hide()
        self.setVisible(bool(text))

    def retranslate(self) -> None:
        """Set the words again."""
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._show_paused(self._pause.isChecked())
        self._show_left()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_left(self) -> None:
        if self._progress is None:
            return
        parts = []
        if self._progress.total:
            parts.append(f"{self._progress.done} / {self._progress.total}")
        if self._progress.seconds_left is not None:
            parts.append(
                self.tr("about {time} left").format(time=duration_words(self._progress.seconds_left))
            )
        self._left.setText("  ·  ".join(parts))

    def _toggled(self, paused: bool) -> None:
        self._show_paused(paused)
        self.pause_clicked.emit(paused)

    def _show_paused(self, paused: bool) -> None:
        self._pause.setText(self.tr("Continue") if paused else self.tr("Pause"))
        self._pause.setIcon(icon("play" if paused else "pause", self._pause))
