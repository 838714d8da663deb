"""FaceCutting: cuts the faces out of the chosen photos before the face encoder is shown them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.face_cuts import FaceCuts, cut_faces, photos_of
from engine.jobs import Priority
from gui.session import Session


class FaceCutting(QObject):
    """One folder at a time.

    Signals:
        cut: the folder of aligned faces, and a sentence about them.
        progressed: a :class:`Progress`.
        ended: the work is over, whatever the reason.
        failed: there is no face, or they could not be written, with the error.
    """

    cut = Signal(object, str)
    progressed = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._cutter = session.watcher(self)
        self._cutter.updated.connect(self.progressed)
        self._cutter.finished.connect(self._finished)
        self._cutter.cancelled.connect(self.ended)
        self._cutter.failed.connect(self._failed)

    @property
    def running(self) -> bool:
        """Whether faces are being cut."""
        return self._cutter.running

    def start(self, folder: Path) -> None:
        """Cut the faces of all photos of a folder; those that were cut before stay.

        Of a folder of faces, those photos are looked at again that it was cut from.
        """
        photos = photos_of(folder) or folder
        name = hashlib.sha256(str(photos).encode(errors="surrogateescape")).hexdigest()[:16]
        out = self._session.paths.data / "aligned-faces" / name / (photos.name or "photos")
        self._cutter.start(cut_faces(self._session.models, photos, out), Priority.BATCH)

    def cancel(self) -> None:
        """End the work; the faces cut so far are cut again the next time."""
        self._cutter.cancel()

    def stop(self) -> None:
        """End all work for good."""
        self._cutter.stop()

    def _finished(self, found: FaceCuts) -> None:
        words = self.tr("{faces} faces found; {without} pictures without one are left out.")
        self.ended.emit()
        self.cut.emit(found.folder, words.format(faces=len(found.faces), without=found.without))

    def _failed(self, error: BaseException) -> None:
        self.ended.emit()
        self.failed.emit(error)
