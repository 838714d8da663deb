"""LayersPage: the mixer of the layers, each with a texture made from it alone, and the unit that pulls."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.options import options_of
from engine.style.recipe import STYLE_LAYERS, Recipe
from gui.style.page import Page
from gui.style.unit_row import UnitRow
from gui.theme import theme_of
from gui.widgets.card import button, label, tool_button
from gui.widgets.option_controls import Control, control_for

THUMB = 56
LAMBDAS = tuple(f"lambda{index}" for index in range(1, len(STYLE_LAYERS) + 1))


class LayersPage(Page):
    """How much each layer's style counts, in a painter's words.

    Signals:
        changed: a share, or the unit, was changed.
        look_clicked: a layer, such as ``conv3_1``, to be looked at in Explain.
    """

    changed = Signal()
    look_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = {each.name: each for each in options_of(Recipe)}
        self._controls: dict[str, Control] = {name: control_for(options[name]) for name in LAMBDAS}
        self._thumbs = {layer: QLabel() for layer in STYLE_LAYERS}
        self.looks = {layer: tool_button("explain") for layer in STYLE_LAYERS}
        self.reset = button("refresh", "quiet")
        self.reset.clicked.connect(self._bring_defaults_back)
        self._waiting, self._of_units = label("caption", wrap=True), label("caption", wrap=True)
        self.unit = UnitRow()
        self.unit.changed.connect(self.changed)
        self.unit.look_clicked.connect(self.look_clicked)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme_of(self).space_s)
        grid.setVerticalSpacing(theme_of(self).space_s)
        for row, (layer, control) in enumerate(zip(STYLE_LAYERS, self._controls.values(), strict=True)):
            thumb, look = self._thumbs[layer], self.looks[layer]
            thumb.setFixedSize(QSize(THUMB, THUMB))
            thumb.setProperty("role", "thumb")
            for column, widget in enumerate((thumb, control, look)):
                grid.addWidget(widget, row, column)
            control.edited.connect(self.changed)
            look.clicked.connect(lambda _on=False, name=layer: self._look(name))
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._waiting)
        self.body.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._of_units)
        self.body.addWidget(self.unit)
        self.body.addStretch(1)

    def value(self) -> dict[str, Any]:
        """Return λ of every layer, and the unit, by their settings' names."""
        return {name: control.value() for name, control in self._controls.items()} | self.unit.value()

    def set_value(self, values: dict[str, Any]) -> None:
        """Show these settings; other names are passed over."""
        for name, control in self._controls.items():
            if name in values:
                control.set_value(values[name])
        self.unit.set_value(values)

    def show_texture(self, layer: str, image: QImage) -> None:
        """Show what a layer alone knows of the style."""
        side = round(THUMB * self.devicePixelRatioF())
        pixmap = QPixmap.fromImage(
            image.scaled(
                side,
                side,
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._thumbs[layer].setPixmap(pixmap)

    def forget_textures(self) -> None:
        """The style is another one now."""
        for thumb in self._thumbs.values():
            thumb.clear()

    def set_waiting(self, sentence: str) -> None:
        """Say what the empty thumbnails wait for."""
        self._waiting.setText(sentence)
        self._waiting.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_lead(self.tr("What of the style counts, from fine grain to composition."))
        for control in self._controls.values():
            control.retranslate()
        for layer, thumb in self._thumbs.items():
            thumb.setToolTip(self.tr("The style as {layer} alone sees it").format(layer=layer))
        for look in self.looks.values():
            look.setToolTip(self.tr("Look at this layer in Explain"))
            look.setAccessibleName(self.tr("Look at this layer in Explain"))
        self.reset.setText(self.tr("As in the beginning"))
        self._of_units.setText(
            self.tr("The painting can also excite one unit of the network, or a layer; Explain shows them.")
        )
        self.unit.retranslate()

    def _look(self, layer: str) -> None:
        self.look_clicked.emit(layer.replace("relu", "conv"))

    def _bring_defaults_back(self) -> None:
        for control in self._controls.values():
            control.set_value(control.option.default)
        self.changed.emit()
