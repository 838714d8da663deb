"""ImageView: one picture, as large as fits; zoom, pan, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.icons import draw
from gui.theme import theme_of

MAX_ZOOM = 32.0
PLACEHOLDER_HALF = 100
"""Room for the lower half of an empty state's icon, title and three lines of text."""


@dataclass(frozen=True)
class Box:
    """A rectangle in image pixels with words at its top edge."""

    x: float
    y: float
    w: float
    h: float
    label: str = ""
    tone: Literal["good", "bad", "warn", "plain"] = "plain"


class ImageView(QWidget):
    """Shows a picture in its aspect ratio.

    The wheel (or + and -) zooms at the pointer, dragging pans, a double click (or 0) fits again.

    Signals:
        clicked: a press and release at this place, in image pixels.
    """

    clicked = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._scaled: tuple[float, QImage] | None = None
        self._boxes: tuple[Box, ...] = ()
        self._mirrored = False
        self._placeholder = ("picture", "", "")
        self._zoom = 1.0
        self._centre = QPointF()
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_image(self, image: QImage | None) -> None:
        """Show another picture, or the placeholder. Zoom stays while the size of the picture does."""
        if image is not None and image.isNull():
            image = None
        same_size = self._image is not None and image is not None and self._image.size() == image.size()
        self._image, self._scaled = image, None
        if not same_size:
            self.fit()
        self.update()

    def image(self) -> QImage | None:
        """Return the picture shown."""
        return self._image

    def set_boxes(self, boxes: Sequence[Box]) -> None:
        """Draw these boxes over the picture, instead of the ones before."""
        self._boxes = tuple(boxes)
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Show the picture as in a mirror; boxes stay in image coordinates and words stay readable."""
        self._mirrored, self._scaled = mirrored, None
        self.update()

    def set_placeholder(self, icon_name: str, title: str, text: str = "") -> None:
        """Say what to do while there is no picture."""
        self._placeholder = (icon_name, title, text)
        self.setAccessibleName(title)
        self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom = 1.0
        self._centre = (
            QPointF(self._image.width() / 2, self._image.height() / 2) if self._image else QPointF()
        )
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping the picture under ``at`` (widget coordinates; the centre when None) in place."""
        if self._image is None:
            return
        at = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        before = self.to_image(at)
        self._zoom = min(MAX_ZOOM, max(1.0, self._zoom * factor))
        self._centre += before - self.to_image(at)
        self._keep_inside()
        self.update()

    def to_image(self, point: QPointF) -> QPointF:
        """Turn a place in the widget into image pixels."""
        inverse, possible = self._transform().inverted()
        return inverse.map(point) if possible else QPointF()

    def to_widget(self, box: Box) -> QRectF:
        """Return where a box is drawn."""
        return self._transform().mapRect(QRectF(box.x, box.y, box.w, box.h))

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(480, 360)

    def _scale(self) -> float:
        if self._image is None:
            return 1.0
        fitting = min(self.width() / self._image.width(), self.height() / self._image.height())
        return max(fitting * self._zoom, 1e-6)

    def _transform(self) -> QTransform:
        """Image pixels to widget coordinates."""
        transform = QTransform()
        transform.translate(self.width() / 2, self.height() / 2)
        scale = self._scale()
        transform.scale(-scale if self._mirrored else scale, scale)
        transform.translate(-self._centre.x(), -self._centre.y())
        return transform

    def _keep_inside(self) -> None:
        if self._image is None:
            return
        scale = self._scale()
        for size, shown, get, put in (
            (self._image.width(), self.width() / scale, self._centre.x, self._centre.setX),
            (self._image.height(), self.height() / scale, self._centre.y, self._centre.setY),
        ):
            half = min(shown, size) / 2
            put(min(size - half, max(half, get())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        around = QPainterPath()
        around.addRoundedRect(QRectF(self.rect()), theme.radius_m, theme.radius_m)
        painter.setClipPath(around)
        painter.fillRect(self.rect(), theme.color("mat"))
        if self._image is None:
            self._paint_placeholder(painter)
        else:
            self._paint_image(painter)
            for box in self._boxes:
                self._paint_box(painter, box)
        if self.hasFocus():
            painter.strokePath(around, QPen(theme.color("focus"), 2))
        painter.end()

    def _paint_image(self, painter: QPainter) -> None:
        assert self._image is not None
        scale = self._scale() * self.devicePixelRatioF()
        painter.save()
        if scale < 1.0 and self._zoom == 1.0:
            smooth = self._smoothly_scaled(scale)
            place = self._transform().mapRect(QRectF(self._image.rect()))
            painter.drawImage(place, smooth)
        else:
            # Who zooms in beyond 3:1 wants to see the pixels, not a blur of them.
            pixels = self._zoom > 1.0 and scale >= 3.0
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not pixels)
            painter.setTransform(self._transform(), True)
            painter.drawImage(0, 0, self._image)
        painter.restore()

    def _smoothly_scaled(self, scale: float) -> QImage:
        """Shrink with area averaging, once per picture and size: bilinear drawing would alias."""
        assert self._image is not None
        if self._scaled is None or self._scaled[0] != scale:
            size = QSize(
                max(1, round(self._image.width() * scale)), max(1, round(self._image.height() * scale))
            )
            smooth = self._image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            if self._mirrored:
                smooth = smooth.flipped(Qt.Orientation.Horizontal)
            self._scaled = (scale, smooth)
        return self._scaled[1]

    def _paint_box(self, painter: QPainter, box: Box) -> None:
        theme = theme_of(self)
        color = theme.color("on_shade" if box.tone == "plain" else f"picture_{box.tone}")
        place = self.to_widget(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(_faded(theme.color("shade"), 0.55), 5), QPen(color, 2.5)):
            painter.setPen(pen)
            painter.drawRoundedRect(place, theme.radius_s, theme.radius_s)
        if not box.label:
            return
        font = painter.font()
        font.setPixelSize(theme.font_body)
        font.setBold(True)
        painter.setFont(font)
        size = QFontMetricsF(font).size(0, box.label)
        plate = QRectF(place.left(), 0, size.width() + 20, size.height() + 10)
        plate.moveBottom(place.top() - 6)
        if plate.top() < 4:
            plate.moveTop(place.bottom() + 6)
        plate.moveLeft(max(4.0, min(plate.left(), self.width() - plate.width() - 4)))
        plate.moveTop(min(plate.top(), self.height() - plate.height() - 4))
        soft = "surface" if box.tone == "plain" else f"{box.tone}_soft"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(soft))
        painter.drawRoundedRect(plate, theme.radius_s, theme.radius_s)
        painter.setPen(theme.color("text") if box.tone == "plain" else theme.tone(box.tone))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, box.label)

    def _paint_placeholder(self, painter: QPainter) -> None:
        icon_name, title, text = self._placeholder
        paint_placeholder(painter, self, QRectF(self.rect()), icon_name, title, text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        if self._image is None:
            event.ignore()
            return
        self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self._pressed is None or self._image is None:
            return
        moved = event.position() - self._pressed
        if not self._dragging and moved.manhattanLength() < 6:
            return
        self._dragging = True
        self._centre += self.to_image(self._pressed) - self.to_image(event.position())
        self._pressed = event.position()
        self._keep_inside()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragging or self._image is None:
            return
        place = self.to_image(event.position())
        if QRectF(self._image.rect()).contains(place):
            self.clicked.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the picture again."""
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do by keyboard what the mouse does."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(1.25)
            case Qt.Key.Key_Minus:
                self.zoom_by(0.8)
            case Qt.Key.Key_0:
                self.fit()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        self._keep_inside()
        super().resizeEvent(event)


def put_below_placeholder(view: ImageView, offer: QWidget) -> None:
    """Lay a button over the view, just below the words of its empty state however low the view is."""
    over = QVBoxLayout(view)
    over.addStretch(1)
    over.addSpacing(2 * PLACEHOLDER_HALF)
    over.addWidget(offer, 0, Qt.AlignmentFlag.AlignHCenter)
    over.addStretch(1)


def paint_placeholder(
    painter: QPainter, widget: QWidget, area: QRectF, icon_name: str, title: str, text: str
) -> None:
    """Paint an empty state: a large icon, what this is, and what to do."""
    theme = theme_of(widget)
    width = min(area.width() - 32, 420.0)
    title_font, text_font = painter.font(), painter.font()
    title_font.setPixelSize(theme.font_heading)
    title_font.setBold(True)
    text_font.setPixelSize(theme.font_body)
    wrap = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    room = QRectF(0, 0, width, 1000)
    title_height = QFontMetricsF(title_font).boundingRect(room, wrap, title).height() if title else 0.0
    text_height = QFontMetricsF(text_font).boundingRect(room, wrap, text).height() if text else 0.0
    mark = 44.0 if area.height() > title_height + text_height + 84 else 0.0
    gaps = (theme.space_m if mark and title else 0) + (6 if text else 0)
    top = area.center().y() - (mark + gaps + title_height + text_height) / 2
    left = area.center().x() - width / 2
    if mark:
        square = QRectF(area.center().x() - mark / 2, top, mark, mark)
        draw(painter, icon_name, square, theme.color("muted").name())
        top += mark + theme.space_m
    painter.setPen(theme.color("text"))
    painter.setFont(title_font)
    painter.drawText(QRectF(left, top, width, title_height), wrap, title)
    painter.setPen(theme.color("muted"))
    painter.setFont(text_font)
    painter.drawText(QRectF(left, top + title_height + 6, width, text_height + 4), wrap, text)


def _faded(color: QColor, opacity: float) -> QColor:
    color.setAlphaF(opacity)
    return color
