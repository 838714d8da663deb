"""Viewer: the right side of Recognise: the source, what it shows, and who that is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.camera import Frame, Source
from engine.errors import EngineError
from engine.faces.answers import FacesSeen, PhotoSeen
from engine.faces.store.roles import Right
from engine.faces.tasks import look_at_photo
from engine.images import Rgb
from gui.faces.banner import Banner, StaffStrip
from gui.faces.desk import Desk
from gui.faces.live import Live
from gui.faces.source_bar import SourceBar, is_mirrored
from gui.faces.stage import Stage
from gui.faces.words import verdict_on
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of


class Viewer(QWidget):
    """Watches one source, or looks at one photo, with the gallery of the desk.

    Signals:
        seen: :class:`FacesSeen` of the newest picture, or None when nothing is shown any more.
        one_person: whether a camera delivers pictures of one person at a time; not so a folder of photos.
        rested: the source was given back.
        staff_toggled: whether the numbers behind a decision are shown.
        told: a sentence for the status bar.
        failed: the source or the photo could not be used, with the :class:`EngineError`.
    """

    seen = Signal(object)
    one_person = Signal(bool)
    rested = Signal()
    staff_toggled = Signal(bool)
    told = Signal(str)
    failed = Signal(Exception)

    def __init__(self, session: Session, live: Live, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._live, self._desk = session, live, desk
        self.bar, self.stage = SourceBar(), Stage()
        self.banner, self.strip = Banner(), StaffStrip()
        self._photo = session.watcher(self)
        self._mirrored = True
        self._photo_shown: Rgb | None = None
        self._seen: FacesSeen | None = None
        self._lent = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme_of(self).space_m)
        column.addWidget(self.bar)
        column.addWidget(self.stage, 1)
        column.addWidget(self.banner)
        column.addWidget(self.strip)
        self.banner.hide()
        self.strip.hide()
        self.bar.start_clicked.connect(self.start)
        self.bar.stop_clicked.connect(self.stop)
        self.bar.photo_chosen.connect(self.look_at_photo)
        self.bar.staff_toggled.connect(self._show_staff)
        self.stage.dropped.connect(self.bar.take_path)
        self.stage.refused.connect(self.told)
        live.frame.connect(self._show_frame)
        live.seen.connect(self._show_seen)
        live.live_changed.connect(lambda on: self.one_person.emit(on and self._mirrored))
        live.failed.connect(self._fail)
        live.ended.connect(self._rest)
        self._photo.updated.connect(self._show_photo)
        self._photo.finished.connect(self._show_photo)
        self._photo.failed.connect(self._fail)
        self.retranslate()

    @property
    def looking(self) -> bool:
        """Whether a photo is still being looked at."""
        return self._photo.running

    def start(self, source: Source) -> None:
        """Watch a source, where the role may see who that is."""
        if not self._desk.clerk.seat.may(Right.SEE_PEOPLE):
            return
        self._photo.stop()
        self._photo_shown = None
        self._show_seen(None)
        self._mirrored = is_mirrored(source)
        self._live.start(source, self._desk.database, self._desk.thresholds)
        self.bar.show_running(True)

    def stop(self) -> None:
        """Give the camera back and show the empty state."""
        self._live.stop()
        self._rest()

    def look_at_photo(self, path: Path) -> None:
        """Identify everybody in one picture, where the role may see who that is."""
        if not self._desk.clerk.seat.may(Right.SEE_PEOPLE):
            return
        self.stop()
        self.stage.samples.hide()
        desk = self._desk
        self._photo.start(look_at_photo(self._session.models, desk.database, path, desk.thresholds))

    def lend(self, lent: bool) -> None:
        """Leave the camera to the desk screen, and say so; or take it back."""
        self._lent = lent
        self.bar.setEnabled(not lent)
        self.stage.setAcceptDrops(not lent)
        self.stage.samples.setVisible(not lent)
        self.retranslate()

    def recognise_anew(self) -> None:
        """Use the lines and the gallery as they are now."""
        self._live.recognise(self._desk.database, self._desk.thresholds)

    def retranslate(self) -> None:
        """Set the words again."""
        title, text = (
            (
                self.tr("The desk screen is open"),
                self.tr("The camera is there. Decisions appear at the left."),
            )
            if self._lent
            else (
                self.tr("Who is there?"),
                self.tr("Choose a source above, or drop a photo, a video or a folder here."),
            )
        )
        self.stage.set_texts(title, text, self.tr("Try with the sample pictures"))
        if self._seen is not None:
            self.banner.show_verdict(verdict_on(self._seen))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _rest(self) -> None:
        self.bar.show_running(False)
        self._photo.stop()
        self._photo_shown = None
        self.stage.clear()
        self._show_seen(None)
        self.rested.emit()

    def _fail(self, error: EngineError) -> None:
        self.stop()
        self.failed.emit(error)

    def _show_frame(self, frame: Frame) -> None:
        self.stage.show_image(to_qimage(frame.rgb), mirrored=self._mirrored)

    def _show_seen(self, seen: FacesSeen | None) -> None:
        self._seen = seen
        self.stage.show_seen(seen)
        self.strip.show_numbers(seen)
        self.banner.setVisible(seen is not None)
        if seen is not None:
            self.banner.show_verdict(verdict_on(seen))
        self.seen.emit(seen)

    def _show_photo(self, photo: PhotoSeen) -> None:
        if self._photo_shown is not photo.rgb:
            self._photo_shown = photo.rgb
            self.stage.show_image(to_qimage(photo.rgb), mirrored=False)
        self._show_seen(photo.seen)

    def _show_staff(self, staff: bool) -> None:
        self.stage.set_staff(staff)
        self.strip.setVisible(staff)
        self.staff_toggled.emit(staff)
