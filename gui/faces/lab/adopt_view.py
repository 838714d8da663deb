"""AdoptView: the checkpoints of a run, rollback, and taking the encoder into use at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from engine.faces.people import Person
from engine.faces.training.adoption import ON_BOARD, InUse, Plan
from engine.faces.training.records import EpochRecord
from gui.faces.lab.view import Cards, View, column, scrolled, share
from gui.theme import theme_of
from gui.widgets.card import Card, button, label

NAMES_SHOWN = 12


class Unfit(Enum):
    """Why an encoder is not for the desk."""

    NO = "it is"
    CLASSIFIER = "it compares by a classifier, the desk by distance"
    DRAWN = "it has seen drawn faces only"


class AdoptView(View):
    """Rollback on the left, adoption on the right.

    Signals:
        epoch_wanted: the epoch whose checkpoint should be the result.
        plan_clicked, adopt_clicked, undo_clicked: what the buttons say.
    """

    epoch_wanted = Signal(int)
    plan_clicked = Signal()
    adopt_clicked = Signal()
    undo_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: tuple[tuple[int, EpochRecord | None], ...] = ()
        self._plan: Plan | None = None
        self._best, self._in_use = -1, InUse()
        self._busy = False
        self._model, self._unfit = "", Unfit.NO
        self._roll, self._desk = Card(), Card()
        self._roll_text, self._desk_text = label("caption", wrap=True), label("caption", wrap=True)
        self.list, self.take = QListWidget(), button("refresh")
        self.list.setMinimumHeight(220)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.in_use, self.plan_text = label("strong", wrap=True), label("", wrap=True)
        self.plan, self.adopt, self.undo = button("people"), button("check", "primary"), button("swap")
        for widget in (self._roll_text, self.list, self.take):
            self._roll.body.addWidget(widget)
        for widget in (self._desk_text, self.in_use, self.plan, self.plan_text, self.adopt, self.undo):
            self._desk.body.addWidget(widget)
        self._desk.body.addStretch(1)
        inside = QWidget()
        layout = column(inside, right=theme_of(self).space_s)
        layout.addWidget(Cards((self._roll, 1), (self._desk, 1)))
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.take.clicked.connect(self._take)
        self.list.currentRowChanged.connect(self._update)
        self.plan.clicked.connect(self.plan_clicked)
        self.adopt.clicked.connect(self.adopt_clicked)
        self.undo.clicked.connect(self.undo_clicked)
        self.retranslate()

    def show_checkpoints(
        self,
        kept: Sequence[int],
        epochs: Sequence[EpochRecord],
        best: int,
        *,
        model: str = "",
        unfit: Unfit = Unfit.NO,
    ) -> None:
        """Offer the checkpoints there are.

        Args:
            best: the epoch whose encoder is the result now.
            model: that encoder's id; empty when there is none.
            unfit: why it is not for the desk.
        """
        known = {each.epoch: each for each in epochs}
        self._epochs = tuple((epoch, known.get(epoch)) for epoch in kept)
        self._best, self._plan = best, None
        self._model, self._unfit = model, unfit
        self.retranslate()

    def show_plan(self, plan: Plan | None) -> None:
        """Show what adopting means for everybody enrolled."""
        self._plan = plan
        self.retranslate()

    def show_in_use(self, in_use: InUse) -> None:
        """Say which encoder the desk uses; the plan before it is done with."""
        self._in_use, self._plan = in_use, None
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """Offer nothing while other work is under way."""
        self._busy = busy
        self._update()

    def retranslate(self) -> None:
        """Set every text again."""
        self._roll.set_title(self.tr("Checkpoints"))
        self._desk.set_title(self.tr("At the desk"))
        self._roll_text.setText(
            self.tr(
                "One a completed epoch. The result is the epoch that tells the validation people apart "
                "best; take "
                "an earlier one back here. An interrupted run goes on from the newest."
            )
        )
        self._desk_text.setText(
            self.tr(
                "Encodings of two encoders are never compared, so everybody has to be encoded again: from "
                "kept "
                "photos, or by coming by once more. The old encodings stay until you delete them, so going "
                "back "
                "costs nothing."
            )
        )
        self.take.setText(self.tr("Take this epoch back"))
        self.plan.setText(self.tr("Who would have to come by?"))
        self.adopt.setText(self.tr("Use this encoder at the desk"))
        self.undo.setText(self.tr("Back to the encoder before"))
        model = self.tr("the encoder on board") if self._in_use.model == ON_BOARD else self._in_use.model
        self.in_use.setText(self.tr("In use: {model}").format(model=model))
        self._fill()
        self.plan_text.setText(self._plan_words())
        self._update()

    def _fill(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for epoch, record in self._epochs:
            text = self.tr("Epoch {epoch}").format(epoch=epoch)
            if record is not None:
                text = self.tr("Epoch {epoch}: area {auc}, equal error rate {eer}").format(
                    epoch=epoch, auc=f"{record.auc:.4f}", eer=share(record.eer)
                )
            self.list.addItem(f"{text}  ✓" if epoch == self._best else text)
        self.list.setCurrentRow(row)

    def _plan_words(self) -> str:
        plan = self._plan
        if self._unfit is Unfit.DRAWN:
            return self.tr(
                "This encoder has seen drawn faces only and does not know real ones. Train on photos for the "
                "desk."
            )
        if self._unfit is Unfit.CLASSIFIER:
            return self.tr(
                "This encoder compares two faces with a classifier, and the desk compares by distance. Train "
                "with the triplet or softmax loss for the desk."
            )
        if plan is None:
            return ""
        parts = (
            (self.tr("Ready: {people}"), plan.ready),
            (self.tr("Encoded again from kept photos: {people}"), plan.from_photos),
            (self.tr("Must come by: {people}"), plan.must_come),
        )
        return "\n".join(text.format(people=_names(people)) for text, people in parts)

    def _update(self) -> None:
        free = not self._busy
        self.take.setEnabled(free and self.list.currentRow() >= 0)
        new = self._model not in ("", self._in_use.model)
        self.plan.setEnabled(free and new and self._unfit is Unfit.NO)
        self.adopt.setEnabled(free and self._plan is not None)
        self.undo.setEnabled(free and self._in_use.before is not None)

    def _take(self) -> None:
        self.epoch_wanted.emit(self._epochs[self.list.currentRow()][0])


def _names(people: Sequence[Person]) -> str:
    shown = ", ".join(person.name for person in people[:NAMES_SHOWN])
    return f"{len(people)} ({shown}{' …' if len(people) > NAMES_SHOWN else ''})" if people else "0"
