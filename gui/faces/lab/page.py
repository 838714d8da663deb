"""LabPage: data set and recipe on the left; on the right the run, its result, and what follows from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.faces.training.adoption import InUse, read_in_use
from engine.faces.training.drawn import FOLDER as DRAWN
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import FaceSet, Training
from engine.faces.training.tasks import Learned, Measured
from gui.faces.lab.adopt_view import AdoptView, Unfit
from gui.faces.lab.data_card import DataCard
from gui.faces.lab.errors_view import ErrorsView
from gui.faces.lab.foil_view import FoilView
from gui.faces.lab.measure_view import MeasureView
from gui.faces.lab.numbers_view import NumbersView
from gui.faces.lab.result_view import ResultView
from gui.faces.lab.training_view import TrainingView
from gui.faces.lab.view import View, column, scrolled
from gui.faces.lab.work import Lab, Work
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.job_bar import JobBar
from gui.widgets.option_form import OptionForm
from gui.widgets.tab_strip import TabStrip

WIDTHS = (300, 372)
"""Of the column on the left: in the smallest window, and where there is room."""

EXAMPLE = {"epochs": 40, "people": 12, "photos": 6}
EXAMPLE_STEPS = 36
"""After so many steps the example rests: the curves have bent, and triplets are still wrong."""

TRAINING, RESULT, MEASURE, ERRORS, FOIL, ADOPT, NUMBERS = range(7)
TABS = {
    "training": "lab",
    "result": "chart",
    "measure": "search",
    "errors": "warning",
    "foil": "grid",
    "adopt": "check",
    "numbers": "sigma",
}
"""The views on the right, in order, with their icons."""


class LabPage(View):
    """The lab.

    Signals:
        back_clicked: the desk is wanted again.
        failed: something went wrong, with the error.
        in_use_changed: another encoder is in use at the desk, :class:`InUse`.
    """

    back_clicked = Signal()
    failed = Signal(Exception)
    in_use_changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lab = Lab(session, self)
        self.data, self._recipe_card, self.form = DataCard(), Card(), OptionForm(TrainRecipe)
        self.back, self.start, self.bar = button("chevron-left", "quiet"), button("play", "primary"), JobBar()
        self._title, self._subtitle = label("title"), label("subtitle", wrap=True)
        self.training, self.result, self.measure = TrainingView(), ResultView(), MeasureView()
        self.errors, self.foil, self.adopt, self.numbers = (
            ErrorsView(),
            FoilView(),
            AdoptView(),
            NumbersView(),
        )
        trained: tuple[View, ...] = (self.training, self.result, self.measure, self.errors)
        self._views = (*trained, self.foil, self.adopt, self.numbers)
        self._tabs, self._pages = TabStrip(TABS), QStackedWidget()
        self._seen: Training | None = None
        self._example = self.example_rests = False
        self._lay_out()
        self._connect()
        self.adopt.show_in_use(read_in_use(self.lab.in_use_file))
        self.open_tab(TRAINING)
        self._work_changed(Work.NOTHING)
        self.retranslate()

    def recipe(self) -> TrainRecipe:
        """Return the recipe as it stands here (not checked)."""
        return TrainRecipe(**self.form.value())

    def take_folder(self, folder: Path) -> None:
        """Read a data set."""
        self.data.show_gathering(None)
        self.lab.gather(folder)

    def take_drawn(self) -> None:
        """Draw invented people as the data set."""
        self.data.show_gathering(None)
        self.lab.draw()

    def show_example(self) -> None:
        """Train on drawn faces, and rest after some steps so that they can be looked at."""
        self.example_rests = False
        self._example = True
        self.form.set_value(EXAMPLE)
        self.take_drawn()

    def train(self) -> None:
        """Start the run."""
        self.open_tab(TRAINING)
        self.training.show_training(None)
        self.lab.train(self.recipe())
        self.bar.start(self.tr("Measuring the untrained network …"), pausable=True)

    def open_tab(self, index: int) -> None:
        """Show one of the views on the right."""
        self._tabs.choose(list(TABS)[index])

    def is_busy(self) -> bool:
        """Whether work of the lab is under way."""
        return self.lab.work is not Work.NOTHING

    def stop(self) -> None:
        """End all work for good; checkpoints stay."""
        self.lab.stop()

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Lab"))
        self._subtitle.setText(
            self.tr("See how a face encoder is learned, measure it on your own people, take it into use.")
        )
        self.back.setText(self.tr("Back to the desk"))
        self.start.setText(self.tr("Train"))
        self._recipe_card.set_title(self.tr("Recipe"))
        words = (
            (self.tr("Training"), self.tr("What a run does while it learns")),
            (self.tr("Before, after"), self.tr("What a run has brought, on people it never saw")),
            (self.tr("Measure"), self.tr("How good the encoders at hand are, without training")),
            (self.tr("Errors"), self.tr("The pairs that are judged most wrongly")),
            (self.tr("Softmax"), self.tr("Why not simply a classifier?")),
            (self.tr("Use it"), self.tr("Checkpoints, and the encoder of the desk")),
            (self.tr("Numbers"), self.tr("What error rates mean, and how little few trials prove")),
        )
        for tab, (word, tip) in zip(TABS, words, strict=True):
            self._tabs.name(tab, word, tip)
        if self._seen is not None and self.lab.work is Work.TRAIN:
            self._show_training(self._seen)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        for view in self._views:
            self._pages.addWidget(view)
        self._recipe_card.body.addWidget(self.form)
        settings = QWidget()
        cards = column(settings, right=theme.space_s)
        cards.addWidget(self.data)
        cards.addWidget(self._recipe_card)
        cards.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(theme.space_m)
        left.addWidget(scrolled(settings), 1)
        left.addWidget(self.start)
        right = QVBoxLayout()
        right.setSpacing(theme.space_m)
        right.addWidget(self._tabs)
        right.addWidget(self.bar)
        right.addWidget(self._pages, 1)
        head, beside, body = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        beside.setSpacing(2)
        beside.addWidget(self._title)
        beside.addWidget(self._subtitle)
        head.addLayout(beside, 1)
        head.addWidget(self.back)
        holder = QWidget()
        holder.setMinimumWidth(WIDTHS[0])
        holder.setMaximumWidth(WIDTHS[1])
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.space_xl)
        body.addWidget(holder, 2)
        body.addLayout(right, 5)
        around = QVBoxLayout(self)
        around.setContentsMargins(theme.space_xl, theme.space_xl, theme.space_xl, theme.space_xl)
        around.setSpacing(theme.space_m)
        around.addLayout(head)
        around.addLayout(body, 1)

    def _connect(self) -> None:
        self._tabs.chosen.connect(lambda name: self._pages.setCurrentIndex(list(TABS).index(name)))
        self.back.clicked.connect(self.back_clicked)
        self.start.clicked.connect(self.train)
        self.form.changed.connect(self._recipe_changed)
        self.data.folder_chosen.connect(self.take_folder)
        self.data.drawn_clicked.connect(self.take_drawn)
        self.data.cancel_clicked.connect(self.lab.cancel)
        self.bar.cancel_clicked.connect(self.lab.cancel)
        self.bar.pause_clicked.connect(self.lab.pause)
        self.foil.start_clicked.connect(self.lab.compare)
        self.foil.cancel_clicked.connect(self.lab.cancel)
        self.measure.start_clicked.connect(self.lab.measure)
        self.measure.list_chosen.connect(self.lab.measure_list)
        self.measure.cancel_clicked.connect(self.lab.cancel)
        self.adopt.epoch_wanted.connect(self._take_epoch)
        self.adopt.plan_clicked.connect(self.lab.plan)
        self.adopt.adopt_clicked.connect(self.lab.adopt)
        self.adopt.undo_clicked.connect(self.lab.go_back)
        lab = self.lab
        lab.gathering.connect(self.data.show_gathering)
        lab.gathered.connect(self._gathered)
        lab.training.connect(self._show_training)
        lab.learned.connect(self._learned)
        lab.foil_progress.connect(self.foil.show_progress)
        lab.compared.connect(self.foil.show_foil)
        lab.measure_progress.connect(self.measure.show_progress)
        lab.measured.connect(self._measured)
        lab.planned.connect(self.adopt.show_plan)
        lab.in_use_changed.connect(self._in_use_changed)
        lab.work_changed.connect(self._work_changed)
        lab.failed.connect(self.failed)

    def _gathered(self, faces: FaceSet) -> None:
        self.data.show_faces(faces)
        self.training.show_training(None)
        self.result.show_outcome(None)
        self.measure.show_measured(())
        self.errors.show_evaluation(None)
        self.adopt.show_checkpoints((), (), -1)
        if self._example:
            self.train()

    def _show_training(self, training: Training) -> None:
        self._seen = training
        self.training.show_training(training)
        words = {
            "before": self.tr("Measuring the untrained network …"),
            "after": self.tr("Measuring the trained network …"),
        }
        text = words.get(training.stage, "")
        if not text and training.steps:
            newest = training.steps[-1]
            area = f"{training.epochs[-1].auc:.3f}" if training.epochs else "–"
            text = self.tr("Epoch {epoch} · loss {loss} · area {auc}").format(
                epoch=newest.epoch, loss=f"{newest.loss:.3f}", auc=area
            )
        self.bar.show_progress(training.progress, text)
        if self._example and len(training.steps) >= EXAMPLE_STEPS:
            self._example, self.example_rests = False, True
            self.lab.pause(True)

    def _learned(self, learned: Learned) -> None:
        outcome = learned.outcome
        self.result.show_outcome(outcome)
        self.errors.show_evaluation(outcome.after)
        kept = self.lab.kept_epochs()
        self.adopt.show_checkpoints(
            kept,
            outcome.epochs,
            outcome.best_epoch,
            model=learned.card.id,
            unfit=self._unfit(learned),
        )
        if self._pages.currentIndex() == TRAINING:
            self.open_tab(RESULT)

    def _unfit(self, learned: Learned) -> Unfit:
        if self.lab.faces is not None and self.lab.faces.folder == DRAWN:
            return Unfit.DRAWN
        return Unfit.CLASSIFIER if learned.card.head else Unfit.NO

    def _measured(self, measured: tuple[Measured, ...]) -> None:
        self.measure.show_measured(measured)
        if measured[-1].evaluation.false_accepts:  # a list of pairs shows none
            self.errors.show_evaluation(measured[-1].evaluation)

    def _take_epoch(self, epoch: int) -> None:
        self.lab.take_epoch(epoch)
        self.bar.start(self.tr("Taking epoch {epoch} back …").format(epoch=epoch))

    def _in_use_changed(self, in_use: InUse) -> None:
        self.adopt.show_in_use(in_use)
        self.in_use_changed.emit(in_use)

    def _recipe_changed(self) -> None:
        recipe = self.recipe()
        self.form.set_option_enabled("mining", recipe.loss != "softmax")
        self.form.set_option_enabled("margin", recipe.loss == "triplet")
        self.form.set_option_enabled("layers", recipe.start == "onboard" and not recipe.frozen)

    def _work_changed(self, work: Work) -> None:
        free = work is Work.NOTHING
        ready = free and self.lab.faces is not None
        self.start.setEnabled(ready)
        self.data.set_free(free)
        self.foil.set_ready(ready)
        faces = self.lab.faces
        has_folder = faces is not None and Path(faces.folder).is_absolute()
        self.measure.set_ready(ready=ready, has_folder=has_folder)
        self.measure.show_working(work is Work.MEASURE)
        self.adopt.set_busy(not free)
        if work is not Work.TRAIN:
            self.bar.finish("")
        if work is not Work.GATHER:
            self.data.end_gathering()
        if work is not Work.FOIL:
            self.foil.show_progress(None)
        self._recipe_changed()
