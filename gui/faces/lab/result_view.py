"""ResultView: before and after on the same held-out pairs, as numbers, ROC and histograms."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.faces.training.numbers import rule_of_three
from engine.faces.training.records import Trained
from gui.faces.lab.scores import Score, ScoreBoard
from gui.faces.lab.view import View, column, scrolled, share
from gui.theme import theme_of


class ResultView(View):
    """The outcome of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: Trained | None = None
        self.board = ScoreBoard()
        inside = QWidget()
        layout = column(inside, right=theme_of(self).space_s)
        layout.addWidget(self.board)
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.retranslate()

    def show_outcome(self, outcome: Trained | None) -> None:
        """Show the outcome of a run."""
        self._outcome = outcome
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        board, outcome = self.board, self._outcome
        board.table.set_title(self.tr("Before and after, on the same pairs of people held out"))
        if outcome is None:
            board.show_scores(())
            board.headline.setText(
                self.tr("Train an encoder first: people whom it never saw then decide how good it is.")
            )
            board.note.clear()
            return
        scores = [
            Score(self.tr("Before"), outcome.before),
            Score(self.tr("After"), outcome.after, 1.0 if outcome.plain is not None else 4.0),
        ]
        if outcome.plain is not None:
            scores.append(Score(self.tr("Plain distance"), outcome.plain))
        board.show_scores(scores)
        board.headline.setText(self._headline(outcome))
        board.note.setText(
            self.tr(
                "{people} people held out, {same} same and {different} different pairs. The bounds in "
                "brackets hold with 95 % confidence. Not one error in {different} pairs would still only "
                "prove a rate below {bound} (3/n). Best epoch: {epoch}. Encoder: {model}."
            ).format(
                people=outcome.people[2],
                same=outcome.after.same_pairs,
                different=outcome.after.different_pairs,
                bound=share(rule_of_three(outcome.after.different_pairs)),
                epoch=outcome.best_epoch,
                model=outcome.model,
            )
        )

    def _headline(self, outcome: Trained) -> str:
        text = self.tr("Area under the ROC: {before} before, {after} after.").format(
            before=f"{outcome.before.auc:.4f}", after=f"{outcome.after.auc:.4f}"
        )
        if outcome.best_epoch == 0:
            text += " " + self.tr(
                "No epoch told the validation people apart better than the start did, so the encoder is the "
                "one that the run started from."
            )
        return text
