"""The simple pages of the left column: pictures, strength, colours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSlider, QWidget

from engine.options import options_of
from engine.style.finish import MATCH, PAINTING, PHOTO, Finish
from engine.style.recipe import Recipe
from gui.session import Session
from gui.style.blend import StyleBlend
from gui.style.layers_page import LAMBDAS
from gui.style.page import Page
from gui.style.picture_slot import PictureSlot
from gui.style.unit_row import UNIT
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.option_form import OptionForm

SLOT_HEIGHT = 148

STRENGTH = ("strength", "brush", "smoothing", "weighting", "beta", "alpha")
COLOURS = ("color", "color_amount")


class PicturesPage(Page):
    """What is painted, in whose manner, and how large.

    Signals:
        samples_clicked: the pictures on board are wanted.
        batch_clicked: every picture of the folder should be painted.
    """

    samples_clicked = Signal()
    batch_clicked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content, self.styles = PictureSlot(session, many=False), PictureSlot(session, many=True)
        self.blend = StyleBlend()
        self._expected_weights: tuple[float, ...] = ()
        self.samples, self.batch = button("sample", "quiet"), button("pictures")
        others = {*STRENGTH, *LAMBDAS, *UNIT, *COLOURS}
        names = [each.name for each in options_of(Recipe) if each.name not in others]
        self.form = OptionForm(Recipe, names)
        slots = QHBoxLayout()
        slots.setSpacing(theme_of(self).space_m)
        for slot in (self.content, self.styles):
            slot.setFixedHeight(SLOT_HEIGHT)
            slots.addWidget(slot, 1)
        self.body.setSpacing(theme_of(self).space_m)
        self.body.addLayout(slots)
        for widget in (self.blend, self.samples, self.batch, self.form):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.batch.hide()
        self.samples.clicked.connect(self.samples_clicked)
        self.batch.clicked.connect(self.batch_clicked)
        self.styles.changed.connect(self._styles_changed)
        self.content.changed.connect(self.show_batch)
        self.blend.removed.connect(self.styles.remove)

    def retranslate(self) -> None:
        """Set every text again."""
        self.content.zone.set_texts(self.tr("Content"), self.tr("Drop a photo here, or click."))
        self.styles.zone.set_texts(self.tr("Style"), self.tr("Drop a painting, or several."))
        for part in (self.content, self.styles, self.blend, self.form):
            part.retranslate()
        self.samples.setText(self.tr("Try with samples"))
        self.show_batch()

    def expect_weights(self, weights: Sequence[float]) -> None:
        """Blend the styles that are read next in these shares."""
        self._expected_weights = tuple(weights)

    def _styles_changed(self) -> None:
        weights, self._expected_weights = self._expected_weights, ()
        fitting = len(weights) == len(self.styles.paths)
        self.blend.set_styles(self.styles.paths, weights if fitting else ())
        self.show_batch()

    def show_batch(self) -> None:
        """Offer to paint a whole folder once one was dropped."""
        folders = [slot.folder for slot in (self.content, self.styles)]
        self.batch.setVisible(any(folders) and bool(self.content.paths and self.styles.paths))
        contents, styles = (
            len(folder[1]) if folder else len(slot.paths)
            for folder, slot in zip(folders, (self.content, self.styles), strict=True)
        )
        words = self.tr("Paint all: {contents} × {styles}…")
        self.batch.setText(words.format(contents=contents, styles=styles))


class StrengthPage(Page):
    """How much of the style, and how large its brush is.

    Signals:
        sheet_clicked: nine small paintings to choose from are wanted.
    """

    sheet_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = OptionForm(Recipe, STRENGTH)
        self.sheet = button("grid")
        self.sheet.clicked.connect(self.sheet_clicked)
        self.body.addWidget(self.form)
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)
        self.form.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Grey out what has no effect under the balance chosen."""
        by_strength = self.form.value()["weighting"] == "strength"
        self.form.set_option_enabled("strength", by_strength)
        for name in ("alpha", "beta"):
            self.form.set_option_enabled(name, not by_strength)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_lead(self.tr("Acts on the next iteration, without a new start."))
        self.form.retranslate()
        self.sheet.setText(self.tr("Nine to choose from…"))
        self.sheet.setToolTip(self.tr("Paints nine small pictures: strengths × styles"))


class ColourPage(Page):
    """Whose colours, and how much; acts at once, on finished paintings too.

    Signals:
        changed: with the new :class:`Finish`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._choices: dict[str, QPushButton] = {}
        for color, icon_name in ((PAINTING, "paint"), (PHOTO, "picture"), (MATCH, "palette")):
            made = button(icon_name)
            made.setCheckable(True)
            made.clicked.connect(self._tell)
            self._group.addButton(made)
            self._choices[color] = made
            self.body.addWidget(made)
        self._choices[PAINTING].setChecked(True)
        self._label, self._value = label(), label("caption")
        self.amount = QSlider(Qt.Orientation.Horizontal)
        self.amount.setRange(0, 100)
        self.amount.setValue(100)
        self.amount.valueChanged.connect(self._tell)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._value)
        self.body.addLayout(head)
        self.body.addWidget(self.amount)
        self.body.addStretch(1)
        self._show()

    def finish(self) -> Finish:
        """Return what is chosen."""
        color = next(color for color, made in self._choices.items() if made.isChecked())
        return Finish(color, self.amount.value() / 100)

    def set_finish(self, wish: Finish) -> None:
        """Show another choice; emits nothing."""
        self._choices[wish.color].setChecked(True)
        blocked = self.amount.blockSignals(True)
        self.amount.setValue(round(100 * wish.amount))
        self.amount.blockSignals(blocked)
        self._show()

    def choices(self) -> Sequence[QPushButton]:
        """Return the buttons: as painted, the photo's colours, the photo's palette."""
        return tuple(self._choices.values())

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_lead(self.tr("Acts at once, on a finished painting too; nothing is painted anew."))
        words = {
            PAINTING: (self.tr("As painted"), self.tr("The colours that the style brings")),
            PHOTO: (self.tr("The photo's colours"), self.tr("Only light and dark come from the painting")),
            MATCH: (
                self.tr("The photo's palette"),
                self.tr("Mean and spread of the colours are the photo's"),
            ),
        }
        for color, (word, tip) in words.items():
            self._choices[color].setText(word)
            self._choices[color].setToolTip(tip)
        self._label.setText(self.tr("Amount"))
        self.amount.setAccessibleName(self.tr("Amount"))

    def _tell(self) -> None:
        self._show()
        self.changed.emit(self.finish())

    def _show(self) -> None:
        self._value.setText(f"{self.amount.value()} %")
        self.amount.setEnabled(not self._choices[PAINTING].isChecked())
