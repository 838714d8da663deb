"""Lab: the work behind the lab's page, one piece at a time."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.faces.matching import Thresholds
from engine.faces.training.adoption import (
    ON_BOARD,
    Adopted,
    InUse,
    Plan,
    adopt,
    go_back,
    plan_adoption,
    read_in_use,
)
from engine.faces.training.checkpoint import list_checkpoints
from engine.faces.training.dataset import gather
from engine.faces.training.drawn import draw_people
from engine.faces.training.foil import Foil, softmax_foil
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import FaceSet, Gathering, Training
from engine.faces.training.tasks import (
    Learned,
    forget_old_runs,
    learn,
    measure_encoders,
    measure_list,
    run_folder,
)
from engine.jobs import Priority, Task
from engine.progress import Progress
from gui.session import Session


class Work(Enum):
    """What is under way."""

    NOTHING = "nothing"
    GATHER = "gather"
    TRAIN = "train"
    FOIL = "foil"
    MEASURE = "measure"
    DESK = "desk"


class Lab(QObject):
    """A data set, a run, an encoder.

    Signals:
        gathering, training: snapshots; foil_progress, measure_progress: a :class:`Progress`.
        gathered: the :class:`FaceSet`; learned: :class:`Learned`; compared: :class:`Foil`; measured: a tuple
            of :class:`Measured`; planned: :class:`Plan`; in_use_changed: :class:`InUse`.
        work_changed: the :class:`Work` under way.
        failed: with the error; the work has ended.
    """

    gathering = Signal(object)
    gathered = Signal(object)
    training = Signal(object)
    learned = Signal(object)
    foil_progress = Signal(object)
    compared = Signal(object)
    measure_progress = Signal(object)
    measured = Signal(object)
    planned = Signal(object)
    in_use_changed = Signal(object)
    work_changed = Signal(object)
    failed = Signal(Exception)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.work = Work.NOTHING
        self.faces: FaceSet | None = None
        self.learned_now: Learned | None = None
        self.checkpoints: Path | None = None
        self._recipe = TrainRecipe()
        self._worker = session.watcher(self)
        self._worker.updated.connect(self._updated)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self._worker.cancelled.connect(self._ended)

    @property
    def in_use_file(self) -> Path:
        """Where is written which encoder the desk uses."""
        return self._session.paths.encoder_file

    def gather(self, folder: Path) -> None:
        """Read a data set; ``gathered`` or ``failed`` follows."""
        self._start(Work.GATHER, gather(self._session.models, folder, self._session.paths.cache))

    def draw(self) -> None:
        """Draw invented people as a data set; ``gathered`` follows."""
        self._start(Work.GATHER, draw_people())

    def train(self, recipe: TrainRecipe, take_epoch: int | None = None) -> None:
        """Train, or go on with the same run; ``learned`` or ``failed`` follows."""
        assert self.faces is not None
        self._recipe = recipe
        runs = self._session.paths.data / "face-runs"
        self.checkpoints = run_folder(runs, recipe, self.faces)
        forget_old_runs(runs, self.checkpoints)
        out = self.checkpoints / "encoder.safetensors"
        models = self._session.models
        task = learn(models, recipe, self.faces, out, self.checkpoints, take_epoch=take_epoch)
        self._start(Work.TRAIN, task)

    def take_epoch(self, epoch: int) -> None:
        """Make the checkpoint of an epoch of the last run its result."""
        self.train(self._recipe, epoch)

    def compare(self) -> None:
        """Compare a softmax with distances; ``compared`` or ``failed`` follows."""
        assert self.faces is not None
        self._start(Work.FOIL, softmax_foil(self._session.models, self.faces))

    def measure(self) -> None:
        """Measure the encoders at hand on the data set; ``measured`` or ``failed`` follows."""
        assert self.faces is not None
        names = self._at_hand(classifiers=True)
        self._start(Work.MEASURE, measure_encoders(self._session.models, names, self.faces))

    def measure_list(self, pairs: Path) -> None:
        """Measure them on a list of pairs of the data set's photos; ``measured`` or ``failed`` follows."""
        assert self.faces is not None
        names, folder = self._at_hand(classifiers=False), Path(self.faces.folder)
        self._start(Work.MEASURE, measure_list(self._session.models, names, folder, pairs))

    def plan(self) -> None:
        """Ask what adopting the encoder means; ``planned`` follows."""
        assert self.learned_now is not None
        self._start(Work.DESK, plan_adoption(self._session.paths.gallery_file, self.learned_now.path))

    def adopt(self) -> None:
        """Take the encoder into use at the desk; ``in_use_changed`` follows."""
        assert self.learned_now is not None
        session = self._session
        task = adopt(
            session.models,
            session.paths.gallery_file,
            self.learned_now.path,
            session.paths.models,
            self.in_use_file,
            Thresholds(session.settings.verify_threshold, session.settings.strangers_accepted),
        )
        self._start(Work.DESK, task)

    def go_back(self) -> None:
        """Undo the adoption; ``in_use_changed`` follows."""
        self._start(Work.DESK, go_back(self.in_use_file))

    def kept_epochs(self) -> list[int]:
        """Return the epochs of which there are checkpoints."""
        return [epoch for epoch, _ in list_checkpoints(self.checkpoints)] if self.checkpoints else []

    def pause(self, paused: bool) -> None:
        """Stop at the next checkpoint, or go on."""
        if paused:
            self._worker.pause()
        else:
            self._worker.resume()

    def cancel(self) -> None:
        """End what is under way; a run keeps its checkpoints."""
        self._worker.cancel()

    def stop(self) -> None:
        """End at once and say nothing more."""
        self._worker.stop()

    def _at_hand(self, *, classifiers: bool) -> list[str]:
        """Return the encoder on board, that in use, and the one trained last, each once."""
        in_use, names = read_in_use(self.in_use_file), {ON_BOARD: ON_BOARD}
        if in_use.model != ON_BOARD:
            names[in_use.model] = str(self._session.paths.models / f"{in_use.model}.safetensors")
        last = self.learned_now
        if last is not None and (classifiers or not last.card.head):
            names.setdefault(last.card.id, str(last.path))
        return list(names.values())

    def _start(self, work: Work, task: Task[Any, Any]) -> None:
        self._worker.start(task, Priority.BATCH)
        self._enter(work)

    def _enter(self, work: Work) -> None:
        self.work = work
        self.work_changed.emit(work)

    def _ended(self) -> None:
        self._enter(Work.NOTHING)

    def _updated(self, snapshot: object) -> None:
        match snapshot:
            case Gathering():
                self.gathering.emit(snapshot)
            case Training():
                self.training.emit(snapshot)
            case Progress() if self.work is Work.FOIL:
                self.foil_progress.emit(snapshot)
            case Progress() if self.work is Work.MEASURE:
                self.measure_progress.emit(snapshot)

    def _finished(self, result: object) -> None:
        if isinstance(result, FaceSet):
            self.faces, self.learned_now, self.checkpoints = result, None, None
        elif isinstance(result, Learned):
            self.learned_now = result
        self._ended()
        match result:
            case FaceSet():
                self.gathered.emit(result)
            case Learned():
                self.learned.emit(result)
            case Foil():
                self.compared.emit(result)
            case tuple():
                self.measured.emit(result)
            case Plan():
                self.planned.emit(result)
            case Adopted():
                self.in_use_changed.emit(result.in_use)
            case InUse():
                self.in_use_changed.emit(result)

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.failed.emit(error)
