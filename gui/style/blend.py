"""StyleBlend: how much of each style goes into the painting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QToolButton, QWidget

from gui.theme import theme_of
from gui.widgets.card import label, tool_button

STEPS = 100


class StyleBlend(QWidget):
    """One slider a style; hidden while there are fewer than two.

    Signals:
        changed: the person moved a slider.
        removed: the index of the style that should go.
    """

    changed = Signal()
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[Path, ...] = ()
        self._sliders: list[QSlider] = []
        self._shares: list[QLabel] = []
        self._removers: list[QToolButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme_of(self).space_s)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def set_styles(self, paths: Sequence[Path], weights: Sequence[float] = ()) -> None:
        """Show these styles, with equal shares where no weights are given."""
        self._paths = tuple(paths)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._sliders, self._shares, self._removers = [], [], []
        top = max(weights, default=1.0) or 1.0
        for row, path in enumerate(self._paths):
            name, share = label("caption"), label("caption")
            name.setText(self.fontMetrics().elidedText(path.stem, Qt.TextElideMode.ElideMiddle, 110))
            name.setToolTip(str(path))
            share.setMinimumWidth(40)
            share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, STEPS)
            slider.setValue(round(STEPS * (weights[row] / top if weights else 1.0)))
            slider.setAccessibleName(path.stem)
            slider.valueChanged.connect(self._moved)
            remover = tool_button("close")
            remover.clicked.connect(lambda _on=False, index=row: self.removed.emit(index))
            for column, widget in enumerate((name, slider, share, remover)):
                self._grid.addWidget(widget, row, column)
            self._sliders.append(slider)
            self._shares.append(share)
            self._removers.append(remover)
        self.setVisible(len(self._paths) > 1)
        self._show_shares()
        self.retranslate()

    def weights(self) -> tuple[float, ...]:
        """Return one weight a style, or none for equal shares."""
        values = [slider.value() for slider in self._sliders]
        if len(set(values)) <= 1:
            return ()
        return tuple(value / STEPS for value in values)

    def sliders(self) -> tuple[QSlider, ...]:
        """Return the sliders, in the order of the styles."""
        return tuple(self._sliders)

    def retranslate(self) -> None:
        """Set every text again."""
        for remover in self._removers:
            remover.setToolTip(self.tr("Take this style away"))
            remover.setAccessibleName(self.tr("Take this style away"))

    def _moved(self) -> None:
        if not any(slider.value() for slider in self._sliders):
            moved = self.sender()
            if isinstance(moved, QSlider):  # at least one style has to stay
                with QSignalBlocker(moved):
                    moved.setValue(1)
        self._show_shares()
        self.changed.emit()

    def _show_shares(self) -> None:
        whole = sum(slider.value() for slider in self._sliders) or 1
        for slider, share in zip(self._sliders, self._shares, strict=True):
            share.setText(f"{100 * slider.value() / whole:.0f} %")
