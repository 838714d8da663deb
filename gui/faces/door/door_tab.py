"""DoorTab: what the desk asks for, the attack test, and the door that depends on it."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskDecision, DeskView
from engine.faces.store.roles import Right
from engine.options import read_options
from gui.faces.door.hooks_form import HooksForm
from gui.faces.door.wizard import AttackWizard
from gui.faces.kiosk.control import DeskControl
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.theme import theme_of
from gui.widgets.card import Card, label
from gui.widgets.option_form import OptionForm
from gui.widgets.scroll import scrolled

RULES = ("liveness", "context", "flash", "blink", "lockout")


class DoorTab(OfficePage):
    """Rules and attack test at the left, the door at the right: it stays off until the test is passed.

    Signals:
        desk_wanted: the desk screen has to be open for the test.
    """

    desk_wanted = Signal()

    def __init__(self, clerk: Clerk, control: DeskControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clerk, self._control = clerk, control
        self.form, self.wizard, self.hooks = OptionForm(DeskRules, RULES), AttackWizard(), HooksForm()
        self.rules_card, self.test_card, self.hooks_card = Card(), Card(), Card()
        self.waits = label("warn", wrap=True)
        self.waits.hide()
        self.rules_card.body.addWidget(self.form)
        self.rules_card.body.addWidget(self.waits)
        self.rules_card.body.addStretch()
        self.test_card.body.addWidget(self.wizard)
        self.hooks_card.body.addWidget(self.hooks)
        theme = theme_of(self)
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column, cards in ((left, (self.test_card, self.rules_card)), (right, (self.hooks_card,))):
            column.setSpacing(theme.space_l)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        scrolled(self)[1].addLayout(both)
        both.setSpacing(theme.space_l)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.form.changed.connect(self._rules_changed)
        self.wizard.changed.connect(control.save_test)
        self.wizard.wanted.connect(self._wanted)
        self.wizard.step_changed.connect(control.show_task)
        self.hooks.save_wanted.connect(self._save)
        control.decided.connect(self._decided)
        control.tested.connect(self._tested)
        control.opened.connect(self._opened)
        self.retranslate()
        self._tested(control.test)

    def refresh(self) -> None:
        """Read the door's settings again."""
        work = HooksForm.read(self._control.camera, self._control.policy)
        self._clerk.ask(work, self.hooks.show_state, Right.PROTECT)

    def rules(self) -> dict[str, object]:
        """Return what the desk asks for."""
        return self.form.value()

    def use_rules(self, saved: object) -> None:
        """Ask for what was saved; what is no rule is passed over."""
        values = read_options(DeskRules, saved if isinstance(saved, dict) else {})[0]
        self.form.set_value(asdict(values))
        self._control.use_rules(self.rules())

    def retranslate(self) -> None:
        """Set the words again."""
        self.rules_card.set_title(self.tr("What the desk asks for"))
        self.test_card.set_title(self.tr("Attack your own desk"))
        self.hooks_card.set_title(self.tr("Door and notifications"))
        self.waits.setText(
            self.tr("The open desk screen goes on as before. Close it and open it again to use this.")
        )

    def _rules_changed(self, values: dict[str, object]) -> None:
        self._control.use_rules(values)
        self.waits.setVisible(self._control.rules_wait)

    def _wanted(self, on: bool) -> None:
        if on and not self._control.is_open:
            self.desk_wanted.emit()
        self._control.rehearse(on)
        if not on:
            self._control.show_task("")

    def _opened(self, is_open: bool) -> None:
        self.waits.setVisible(self._control.rules_wait)
        if is_open:
            self._control.rehearse(self.wizard.running)
            self.wizard.tell_step()
        else:
            self.wizard.pause()

    def _decided(self, decision: DeskDecision, view: DeskView) -> None:
        self.wizard.take(decision, view.gain)

    def _tested(self, test: object) -> None:
        self.wizard.show_test(test, self._control.camera)  # type: ignore[arg-type]
        if self.isVisible():
            self.refresh()

    def _save(self, hooks: object) -> None:
        work = HooksForm.write(hooks)  # type: ignore[arg-type]
        self._clerk.do(Right.PROTECT, work, lambda _: self.told.emit(self.tr("The door is set.")))
