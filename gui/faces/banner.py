"""The decision, readable from two metres; and for staff, the numbers behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.faces.answers import FacesSeen
from gui.faces.verdict_frame import VerdictFrame
from gui.faces.words import Verdict
from gui.icons import pixmap
from gui.theme import theme_of
from gui.widgets.card import label

MARK = 40
HIGHEST = 76
"""Room for a word and a sentence: the picture above must not jump from one answer to the next."""
NARROW = 700
"""Below this width the numbers stand in two rows."""


class Banner(VerdictFrame):
    """A verdict in one row; ``compact`` is for the columns at the side."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(*(("strong", "caption") if compact else ("title", "subtitle")), parent)
        theme = theme_of(self)
        self._mark_size = MARK // 2 if compact else MARK
        self._mark.setFixedSize(self._mark_size, self._mark_size)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        side = theme.space_m if compact else theme.space_l
        row.setContentsMargins(side, theme.space_m, side, theme.space_m)
        row.setSpacing(side)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop if compact else Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        if not compact:
            self.setMinimumHeight(HIGHEST)

    def _draw(self, verdict: Verdict) -> None:
        tone = "muted" if verdict.tone == "plain" else verdict.tone
        self._mark.setPixmap(pixmap(verdict.icon, self._mark_size, tone, self.devicePixelRatioF()))


class StaffStrip(QFrame):
    """Distances, τ, margin, quality and time of the most prominent face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._columns = 0
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.space_l, theme.space_m, theme.space_l, theme.space_m)
        self._grid.setHorizontalSpacing(theme.space_m)
        self._grid.setVerticalSpacing(theme.space_s)
        self._cells: list[QVBoxLayout] = []
        self._names: list[QLabel] = []
        self._values: list[QLabel] = []
        for _ in range(7):
            name, value = label("caption"), label("strong")
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(name)
            cell.addWidget(value)
            self._cells.append(cell)
            self._names.append(name)
            self._values.append(value)
        self._arrange(len(self._cells))
        self.show_numbers(None)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take two rows in a small window."""
        self._arrange(4 if event.size().width() < NARROW else len(self._cells))
        super().resizeEvent(event)

    def values(self) -> tuple[str, ...]:
        """Return the numbers as shown."""
        return tuple(value.text() for value in self._values)

    def show_numbers(self, seen: FacesSeen | None) -> None:
        """Show the numbers behind a decision; dashes where there are none."""
        shown = ["–"] * len(self._values)
        if seen is not None:
            shown[2], shown[6] = f"{seen.threshold:.3f}", f"{seen.seconds * 1000:.0f} ms"
        if seen is not None and seen.faces:
            match, quality = seen.faces[0].match, seen.faces[0].quality
            shown[0] = match.person.name if match.person else "–"
            shown[1] = _number(match.distance)
            shown[3] = _number(match.second_distance)
            if match.distance is not None and match.second_distance is not None:
                shown[4] = _number(match.second_distance - match.distance)
            shown[5] = f"{quality.score:.2f}"
        for value, text in zip(self._values, shown, strict=True):
            value.setText(text)

    def retranslate(self) -> None:
        """Set the captions again."""
        texts = (
            self.tr("Nearest"),
            self.tr("Squared distance d"),
            self.tr("Threshold τ"),
            self.tr("Second distance"),
            self.tr("Margin"),
            self.tr("Quality"),
            self.tr("Time"),
        )
        for name, text in zip(self._names, texts, strict=True):
            name.setText(text)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for cell in self._cells:
            self._grid.removeItem(cell)
        for index, cell in enumerate(self._cells):
            self._grid.addLayout(cell, index // columns, index % columns)
        for column in range(len(self._cells)):
            self._grid.setColumnStretch(column, int(column < columns))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
