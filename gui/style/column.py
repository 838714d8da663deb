"""RecipeColumn: what goes into a painting, on the left of the panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engine.style.recipe import Recipe
from gui.session import Session
from gui.style.picture_slot import PictureSlot
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.option_form import OptionForm

WIDTH = 400
SLOT_HEIGHT = 172


class RecipeColumn(QWidget):
    """Two drop zones, the recipe's settings, and the buttons that start and stop a run."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = PictureSlot(session, many=False)
        self.styles = PictureSlot(session, many=True)
        self.samples = button("sample", "quiet")
        self.form = OptionForm(Recipe)
        self.start = button("play", "primary")
        self.pause = button("pause")
        self.stop = button("stop")
        self.next_run = label("caption", wrap=True)
        self._pictures, self._recipe = Card(), Card()
        self._lay_out()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        slots = QHBoxLayout()
        slots.setSpacing(theme.space_m)
        for slot in (self.content, self.styles):
            slot.setFixedHeight(SLOT_HEIGHT)
            slots.addWidget(slot, 1)
        self._pictures.body.addLayout(slots)
        self._pictures.body.addWidget(self.samples)
        self._recipe.body.addWidget(self.form)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, theme.space_m, 0)
        column.setSpacing(theme.space_l)
        column.addWidget(self._pictures)
        column.addWidget(self._recipe)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(cards)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space_s)
        buttons.setContentsMargins(0, 0, scroll.verticalScrollBar().sizeHint().width() + theme.space_m, 0)
        for each in (self.start, self.pause, self.stop):
            buttons.addWidget(each, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(theme.space_m)
        around.addWidget(scroll, 1)
        around.addWidget(self.next_run)
        around.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    @property
    def complete(self) -> bool:
        """Whether there is a content and a style."""
        return bool(self.content.paths and self.styles.paths)

    def recipe(self) -> Recipe:
        """Return the recipe as it stands here (not checked)."""
        return Recipe(
            content=str(self.content.paths[0]) if self.content.paths else "",
            styles=tuple(str(path) for path in self.styles.paths),
            **self.form.value(),
        )

    def retranslate(self) -> None:
        """Set every text again, apart from the buttons, whose words follow the run."""
        self._pictures.set_title(self.tr("Pictures"))
        self._recipe.set_title(self.tr("Recipe"))
        self.content.zone.set_texts(self.tr("Content"), self.tr("Drop a photo here, or click."))
        self.styles.zone.set_texts(self.tr("Style"), self.tr("Drop a painting, or several."))
        self.content.retranslate()
        self.styles.retranslate()
        self.samples.setText(self.tr("Try with samples"))
        self.next_run.setText(self.tr("Changes apply to the next run."))
        self.form.retranslate()
