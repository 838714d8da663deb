"""CameraBar: which camera, video or folder the live page watches."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from engine.sources import CameraInfo, DeviceSource, StillsSource, VideoSource, list_cameras
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import button, tool_button
from gui.widgets.drop_zone import VIDEO_SUFFIXES

VIDEO, FOLDER = "video", "folder"


class CameraBar(QWidget):
    """A list of sources with Start and Stop.

    Signals:
        start_clicked: with a :class:`Source` to be started.
        stop_clicked: the camera should be given back.
    """

    start_clicked = Signal(object)
    stop_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self.choice = QComboBox()
        self.choice.setIconSize(QSize(18, 18))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumWidth(90)
        self.choice.setMaximumWidth(240)
        self.refresh, self.go = tool_button("refresh"), button("play", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).space_s)
        row.addWidget(self.choice, 1)
        row.addWidget(self.refresh)
        row.addWidget(self.go)
        row.addStretch(0)
        self.refresh.clicked.connect(self.list_sources)
        self.go.clicked.connect(self._clicked)
        self.list_sources()

    def list_sources(self) -> None:
        """Look for cameras again."""
        self.choice.clear()
        for camera in list_cameras():
            self.choice.addItem(icon("camera"), camera.name, camera)
        for kind in (VIDEO, FOLDER):
            self.choice.addItem(icon(kind), "", kind)
        self.retranslate()

    def show_running(self, running: bool) -> None:
        """Offer Stop while a camera is in use, else Start."""
        self._running = running
        self.choice.setEnabled(not running)
        self.refresh.setEnabled(not running)
        self.retranslate()

    def take_path(self, path: Path) -> None:
        """Start a video, or a folder of pictures shown one after the other."""
        self.choice.setCurrentIndex(self.choice.findData(FOLDER if path.is_dir() else VIDEO))
        self.start_clicked.emit(StillsSource(path) if path.is_dir() else VideoSource(path))

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.choice.setAccessibleName(self.tr("Camera"))
        self.refresh.setToolTip(self.tr("Look for cameras again"))
        self.refresh.setAccessibleName(self.refresh.toolTip())
        for kind, words in ((VIDEO, self.tr("Video file")), (FOLDER, self.tr("Picture folder"))):
            self.choice.setItemText(self.choice.findData(kind), words)
        self.go.setText(self.tr("Stop") if self._running else self.tr("Start"))
        self.go.setIcon(icon("stop" if self._running else "play", self.go))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _clicked(self) -> None:
        data = self.choice.currentData()
        if self._running:
            self.stop_clicked.emit()
        elif isinstance(data, CameraInfo):
            self.start_clicked.emit(DeviceSource(data.index, data.name))
        else:
            self._ask(data)

    def _ask(self, kind: str) -> None:
        dialog = QFileDialog(self, self.choice.currentText())
        if kind == FOLDER:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            pattern = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES))
            dialog.setNameFilters([f"{self.tr('Videos')} ({pattern})", self.tr("All files") + " (*)"])
        dialog.fileSelected.connect(lambda name: self.take_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
