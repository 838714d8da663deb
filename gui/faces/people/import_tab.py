"""ImportTab: a folder or a CSV, a verdict per photo first, then enrol, then perhaps undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.faces.importing import ENROLLED, Imported, Verdict, import_people, undo_import
from engine.faces.matching import Thresholds
from engine.faces.store.consent import missing
from engine.faces.store.roles import Right
from engine.progress import Progress
from gui.faces.people.clerk import Clerk
from gui.faces.people.consent_form import ASKED, ConsentForm
from gui.faces.people.office_page import OfficePage
from gui.faces.people.table import Table
from gui.faces.words import hint_text
from gui.theme import theme_of
from gui.widgets.card import button, label


def verdict_text(verdict: Verdict, other: str) -> str:
    """Return what becomes of a photo, in the window's language."""
    words = {
        Verdict.GOOD: QCoreApplication.translate("ImportWords", "Good"),
        Verdict.POOR: QCoreApplication.translate("ImportWords", "Usable"),
        Verdict.ALIKE: QCoreApplication.translate("ImportWords", "Looks like {name}: verified 1:1 only"),
        Verdict.DUPLICATE: QCoreApplication.translate("ImportWords", "Left out: most likely shows {name}"),
        Verdict.UNLIKE: QCoreApplication.translate(
            "ImportWords", "Left out: another face than the other photos"
        ),
        Verdict.NO_FACE: QCoreApplication.translate("ImportWords", "Left out: no face"),
        Verdict.SEVERAL: QCoreApplication.translate("ImportWords", "Left out: several people"),
        Verdict.UNREADABLE: QCoreApplication.translate("ImportWords", "Left out: cannot be read"),
        Verdict.NAME: QCoreApplication.translate("ImportWords", "Left out: the name cannot be used"),
    }
    return words[verdict].format(name=other)


class ImportTab(OfficePage):
    """Nothing is stored before the verdicts were seen."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._clerk = clerk
        self._source: Path | None = None
        self._found: Imported | None = None
        self._batch = ""
        self._says_itself = False
        self.help, self.state = label("caption", wrap=True), label("strong", wrap=True)
        self.folder, self.list = button("folder-open", "primary"), button("import")
        self.consent, self.lacks = ConsentForm(several=True), label("caption", wrap=True)
        self.table = Table(stretch=2)
        self.enrol, self.undo = button("check", "primary"), button("swap")
        top, foot = QHBoxLayout(), QHBoxLayout()
        for each in (self.folder, self.list):
            top.addWidget(each)
        top.addStretch()
        foot.addWidget(self.state, 1)
        for each in (self.undo, self.enrol):
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.help)
        layout.addWidget(self.consent)
        layout.addLayout(top)
        layout.addWidget(self.lacks)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.folder.clicked.connect(lambda: self._choose(folder=True))
        self.list.clicked.connect(lambda: self._choose(folder=False))
        self.enrol.clicked.connect(self._enrol)
        self.undo.clicked.connect(self._undo)
        self.consent.changed.connect(self._update)
        clerk.progress.connect(self._progress)
        clerk.busy_changed.connect(self._update)
        self.retranslate()

    def judge(self, source: Path) -> None:
        """Try an import: verdicts follow, nothing is stored."""
        self._source, self._found, self._batch, self._says_itself = source, None, "", False
        self._clerk.run(Right.IMPORT, self._task(source, dry_run=True), self._judged, changes=False)

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(
            self.tr(
                "A folder holds one sub-folder or one photo a person, named like the person. A CSV has the "
                "columns name and photo, and if you like number, badge, purpose, consent, retain_until, "
                "greeting, host, note. Photos are not checked for liveness: import only what you trust."
            )
        )
        self.folder.setText(self.tr("Choose a folder…"))
        self.list.setText(self.tr("Choose a CSV…"))
        self.enrol.setText(self.tr("Enrol the good ones"))
        self.undo.setText(self.tr("Undo this import"))
        self.table.set_headings([self.tr("Name"), self.tr("Photo"), self.tr("Verdict")])
        self.table.setAccessibleName(self.tr("Verdicts on the photos"))
        self._show()

    def _task(self, source: Path, *, dry_run: bool):  # type: ignore[no-untyped-def]
        settings, session = self._clerk.session.settings, self._clerk.session
        thresholds = Thresholds(settings.verify_threshold, settings.strangers_accepted)
        return import_people(
            *(session.models, self._clerk.database, source, thresholds),
            dry_run=dry_run,
            keep_photos=settings.keep_photos,
            details=self.consent.details(),
            limits=self.consent.limits(),
            actor=self._clerk.role.value,
        )

    def _choose(self, *, folder: bool) -> None:
        dialog = QFileDialog(self, self.tr("Choose what to import"))
        dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
        if not folder:
            dialog.setNameFilters(["CSV (*.csv *.txt)"])
        dialog.fileSelected.connect(lambda name: self.judge(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _judged(self, found: Imported) -> None:
        """Keep whether every line brings its own consent, which only shows while the form gives none."""
        usable = [one.line for one in found.judged if one.verdict in ENROLLED]
        complete = all(missing(ASKED, line.details, line.limits) is None for line in usable)
        self._says_itself = self.consent.lacks() is not None and complete
        self._found = found
        self._show()

    def _enrol(self) -> None:
        if self._source is not None:
            self._clerk.run(Right.IMPORT, self._task(self._source, dry_run=False), self._enrolled)

    def _enrolled(self, found: Imported) -> None:
        self.consent.next_person()
        self._found, self._batch = found, found.batch
        self._show()
        self.told.emit(self.tr("Enrolled: {count} people.").format(count=len(found.people)))

    def _undo(self) -> None:
        task = undo_import(self._clerk.database, self._batch, self._clerk.role.value)
        self._clerk.run(Right.IMPORT, task, self._undone)

    def _undone(self, _: object) -> None:
        self._batch, self._found = "", None
        self._show()
        self.told.emit(self.tr("The import was taken back."))

    def _progress(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self.state.setText(
                self.tr("Looking at photo {done} of {total}…").format(
                    done=progress.done, total=progress.total
                )
            )

    def _show(self) -> None:
        judged = self._found.judged if self._found else ()
        self.table.set_rows(
            [
                (
                    one.line.name,
                    one.line.photo.name,
                    verdict_text(one.verdict, one.other) + (f". {hint_text(one.hint)}" if one.hint else ""),
                )
                for one in judged
            ]
        )
        usable = sum(one.verdict in ENROLLED for one in judged)
        if self._found is None:
            text = self.tr("Nothing is stored before you have seen the verdicts.")
        elif self._batch:
            text = self.tr("Enrolled {usable} of {all} photos.").format(usable=usable, all=len(judged))
        else:
            text = self.tr("{usable} of {all} photos can be enrolled.").format(usable=usable, all=len(judged))
        self.state.setText(text)
        self._update()

    def _update(self) -> None:
        busy = self._clerk.busy_long
        agreed = bool(self._batch) or self._says_itself
        self.lacks.setText("" if agreed else self.consent.lacks_text())
        self.lacks.setVisible(bool(self.lacks.text()))
        usable = self._found is not None and bool(self._found.people) and not self._batch
        self.enrol.setEnabled(usable and not busy and not self.lacks.text())
        self.undo.setVisible(bool(self._batch))
        for each in (self.folder, self.list, self.undo):
            each.setEnabled(not busy)
