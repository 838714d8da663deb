"""OptionForm: controls for the settings that a dataclass declares, built from the declaration alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.options import options_of
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import button
from gui.widgets.option_controls import control_for


class OptionForm(QWidget):
    """One labelled control per declared setting, advanced ones folded away.

    Args:
        declared: the dataclass.
        names: which of its settings, in which order; None means all.
        choices: for a setting whose choices are known only at run time, value → label.

    Signals:
        changed: all values by name, after the person (not :meth:`set_value`) changed one.
    """

    changed = Signal(dict)

    def __init__(
        self,
        declared: type[Any],
        names: Sequence[str] | None = None,
        parent: QWidget | None = None,
        *,
        choices: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(parent)
        wanted = [
            dataclasses.replace(each, choices=(choices or {}).get(each.name, each.choices))
            for each in options_of(declared)
            if names is None or each.name in names
        ]
        if names is not None:
            wanted.sort(key=lambda each: names.index(each.name))
        self._controls = {each.name: control_for(each) for each in wanted}
        self._more = button("chevron-right", "fold")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._unfold)
        self._folded = QWidget()
        theme = theme_of(self)
        plain, folded = QVBoxLayout(self), QVBoxLayout(self._folded)
        for layout in (plain, folded):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.space_l)
        for control in self._controls.values():
            (folded if control.option.advanced else plain).addWidget(control)
            control.edited.connect(self._tell)
        plain.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        plain.addWidget(self._folded)
        self._more.setVisible(folded.count() > 0)
        self._folded.hide()
        self.retranslate()

    def value(self) -> dict[str, Any]:
        """Return every setting by name."""
        return {name: control.value() for name, control in self._controls.items()}

    def set_value(self, values: Mapping[str, Any]) -> None:
        """Show these values; names that this form does not have are passed over. Emits nothing."""
        for name, value in values.items():
            if name in self._controls:
                self._controls[name].set_value(value)

    def set_choices(self, name: str, choices: Mapping[str, str]) -> None:
        """Offer other choices for one setting, such as the devices of this machine."""
        self._controls[name].set_choices(choices)

    def set_option_enabled(self, name: str, enabled: bool) -> None:
        """Grey one setting out while it has no effect."""
        self._controls[name].setEnabled(enabled)

    def retranslate(self) -> None:
        """Set every label again."""
        for control in self._controls.values():
            control.retranslate()
        self._more.setText(self.tr("More settings"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tell(self) -> None:
        self.changed.emit(self.value())

    def _unfold(self, unfolded: bool) -> None:
        self._folded.setVisible(unfolded)
        self._more.setIcon(icon("chevron-down" if unfolded else "chevron-right", self._more))
