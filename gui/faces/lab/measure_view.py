"""MeasureView: how good the encoders at hand are on a data set or a list of pairs, without any training."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from engine.faces.training.adoption import ON_BOARD
from engine.faces.training.numbers import rule_of_three
from engine.faces.training.tasks import Measured
from engine.progress import Progress
from gui.faces.lab.scores import Score, ScoreBoard
from gui.faces.lab.view import View, column, scrolled, share
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.job_bar import JobBar


class MeasureView(View):
    """The encoder on board, the one in use at the desk and the one just trained, on the same pairs.

    Signals:
        start_clicked: measure on the data set.
        list_chosen: measure on this list of pairs (a :class:`pathlib.Path`) of the data set's photos.
        cancel_clicked: it should end.
    """

    start_clicked = Signal()
    list_chosen = Signal(object)
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured: tuple[Measured, ...] = ()
        self._has_folder = False
        self._card, self._text = Card(), label("", wrap=True)
        self.start, self.list, self.bar = button("play", "primary"), button("folder"), JobBar()
        self.board = ScoreBoard()
        row = QHBoxLayout()
        row.setSpacing(theme_of(self).space_m)
        row.addWidget(self.start)
        row.addWidget(self.list)
        row.addStretch(1)
        self._card.body.addWidget(self._text)
        self._card.body.addLayout(row)
        self._card.body.addWidget(self.bar)
        inside = QWidget()
        layout = column(inside, right=theme_of(self).space_s)
        layout.addWidget(self._card)
        layout.addWidget(self.board)
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.start.clicked.connect(self.start_clicked)
        self.list.clicked.connect(self._choose)
        self.bar.cancel_clicked.connect(self.cancel_clicked)
        self.set_ready(ready=False, has_folder=False)
        self.retranslate()

    def set_ready(self, *, ready: bool, has_folder: bool) -> None:
        """Whether there is a data set and no other work; whether its photos lie in a folder."""
        self.start.setEnabled(ready)
        self.list.setEnabled(ready and has_folder)
        self._has_folder = has_folder
        self._explain_list()

    def show_working(self, working: bool) -> None:
        """Show that a measurement is under way, or has ended."""
        if working:
            self.bar.start(self.tr("Measuring …"))
        else:
            self.bar.finish("")

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        self.bar.show_progress(progress)

    def show_measured(self, measured: Sequence[Measured]) -> None:
        """Show the result; of an empty one, what will appear here."""
        self._measured = tuple(measured)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._card.set_title(self.tr("Measure without training"))
        self._text.setText(
            self.tr(
                "How well do the encoders at hand tell the people of your data set apart? Measured are the "
                "encoder on board, the one in use at the desk and the one trained last, on the same pairs of "
                "people whom none of them was trained on. A list of pairs (pairs.txt, as LFW has) names the "
                "pairs and the ten folds itself."
            )
        )
        self.start.setText(self.tr("On the data set"))
        self.list.setText(self.tr("On a list of pairs …"))
        self._explain_list()
        self.board.table.set_title(self.tr("Result"))
        self.board.show_scores([Score(self._name(each.model), each.evaluation) for each in self._measured])
        if not self._measured:
            self.board.headline.setText(self.tr("Nothing has been measured yet."))
            self.board.note.clear()
            return
        first = self._measured[0]
        self.board.headline.setText(
            self.tr("{people} people, {same} same and {different} different pairs.").format(
                people=first.evaluation.people,
                same=first.evaluation.same_pairs,
                different=first.evaluation.different_pairs,
            )
        )
        self.board.note.setText(" ".join(self._remarks(first)))

    def _remarks(self, first: Measured) -> list[str]:
        remarks = [
            self.tr("The bounds in brackets hold with 95 % confidence."),
            self.tr(
                "Not one error in {pairs} different pairs would still only prove a rate below {bound} (3/n)."
            ).format(
                pairs=first.evaluation.different_pairs,
                bound=share(rule_of_three(first.evaluation.different_pairs)),
            ),
        ]
        if first.left_out:
            remarks.append(
                self.tr("{people} people were left out, because an encoder was trained on them.").format(
                    people=first.left_out
                )
            )
        if first.no_face:
            remarks.append(
                self.tr("{photos} photos show no face; their pairs count as refused.").format(
                    photos=first.no_face
                )
            )
        return remarks

    def _name(self, model: str) -> str:
        return self.tr("On board") if model == ON_BOARD else model

    def _explain_list(self) -> None:
        words = "" if self._has_folder else self.tr("A list names photos: choose a folder of people first.")
        self.list.setToolTip(words)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a list of pairs"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Lists of pairs (*.txt)"))
        dialog.fileSelected.connect(lambda path: self.list_chosen.emit(Path(path)))
        dialog.open()
