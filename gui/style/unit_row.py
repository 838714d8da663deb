"""UnitRow: the unit of the network that the painting should excite, and how hard it pulls."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.options import options_of
from engine.style.recipe import Recipe
from engine.style.unit_term import UnitName, parse_unit
from gui.theme import theme_of
from gui.widgets.card import label, tool_button
from gui.widgets.option_controls import control_for

UNIT = ("unit", "unit_weight")


class UnitRow(QWidget):
    """A name such as ``conv4_1:12``, as the Explain panel shows it, and a slider.

    Signals:
        changed: the person named another unit, or moved the slider.
        look_clicked: the layer of the unit, to be looked at in Explain.
    """

    changed = Signal()
    look_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = {each.name: each for each in options_of(Recipe)}
        self._name, self._pull = control_for(options["unit"]), control_for(options["unit_weight"])
        self.look, self.remove = tool_button("explain"), tool_button("close")
        self._problem = label("caption", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme_of(self).space_xs)
        row.addWidget(self._name, 1)
        for made in (self.look, self.remove):
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignBottom)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme_of(self).space_s)
        rows.addLayout(row)
        rows.addWidget(self._problem)
        rows.addWidget(self._pull)
        self._name.edited.connect(self._edited)
        self._pull.edited.connect(self.changed)
        self.remove.clicked.connect(lambda: self.take(""))
        self.look.clicked.connect(self._look)
        self._show()

    def value(self) -> dict[str, Any]:
        """Return both settings; a name that cannot be one counts as none."""
        return {
            "unit": "" if self._named() is None else str(self._named()),
            "unit_weight": self._pull.value(),
        }

    def set_value(self, values: dict[str, Any]) -> None:
        """Show these settings; other names are passed over. Emits nothing."""
        for name, control in zip(UNIT, (self._name, self._pull), strict=True):
            if name in values:
                control.set_value(values[name])
        self._show()

    def take(self, name: str) -> None:
        """Name another unit, as a person does."""
        self._name.set_value(name)
        self._edited()

    def retranslate(self) -> None:
        """Set every text again."""
        self._name.retranslate()
        self._pull.retranslate()
        for made, words in (
            (self.look, self.tr("Look at this layer in Explain")),
            (self.remove, self.tr("Paint without a unit")),
        ):
            made.setToolTip(words)
            made.setAccessibleName(words)
        self._show()

    def _named(self) -> UnitName | None:
        try:
            return parse_unit(str(self._name.value()).strip())
        except ValueError:
            return None

    def _edited(self) -> None:
        self._show()
        self.changed.emit()

    def _look(self) -> None:
        named = self._named()
        if named is not None:
            self.look_clicked.emit(named.layer)

    def _show(self) -> None:
        named = self._named()
        wrong = named is None and bool(str(self._name.value()).strip())
        self._problem.setText(
            self.tr("There is no such unit. Write it like conv4_1:12, or conv4_1 for the whole layer.")
        )
        self._problem.setVisible(wrong)
        self._pull.setVisible(named is not None)
        self.look.setEnabled(named is not None)
        self.remove.setEnabled(named is not None or wrong)
