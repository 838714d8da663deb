"""NoticeBar: problems and news at the top of a panel, never modal."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.icons import pixmap
from gui.messages import words
from gui.theme import theme_of
from gui.widgets.card import label, tool_button

Tone = Literal["good", "bad", "warn", "plain"]

MOST = 4
_ICONS = {"good": "check", "bad": "warning", "warn": "warning", "plain": "info"}


class NoticeBar(QWidget):
    """A stack of notices, the newest on top; hidden while there is none. The oldest makes room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QVBoxLayout(self)
        theme = theme_of(self)
        self._stack.setContentsMargins(0, theme.space_m, 0, 0)
        self._stack.setSpacing(theme.space_s)
        self.hide()

    def show_problem(self, error: BaseException) -> None:
        """Show an error in words, with what helps; Copy takes its English detail along."""
        said = words(error)
        details = str(error)
        self._add(Notice("bad", said.title, said.body, details if details not in said.body else "", self))

    def show_message(self, text: str, tone: Tone = "plain") -> None:
        """Show a sentence."""
        self._add(Notice(tone, text, "", "", self))

    def show_report(self, title: str, body: str, details: str, tone: Tone = "bad") -> None:
        """Show a title and a body; Copy takes the details along."""
        self._add(Notice(tone, title, body, details, self))

    def notices(self) -> list[Notice]:
        """Return what is shown, the newest first."""
        items = (self._stack.itemAt(index) for index in range(self._stack.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Notice)]

    def clear(self) -> None:
        """Take all notices away."""
        for notice in self.notices():
            self.remove(notice)

    def remove(self, notice: Notice) -> None:
        """Take one notice away."""
        self._stack.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self.setVisible(self._stack.count() > 0)

    def _add(self, notice: Notice) -> None:
        for old in self.notices():
            if old.text() == notice.text():
                self.remove(old)
        for old in self.notices()[MOST - 1 :]:
            self.remove(old)
        self._stack.insertWidget(0, notice)
        self.show()


class Notice(QFrame):
    """One notice: icon, title, body, Copy and Close."""

    def __init__(self, tone: Tone, title: str, body: str, details: str, bar: NoticeBar) -> None:
        super().__init__(bar)
        theme = theme_of(self)
        self._tone, self._details, self._bar = tone, details, bar
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        self._mark = QLabel()
        self._title, self._body = label("strong", wrap=True), label(wrap=True)
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        self._body.setTextInteractionFlags(flags)
        self._copy, self._close = tool_button("copy"), tool_button("close")
        self._copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.dismiss)
        for each in (self._copy, self._close):
            each.setIconSize(QSize(16, 16))
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._title)
        said.addWidget(self._body)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space_l, theme.space_m, theme.space_s, theme.space_m)
        row.setSpacing(theme.space_m)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop if body else Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(said, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(self.text())
        self.retranslate()
        self._tint()

    def text(self) -> str:
        """Return everything that Copy copies."""
        parts = (self._title.text(), self._body.text(), self._details)
        return "\n".join(part for part in parts if part)

    def retranslate(self) -> None:
        """Set the words of the buttons."""
        for each, text in ((self._copy, self.tr("Copy")), (self._close, self.tr("Close"))):
            each.setToolTip(text)
            each.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language or appearance."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        tone = self._tone if self._tone != "plain" else "accent"
        self._mark.setPixmap(pixmap(_ICONS[self._tone], 20, tone, self.devicePixelRatioF()))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def dismiss_after(self, ms: int) -> None:
        """Take this notice away by itself; the timer is the notice's own and ends with it."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.dismiss)
        timer.start(ms)

    def dismiss(self) -> None:
        """Take this notice away."""
        self._bar.remove(self)
