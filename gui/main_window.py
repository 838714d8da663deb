"""The window: navigation at the left, one page a panel, the engine's state at the foot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.device import Device
from gui.guide import GuidePage
from gui.icons import icon, pixmap
from gui.panel import Panel
from gui.panel_page import PanelEntry, PanelPage
from gui.rail import Rail
from gui.session import Session
from gui.settings_page import SettingsPage
from gui.theme import theme_of
from gui.widgets.notice import NoticeBar

log = logging.getLogger(__name__)

SMALLEST = QSize(1024, 680)
USUAL = QSize(1440, 900)
TOLD_MS = 8000


class MainWindow(QMainWindow):
    """All of the window. It knows what a panel is, and nothing of faces, styles or units.

    Args:
        session: what the panels share.
        entries: the panels, in the order of the navigation.
        networks: makes the page of the networks, shown among the settings.

    Signals:
        panel_made: a panel's key and the panel, when it is made.
    """

    panel_made = Signal(str, Panel)

    def __init__(
        self, session: Session, entries: Sequence[PanelEntry], networks: Callable[[Session], QWidget]
    ) -> None:
        super().__init__()
        self._session = session
        self._closed = False
        self.setWindowIcon(icon("triptych", tone="accent"))
        self.setMinimumSize(SMALLEST)
        self.notices = NoticeBar()
        self._rail = Rail()
        self._rail.chosen.connect(self.open_page)
        self._stack = QStackedWidget()
        self._pages = [PanelPage(entry, session) for entry in entries]
        for page in self._pages:
            self._rail.add(page.entry.icon)
            self._stack.addWidget(page)
            page.made.connect(self._welcome_panel)
        self._networks = networks
        self._settings_page: SettingsPage | None = None
        self._guide_page: GuidePage | None = None
        self._rail.add("settings", at_foot=True)
        self._rail.add("question", at_foot=True)
        self._device_mark, self._device_name = QLabel(), QLabel()
        self._lay_out()
        self._add_shortcuts()
        session.device_changed.connect(self._show_device)
        session.problem.connect(self._engine_failed)
        self._failed = False
        self.retranslate()
        self._restore()
        if session.models_problem is not None:
            self.notices.show_problem(session.models_problem)
        for problem in session.settings_problems:
            self.notices.show_message(problem, "warn")

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels, in the order of the navigation."""
        return tuple(page.panel for page in self._pages)

    @property
    def closed(self) -> bool:
        """Whether the window ended its work; it cannot be opened again."""
        return self._closed

    @property
    def settings_index(self) -> int:
        """The page of the settings."""
        return len(self._pages)

    @property
    def settings_page(self) -> SettingsPage:
        """The settings; made now if need be."""
        if self._settings_page is None:
            self._settings_page = SettingsPage(self._session, self._networks(self._session))
            self._settings_page.problem.connect(self.notices.show_problem)
            self._stack.addWidget(self._settings_page)
        return self._settings_page

    @property
    def guide_index(self) -> int:
        """The page of the guide."""
        return len(self._pages) + 1

    @property
    def guide_page(self) -> GuidePage:
        """The guide; made now if need be."""
        if self._guide_page is None:
            self._guide_page = GuidePage([page.entry.guide for page in self._pages])
            self._stack.addWidget(self._guide_page)
        return self._guide_page

    def make_current(self) -> None:
        """Make the panel of the page in front; the window itself is on screen before any panel exists."""
        if not self._closed:
            self.open_page(self._stack.currentIndex())

    def complete(self) -> None:
        """Make what was not needed yet, so that every page opens at once."""
        if not self._closed:
            assert len(self.panels) == len(self._pages)
            assert self.settings_page is not None
            assert self.guide_page is not None

    def open_page(self, index: int) -> None:
        """Show a panel, the settings, or the guide at the panel that was open."""
        before = self._stack.currentIndex()
        if index < len(self._pages):
            assert self._pages[index].panel is not None
            self._stack.setCurrentIndex(index)
        elif index == self.settings_index:
            self._stack.setCurrentWidget(self.settings_page)
        else:
            self._stack.setCurrentWidget(self.guide_page)
            if before < len(self._pages):
                self.guide_page.show_chapter(before)
        self._rail.check(index)
        self._stack.setFocus()

    def open_panel(self, key: str) -> Panel:
        """Show the panel of this key, made now if need be, and return it."""
        index = next(at for at, page in enumerate(self._pages) if page.entry.key == key)
        self.open_page(index)
        return self._pages[index].panel

    def tell(self, sentence: str) -> None:
        """Show a sentence at the foot for some seconds."""
        self.statusBar().showMessage(sentence, TOLD_MS)

    def show_fault(self, line: str, details: str) -> None:
        """Show a fault of the program, to be copied into a report."""
        title = self.tr("Something went wrong in the program")
        cure = self.tr("Your work goes on. Copy the details into a report so that it can be mended.")
        self.notices.show_report(title, f"{line}\n{cure}", details)

    def retranslate(self) -> None:
        """Set the window's own words; the pages set theirs."""
        self.setWindowTitle(self.tr("Triptych"))
        names = {
            "recognise": (self.tr("Recognise"), self.tr("Faces at a front desk")),
            "paint": (self.tr("Paint"), self.tr("A picture in the style of another")),
            "explain": (self.tr("Explain"), self.tr("What a network's units look for")),
        }
        for index, page in enumerate(self._pages):
            name, tip = names[page.entry.key]
            self._rail.name(index, name, f"{tip}  (Ctrl+{index + 1})")
        self._rail.name(self.settings_index, self.tr("Settings"), self.tr("Settings") + "  (Ctrl+,)")
        self._rail.name(
            self.guide_index, self.tr("Guide"), self.tr("How to begin, words and keys") + "  (F1)"
        )
        self._show_device(self._session.device)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language or appearance."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._rail.tint()
            self._tint_device()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End all work, then remember the window."""
        if not self._closed:
            self._closed = True
            store = self._store()
            self._save_window(store)
            self.hide()
            made = [(page.entry.key, page.made_panel) for page in self._pages]
            panels = [(key, panel) for key, panel in made if panel is not None]
            for _key, panel in panels:
                panel.shut_down()
            if not self._session.close():
                log.warning("the engine thread did not end in time")
            for key, panel in panels:
                store.beginGroup(key)
                panel.save_state(store)
                store.endGroup()
            store.sync()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        middle, right, outer = QWidget(), QVBoxLayout(), QHBoxLayout()
        above = QVBoxLayout()
        above.setContentsMargins(theme.space_xl, 0, theme.space_xl, 0)
        above.addWidget(self.notices)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(above)
        right.addWidget(self._stack, 1)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._rail)
        outer.addLayout(right, 1)
        middle.setLayout(outer)
        self.setCentralWidget(middle)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        for widget in (self._device_mark, self._device_name):
            bar.addPermanentWidget(widget)
        self._device_name.setContentsMargins(0, 2, theme.space_m, 2)

    def _add_shortcuts(self) -> None:
        for index in range(len(self._pages)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self)
            shortcut.activated.connect(self._opener(index))
        for keys, act in (
            (QKeySequence("Ctrl+,"), self._opener(self.settings_index)),
            (QKeySequence(QKeySequence.StandardKey.HelpContents), self._opener(self.guide_index)),
            (QKeySequence(QKeySequence.StandardKey.Quit), self.close),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _opener(self, index: int) -> Callable[[], None]:
        return lambda: self.open_page(index)

    def _show_device(self, device: Device | None) -> None:
        if device is not None:
            self._failed = False
            self._device_name.setText(device.name)
            self._device_name.setToolTip(self.tr("Computing device: {id}").format(id=device.id))
        elif self._failed:
            self._device_name.setText(self.tr("The engine did not load"))
        else:
            self._device_name.setText(self.tr("Loading the engine…"))
        self._tint_device()

    def _tint_device(self) -> None:
        tone = "bad" if self._failed else "muted"
        self._device_mark.setPixmap(pixmap("cpu", 16, tone, self.devicePixelRatioF()))

    def _engine_failed(self, error: Exception) -> None:
        self._failed = self._session.device is None
        self.notices.show_problem(error)
        self._show_device(self._session.device)

    def _store(self) -> QSettings:
        return QSettings(str(self._session.paths.window_file), QSettings.Format.IniFormat)

    def _save_window(self, store: QSettings) -> None:
        store.beginGroup("window")
        store.setValue("geometry", self.saveGeometry())
        store.setValue("page", self._stack.currentIndex())
        store.endGroup()

    def _restore(self) -> None:
        store = self._store()
        store.beginGroup("window")
        geometry, page = store.value("geometry"), store.value("page")
        store.endGroup()
        known = isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)
        if not known or not _visible(self.frameGeometry()):
            self._place_in_the_middle()
        known_page = str(page).isdecimal() and int(str(page)) < len(self._pages)
        index = int(str(page)) if known_page else 0
        self._stack.setCurrentIndex(index)
        self._rail.check(index)

    def _welcome_panel(self, panel: Panel) -> None:
        panel.told.connect(self.tell)
        store = self._store()
        key = next(page.entry.key for page in self._pages if page.made_panel is panel)
        store.beginGroup(key)
        panel.restore_state(store)
        store.endGroup()
        self.panel_made.emit(key, panel)

    def _place_in_the_middle(self) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry()
        size = USUAL.boundedTo(room.size()).expandedTo(SMALLEST)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMaximized)
        self.resize(size)
        self.move(room.center() - self.rect().center())


def _visible(frame: QRect) -> bool:
    """Whether enough of a window lies on a screen that is there today."""
    shown = (screen.availableGeometry().intersected(frame) for screen in QGuiApplication.screens())
    return any(part.width() >= 200 and part.height() >= 120 for part in shown)


def after_first_paint(work: Callable[[], None]) -> None:
    """Run ``work`` once the window has had time to appear: importing torch holds everything up."""
    QTimer.singleShot(60, work)
