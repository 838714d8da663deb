"""What the panels share: the engine thread, the models, the settings and the device."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator

from PySide6.QtCore import QObject, Signal

from engine.device import Device, check_torch, choose
from engine.errors import EngineError, ErrorCode
from engine.faces.training.adoption import InUse, read_in_use, take_into_use
from engine.jobs import Priority, Runner
from engine.models import Models
from engine.paths import UserPaths
from engine.settings import load_settings, save_settings
from gui.watch import JobWatcher


def load_engine(models: Models, wish: str) -> Generator[None, None, Device]:
    """Import torch on the engine thread and choose the device.

    Raises:
        EngineError: TORCH_MISMATCH or DEVICE_MISSING.
    """
    yield None
    check_torch()
    yield None
    device = choose(wish)
    models.move_to(device.id)
    return device


class Session(QObject):
    """One run of the window.

    ``guarded`` names settings that whoever sits at the window now may not change; the front desk sets it.

    Signals:
        device_changed: the engine is loaded and computes on this :class:`Device`.
        settings_changed: with the new :class:`Settings`; they are already saved.
        problem: loading the engine or saving the settings failed, with the error.
    """

    device_changed = Signal(object)
    settings_changed = Signal(object)
    problem = Signal(Exception)

    def __init__(self, paths: UserPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths = paths
        self.settings, self.settings_problems = load_settings(paths.settings_file)
        self.models_problem: EngineError | None = None
        try:
            self.models = Models(paths.models)
        except EngineError as error:  # the window still opens, and says so
            self.models_problem = error
            self.models = Models(paths.models, cards=())
        try:
            take_into_use(self.models, paths.models, read_in_use(paths.encoder_file))
        except EngineError as error:  # the encoder on board stays in use, and the window says why
            self.models_problem = self.models_problem or error
        self.guarded: frozenset[str] = frozenset()
        self.runner = Runner()
        self.device: Device | None = None
        self._loading = self.watcher(self)
        self._loading.finished.connect(self._loaded)
        self._loading.failed.connect(self.problem)

    def watcher(self, parent: QObject) -> JobWatcher:
        """Return a watcher for jobs of ``parent``."""
        return JobWatcher(self.runner, parent)

    def load(self) -> None:
        """Load torch in the engine thread; ``device_changed`` or ``problem`` follows."""
        self._loading.start(load_engine(self.models, self.settings.device), Priority.USER)

    def change(self, **values: object) -> None:
        """Replace some settings, save them, and tell everybody.

        Raises:
            EngineError: ROLE_LACKING when one is in :attr:`guarded`; what saving raises.
        """
        if self.guarded & values.keys():
            detail = "These settings decide who is welcomed: take the administrator's role first."
            raise EngineError(ErrorCode.ROLE_LACKING, detail, "admin")
        before = self.settings
        self.settings = dataclasses.replace(before, **values)  # type: ignore[arg-type]
        save_settings(self.paths.settings_file, self.settings)
        self.settings_changed.emit(self.settings)
        if self.settings.device != before.device:
            self.load()

    def use_face_encoder(self, in_use: InUse) -> None:
        """Recognise with the encoder that the desk has adopted, or with the one before again."""
        take_into_use(self.models, self.paths.models, in_use)
        if in_use.threshold is not None:
            self.change(verify_threshold=in_use.threshold)

    def close(self) -> bool:
        """Cancel all jobs and end the engine thread; False when it did not end in time."""
        self._loading.stop()
        return self.runner.close(timeout=10.0)

    def _loaded(self, device: Device) -> None:
        self.device = device
        self.device_changed.emit(device)
