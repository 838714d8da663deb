"""SourceBar: where the pictures come from, and the button that starts them."""

from __future__ import annotations

import platform
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from engine.camera import Source
from engine.sources import CameraInfo, DeviceSource, StillsSource, StreamSource, VideoSource, list_cameras
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import button, tool_button
from gui.widgets.drop_zone import VIDEO_SUFFIXES

NARROW = 560
"""Below this width of the bar there is no room for every word."""
LONGEST = 160
"""Room for a file's name, in pixels."""


class Kind(Enum):
    """The kinds of source. PHOTO is a single picture, not a camera."""

    DEVICE = "camera"
    VIDEO = "video"
    FOLDER = "folder"
    STREAM = "stream"
    PHOTO = "picture"


class SourceBar(QWidget):
    """A list of sources, an address where one is needed, Start and Stop, and the switch to the staff view.

    Signals:
        start_clicked: with a :class:`Source` to be started.
        photo_chosen: with the path of one picture in which everybody is to be identified.
        source_changed: another source is chosen, or the chosen one has another name.
        stop_clicked, staff_toggled(bool).
    """

    start_clicked = Signal(object)
    photo_chosen = Signal(object)
    source_changed = Signal()
    stop_clicked = Signal()
    staff_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = self._narrow = False
        self._wanted = ""
        self._path: Path | None = None
        self.choice = QComboBox()
        self.choice.setIconSize(QSize(18, 18))
        self.choice.setMinimumWidth(150)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.address = QLineEdit()
        self.address.setMinimumWidth(90)
        self.refresh = tool_button("refresh")
        self.go = button("play", "primary")
        self.staff = button("eye", "quiet")
        self.staff.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).space_s)
        row.addWidget(self.choice)
        row.addWidget(self.refresh)
        row.addWidget(self.address, 1)
        row.addWidget(self.go)
        row.addStretch(1)
        row.addWidget(self.staff)
        self.address.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.currentIndexChanged.connect(self._kind_changed)
        self.address.returnPressed.connect(self._clicked)
        self.address.textChanged.connect(lambda _: self.source_changed.emit())
        self.go.clicked.connect(self._clicked)
        self.refresh.clicked.connect(self.list_sources)
        self.staff.toggled.connect(self.staff_toggled)
        self.list_sources()
        self.retranslate()

    def kind(self) -> Kind:
        """Return what kind of source is chosen."""
        data = self.choice.currentData()
        return Kind.DEVICE if isinstance(data, CameraInfo) else Kind(data or Kind.VIDEO.value)

    def list_sources(self) -> None:
        """Look for cameras again; the choice stays when it is still there."""
        before = self.state() or self._wanted
        self.choice.blockSignals(True)
        self.choice.clear()
        for camera in cameras():
            self.choice.addItem(icon("camera"), camera.name, camera)
        if self.choice.count():
            self.choice.insertSeparator(self.choice.count())
        for name, kind in (
            ("video", Kind.VIDEO),
            ("folder", Kind.FOLDER),
            ("stream", Kind.STREAM),
            ("picture", Kind.PHOTO),
        ):
            self.choice.addItem(icon(name), "", kind.value)
        self.choice.blockSignals(False)
        self.retranslate()
        self.restore(before)
        self._kind_changed()

    def state(self) -> str:
        """Return the choice as a text: a kind, or a camera's name."""
        data = self.choice.currentData()
        return data.name if isinstance(data, CameraInfo) else str(data or "")

    def restore(self, state: str) -> None:
        """Choose what :meth:`state` returned; something that is not there is left alone."""
        self._wanted = state
        for index in range(self.choice.count()):
            data = self.choice.itemData(index)
            if state and state in (data, getattr(data, "name", None)):
                self.choice.setCurrentIndex(index)

    def source_name(self) -> str:
        """Return what the chosen source is called; empty when there is none that a desk can open on."""
        if self.source_maker() is None:
            return ""
        if self.kind() is Kind.STREAM:
            return self.address.text().strip()
        return self._path.name if self._path and self.kind() is Kind.VIDEO else self.choice.currentText()

    def source_maker(self) -> Callable[[], Source] | None:
        """Return what makes the chosen source, as often as it is asked; None when there is none yet."""
        data, address = self.choice.currentData(), self.address.text().strip()
        if isinstance(data, CameraInfo):
            return lambda: DeviceSource(data.index, data.name, data.id)
        if self.kind() is Kind.STREAM and address:
            return lambda: StreamSource(address)
        path = self._path
        if self.kind() is Kind.VIDEO and path is not None:
            return lambda: VideoSource(path)
        return None

    def show_running(self, running: bool) -> None:
        """Offer Stop instead of Start."""
        self._running = running
        self.choice.setEnabled(not running)
        self.refresh.setEnabled(not running)
        self.address.setEnabled(not running)
        self.go.setProperty("role", "" if running else "primary")
        self.go.setIcon(icon("stop" if running else "play", self.go))
        self.go.style().unpolish(self.go)
        self.go.style().polish(self.go)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words again."""
        words = {
            Kind.VIDEO.value: self.tr("Video file…"),
            Kind.FOLDER.value: self.tr("Folder of pictures…"),
            Kind.STREAM.value: self.tr("Network stream"),
            Kind.PHOTO.value: self.tr("One photo…"),
        }
        if self._path is not None:  # which file it is can be seen while it runs, and after
            name = self.fontMetrics().elidedText(self._path.name, Qt.TextElideMode.ElideMiddle, LONGEST)
            words[_kind_of(self._path).value] = name
        for index in range(self.choice.count()):
            if self.choice.itemData(index) in words:
                self.choice.setItemText(index, words[self.choice.itemData(index)])
        self.choice.setAccessibleName(self.tr("Source of pictures"))
        self.refresh.setToolTip(self.tr("Look for cameras again"))
        self.refresh.setAccessibleName(self.tr("Look for cameras again"))
        self.address.setPlaceholderText("rtsp://…")
        self.address.setAccessibleName(self.tr("Address of the stream"))
        self.staff.setText("" if self._narrow else self.tr("Staff view"))
        self.staff.setAccessibleName(self.tr("Staff view"))
        self.staff.setToolTip(self.tr("Show distances, threshold, margin and quality"))
        needs_file = self.kind() in (Kind.VIDEO, Kind.FOLDER, Kind.PHOTO)
        start = self.tr("Choose…") if needs_file else self.tr("Start")
        self.go.setText(self.tr("Stop") if self._running else start)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the staff view is left with its icon."""
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()
        super().resizeEvent(event)

    def _kind_changed(self) -> None:
        self.address.setVisible(self.kind() is Kind.STREAM)
        self.retranslate()
        self.source_changed.emit()

    def _clicked(self) -> None:
        if self._running:
            self.stop_clicked.emit()
            return
        data = self.choice.currentData()
        if isinstance(data, CameraInfo):
            self.start_clicked.emit(DeviceSource(data.index, data.name, data.id))
        elif self.kind() is Kind.STREAM:
            if self.address.text().strip():
                self.start_clicked.emit(StreamSource(self.address.text().strip()))
            else:
                self.address.setFocus()
        else:
            self._ask_for_file()

    def _ask_for_file(self) -> None:
        kind = self.kind()
        dialog = QFileDialog(self, self.choice.currentText())
        if kind is Kind.FOLDER:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if kind is Kind.VIDEO:
            pattern = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES))
            dialog.setNameFilters([f"{self.tr('Videos')} ({pattern})", self.tr("All files") + " (*)"])
        dialog.fileSelected.connect(lambda name: self.take_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_path(self, path: Path) -> None:
        """Start a video or a folder, or pass a photo on."""
        self._path = path
        kind = _kind_of(path)
        self.restore(kind.value)
        self._kind_changed()
        if kind is Kind.FOLDER:
            self.start_clicked.emit(StillsSource(path))
        elif kind is Kind.VIDEO:
            self.start_clicked.emit(VideoSource(path))
        else:
            self.photo_chosen.emit(path)


def _kind_of(path: Path) -> Kind:
    if path.is_dir():
        return Kind.FOLDER
    return Kind.VIDEO if path.suffix.lower() in VIDEO_SUFFIXES else Kind.PHOTO


def cameras() -> tuple[CameraInfo, ...]:
    """List the cameras by name. Off Linux, Qt knows the names without opening the devices."""
    if platform.system() == "Linux":
        return list_cameras()
    from PySide6.QtMultimedia import QMediaDevices

    return tuple(
        CameraInfo(index, device.description()) for index, device in enumerate(QMediaDevices.videoInputs())
    )


def is_mirrored(source: Source) -> bool:
    """Whether a person expects to see this source as in a mirror: all cameras, but not photographs."""
    return not isinstance(source, StillsSource)
