"""The navigation at the left edge: one large button a panel, settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.icons import icon, pixmap
from gui.theme import theme_of

WIDTH = 104


class Rail(QFrame):
    """Buttons of which one is checked.

    Signals:
        chosen: the index of the page the person wants.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self.setProperty("role", "sidebar")
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.chosen)
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.space_s, theme.space_l, theme.space_s, theme.space_m)
        self._layout.setSpacing(theme.space_s)
        self._layout.addWidget(self._mark)
        self._layout.addSpacing(theme.space_l)
        self._foot = QVBoxLayout()
        self._layout.addStretch(1)
        self._layout.addLayout(self._foot)
        self.tint()

    def add(self, icon_name: str, *, at_foot: bool = False) -> int:
        """Add a button; its index counts from 0 in order of adding."""
        button = QToolButton()
        button.setProperty("role", "rail")
        button.setIcon(icon(icon_name, button, "muted"))
        button.setIconSize(QSize(28, 28))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        index = len(self._group.buttons())
        button.setObjectName(f"rail-{icon_name}")
        self._group.addButton(button, index)
        if at_foot:
            self._foot.addWidget(button)
        else:
            self._layout.insertWidget(self._layout.count() - 2, button)
        return index

    def name(self, index: int, text: str, tip: str) -> None:
        """Label a button."""
        button = self._group.button(index)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)

    def check(self, index: int) -> None:
        """Show which page is open."""
        self._group.button(index).setChecked(True)

    def tint(self) -> None:
        """Colour the program's mark for the theme in force."""
        self._mark.setPixmap(pixmap("triptych", 36, "accent", self.devicePixelRatioF()))
