"""Looker: feeds the pages of layers and mathematics, and only the one in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.style.mathematics import GramView
from engine.style.steps import PaintStep
from engine.style.textures import LayerTexture
from gui.imaging import to_qimage
from gui.session import Session
from gui.style.column import RecipeColumn
from gui.style.looking import GramLooker, TextureMaker
from gui.style.run import Run


class Looker(QObject):
    """What nobody looks at costs nothing.

    Signals:
        failed: with the error.
    """

    failed = Signal(object)

    def __init__(self, session: Session, run: Run, column: RecipeColumn) -> None:
        super().__init__(column)
        self._run, self._column = run, column
        self._page = column.page
        self._textures, self._grams = TextureMaker(session, self), GramLooker(session, self)
        self._textures.made.connect(self._show_texture)
        self._textures.ended.connect(self._show_waiting)
        self._grams.seen.connect(self._show_view)
        for part in (self._textures, self._grams):
            part.failed.connect(self.failed)
        column.maths.layer_changed.connect(lambda _layer: self._look(at_once=True))
        session.device_changed.connect(self._engine_loaded)

    def set_page(self, page: str) -> None:
        """Another page is in front."""
        self._page = page
        if page == "layers":
            self._make_textures()
        elif page == "maths":
            self._look(at_once=True)

    def styles_changed(self) -> None:
        """The textures belong to another style now."""
        styles = self._column.styles.paths
        if self._textures.style is not None and styles[:1] != (self._textures.style,):
            self._column.layers.forget_textures()
        if self._page == "layers":
            self._make_textures()

    def show_step(self, step: PaintStep) -> None:
        """An iteration is done."""
        self._column.maths.show_step(step)
        if self._page == "maths":
            self._look()

    def clear(self) -> None:
        """Forget the run before."""
        self._column.maths.show_step(None)
        self._column.maths.show_view(None)

    def stop(self) -> None:
        """Look no more."""
        self._textures.stop()
        self._grams.stop()

    def retranslate(self) -> None:
        """Set every text again."""
        self._show_waiting()

    def _engine_loaded(self) -> None:
        self.set_page(self._page)

    def _make_textures(self) -> None:
        styles = self._column.styles.paths
        if styles:
            self._textures.make(styles[0], self._column.recipe().network)
        self._show_waiting()

    def _show_waiting(self) -> None:
        sentence = ""
        if not self._column.styles.paths:
            sentence = self.tr("With a style, each layer shows what it alone sees of it.")
        elif self._textures.running:
            sentence = self.tr("Making a small texture from each layer alone…")
        self._column.layers.set_waiting(sentence)

    def _show_texture(self, texture: LayerTexture) -> None:
        self._column.layers.show_texture(texture.layer, to_qimage(texture.rgb))

    def _look(self, *, at_once: bool = False) -> None:
        kept = self._run.kept
        if kept is not None:
            layer = self._column.maths.chosen_layer
            self._grams.look(kept.provenance.recipe, kept.painted, layer, at_once=at_once)

    def _show_view(self, view: GramView) -> None:
        if view.layer == self._column.maths.chosen_layer:
            self._column.maths.show_view(view)
