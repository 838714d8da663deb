"""UnitPage: one unit's nine patches, and the photo that the chosen one was cut from."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from engine.explorer.patches import Patch
from engine.explorer.records import Layer
from engine.explorer.tasks import Photo
from gui.explorer.tiles import draw_patch
from gui.imaging import to_qimage
from gui.theme import theme_of
from gui.widgets.card import label
from gui.widgets.image_view import Box, ImageView

NINE = 9


class PatchButton(QAbstractButton):
    """One patch with its value and its file's name."""

    LINES = 36

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.patch: Patch | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(84, 84 + self.LINES)

    def set_patch(self, patch: Patch | None) -> None:
        """Show a patch; None leaves the place empty."""
        self.patch = patch
        self.setEnabled(patch is not None)
        if patch is not None:
            words = f"{patch.entry.file}  {patch.entry.value:.4g}"
            self.setToolTip(words)
            self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square and two lines of text."""
        return QSize(112, 112 + self.LINES)

    def hasHeightForWidth(self) -> bool:
        """Stay square however wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return a square's height and two lines of text."""
        return width + self.LINES

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height() - self.LINES) - 4.0
        place = QRectF((self.width() - side) / 2, 2, side, side)
        rounded = QPainterPath()
        rounded.addRoundedRect(place, theme.radius_s, theme.radius_s)
        painter.setClipPath(rounded)
        painter.fillRect(place, theme.color("sunken"))
        if self.patch is not None:
            draw_patch(painter, self.patch, place)
        painter.setClipping(False)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            chosen = self.isChecked() or self.hasFocus()
            painter.setPen(QPen(theme.color("accent" if chosen else "border_strong"), 2.5 if chosen else 1.5))
            painter.drawPath(rounded)
        if self.patch is not None:
            self._paint_words(painter, self.patch, place)
        painter.end()

    def _paint_words(self, painter: QPainter, patch: Patch, place: QRectF) -> None:
        theme = theme_of(self)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        line = QRectF(place.left(), place.bottom() + 3, place.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, f"{patch.entry.value:.2f}")
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        name = QFontMetrics(font).elidedText(
            PurePosixPath(patch.entry.file).name, Qt.TextElideMode.ElideMiddle, int(place.width())
        )
        painter.drawText(line.translated(0, 15), Qt.AlignmentFlag.AlignLeft, name)


class UnitPage(QWidget):
    """The right-hand side of the panel.

    Signals:
        patch_chosen: the :class:`Patch` whose photo is wanted.
    """

    patch_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._unit: tuple[Layer, int] | None = None
        self._photo: Photo | None = None
        self._title, self._facts = label("heading"), label("caption", wrap=True)
        self._caption = label("caption", wrap=True)
        self.view = ImageView()
        self.view.setMinimumHeight(200)
        self.buttons = [PatchButton() for _ in range(NINE)]
        group = QButtonGroup(self)
        nine = QGridLayout()
        nine.setSpacing(theme.space_s)
        for place, made in enumerate(self.buttons):
            group.addButton(made, place)
            nine.addWidget(made, place // 3, place % 3)
        group.idToggled.connect(self._toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_s)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        layout.addSpacing(theme.space_xs)
        layout.addLayout(nine)
        layout.addSpacing(theme.space_xs)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._caption)
        self.retranslate()

    @property
    def unit(self) -> tuple[Layer, int] | None:
        """The layer and unit shown."""
        return self._unit

    @property
    def photo(self) -> Photo | None:
        """The photo shown, with the box drawn on it."""
        return self._photo

    def show_unit(self, layer: Layer, unit: int, patches: tuple[Patch, ...]) -> None:
        """Show a unit's patches and ask for the photo of the first."""
        same = self._unit == (layer, unit)
        self._unit = (layer, unit)
        for place, made in enumerate(self.buttons):
            made.set_patch(patches[place] if place < len(patches) else None)
        self.retranslate()
        chosen = next((made for made in self.buttons if made.isChecked() and made.patch), None)
        if same and chosen is not None:
            return
        if not patches:
            self._photo = None
            self.view.set_image(None)
        elif self.buttons[0].isChecked():
            self.patch_chosen.emit(patches[0])
        else:
            self.buttons[0].setChecked(True)

    def show_photo(self, photo: Photo) -> None:
        """Show the photo with the receptive field drawn on it."""
        self._photo = photo
        x0, y0, x1, y1 = photo.box
        self.view.set_image(to_qimage(photo.rgb))
        self.view.set_boxes([Box(x0, y0, x1 - x0, y1 - y0, f"{photo.entry.value:.2f}", "good")])
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.view.set_placeholder("unit", "", self.tr("Choose a patch to see the photo it was cut from."))
        if self._unit is None:
            return
        layer, unit = self._unit
        self._title.setText(self.tr("{layer}, unit {unit}").format(layer=layer.name, unit=unit))
        self._facts.setText(
            self.tr("Sees {size} pixels of the network's input, one step every {stride}. {exactness}").format(
                size=" × ".join(map(str, layer.field.size)),
                stride=layer.field.stride[-1],
                exactness=self.tr("Exact.") if layer.field.exactness == "EXACT" else self.tr("Upper bound."),
            )
        )
        if self._photo is not None:
            entry = self._photo.entry
            self._caption.setText(
                self.tr("{file}\nactivation {value} at row {row}, column {column}").format(
                    file=entry.file,
                    value=f"{entry.value:.4f}",
                    row=entry.position[0],
                    column=entry.position[1],
                )
            )

    def _toggled(self, place: int, on: bool) -> None:
        patch = self.buttons[place].patch
        if on and patch is not None:
            self.patch_chosen.emit(patch)
