"""FoilView: a softmax over people beside a distance, and what a new person costs each of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.faces.training.foil import Foil
from engine.progress import Progress
from gui.faces.lab.view import NARROW, View, column, scrolled, share
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.job_bar import JobBar

ROWS = 5


class FoilView(View):
    """One comparison on the people of the data set.

    Signals:
        start_clicked: the comparison is wanted.
        cancel_clicked: it should end.
    """

    start_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._foil: Foil | None = None
        self._card, self._text = Card(), label("", wrap=True)
        self.start, self.bar = button("play", "primary"), JobBar()
        self.conclusion = label("strong", wrap=True)
        self._cells = [[QLabel() for _ in range(3)] for _ in range(ROWS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme_of(self).space_xl)
        grid.setVerticalSpacing(theme_of(self).space_s)
        for row, cells in enumerate(self._cells):
            for place, cell in enumerate(cells):
                cell.setTextFormat(Qt.TextFormat.PlainText)
                cell.setProperty("role", "caption" if row == 0 else "strong" if place else "")
                if place:
                    grid.addWidget(cell, row, place, Qt.AlignmentFlag.AlignLeft)
                else:
                    grid.addWidget(cell, row, 0)
        grid.setColumnStretch(2, 1)
        for widget in (self._text, self.start, self.bar):
            self._card.body.addWidget(widget)
        self._card.body.setAlignment(self.start, Qt.AlignmentFlag.AlignLeft)
        self._card.body.addLayout(grid)
        self._card.body.addWidget(self.conclusion)
        inside = QWidget()
        layout = column(inside, right=theme_of(self).space_s)
        layout.addWidget(self._card)
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.start.clicked.connect(self.start_clicked)
        self.bar.cancel_clicked.connect(self.cancel_clicked)
        self.set_ready(False)
        self.retranslate()

    def set_ready(self, ready: bool) -> None:
        """Whether there is a data set to compare on, and no other work."""
        self.start.setEnabled(ready)

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far the comparison is; None: it has ended."""
        if progress is None:
            self.bar.finish("")
        elif progress.done == 0:
            self.bar.start(self.tr("Training the softmax on one photo each …"))
        else:
            self.bar.show_progress(progress)

    def show_foil(self, foil: Foil) -> None:
        """Show the comparison."""
        self._foil = foil
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the names of the rows where there is no room for them."""
        for cells in self._cells:
            cells[0].setWordWrap(event.size().width() < NARROW)
        super().resizeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self._card.set_title(self.tr("Why not simply a classifier?"))
        self._text.setText(
            self.tr(
                "A softmax says which of K people a face is. It needs many photos of each, and when somebody "
                "joins it has no answer for them until it is trained again. A distance needs one photo: "
                "one more "
                "vector is stored. Both are tried here on people of your data set, with one photo each."
            )
        )
        self.start.setText(self.tr("Compare"))
        foil = self._foil
        if foil is None:
            return
        rows = (
            ("", self.tr("Softmax"), self.tr("Distance")),
            (
                self.tr("{people} people known by one photo, {photos} other photos").format(
                    people=foil.people, photos=foil.photos
                ),
                share(foil.softmax_before),
                share(foil.distance_before),
            ),
            (
                self.tr("{name} joins: photos of this person").format(name=foil.newcomer),
                share(foil.softmax_joined),
                share(foil.distance_joined),
            ),
            (
                self.tr("What joining costs"),
                self.tr("training again, {seconds} s").format(seconds=f"{foil.retrain_seconds:.1f}"),
                self.tr("{bytes} bytes, {seconds} s").format(
                    bytes=foil.vector_bytes, seconds=f"{foil.enrol_seconds:.3f}"
                ),
            ),
            (self.tr("Everybody, after that"), share(foil.softmax_after), share(foil.distance_after)),
        )
        for cells, texts in zip(self._cells, rows, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
        self.conclusion.setText(
            self.tr("The softmax must be trained again for every new person; the distance stores one vector.")
        )
