"""AskPage: point at a spot of any picture, recording or volume, and see which units fire there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from engine.explorer.answers import Answer, Fired
from engine.explorer.unit_tasks import ask_item, ask_picture
from engine.images import Rgb
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.strips import Strip, Strips
from gui.explorer.subject import Question, Subject
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label

COUNT = 12


class AskPage(QWidget):
    """What is pointed at, at the left; the units that fire at the right.

    Signals:
        opened: the :class:`UnitRef` that was clicked.
        failed: a task failed, with its error.
        told: a sentence for the status bar.
    """

    opened = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, findings: Findings, example: Path) -> None:
        super().__init__()
        self._session, self._findings = session, findings
        self._answer: Answer | None = None
        self.subject = Subject(session, findings, example)
        self.strips = Strips(session, findings)
        self.unusual, self.strongest = button("", "quiet"), button("", "quiet")
        self._title, self._hint = label("heading", wrap=True), label("caption", wrap=True)
        self._asker = session.watcher(self)
        self._asker.updated.connect(self._show)
        self._asker.finished.connect(self._show)
        self._asker.failed.connect(self.failed)
        self._lay_out()
        self.subject.asked.connect(self._ask)
        self.subject.changed.connect(self._forget)
        self.subject.failed.connect(self.failed)
        self.subject.told.connect(self.told)
        self.unusual.toggled.connect(self._show_answer)
        self.strips.opened.connect(self.opened)
        self.strips.failed.connect(self.failed)
        self.setAcceptDrops(True)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        group = QButtonGroup(self)
        sort = QHBoxLayout()
        sort.setSpacing(theme.space_xs)
        for one in (self.unusual, self.strongest):
            one.setCheckable(True)
            group.addButton(one)
            sort.addWidget(one)
        sort.addStretch(1)
        self.unusual.setChecked(True)
        right = Card()
        right.body.setSpacing(theme.space_s)
        right.body.addWidget(self._title)
        right.body.addWidget(self._hint)
        right.body.addLayout(sort)
        right.body.addWidget(self.strips, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_l)
        row.addWidget(self.subject, 1)
        row.addWidget(right, 1)

    @property
    def busy(self) -> bool:
        """Whether an answer or its tiles are still to come."""
        return self.subject.busy or self._asker.running or not self.strips.settled

    @property
    def answer(self) -> Answer | None:
        """What fires at the spot, as far as it is computed."""
        return self._answer

    def open_frame(self, rgb: Rgb, name: str) -> None:
        """Show a picture at hand, such as a frame of the camera."""
        self.subject.open_frame(rgb, name)

    def findings_changed(self) -> None:
        """Ask again when another network or other pictures are there."""
        self._forget()
        self.subject.findings_changed()
        self.retranslate()

    def stop(self) -> None:
        """End all work for good."""
        self.subject.stop()
        self._asker.stop()
        self.strips.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.subject.retranslate()
        self.unusual.setText(self.tr("Most unusual"))
        self.unusual.setToolTip(self.tr("Stronger here than on most of what was scanned"))
        self.strongest.setText(self.tr("Strongest"))
        self._title.setText(self.subject.name or self.tr("Point and ask"))
        pictures = self._findings.pictures
        if self._findings.index is None:
            self._hint.setText(self.tr("Scan a folder first: only then it is known what is unusual."))
        elif not self.subject.shown:
            self._hint.setText(self.tr("It need not be one of those that were scanned."))
        elif not self.subject.pointed:
            self._hint.setText(
                self.tr("Click a spot, or drag a box. With Shift, dragging moves the picture.")
            )
        elif self.unusual.isChecked():
            share = self.tr("The number says which share of the scanned pictures stays below.")
            windows = self.tr("The number says which share of the scanned windows stays below.")
            self._hint.setText(share if pictures else windows)
        else:
            self._hint.setText(self.tr("The number is the activation."))
        for one in (self.unusual, self.strongest):
            one.setVisible(self._answer is not None)
        self._show_answer()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the first usable file of what was dropped, or say what belongs here."""
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.subject.offer(paths)

    def _forget(self) -> None:
        """Something else is shown: what was answered says nothing of it."""
        self._asker.stop()
        self._answer = None
        self.strips.show_strips(())
        self.retranslate()

    def _ask(self, question: Question) -> None:
        index = self._findings.index
        if index is not None:
            models, spot = self._session.models, question.spot
            if question.rgb is not None:
                x0, y0, x1, y1 = spot
                self._asker.start(ask_picture(models, index, question.rgb, (x0, y0, x1, y1), count=COUNT))
            else:
                task = ask_item(models, index, question.item, spot, folder=question.folder, count=COUNT)
                self._asker.start(task)
        self.retranslate()

    def _show(self, answer: Answer) -> None:
        first = self._answer is None
        self._answer = answer
        if first:
            self.retranslate()
        else:
            self._show_answer()

    def _show_answer(self) -> None:
        if self._answer is None:
            return
        unusual = self.unusual.isChecked()
        strips = []
        for layer in reversed(self._answer.layers):
            fired = layer.unusual if unusual else layer.strongest
            strips.append(
                Strip(
                    layer.layer,
                    "" if fired else self.tr("nothing fires here"),
                    tuple(UnitRef(layer.layer, one.unit) for one in fired),
                    tuple(self._caption(one, unusual=unusual) for one in fired),
                )
            )
        self.strips.show_strips(strips)

    def _caption(self, fired: Fired, *, unusual: bool) -> str:
        number = f"{100 * fired.share:.0f} %" if unusual else f"{fired.value:.2f}"
        return self.tr("Unit {number}").format(number=fired.unit) + f"   {number}"
