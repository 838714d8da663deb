"""LikeTab: units of the same layer that respond alike, and the folders of this unit's pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from engine.explorer.find import Enriched, classes_of_unit
from engine.explorer.finding import strongest_of
from engine.explorer.statistics import Neighbour, neighbours
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.explorer.wall import Wall
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import label

COUNT = 12
CLASSES = 4


class LikeTab(UnitTab):
    """Units like this one."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        theme = theme_of(self)
        self._findings = findings
        self._found: tuple[Neighbour, ...] = ()
        self._classes: tuple[Enriched, ...] = ()
        self._shown: ShownUnit | None = None
        self._hint, self._folders = label("caption", wrap=True), label("", wrap=True)
        self.wall = Wall(session, findings)
        self.wall.opened.connect(self.opened)
        self.wall.failed.connect(self.failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.space_m, 0, 0)
        column.setSpacing(theme.space_s)
        column.addWidget(self._folders)
        column.addWidget(self._hint)
        column.addWidget(self.wall, 1)
        self.retranslate()

    def name(self) -> str:
        """Return the tab's name."""
        return self.tr("Units like this")

    @property
    def busy(self) -> bool:
        """Whether tiles are still being drawn."""
        return not self.wall.settled

    def show_unit(self, shown: ShownUnit) -> None:
        """Show the neighbours of a unit."""
        self._shown = shown
        index = self._findings.index
        self._found, self._classes = (), ()
        if index is not None:
            self._found = neighbours(index, shown.ref.layer, shown.ref.unit, COUNT)
            if len(index.classes) > 1:
                found = classes_of_unit(index, shown.ref.layer, shown.ref.unit, strongest_of(index))
                self._classes = tuple(one for one in found if one.ratio > 1)[:CLASSES]
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible text again."""
        if self._findings.index is None:
            self._hint.setText(self.tr("Shown once the scan is complete."))
        else:
            self._hint.setText(
                self.tr("Correlation of their maxima over a random sample of the pictures; 1 is the same.")
            )
        self._folders.setVisible(bool(self._classes))
        words = self.tr("{name}: {found} of {looked_at} ({ratio} × chance)")
        folders = (
            words.format(name=one.name, found=one.found, looked_at=one.looked_at, ratio=f"{one.ratio:.1f}")
            for one in self._classes
        )
        self._folders.setText(
            self.tr("Folders of its strongest pictures: {folders}").format(folders=",  ".join(folders))
        )
        if self._shown is not None:
            layer = self._shown.ref.layer
            self.wall.show_units(
                [UnitRef(layer, one.unit) for one in self._found],
                [
                    self.tr("Unit {number}").format(number=one.unit) + f"   {one.likeness:.2f}"
                    for one in self._found
                ],
            )
