"""Scanning: which network and pictures are chosen, the scan of them, and what is known from it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.explorer.chosen import read_inputs
from engine.explorer.inputs import Inputs
from engine.explorer.kinds import is_own
from engine.explorer.patches import PatchReader
from engine.explorer.records import ScanOptions, ScanResult, ScanStep, Skipped, Wish
from engine.explorer.tasks import Opened, reader_of, reopen, scan_folder
from engine.jobs import Priority
from gui.explorer.findings import Findings
from gui.session import Session


class Scanning(QObject):
    """Keeps :class:`Findings` up to date for all pages.

    Signals:
        changed: the findings hold something new, or nothing any more.
        progressed: a :class:`ScanStep` of the scan under way.
        ended: the scan is over, whatever the reason.
        told: a sentence for the status bar.
        failed: a scan or an index could not be used, with the error.
    """

    changed = Signal()
    progressed = Signal(object)
    ended = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.findings = Findings(network="alexnet")
        self.skipped: tuple[Skipped, ...] = ()
        self._wish = Wish()
        self._wanted: tuple[str, ...] = ()
        self._scan, self._opener, self._preparer = (session.watcher(self) for _ in range(3))
        self._preparer.finished.connect(self._prepared)
        self._preparer.cancelled.connect(self._cancelled)
        self._preparer.failed.connect(self._failed)
        self._scan.updated.connect(self._stepped)
        self._scan.finished.connect(self._scanned)
        self._scan.cancelled.connect(self._cancelled)
        self._scan.failed.connect(self._failed)
        self._opener.finished.connect(self._opened)
        self._opener.failed.connect(self._not_opened)

    @property
    def scanning(self) -> bool:
        """Whether a scan is under way or paused."""
        return self._scan.running or self._preparer.running

    @property
    def opening(self) -> bool:
        """Whether a stored scan is being read."""
        return self._opener.running

    def choose(self, network: str, folder: Path | None) -> None:
        """Take a network and a folder; a scan of both that was made before is shown again."""
        self.stop()
        self.findings.network, self.findings.folder = network, folder
        self._clear()
        self._look_for_index()
        self.changed.emit()

    def look_at(self, layers: tuple[str, ...]) -> None:
        """Bring these layers up to date first while the scan runs."""
        self._wanted = layers
        if layers and self._wish.layer not in layers:
            self._wish.layer = layers[0]

    def start(self) -> None:
        """Scan the chosen folder; pictures scanned before are not read again."""
        folder = self.findings.folder
        if folder is None:
            return
        self._opener.stop()
        self._clear()
        self._preparer.start(read_inputs(self._session.models, self.findings.network))
        self.changed.emit()

    def _prepared(self, inputs: Inputs) -> None:
        folder = self.findings.folder
        assert folder is not None
        self.findings.reader = PatchReader(folder.absolute(), inputs)
        task = scan_folder(
            self._session.models,
            self.findings.network,
            folder,
            self.index_folder(self.findings.network, folder),
            options=ScanOptions(shuffle=True),
            resume=True,
            wish=self._wish,
        )
        self._scan.start(task, Priority.BATCH)
        self.changed.emit()

    def pause(self, on: bool) -> None:
        """Let the scan rest, or go on."""
        if on:
            self._scan.pause()
        else:
            self._scan.resume()

    def cancel(self) -> None:
        """End the scan and keep what was scanned."""
        self._preparer.cancel()
        self._scan.cancel()

    def stop(self) -> None:
        """End all work; nothing is told after this. What was scanned is stored as the task ends."""
        for watcher in (self._preparer, self._scan, self._opener):
            watcher.stop()

    def index_folder(self, network: str, folder: Path) -> Path:
        """Return where the scan of a folder by a network is stored."""
        name = hashlib.sha256(str(folder).encode(errors="surrogateescape")).hexdigest()[:16]
        if is_own(network):
            network = "own-" + hashlib.sha256(network.encode(errors="surrogateescape")).hexdigest()[:16]
        return self._session.paths.indexes / f"{network}-{name}"

    def _clear(self) -> None:
        self.findings.index = self.findings.reader = None
        self.findings.lives.clear()
        self.findings.lens = None
        self.findings.layers, self.skipped = (), ()

    def _look_for_index(self) -> None:
        folder = self.findings.folder
        if folder is None:
            return
        stored = self.index_folder(self.findings.network, folder)
        if stored.is_dir():
            self._opener.start(reopen(stored, self._session.models))

    def _stepped(self, step: ScanStep) -> None:
        first = step.layers and not self.findings.layers
        self.findings.layers = step.layers
        self.progressed.emit(step)
        if step.live is not None:
            name = step.live.layer.name
            self.findings.lives[name] = step.live
            self._wish.layer = self._next_wish(name)
        if first or step.live is not None:
            self.changed.emit()

    def _next_wish(self, served: str) -> str:
        """Return the layer whose turn it is when several are looked at side by side."""
        if not self._wanted:
            return self._wish.layer
        place = self._wanted.index(served) + 1 if served in self._wanted else 0
        return self._wanted[place % len(self._wanted)]

    def _scanned(self, result: ScanResult) -> None:
        words = self.tr("{images} pictures scanned, {units} units.")
        self.told.emit(words.format(images=result.images, units=result.units))
        self._opener.start(reopen(result.index, self._session.models))
        self.ended.emit()

    def _cancelled(self) -> None:
        self.told.emit(self.tr("The scan was stopped. What was scanned so far is kept."))
        self._look_for_index()
        self.ended.emit()

    def _failed(self, error: BaseException) -> None:
        self.ended.emit()
        self.failed.emit(error)

    def _opened(self, opened: Opened) -> None:
        self.findings.index = opened.index
        self.findings.layers, self.skipped = opened.index.layers, opened.index.skipped
        self.findings.lives.clear()
        reader = self.findings.reader
        if reader is None or reader.root != Path(opened.index.root):
            self.findings.reader = reader_of(opened.index)
        if opened.gone:
            words = self.tr("{count} of the scanned pictures are no longer in the folder. Scan again.")
            self.told.emit(words.format(count=opened.gone))
        self.changed.emit()

    def _not_opened(self, error: BaseException) -> None:
        if not isinstance(error, EngineError):
            raise error
        self.told.emit(self.tr("The stored scan does not fit any more. Scan the pictures again."))
        self.changed.emit()
