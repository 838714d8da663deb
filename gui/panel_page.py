"""A panel's page in the window: made when it is first needed, below the notices about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.guide import Guide
from gui.panel import Panel
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.notice import NoticeBar


@dataclass(frozen=True)
class PanelEntry:
    """A panel of the window: ``key`` names it in window.ini, ``icon`` in the navigation."""

    key: str
    icon: str
    make: Callable[[Session, QWidget], Panel]
    guide: Guide


class PanelPage(QWidget):
    """A panel below the notices about it. The panel is made when it is first needed, to open sooner.

    Signals:
        made: the panel exists now.
    """

    made = Signal(object)

    def __init__(self, entry: PanelEntry, session: Session) -> None:
        super().__init__()
        theme = theme_of(self)
        self.entry = entry
        self._session = session
        self._panel: Panel | None = None
        self.notices = NoticeBar()
        above = QVBoxLayout()
        above.setContentsMargins(theme.space_xl, 0, theme.space_xl, 0)
        above.addWidget(self.notices)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(above)

    @property
    def made_panel(self) -> Panel | None:
        """The panel, if it was needed yet."""
        return self._panel

    @property
    def panel(self) -> Panel:
        """The panel; made now if need be."""
        if self._panel is None:
            self._panel = self.entry.make(self._session, self)
            self._panel.problem.connect(self.notices.show_problem)
            self._panel.receipt_given.connect(lambda text: self.notices.show_message(text, "good"))
            self._layout.addWidget(self._panel, 1)
            self.made.emit(self._panel)
        return self._panel
