"""Stage: the large picture with boxes and names; pictures, videos and folders can be dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.faces.answers import FacesSeen
from engine.images import SUFFIXES
from gui.faces.words import box_label, tone_of
from gui.widgets.card import button
from gui.widgets.drop_zone import VIDEO_SUFFIXES
from gui.widgets.image_view import Box, ImageView, put_below_placeholder


class Stage(QWidget):
    """The picture, and while there is none, what to do.

    Signals:
        dropped: a path: a picture, a video, or a folder.
        refused: a sentence that says why a drop was not taken.
        samples_clicked: the person wants to try the pictures on board.
    """

    dropped = Signal(object)
    refused = Signal(str)
    samples_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ImageView()
        self.samples = button("sample", "primary")
        self.samples.clicked.connect(self.samples_clicked)
        self._staff = False
        self._seen: FacesSeen | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        put_below_placeholder(self.view, self.samples)
        self.setAcceptDrops(True)

    def show_image(self, image: QImage, *, mirrored: bool) -> None:
        """Show the next picture; boxes stay until :meth:`show_seen` or :meth:`clear`."""
        self.samples.hide()
        self.view.set_mirrored(mirrored)
        self.view.set_image(image)

    def show_seen(self, seen: FacesSeen | None) -> None:
        """Box and name the faces."""
        self._seen = seen
        faces = seen.faces if seen is not None else ()
        self.view.set_boxes(
            [Box(*face.box, box_label(face, staff=self._staff), tone_of(face.decision)) for face in faces]
        )

    def set_staff(self, staff: bool) -> None:
        """Show distances at the boxes, or only names."""
        self._staff = staff
        self.show_seen(self._seen)

    def clear(self) -> None:
        """Show the empty state again."""
        self.view.set_image(None)
        self.show_seen(None)
        self.samples.show()

    def set_texts(self, title: str, text: str, samples: str) -> None:
        """Set the words of the empty state."""
        self.view.set_placeholder("recognise", title, text)
        self.samples.setText(samples)
        self.show_seen(self._seen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the first usable file on, or say what is wrong."""
        event.acceptProposedAction()
        self.offer([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def offer(self, paths: list[Path]) -> None:
        """Take the first of some paths that is a picture, a video or a folder."""
        for path in paths:
            if path.is_dir() or path.suffix.lower() in SUFFIXES | VIDEO_SUFFIXES:
                self.dropped.emit(path)
                return
        self.refused.emit(self.tr("Drop a photo, a video, or a folder of photos here."))
