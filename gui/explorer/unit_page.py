"""UnitPage: everything about one unit, a tab for each kind of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabWidget, QToolButton, QVBoxLayout, QWidget

from gui.explorer.findings import Findings, UnitRef
from gui.explorer.names import layer_facts, network_name, short_layer
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.theme import theme_of
from gui.widgets.card import button, label, tool_button

NARROW = 760
"""Below this width two buttons are left with their icons."""


class UnitPage(QWidget):
    """Opens over the page that the person came from.

    Signals:
        back_clicked: the page before is wanted.
        opened: another :class:`UnitRef` is wanted.
        pin_toggled: the unit should be (or no longer be) among the live meters.
        paint_clicked: the unit is wanted as a term of a painting.
        failed: a task failed, with its error.
        told: a sentence for the status bar.
    """

    back_clicked = Signal()
    opened = Signal(object)
    pin_toggled = Signal(object, bool)
    paint_clicked = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, findings: Findings, tabs: Sequence[UnitTab]) -> None:
        super().__init__()
        self._findings = findings
        self._shown: ShownUnit | None = None
        self._stale: set[UnitTab] = set()
        self._narrow = True
        self.back, self.pin, self.paint = (
            button("chevron-left", "quiet"),
            button("eye", "quiet"),
            button("paint", "quiet"),
        )
        self.pin.setCheckable(True)
        self.before, self.after = tool_button("chevron-left"), tool_button("chevron-right")
        self._title, self._facts = label("title"), label("caption")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for tab in tabs:
            self.tabs.addTab(tab, "")
            tab.failed.connect(self.failed)
            tab.opened.connect(self.opened)
            tab.told.connect(self.told)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _index: self._show_current())
        self.back.clicked.connect(self.back_clicked)
        self.pin.clicked.connect(lambda on: self.pin_toggled.emit(self.ref, on))
        self.paint.clicked.connect(lambda: self.paint_clicked.emit(self.ref))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        for words in (self._title, self._facts):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(theme.space_s)
        head.addWidget(self.back)
        head.addWidget(self._title, 1)
        for widget in (self.before, self.after, self.pin, self.paint):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_xs)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addSpacing(theme.space_xs)
        column.addWidget(self.tabs, 1)

    @property
    def ref(self) -> UnitRef | None:
        """The unit shown."""
        return self._shown.ref if self._shown is not None else None

    @property
    def busy(self) -> bool:
        """Whether something on screen is still to come."""
        current = self.tabs.currentWidget()
        return self.isVisible() and isinstance(current, UnitTab) and current.busy

    def show_unit(self, ref: UnitRef, *, pinned: bool) -> None:
        """Show a unit, or bring the one that is shown up to date.

        Args:
            pinned: its meter stands on the live page.
        """
        layer = self._findings.layer(ref.layer)
        if layer is None:
            return
        self._shown = ShownUnit(ref, layer, self._findings.entries(ref))
        self._stale = set(self._tabs())
        self.pin.setChecked(pinned)
        self.before.setEnabled(ref.unit > 0)
        self.after.setEnabled(ref.unit + 1 < layer.units)
        self.retranslate()
        self._show_current()

    def step(self, by: int) -> None:
        """Ask for the neighbour of the unit shown."""
        if self._shown is not None:
            ref = UnitRef(self._shown.ref.layer, self._shown.ref.unit + by)
            if self._findings.has(ref):
                self.opened.emit(ref)

    def stop(self) -> None:
        """End all work."""
        for tab in self._tabs():
            tab.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.back.setText(self.tr("Back"))
        self.pin.setText("" if self._narrow else self.tr("Watch live"))
        self.pin.setAccessibleName(self.tr("Watch live"))
        self.pin.setToolTip(self.tr("Adds a meter of this unit to the live camera"))
        self.paint.setText("" if self._narrow else self.tr("Use in Paint"))
        self.paint.setAccessibleName(self.tr("Use in Paint"))
        self.paint.setToolTip(
            self.tr("Opens Paint with this unit as a force: the painting is pushed towards what excites it")
        )
        for widget, words in (
            (self.before, self.tr("The unit before")),
            (self.after, self.tr("The next unit")),
        ):
            widget.setToolTip(words)
            widget.setAccessibleName(words)
        arrows = self.tabs.tabBar().findChildren(QToolButton)  # Qt has no Chinese name for them
        for arrow, words in zip(arrows, (self.tr("Tabs before"), self.tr("More tabs")), strict=True):
            arrow.setAccessibleName(words)
        for index, tab in enumerate(self._tabs()):
            self.tabs.setTabText(index, tab.name())
        if self._shown is None:
            return
        self.pin.setVisible(self._findings.pictures)
        self.paint.setVisible(self._findings.pictures)
        layer, unit = self._shown.layer, self._shown.ref.unit
        words = self.tr("{layer}, unit {unit}")
        self._title.setText(words.format(layer=short_layer(layer.name), unit=unit))
        self._title.setToolTip(words.format(layer=layer.name, unit=unit))
        exact = self.tr("exact") if layer.field.exactness == "EXACT" else self.tr("upper bound")
        name = network_name(self._findings.network)
        self._facts.setText(f"{name}  ·  {layer_facts(layer)}  ·  {exact}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name of the unit enough room."""
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()
        super().resizeEvent(event)

    def _tabs(self) -> list[UnitTab]:
        found = (self.tabs.widget(index) for index in range(self.tabs.count()))
        return [tab for tab in found if isinstance(tab, UnitTab)]

    def _show_current(self) -> None:
        current = self.tabs.currentWidget()
        if self._shown is not None and isinstance(current, UnitTab) and current in self._stale:
            self._stale.discard(current)
            current.show_unit(self._shown)
