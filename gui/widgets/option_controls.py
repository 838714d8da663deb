"""The control of one declared setting: check box, choice, line, or slider with a spin box."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.options import Option
from gui.widgets.card import label

SLIDER_STEPS = 1000


def option_words(text: str) -> str:
    """Translate a label or help text declared in the engine."""
    return QCoreApplication.translate("Option", text)


class Control(QWidget):
    """A label with the control of one setting.

    Signals:
        edited: the person (not :meth:`set_value`) changed the value.
    """

    edited = Signal()

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self._label = label()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)

    def value(self) -> Any:
        """Return the value shown."""
        raise TypeError(f"{type(self).__name__} shows no value")

    def set_value(self, value: Any) -> None:
        """Show another value; emits nothing."""
        raise TypeError(f"{type(self).__name__} shows no value")

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """Offer other choices."""
        raise TypeError(f"{self.option.name} has no choices")

    def retranslate(self) -> None:
        """Set the words again."""
        self._label.setText(option_words(self.option.label))
        self.setToolTip(option_words(self.option.help))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turning the wheel over a control without focus scrolls the page, and changes no setting."""
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _head(self, *beside: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(self._label, 1)
        for widget in beside:
            row.addWidget(widget)
            widget.setObjectName(self.option.name)
        self._rows.addLayout(row)

    def _name(self, *widgets: QWidget) -> None:
        """Let screen readers say what the control is for, and keep the wheel for scrolling."""
        for widget in widgets:
            widget.setAccessibleName(option_words(self.option.label))
            widget.setAccessibleDescription(option_words(self.option.help))
            if widget.focusPolicy() is Qt.FocusPolicy.WheelFocus:
                widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                widget.installEventFilter(self)


class _Check(Control):
    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._box = QCheckBox()
        self._box.setObjectName(option.name)
        self._box.setChecked(option.default)
        self._box.clicked.connect(self.edited)
        self._rows.addWidget(self._box)

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def retranslate(self) -> None:
        super().retranslate()
        self._box.setText(option_words(self.option.label))
        self._box.setAccessibleDescription(option_words(self.option.help))


class _Choice(Control):
    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._box = QComboBox()
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._box.setMinimumContentsLength(8)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setObjectName(option.name)
        self._box.activated.connect(self.edited)
        self._rows.addWidget(self._label)
        self._rows.addWidget(self._box)
        self._choices: Mapping[str, str] = option.choices
        self._fill(option.default)

    def value(self) -> str | int | float:
        chosen: str | int | float = self._box.currentData()
        return chosen

    def set_value(self, value: Any) -> None:
        self._box.setCurrentIndex(max(0, self._box.findData(value)))

    def set_choices(self, choices: Mapping[str, str]) -> None:
        before = self.value()
        self._choices = choices
        self._fill(before)

    def retranslate(self) -> None:
        super().retranslate()
        self._name(self._box)
        for index in range(self._box.count()):
            self._box.setItemText(index, option_words(self._choices[self._box.itemData(index)]))

    def _fill(self, chosen: Any) -> None:
        self._box.clear()
        for value, words in self._choices.items():
            self._box.addItem(option_words(words), value)
        self.set_value(chosen)


class _Text(Control):
    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._line = QLineEdit()
        self._line.setObjectName(option.name)
        self._line.setText(option.default)
        self._line.editingFinished.connect(self.edited)
        self._rows.addWidget(self._label)
        self._rows.addWidget(self._line)

    def value(self) -> str:
        return self._line.text()

    def set_value(self, value: Any) -> None:
        self._line.setText(str(value))

    def retranslate(self) -> None:
        super().retranslate()
        self._name(self._line)


class _ShortSpinBox(QDoubleSpinBox):
    """Shows 0.01 rather than 0.010000."""

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


class _Number(Control):
    """A slider with a spin box beside its label; the spin box holds the exact value."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._spin: QSpinBox | QDoubleSpinBox
        low = option.low if option.low is not None else -1e9
        high = option.high if option.high is not None else 1e9
        if option.kind is int:
            self._spin = QSpinBox()
            self._spin.setRange(int(low), int(high))
        else:
            self._spin = _ShortSpinBox()
            self._spin.setDecimals(_decimals(option))
            self._spin.setRange(low, high)
            self._spin.setSingleStep(10.0 ** -min(2, _decimals(option)))
        if option.logarithmic:
            self._spin.setStepType(type(self._spin).StepType.AdaptiveDecimalStepType)
        self._spin.setKeyboardTracking(False)
        self._spin.setMinimumWidth(132)
        self._spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._spin.setValue(option.default)
        self._spin.valueChanged.connect(self._spun)
        self._head(self._spin)
        self._slider: QSlider | None = None
        if option.low is not None and option.high is not None:
            self._slider = QSlider(Qt.Orientation.Horizontal)
            self._slider.setRange(0, SLIDER_STEPS)
            self._slider.setPageStep(SLIDER_STEPS // 20)
            self._slider.valueChanged.connect(self._slid)
            self._rows.addWidget(self._slider)
        self._show_on_slider()

    def value(self) -> int | float:
        return self._spin.value()

    def set_value(self, value: Any) -> None:
        blocked = self._spin.blockSignals(True)
        self._spin.setValue(self.option.kind(value))
        self._spin.blockSignals(blocked)
        self._show_on_slider()

    def retranslate(self) -> None:
        super().retranslate()
        self._name(self._spin)
        if self._slider is not None:
            self._name(self._slider)

    def _spun(self) -> None:
        self._show_on_slider()
        self.edited.emit()

    def _show_on_slider(self) -> None:
        if self._slider is None:
            return
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(round(self._share(float(self._spin.value())) * SLIDER_STEPS))
        self._slider.blockSignals(blocked)

    def _slid(self, step: int) -> None:
        low, high = self._ends()
        share = step / SLIDER_STEPS
        if self._is_logarithmic():
            value = low * (high / low) ** share
            value = float(f"{value:.2g}")
        else:
            value = low + (high - low) * share
        self._spin.setValue(self.option.kind(round(value) if self.option.kind is int else value))

    def _share(self, value: float) -> float:
        low, high = self._ends()
        if high <= low:
            return 0.0
        if self._is_logarithmic():
            value = min(max(value, low), high)
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)

    def _ends(self) -> tuple[float, float]:
        if self.option.slider is not None:
            return self.option.slider
        assert self.option.low is not None
        assert self.option.high is not None
        return float(self.option.low), float(self.option.high)

    def _is_logarithmic(self) -> bool:
        return self.option.logarithmic and self._ends()[0] > 0


def _decimals(option: Option) -> int:
    """Enough digits for the smallest value of a logarithmic range, or for a hundredth of a linear one."""
    if option.low is None or option.high is None:
        return 4
    low, high = option.slider or (option.low, option.high)
    smallest = low if option.logarithmic and low > 0 else (high - low) / 100
    needed = max(2, min(9, math.ceil(-math.log10(smallest)) + 1)) if smallest > 0 else 4
    exact = len(f"{option.default:.9f}".rstrip("0").split(".")[1])
    return max(needed, exact)


def control_for(option: Option) -> Control:
    """Return the control that suits a declared setting."""
    if option.choices:
        return _Choice(option)
    if option.kind is bool:
        return _Check(option)
    return _Text(option) if option.kind is str else _Number(option)
