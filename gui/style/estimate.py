"""Estimate: how large, how long and how much memory, said beside Start before anything begins."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from engine.jobs import Priority
from engine.style.forecast import forecast
from engine.style.machine import Machine, look_at_machine
from engine.style.recipe import Recipe
from engine.style.speed import key_of
from gui.session import Session
from gui.style.column import RecipeColumn
from gui.style.run import Run
from gui.widgets.job_bar import duration_words

REST_MS = 400
"""The settings have to rest that long before the machine is measured for them."""


class Estimate(QObject):
    """Follows the settings; measures the machine once for each device, network and style loss.

    Args:
        session: has device and engine.
        run: nothing is measured while it paints.
        column: has the settings, and the place for the sentence.
    """

    def __init__(self, session: Session, run: Run, column: RecipeColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._run, self._column = session, run, column
        self._machines: dict[str, Machine] = {}
        self._refused: set[str] = set()
        self._wanted = ""
        self._watcher = session.watcher(self)
        self._watcher.finished.connect(self._measured)
        self._watcher.failed.connect(self._not_measured)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._measure)
        session.device_changed.connect(lambda _device: self.show())

    def show(self) -> None:
        """Say what the settings as they are will take."""
        column = self._column
        column.estimate.setVisible(bool(column.content.glances))
        if not column.content.glances:
            return
        photo, recipe = column.content.glances[0], column.recipe()
        machine = self._machines.get(self._key(recipe))
        found = forecast(
            recipe,
            (photo.width, photo.height),
            speed=None if machine is None else machine.speed,
            free_bytes=0 if machine is None else machine.free_bytes,
        )
        size = f"{found.width} × {found.height}"
        memory = f"{found.peak_bytes / 1e9:.1f} GB"
        parts = [size, self.tr("{memory} of memory").format(memory=memory)]
        if found.seconds is not None:
            parts.insert(1, self.tr("about {time}").format(time=duration_words(found.seconds)))
        if found.tile:
            parts.append(self.tr("in tiles of {side}").format(side=found.tile))
        column.estimate.setText("  ·  ".join(parts))
        if machine is None and column.complete:
            self._rest.start()

    def stop(self) -> None:
        """End a measurement for good."""
        self._rest.stop()
        self._watcher.stop()

    def _key(self, recipe: Recipe) -> str:
        device = self._session.device
        return "" if device is None else key_of(recipe, device.id)

    def _measure(self) -> None:
        key = self._key(self._column.recipe())
        if not key or key in self._refused or self._run.busy or self._watcher.running:
            return
        self._wanted = key
        task = look_at_machine(self._session.models, self._column.recipe(), self._session.paths.speed_file)
        self._watcher.start(task, Priority.BATCH)

    def _measured(self, machine: Machine) -> None:
        self._machines[self._wanted] = machine
        self.show()

    def _not_measured(self, _error: BaseException) -> None:
        """A network that is missing is told when the painting starts; until then there is no time to say."""
        self._refused.add(self._wanted)
