"""Small pieces of layout: cards, headings, labels and buttons with a role in the style sheet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.icons import icon
from gui.theme import theme_of


class Card(QFrame):
    """A raised surface with an optional heading; put content into :attr:`body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self.setProperty("role", "card")
        self._heading = label("heading")
        self._heading.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space_m)
        around = QVBoxLayout(self)
        around.setContentsMargins(theme.space_l, theme.space_l, theme.space_l, theme.space_l)
        around.setSpacing(theme.space_m)
        around.addWidget(self._heading)
        around.addLayout(self.body, 1)

    def set_title(self, text: str) -> None:
        """Show a heading; an empty text hides it."""
        self._heading.setText(text)
        self._heading.setVisible(bool(text))


def label(role: str = "", *, wrap: bool = False) -> QLabel:
    """Return an empty label with a role ("title", "heading", "subtitle", "caption", "good" …)."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(icon_name: str = "", role: str = "") -> QPushButton:
    """Return a push button with an icon and a role ("primary", "quiet", "danger")."""
    made = QPushButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a ring after a mouse click only distracts
    if role:
        made.setProperty("role", role)
    if icon_name:
        made.setIcon(icon(icon_name, made))
        made.setIconSize(QSize(18, 18))
    return made


def tool_button(icon_name: str, role: str = "quiet") -> QToolButton:
    """Return a small button that shows only an icon; give it a tool tip and an accessible name."""
    made = QToolButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setProperty("role", role)
    made.setIcon(icon(icon_name, made))
    made.setIconSize(QSize(18, 18))
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Change a widget's role and have the style sheet look at it again."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
