"""ErrorsView: the pairs that the encoder gets most wrong, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from engine.faces.training.records import ErrorCase, Evaluation
from engine.images import Rgb
from gui.faces.lab.pictures import PictureWall
from gui.faces.lab.view import View, column, scrolled
from gui.theme import theme_of
from gui.widgets.card import Card, label

CASES = 6
SIDE = 104


class ErrorsView(View):
    """Worst false accepts and worst false rejects among the held-out pairs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Evaluation | None = None
        self._cards = Card(), Card()
        self._hints = label("caption", wrap=True), label("caption", wrap=True)
        self.accepts, self.rejects = PictureWall(CASES, SIDE, 2), PictureWall(CASES, SIDE, 2)
        inside = QWidget()
        layout = column(inside, right=theme_of(self).space_s)
        for card, hint, wall in zip(self._cards, self._hints, (self.accepts, self.rejects), strict=True):
            card.body.addWidget(hint)
            card.body.addWidget(wall)
            layout.addWidget(card)
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.retranslate()

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show the errors of a measurement."""
        self._shown = evaluation
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._cards[0].set_title(self.tr("Worst false accepts"))
        self._cards[1].set_title(self.tr("Worst false rejects"))
        empty = self.tr("Appears after a measurement.")
        texts = (
            self.tr("Two people whom the encoder takes for one: the nearest different pairs."),
            self.tr("One person whom the encoder takes for two: the farthest same pairs."),
        )
        for hint, text in zip(self._hints, texts, strict=True):
            hint.setText(text if self._shown is not None else f"{text} {empty}")
        if self._shown is not None:
            self.accepts.show_rows(self._rows(self._shown.false_accepts))
            self.rejects.show_rows(self._rows(self._shown.false_rejects))

    def _rows(self, cases: Sequence[ErrorCase]) -> list[tuple[tuple[Rgb, Rgb], str]]:
        return [
            (
                (case.first, case.second),
                "{names}\nd = {distance}".format(
                    names=case.names[0] if case.same else " – ".join(case.names),
                    distance=f"{case.distance:.3f}",
                ),
            )
            for case in cases
        ]
