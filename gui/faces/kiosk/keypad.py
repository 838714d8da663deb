"""The keypad: a number or PIN for those who are not recognised; it works with the camera dead."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gui.theme import theme_of
from gui.widgets.card import button, label

LONGEST = 32
PIN_MARK = "#"
"""Between number and PIN in what was typed; neither has one."""
FORGOTTEN_MS = 30_000
"""Somebody who types nothing for so long has gone: the next visitor shall not find half a number."""
KEY = 0.1
"""Height of a key in heights of the screen."""


class Keypad(QFrame):
    """Digits, large enough for fingers: first a number, then, where there is one, the PIN.

    Signals:
        typed: the number, or number, :data:`PIN_MARK` and PIN; of staff who leave the screen, the PIN.
        cancelled: the visitor went back, or away.
    """

    typed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self.setProperty("role", "card")
        self._number = ""
        self._staff = False
        self._title = label("heading", wrap=True)
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.returnPressed.connect(self._enter)
        self._forgotten = QTimer(self)
        self._forgotten.setSingleShot(True)
        self._forgotten.setInterval(FORGOTTEN_MS)
        self._forgotten.timeout.connect(self.cancelled)
        self.line.textChanged.connect(lambda _: self._forgotten.start())
        self._keys = {digit: button() for digit in "123456789"}
        self.back, self.zero, self.enter = button("chevron-left"), button(), button("check", "primary")
        grid = QGridLayout()
        grid.setSpacing(theme.space_m)
        for index, (digit, key) in enumerate(self._keys.items()):
            key.setText(digit)
            key.clicked.connect(lambda _=False, digit=digit: self.line.insert(digit))
            grid.addWidget(key, index // 3, index % 3)
        self.zero.setText("0")
        self.zero.clicked.connect(lambda: self.line.insert("0"))
        for column, key in enumerate((self.back, self.zero, self.enter)):
            grid.addWidget(key, 3, column)
        self.back.clicked.connect(self._back)
        self.enter.clicked.connect(self._enter)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(*(theme.space_xl,) * 4)
        column_.setSpacing(theme.space_l)
        column_.addStretch(1)
        for widget in (self._title, self.line):
            column_.addWidget(widget)
        column_.addLayout(grid)
        column_.addStretch(1)
        self.retranslate()

    def fit_to(self, screen_height: int) -> None:
        """Choose the sizes for a screen of this height in pixels."""
        high = max(44, round(KEY * screen_height))
        for key in (*self._keys.values(), self.back, self.zero, self.enter):
            key.setFixedHeight(high)
            key.setStyleSheet(f"font-size: {round(high * 0.4)}px")
            key.setIconSize(QSize(high // 2, high // 2))
        self.line.setStyleSheet(f"font-size: {round(high * 0.45)}px")
        self.line.setFixedHeight(high)
        self._title.setStyleSheet(f"font-size: {round(high * 0.42)}px")

    def open(self, *, staff: bool = False) -> None:
        """Begin with an empty number; for ``staff``, with the PIN that leaves the screen."""
        self._number, self._staff = "", staff
        self.retranslate()
        self.line.clear()
        self.show()
        self.line.setFocus()
        self._forgotten.start()

    def retranslate(self) -> None:
        """Set the words again."""
        asked = self.tr("Your PIN; or Enter to be recognised") if self._number else self.tr("Your number")
        if self._staff:
            asked = self.tr("Leave the desk screen: PIN of reception or administrator")
        self._title.setText(asked)
        self.line.setAccessibleName(asked)
        secret = bool(self._number) or self._staff
        self.line.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
        self.back.setAccessibleName(self.tr("Delete or go back"))
        self.enter.setAccessibleName(self.tr("Enter"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed outlives the keypad."""
        self._number = ""
        self.line.clear()
        self._forgotten.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back without leaving the screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _back(self) -> None:
        if self.line.text():
            self.line.backspace()
        else:
            self.cancelled.emit()

    def _enter(self) -> None:
        text = self.line.text().replace(PIN_MARK, "").strip()
        if self._staff:
            self.line.clear()
            self.typed.emit(text)
        elif self._number:
            self.typed.emit(f"{self._number}{PIN_MARK}{text}" if text else self._number)
        elif text:
            self._number = text
            self.line.clear()
            self.retranslate()
