"""The settings: how the window looks, where it computes, which networks there are, what this program is."""

from __future__ import annotations

from collections.abc import Generator
from importlib import metadata

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engine.device import AUTO, Device, available
from engine.errors import EngineError
from engine.options import options_of
from engine.paths import MODELS_ON_BOARD
from engine.settings import Settings
from engine.words import translate
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.option_form import OptionForm

WIDEST = 760


def list_devices() -> Generator[None, None, tuple[Device, ...]]:
    """List the devices of this machine on the engine thread, because that needs torch."""
    yield None
    return available()


def version() -> str:
    """Return the installed version of the program."""
    try:
        return metadata.version("triptych")
    except metadata.PackageNotFoundError:
        return "0"


class SettingsPage(QScrollArea):
    """A page of cards in one column. A change holds at once and is saved at once.

    Args:
        session: its settings are shown and changed.
        networks: the page of the networks, which becomes one of the cards.

    Signals:
        problem: a setting could not be saved.
    """

    problem = Signal(Exception)

    def __init__(self, session: Session, networks: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._devices = session.watcher(self)
        self._devices.finished.connect(self._offer_devices)
        self._title = label("title")
        self._general, self._networks, self._about = Card(), Card(), Card()
        automatic = {AUTO: translate("Option", "The fastest there is")}
        self._form = OptionForm(Settings, choices={"device": automatic})
        self._offer_devices(())
        self._form.set_value(
            {each.name: getattr(session.settings, each.name) for each in options_of(Settings)}
        )
        self._form.changed.connect(self._change)
        self._general.body.addWidget(self._form)
        self._networks.body.addWidget(networks)
        self._what, self._licences = label(wrap=True), label("caption", wrap=True)
        self._open_licences, self._open_log = button("info"), button("folder")
        self._open_licences.clicked.connect(self._show_licences)
        self._open_log.clicked.connect(self._show_log)
        self._lay_out()
        session.device_changed.connect(self._look_for_devices)
        session.settings_changed.connect(self._follow)
        if session.device is not None:
            self._look_for_devices()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the page's own words."""
        self._title.setText(self.tr("Settings"))
        self._general.set_title(self.tr("General"))
        self._networks.set_title(self.tr("Networks"))
        self._about.set_title(self.tr("About Triptych"))
        self._what.setText(
            self.tr(
                "Version {version}. Recognise faces, paint pictures, explain networks: everything is "
                "computed on this machine, and no picture leaves it."
            ).format(version=version())
        )
        self._licences.setText(
            self.tr(
                "Triptych is free software under the Apache License 2.0. It stands on Qt and PySide6 "
                "(LGPL 3), PyTorch and torchvision (BSD), OpenCV (Apache 2.0), NumPy (BSD) and Pillow "
                "(MIT-CMU). The networks on board have licences of their own."
            )
        )
        self._open_licences.setText(self.tr("Licences of the networks"))
        self._open_log.setText(self.tr("Show the log file"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        links = QHBoxLayout()
        links.addWidget(self._open_licences)
        links.addWidget(self._open_log)
        links.addStretch(1)
        for words in (self._what, self._licences):
            self._about.body.addWidget(words)
        self._about.body.addLayout(links)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        cards = QVBoxLayout(column)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.space_xl)
        for part in (self._title, self._general, self._networks, self._about):
            cards.addWidget(part)
        cards.addStretch(1)
        page = QWidget()
        around = QHBoxLayout(page)
        around.setContentsMargins(theme.space_xl, theme.space_xl, theme.space_xl, theme.space_xl)
        around.addStretch(1)
        around.addWidget(column, 100)
        around.addStretch(1)
        self.setWidget(page)

    def _look_for_devices(self) -> None:
        self._devices.start(list_devices())

    def _offer_devices(self, devices: tuple[Device, ...]) -> None:
        choices = {AUTO: translate("Option", "The fastest there is")}
        wish = self._session.settings.device
        choices |= {device.id: f"{device.name} ({device.id})" for device in devices}
        choices.setdefault(wish, wish)
        self._form.set_choices("device", choices)
        self._form.set_value({"device": wish})

    def _change(self, values: dict[str, object]) -> None:
        before = self._session.settings
        changed = {name: value for name, value in values.items() if getattr(before, name) != value}
        if not changed:
            return
        try:
            self._session.change(**changed)
        except EngineError as error:
            self._follow(before)
            self.problem.emit(error)

    def _follow(self, settings: Settings) -> None:
        self._form.set_value({each.name: getattr(settings, each.name) for each in options_of(Settings)})

    def _show_licences(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(MODELS_ON_BOARD / "LICENSES.md")))

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.paths.log)))
