"""The networks: which are here, whether their files are whole, and fetching those that are not on board."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.download import DownloadStep, fetch_model
from engine.errors import EngineError, ErrorCode
from engine.jobs import Priority
from engine.models import Checked, ModelCard
from engine.progress import Progress
from engine.words import translate
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label, set_role
from gui.widgets.job_bar import JobBar
from gui.widgets.notice import NoticeBar

MEGABYTE = 1_000_000

TASKS = (
    translate("ModelsPage", "features for Paint and Explain"),
    translate("ModelsPage", "passive liveness, crop x 2.7"),
    translate("ModelsPage", "passive liveness, crop x 4"),
    translate("ModelsPage", "features for Explain"),
    translate("ModelsPage", "face detector"),
    translate("ModelsPage", "eyelids, for the blink"),
    translate("ModelsPage", "face encoder"),
    translate("ModelsPage", "example for Explain: signals"),
    translate("ModelsPage", "example for Explain: volumes"),
)
"""What the manifest says that networks are for; marked here for translation."""


class Status(Enum):
    """What is known of a network's file."""

    UNCHECKED = "unchecked"
    WHOLE = "whole"
    MISSING = "missing"
    DAMAGED = "damaged"
    ABSENT = "absent"


class ModelsPage(QWidget):
    """A row for every network of the manifest; their files are checked when the page is first shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._checking = session.watcher(self)
        self._checking.updated.connect(self._show_verdict)
        self._checking.finished.connect(self._show_verdicts)
        self._checking.failed.connect(self._fail)
        self.notices = NoticeBar()
        self.rows = {card.id: ModelRow(session, card) for card in session.models.cards}
        self._hint = label("caption", wrap=True)
        self._check = button("refresh", "quiet")
        self._check.clicked.connect(self.check)
        self._checking.running_changed.connect(self._check.setDisabled)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme_of(self).space_m)
        column.addWidget(self.notices)
        for row in self.rows.values():
            row.failed.connect(self._fail)
            column.addWidget(row)
            column.addWidget(_rule())
        column.addLayout(foot)
        self._checked = False
        self.retranslate()

    def check(self) -> None:
        """Compare every file with its published hash."""
        self._checked = True
        self._checking.start(self._session.models.check(), Priority.BATCH)

    def retranslate(self) -> None:
        """Set the words again."""
        self._check.setText(self.tr("Check the files again"))
        self._hint.setText(
            self.tr(
                "Everything works with the networks on board. More can be downloaded, or taken from a file."
            )
        )
        for row in self.rows.values():
            row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Check the files the first time that anybody looks."""
        super().showEvent(event)
        if not self._checked:
            self.check()

    def _show_verdict(self, checked: Checked) -> None:
        self.rows[checked.card.id].show_verdict(checked)

    def _show_verdicts(self, verdicts: tuple[Checked, ...]) -> None:
        for checked in verdicts:
            self._show_verdict(checked)

    def _fail(self, error: BaseException) -> None:
        self.notices.show_problem(error)


class ModelRow(QWidget):
    """One network: name, task, size, licence, the state of its file, and what can be done about it.

    Signals:
        failed: a download failed, with the error.
    """

    failed = Signal(Exception)

    def __init__(self, session: Session, card: ModelCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._card = session, card
        present = session.models.present(card)
        self.status = Status.UNCHECKED if present or card.on_board else Status.ABSENT
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self._show_step)
        self._watcher.finished.connect(self._arrived)
        self._watcher.failed.connect(self._failed)
        self._watcher.cancelled.connect(self._ended)
        self._name, self._task = label("strong"), label()
        self._facts, self._pill = label("caption", wrap=True), label("plain")
        self.download, self.from_file = button("download"), button("folder-open", "quiet")
        self.job = JobBar()
        self.download.clicked.connect(lambda: self.fetch())
        self.from_file.clicked.connect(self._ask_for_file)
        self.job.cancel_clicked.connect(self._watcher.cancel)
        self._lay_out()
        self.retranslate()

    def fetch(self, url: str = "") -> None:
        """Download the network, from its published address or from ``url``."""
        self.download.hide()
        self.from_file.hide()
        self.job.start(self.tr("Downloading {name}").format(name=self._card.id))
        self._watcher.start(fetch_model(self._session.models, self._card.id, url), Priority.BATCH)

    def show_verdict(self, checked: Checked) -> None:
        """Show what a check of the file found."""
        if checked.problem is None:
            self.status = Status.WHOLE if checked.present else Status.ABSENT
        else:
            missing = checked.problem.code is ErrorCode.MODEL_MISSING
            self.status = Status.MISSING if missing else Status.DAMAGED
        self._show_status()

    def retranslate(self) -> None:
        """Set the words again."""
        self._name.setText(self._card.id)
        self._task.setText(QCoreApplication.translate("ModelsPage", self._card.task))
        size = self.tr("{size} MB").format(size=f"{self._card.bytes / MEGABYTE:.1f}")
        facts = [size] if self._card.bytes else []
        self._facts.setText("  ·  ".join([*facts, self._card.precision, self._card.license]))
        self.setToolTip(f"{self._card.source}\n{self._card.paper}")
        self.download.setText(self.tr("Download"))
        self.from_file.setText(self.tr("From a file…"))
        self._show_status()

    def _lay_out(self) -> None:
        space = theme_of(self).space_m
        words = QHBoxLayout()
        words.setSpacing(space)
        words.addWidget(self._name)
        words.addWidget(self._task, 1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(words)
        left.addWidget(self._facts)
        line = QHBoxLayout()
        line.setSpacing(space)
        line.addLayout(left, 1)
        for widget in (self._pill, self.from_file, self.download):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self.job)

    def _show_status(self) -> None:
        texts = {
            Status.UNCHECKED: ("plain", self.tr("not checked yet")),
            Status.WHOLE: ("good", self.tr("here and whole")),
            Status.MISSING: ("bad", self.tr("missing")),
            Status.DAMAGED: ("bad", self.tr("damaged")),
            Status.ABSENT: ("plain", self.tr("not downloaded")),
        }
        role, text = texts[self.status]
        set_role(self._pill, role)
        self._pill.setText(text)
        offered = not self._card.on_board and self.status in (Status.ABSENT, Status.DAMAGED)
        for widget in (self.download, self.from_file):
            widget.setVisible(offered and not self._watcher.running)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("The file {name}").format(name=self._card.file))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.fetch(Path(name).absolute().as_uri()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_step(self, step: DownloadStep) -> None:
        bytes_ = step.progress
        total = bytes_.total // MEGABYTE
        megabytes = Progress(bytes_.done // MEGABYTE, total, bytes_.seconds, bytes_.seconds_left)
        self.job.show_progress(megabytes, self.tr("Downloading {name}, in MB").format(name=self._card.id))

    def _arrived(self, _path: Path) -> None:
        self.status = Status.WHOLE
        self._ended()

    def _failed(self, error: BaseException) -> None:
        self._ended()
        if not isinstance(error, EngineError):
            raise error
        self.failed.emit(error)

    def _ended(self) -> None:
        self.job.finish("")
        self._show_status()


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("role", "rule")
    return line
