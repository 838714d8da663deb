"""ProjectionsTab: patch, deconvnet and guided backpropagation side by side, computed when looked at."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from engine.explorer.answers import Projection, Projections
from engine.explorer.unit_tasks import project_entries
from gui.explorer.findings import Findings
from gui.explorer.tiles import draw_part
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.session import Session
from gui.theme import Theme, theme_of
from gui.widgets.card import label
from gui.widgets.drawing import Drawing
from gui.widgets.job_bar import JobBar

WIDEST_TRIPLE = 520
GAP = 4
HEAD = 24


class Triples(Drawing):
    """Three pictures for each patch, as many triples in a row as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._done: tuple[Projection, ...] = ()
        self._names = ("", "", "")

    def show_done(self, done: tuple[Projection, ...]) -> None:
        """Show these triples."""
        self._done = done
        self._fit()
        self.update()

    @property
    def done(self) -> tuple[Projection, ...]:
        """The triples shown."""
        return self._done

    def set_names(self, names: tuple[str, str, str]) -> None:
        """Set the words above the three columns."""
        self._names = names
        self.setAccessibleName(" · ".join(names))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that this width needs."""
        self._fit()
        super().resizeEvent(event)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the triples with their names, values and files."""
        columns, width, side = self._measures()
        for number, one in enumerate(self._done):
            left = (number % columns) * (width + theme.space_l)
            top = HEAD + (number // columns) * (side + HEAD)
            for place, rgb in enumerate((one.patch.rgb, one.deconv, one.guided)):
                x = left + place * (side + GAP)
                if number < columns:
                    painter.setPen(theme.color("muted"))
                    line = QRectF(x, 0, side, HEAD)
                    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._names[place])
                draw_part(painter, one.patch, rgb, QRectF(x, top, side, side))
            painter.setPen(theme.color("muted"))
            words = painter.fontMetrics().elidedText(
                f"{one.patch.entry.value:.2f}   {one.patch.entry.file}",
                Qt.TextElideMode.ElideMiddle,
                int(width),
            )
            painter.drawText(QRectF(left, top + side, width, HEAD - 4), Qt.AlignmentFlag.AlignVCenter, words)

    def _measures(self) -> tuple[int, float, float]:
        """Return triples in a row, the width of one, and the side of a picture."""
        space = theme_of(self).space_l
        columns = max(1, math.ceil(self.width() / WIDEST_TRIPLE))
        width = (self.width() - (columns - 1) * space) / columns
        return columns, width, max(24.0, (width - 2 * GAP) / 3)

    def _fit(self) -> None:
        columns, _, side = self._measures()
        rows = math.ceil(len(self._done) / columns)
        self.setMinimumHeight(round(HEAD + rows * (side + HEAD)))


class ProjectionsTab(UnitTab):
    """Which part of each patch made the unit fire."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        theme = theme_of(self)
        self._session, self._findings = session, findings
        self._shown: ShownUnit | None = None
        self._hint = label("caption", wrap=True)
        self.triples, self.job = Triples(), JobBar()
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self._show)
        self._watcher.finished.connect(self._finished)
        self._watcher.failed.connect(self._failed)
        self._watcher.cancelled.connect(lambda: self.job.finish(""))
        self.job.cancel_clicked.connect(self._watcher.cancel)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.triples)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.space_m, 0, 0)
        column.setSpacing(theme.space_s)
        column.addWidget(self._hint)
        column.addWidget(area, 1)
        column.addWidget(self.job)
        self.retranslate()

    def name(self) -> str:
        """Return the tab's name."""
        return self.tr("Projections")

    @property
    def busy(self) -> bool:
        """Whether projections are being computed."""
        return self._watcher.running

    def show_unit(self, shown: ShownUnit) -> None:
        """Compute the projections of a unit's nine, one after the other."""
        index = self._findings.index
        if self._shown == shown and (self._watcher.running or self.triples.done):
            return
        self._shown = shown
        self.triples.show_done(())
        self.retranslate()
        if index is not None and shown.entries:
            self.job.start(self.tr("Projecting back to pixels…"))
            task = project_entries(
                self._session.models, index, shown.ref.layer, shown.ref.unit, shown.entries
            )
            self._watcher.start(task)

    def stop(self) -> None:
        """End the work; what is shown stays, and is computed anew when it is not complete."""
        if self._watcher.running:
            self._watcher.stop()
            self._shown = None
        self.job.finish("")

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.triples.set_names((self.tr("patch"), self.tr("deconvnet"), self.tr("guided backprop")))
        if self._findings.index is None:
            self._hint.setText(self.tr("Shown once the scan is complete."))
        else:
            words = self.tr("Which pixels of each patch the activation comes from. Grey is none.")
            self._hint.setText(words)

    def _show(self, projections: Projections) -> None:
        self.triples.show_done(projections.done)
        self.job.show_progress(projections.progress)

    def _finished(self, projections: Projections) -> None:
        self.triples.show_done(projections.done)
        self.job.finish("")

    def _failed(self, error: BaseException) -> None:
        self.job.finish("")
        self.failed.emit(error)
