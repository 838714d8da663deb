"""Small jobs beside the painting, each done only while somebody looks: matrices, textures, moments."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.images import Rgb
from engine.jobs import Priority
from engine.style.mathematics import GramLens, GramView, gram_view
from engine.style.recipe import Recipe
from engine.style.studio import Studio, view_moment
from engine.style.textures import LayerTexture, layer_textures
from engine.style.timeline import Moment
from gui.session import Session

REST_MS = 1500
"""Between two looks at the matrices, so that looking costs little of the painting's time."""


class GramLooker(QObject):
    """Compares the style matrices of style and painting, at most every :data:`REST_MS`.

    Signals:
        seen: a :class:`GramView`.
        failed: with the error.
    """

    seen = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lens: GramLens | None = None
        self._wanted: tuple[Recipe, Rgb, str] | None = None
        self._watcher = session.watcher(self)
        self._watcher.finished.connect(self._saw)
        self._watcher.failed.connect(self.failed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look)

    def look(self, recipe: Recipe, painted: Rgb, layer: str, *, at_once: bool = False) -> None:
        """Ask for a comparison; the newest request wins."""
        self._wanted = (recipe, painted, layer)
        if at_once or not (self._rest.isActive() or self._watcher.running):
            self._look()

    def stop(self) -> None:
        """Look no more."""
        self._wanted = None
        self._rest.stop()
        self._watcher.stop()

    def _look(self) -> None:
        if self._wanted is None or self._session.device is None:
            return
        recipe, painted, layer = self._wanted
        self._wanted = None
        if self._lens is None or not _same_styles(self._lens.recipe, recipe):
            self._lens = GramLens(recipe)
        self._watcher.start(gram_view(self._session.models, self._lens, painted, layer), Priority.USER)

    def _saw(self, view: GramView) -> None:
        self.seen.emit(view)
        self._rest.start()


def _same_styles(one: Recipe, other: Recipe) -> bool:
    return (one.styles, one.style_shares, one.network) == (other.styles, other.style_shares, other.network)


class TextureMaker(QObject):
    """Has the textures of a style's layers made, once a style.

    Signals:
        made: a :class:`LayerTexture`.
        failed: with the error.
    """

    made = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._style: tuple[Path, str] | None = None
        self._cache = session.paths.cache / "textures"
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self.made)
        self._watcher.finished.connect(self._all)
        self._watcher.failed.connect(self.failed)

    @property
    def style(self) -> Path | None:
        """The style whose textures are made or there."""
        return None if self._style is None else self._style[0]

    @property
    def running(self) -> bool:
        """Whether textures are being made."""
        return self._watcher.running

    def make(self, style: Path, network: str) -> bool:
        """Begin, unless these textures are there or under way; say whether it began."""
        if self._session.device is None or self._style == (style, network):
            return False
        self._style = (style, network)
        task = layer_textures(self._session.models, style, self._cache, network)
        self._watcher.start(task, Priority.BATCH)
        return True

    def stop(self) -> None:
        """Make no more; what is missing is made the next time."""
        if self._watcher.running:
            self._style = None
        self._watcher.stop()

    def _all(self, textures: tuple[LayerTexture, ...]) -> None:
        for texture in textures:
            self.made.emit(texture)
        self.ended.emit()


class MomentReader(QObject):
    """Reads a moment of the timeline; the newest request wins.

    Signals:
        read: the picture as painted, and in the colours wished for.
        failed: with the error.
    """

    read = Signal(object, object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = session.watcher(self)
        self._watcher.finished.connect(lambda pair: self.read.emit(*pair))
        self._watcher.failed.connect(self.failed)

    def fetch(self, studio: Studio, moment: Moment) -> None:
        """Ask for a moment's picture."""
        self._watcher.start(view_moment(studio, moment), Priority.USER)

    def stop(self) -> None:
        """Read no more."""
        self._watcher.stop()
