"""TabStrip: a row of pages chosen by icon and word, for a narrow column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui.icons import icon

AROUND = 4
"""What a word needs besides itself: a little, for the column is narrow."""


class TabStrip(QWidget):
    """One button a page, each with an icon above a short word; arrow keys move between them.

    Args:
        icons: page name → icon name, in order.

    Signals:
        chosen: the name of the page that the person (or :meth:`choose`) chose.
    """

    chosen = Signal(str)

    def __init__(self, icons: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, icon_name in icons.items():
            made = QToolButton()
            made.setProperty("role", "tab")
            made.setCheckable(True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setIcon(icon(icon_name, made, "muted"))
            made.setIconSize(QSize(18, 18))
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(self._told(name))
            made.installEventFilter(self)
            self._group.addButton(made)
            self._buttons[name] = made
            row.addWidget(made)
        next(iter(self._buttons.values())).setChecked(True)

    @property
    def current(self) -> str:
        """The name of the chosen page."""
        return next(name for name, made in self._buttons.items() if made.isChecked())

    def choose(self, name: str) -> None:
        """Choose a page as a click does."""
        self._buttons[name].setChecked(True)
        self.chosen.emit(name)

    def name(self, page: str, word: str, tip: str) -> None:
        """Set a page's word and explanation."""
        made = self._buttons[page]
        made.setText(word)
        made.ensurePolished()  # the style sheet's letters are bolder and smaller than the default ones
        made.setMinimumWidth(made.fontMetrics().horizontalAdvance(word) + AROUND)
        made.setToolTip(tip)
        made.setAccessibleName(word)
        made.setAccessibleDescription(tip)

    def button(self, page: str) -> QToolButton:
        """Return a page's button."""
        return self._buttons[page]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move between the pages; a button group alone would move only the focus."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        names = list(self._buttons)
        following = names[(names.index(self.current) + step) % len(names)]
        self._buttons[following].setFocus()
        self.choose(following)
        return True

    def _told(self, name: str) -> object:
        return lambda: self.chosen.emit(name)
