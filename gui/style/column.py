"""RecipeColumn: the left of the panel; pages of settings, and the buttons that start and stop a run."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.options import options_of
from engine.style.controls import CONTROL_NAMES
from engine.style.finish import Finish
from engine.style.recipe import GATYS, Recipe
from gui.session import Session
from gui.style.layers_page import LayersPage
from gui.style.maths_page import MathsPage
from gui.style.page import Page
from gui.style.pages import COLOURS, ColourPage, PicturesPage, StrengthPage
from gui.style.regions_page import RegionsPage
from gui.style.timeline_page import TimelinePage
from gui.theme import theme_of
from gui.widgets.brush_canvas import BrushCanvas
from gui.widgets.card import Card, button, label
from gui.widgets.tab_strip import TabStrip

WIDTH = 408
ICONS = {
    "pictures": "pictures",
    "strength": "strength",
    "layers": "layers",
    "regions": "region",
    "colour": "palette",
    "timeline": "clock",
    "maths": "sigma",
}


BEGINNING = {"weighting": "strength"}
"""The window begins with the one slider that means the same for any pair of pictures."""


class RecipeColumn(QWidget):
    """Everything that a person can set, one page at a time.

    Args:
        session: for reading pictures.
        canvas: where regions are painted.

    Signals:
        edited: a setting of the recipe was changed by the person.
        page_changed: the name of the page, a key of :data:`ICONS`.
    """

    edited = Signal()
    page_changed = Signal(str)

    def __init__(self, session: Session, canvas: BrushCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.masks: dict[str, Any] = {}
        self.tabs, self._stack = TabStrip(ICONS), QStackedWidget()
        self.pictures, self.strength, self.layers = PicturesPage(session), StrengthPage(), LayersPage()
        self.regions, self.colour = RegionsPage(canvas), ColourPage()
        self.timeline, self.maths = TimelinePage(), MathsPage()
        self.content, self.styles = self.pictures.content, self.pictures.styles
        self.start, self.pause, self.stop = button("play", "primary"), button("pause"), button("stop")
        self.next_run, self.estimate = label("caption", wrap=True), label("caption", wrap=True)
        self._pages: dict[str, Page] = {
            "pictures": self.pictures,
            "strength": self.strength,
            "layers": self.layers,
            "regions": self.regions,
            "colour": self.colour,
            "timeline": self.timeline,
            "maths": self.maths,
        }
        self._lay_out()
        self.set_values(BEGINNING)
        self.tabs.chosen.connect(self._turn)
        self.styles.changed.connect(lambda: self.regions.set_styles(self.styles.paths))
        self.maths.paper_clicked.connect(self._follow_the_paper)
        for signal in (
            self.pictures.form.changed,
            self.pictures.blend.changed,
            self.strength.form.changed,
            self.layers.changed,
        ):
            signal.connect(lambda *_: self.edited.emit())

    def _lay_out(self) -> None:
        theme = theme_of(self)
        card = Card()
        inner = card.layout()
        assert inner is not None
        inner.setContentsMargins(theme.space_m, theme.space_s, theme.space_xs, theme.space_s)
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.tabs.setContentsMargins(0, 0, theme.space_s, 0)
        card.body.setSpacing(0)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self._stack, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space_s)
        for each in (self.start, self.pause, self.stop):
            buttons.addWidget(each, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(theme.space_m)
        around.addWidget(card, 1)
        around.addWidget(self.next_run)
        around.addWidget(self.estimate)
        around.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    @property
    def complete(self) -> bool:
        """Whether there is a content and a style."""
        return bool(self.content.paths and self.styles.paths)

    @property
    def page(self) -> str:
        """The page in front."""
        return self.tabs.current

    def recipe(self) -> Recipe:
        """Return the recipe as it stands here (not checked)."""
        finish = self.colour.finish()
        return Recipe(
            content=str(self.content.paths[0]) if self.content.paths else "",
            styles=tuple(str(path) for path in self.styles.paths),
            style_weights=self.pictures.blend.weights(),
            **self.masks,
            **self.pictures.form.value(),
            **self.strength.form.value(),
            **self.layers.value(),
            color=finish.color,
            color_amount=finish.amount,
        )

    def set_values(self, values: dict[str, Any]) -> None:
        """Show these settings; names that no page has are passed over. Emits nothing."""
        self.pictures.form.set_value(values)
        self.strength.form.set_value(values)
        self.strength.follow()
        self.layers.set_value(values)
        if set(COLOURS) <= values.keys():
            self.colour.set_finish(Finish(*(values[name] for name in COLOURS)))

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the settings of a recipe; not its pictures."""
        self.set_values({each.name: getattr(recipe, each.name) for each in options_of(recipe)})

    def waits_for_start(self, running: Recipe) -> bool:
        """Say whether a setting was changed that does not act on a run of this recipe."""
        live = {*CONTROL_NAMES, *COLOURS}
        here = self.recipe()
        return any(
            getattr(here, field.name) != getattr(running, field.name)
            for field in dataclasses.fields(Recipe)
            if field.name not in live
        )

    def retranslate(self) -> None:
        """Set every text again, apart from the buttons, whose words follow the run."""
        words = {
            "pictures": (self.tr("Pictures"), self.tr("Content, styles, size")),
            "strength": (self.tr("Strength"), self.tr("How much of the style, and how large its brush")),
            "layers": (self.tr("Layers"), self.tr("Fine grain, strokes, shapes, composition")),
            "regions": (self.tr("Regions"), self.tr("This style here, leave this alone")),
            "colour": (self.tr("Colour"), self.tr("Whose colours, and how much")),
            "timeline": (self.tr("Timeline"), self.tr("Go back, compare, start again from there, film")),
            "maths": (self.tr("Maths"), self.tr("The objective and the style matrices")),
        }
        for name, (word, tip) in words.items():
            self.tabs.name(name, word, tip)
        for page in self._pages.values():
            page.retranslate()
        self.next_run.setText(self.tr("Some changes apply to the next start."))

    def _follow_the_paper(self) -> None:
        self.set_values(GATYS | {"color_amount": 1.0})
        self.edited.emit()

    def _turn(self, name: str) -> None:
        self._stack.setCurrentWidget(self._pages[name])
        self.page_changed.emit(name)
