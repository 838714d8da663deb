"""Rewinder: joins the timeline page with the canvas: which moment is looked at, and beside what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from engine.images import Rgb
from engine.style.timeline import Moment
from gui.imaging import to_qimage
from gui.session import Session
from gui.style.easel import Easel
from gui.style.filing import Filing
from gui.style.looking import MomentReader
from gui.style.run import Run
from gui.style.timeline_page import FIRST, NOTHING, PHOTO, PINNED, TimelinePage

FOLLOW_MS = 250


class Rewinder(QObject):
    """Shows the chosen moment on the canvas, compares, and hands it on to be saved or painted on.

    Signals:
        restart_wanted: paint on from this picture (as painted).
        failed: with the error.
    """

    restart_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, run: Run, page: TimelinePage, easel: Easel, filing: Filing) -> None:
        super().__init__(page)
        self._run, self._page, self._easel, self._filing = run, page, easel, filing
        self._looked: tuple[Rgb, Rgb] | None = None
        self._pinned: QImage | None = None
        self._first: QImage | None = None
        self._reader, self._first_reader = MomentReader(session, self), MomentReader(session, self)
        self._reader.read.connect(self._show_moment)
        self._first_reader.read.connect(self._show_first)
        for reader in (self._reader, self._first_reader):
            reader.failed.connect(self.failed)
        self._listing = QTimer(self)
        self._listing.setSingleShot(True)
        self._listing.setInterval(FOLLOW_MS)
        self._listing.timeout.connect(self._list)
        page.moved.connect(self._moved)
        page.compare_changed.connect(self._compare)
        page.pin_clicked.connect(self._pin)
        page.restart_clicked.connect(self._restart)
        page.save_clicked.connect(self._ask_picture)
        page.film_clicked.connect(self._ask_film)
        easel.compare_toggled.connect(self._toggled)

    @property
    def at_now(self) -> bool:
        """Whether the newest picture is looked at."""
        return self._page.moment is None

    def follow(self) -> None:
        """There may be more moments now."""
        if not self._listing.isActive():
            self._listing.start()

    def refresh(self) -> None:
        """Show the moment again, as after a change of colours."""
        self._moved(self._page.moment)

    def clear(self) -> None:
        """Forget the run before."""
        self._looked = self._first = self._pinned = None
        self._page.set_moments(())
        self._compare(self._page.comparison)

    def stop(self) -> None:
        """Read no more."""
        self._listing.stop()
        self._reader.stop()
        self._first_reader.stop()

    def retranslate(self) -> None:
        """Set the names beside the line again."""
        self._compare(self._page.comparison)

    def save_to(self, path: Path) -> None:
        """Save the picture looked at."""
        kept, studio = self._run.kept, self._run.studio
        if kept is None or studio is None:
            return
        painted, deep = (kept.painted, kept.deep) if self._looked is None else (self._looked[0], None)
        self._filing.save_picture(path, painted, kept.provenance, studio.finisher, deep)

    def _list(self) -> None:
        if self._run.studio is not None:
            self._page.set_moments(self._run.studio.timeline.moments)
        self._compare(self._page.comparison)

    def _moved(self, moment: Moment | None) -> None:
        if moment is None or self._run.studio is None:
            self._looked = None
            self._reader.stop()
            if self._easel.painting is not None:
                self._easel.canvas.set_image(self._easel.painting)
            return
        self._reader.fetch(self._run.studio, moment)

    def _show_moment(self, painted: Rgb, shown: Rgb) -> None:
        self._looked = (painted, shown)
        self._easel.canvas.set_image(to_qimage(shown))

    def _show_first(self, _painted: Rgb, shown: Rgb) -> None:
        self._first = to_qimage(shown)
        self._compare(self._page.comparison)

    def _toggled(self, on: bool) -> None:
        if on == (self._page.comparison != NOTHING):
            return
        self._page.set_comparison(PHOTO if on else NOTHING)
        self._compare(self._page.comparison)

    def _pin(self) -> None:
        self._pinned = self._easel.canvas.image()
        self._page.set_comparison(PINNED)
        self._compare(PINNED)

    def _compare(self, what: str) -> None:
        here = self.tr("now") if self.at_now else self.tr("this moment")
        other, name = None, ""
        if self._easel.painting is None:
            what = NOTHING
        if what == PHOTO:
            other, name = self._easel.content, self.tr("photo")
        elif what == PINNED:
            other, name = self._pinned, self.tr("pinned")
        elif what == FIRST:
            other, name = self._first, self.tr("first moment")
            moments = () if self._run.studio is None else self._run.studio.timeline.moments
            if other is None and moments and self._run.studio is not None:
                self._first_reader.fetch(self._run.studio, moments[0])
        self._easel.compare.setChecked(self._page.comparison != NOTHING)
        if other is not self._easel.canvas.other() or other is None:
            self._easel.canvas.compare_with(other, name, here)

    def _restart(self) -> None:
        kept = self._run.kept
        if kept is None:
            return
        picture = kept.painted if self._looked is None else self._looked[0]
        if self._run.busy:
            self._run.stop_then(lambda: self.restart_wanted.emit(picture))
        else:
            self.restart_wanted.emit(picture)

    def _ask_picture(self) -> None:
        if self._run.kept is not None:
            moment = self._page.moment
            addition = "" if moment is None else f"-{moment.iteration}"
            self._filing.ask_picture(self._run.kept.provenance.recipe, self.save_to, addition)

    def _ask_film(self) -> None:
        studio = self._run.studio
        if studio is not None:
            self._filing.ask_film(studio.recipe, lambda path: self._filing.save_film(path, studio.timeline))
