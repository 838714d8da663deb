"""MathsPage: the objective with its numbers, and the style matrices that it brings together."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.style.mathematics import GramView
from engine.style.recipe import STYLE_LAYERS
from engine.style.steps import PaintStep
from gui.style.page import Page
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.matrix_view import MatrixView

FORMULA = "J(G) = α · J_content(C, G) + β · J_style(S, G)"
TERMS = {2: " + smoothing · TV(G)", 3: " − γ · unit(G)"}
"""Rows of terms that are shown only where they act, and what they add to the formula."""


class MathsPage(Page):
    """J(G) = α J_content + β J_style of Gatys, Ecker, Bethge 2015, eq. 7, as it is at this moment.

    Signals:
        layer_changed: another layer's matrices are wanted.
        paper_clicked: everything should be set as in the paper.
    """

    layer_changed = Signal(str)
    paper_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: PaintStep | None = None
        self._view: GramView | None = None
        self._formula = label("strong", wrap=True)
        self._names: list[QLabel] = [label("caption") for _ in range(5)]
        self._values: list[QLabel] = [label() for _ in range(5)]
        self._layer_label = label()
        self.layer = QComboBox()
        for name in STYLE_LAYERS:
            self.layer.addItem(name, name)
        self.layer.setCurrentIndex(2)
        self.layer.activated.connect(self._layer_chosen)
        self.style_matrix, self.painting_matrix = MatrixView(), MatrixView()
        self._distance = label(wrap=True)
        self.paper = button("refresh", "quiet")
        self.paper.clicked.connect(self.paper_clicked)
        theme = theme_of(self)
        numbers = QGridLayout()
        numbers.setVerticalSpacing(theme.space_xs)
        numbers.setHorizontalSpacing(theme.space_m)
        numbers.setColumnStretch(1, 1)
        for row, (words, value) in enumerate(zip(self._names, self._values, strict=True)):
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            numbers.addWidget(words, row, 0)
            numbers.addWidget(value, row, 1)
        head = QHBoxLayout()
        head.addWidget(self._layer_label, 1)
        head.addWidget(self.layer)
        pair = QHBoxLayout()
        pair.setSpacing(theme.space_m)
        pair.addWidget(self.style_matrix)
        pair.addWidget(self.painting_matrix)
        self.body.setSpacing(theme.space_m)
        self.body.addWidget(self._formula)
        self.body.addLayout(numbers)
        self.body.addLayout(head)
        self.body.addLayout(pair)
        self.body.addWidget(self._distance)
        self.body.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    @property
    def chosen_layer(self) -> str:
        """The layer whose matrices are shown."""
        return str(self.layer.currentData())

    def show_step(self, step: PaintStep | None) -> None:
        """Put the numbers of an iteration into the formula."""
        self._step = step
        texts = ["–"] * len(self._values)
        if step is not None:
            losses = step.losses
            style, content = losses.beta * losses.style, losses.alpha * losses.content
            smoothing = losses.smoothing * losses.tv
            texts = [
                f"{losses.alpha:.3g} × {losses.content:.4g} = {content:.4g}",
                f"{losses.beta:.3g} × {losses.style:.4g} = {style:.4g}",
                f"{losses.smoothing:.3g} × {losses.tv:.4g} = {smoothing:.4g}",
                f"{losses.gamma:.3g} × {losses.unit:.4g} = {losses.gamma * losses.unit:.4g}",
                f"{losses.total:.5g}",
            ]
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)
        weights = {} if step is None else {2: step.losses.smoothing, 3: step.losses.gamma}
        acting = {row: weights.get(row, 0) > 0 for row in TERMS}
        self._formula.setText(FORMULA + "".join(TERMS[row] for row, acts in acting.items() if acts))
        for row, acts in acting.items():
            self._names[row].setVisible(acts)
            self._values[row].setVisible(acts)

    def show_view(self, view: GramView | None) -> None:
        """Show the matrices of style and painting side by side."""
        self._view = view
        self.style_matrix.set_matrix(None if view is None else view.style)
        self.painting_matrix.set_matrix(None if view is None else view.painting)
        if view is None:
            self._distance.setText(self.tr("The matrices appear when something is painted."))
            return
        words = self.tr("‖G − A‖ / ‖A‖ = {distance}. The {shown} strongest of {units} units are shown.")
        self._distance.setText(
            words.format(distance=f"{view.distance:.3f}", shown=len(view.style), units=view.units_in_layer)
        )

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_lead(self.tr("What the painting minimises (Gatys, Ecker, Bethge 2015)."))
        names = ("α · J_content", "β · J_style", self.tr("smoothing · TV"), self.tr("− γ · unit"), "J(G)")
        for shown, name in zip(self._names, names, strict=True):
            shown.setText(name)
        self.paper.setText(self.tr("Set as in the paper"))
        self.paper.setToolTip(self.tr("White noise, one scale, Gram matrices, α and β; for the next start"))
        self._layer_label.setText(self.tr("Style matrix of"))
        self.layer.setAccessibleName(self.tr("Style matrix of"))
        self.style_matrix.set_name(self.tr("A: the style"))
        self.painting_matrix.set_name(self.tr("G: the painting"))
        self.show_view(self._view)
        self.show_step(self._step)

    def _layer_chosen(self) -> None:
        self.show_view(None)
        self.layer_changed.emit(self.chosen_layer)
