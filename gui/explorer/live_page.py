"""LivePage: the camera, meters of the pinned units, and the units that the frame excites most."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.camera import Frame, Source
from engine.explorer.answers import Fired, LiveUnits
from engine.explorer.fields import clip
from engine.explorer.kinds import inputs_from
from engine.explorer.records import UnitName
from engine.explorer.unit_tasks import LiveWish, watch_units
from engine.sources import DeviceSource
from gui.explorer.camera_bar import CameraBar
from gui.explorer.camera_feed import CameraFeed
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.wall import Wall
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.drop_zone import VIDEO_SUFFIXES
from gui.widgets.image_view import Box, ImageView
from gui.widgets.meter import Meter

PINNED = 8
"""More meters than this do not fit, and slow the camera down."""

COUNT = 8
TILE = 132
NARROW = 760
"""Below this width a heading and the choice beside it stand below one another."""
REST = 8
"""The tiles follow every so many looks at the camera: a person cannot read faster."""


class LivePage(QWidget):
    """A picture at the left, meters and tiles at the right.

    Signals:
        opened: the :class:`UnitRef` whose page is wanted.
        ask_clicked: a frame that the person wants to point at.
        failed: the camera or a task failed, with its error.
        pins_changed: other units are pinned.
    """

    opened = Signal(object)
    ask_clicked = Signal(object)
    failed = Signal(object)
    pins_changed = Signal()

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        self._session, self._findings = session, findings
        self._pins: dict[UnitRef, Meter] = {}
        self._wish = LiveWish(count=COUNT)
        self._frame: Frame | None = None
        self._seen: LiveUnits | None = None
        self._unusual: tuple[Fired, ...] = ()
        self.feed, self.bar = CameraFeed(session, self), CameraBar()
        self.view, self.wall = ImageView(), Wall(session, findings, smallest=TILE)
        self.layer, self.freeze = QComboBox(), button("search", "quiet")
        self._pinned, self._top = label("heading"), label("heading")
        self._hint = label("caption", wrap=True)
        self._speed = label("caption")
        self._meters = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        below = QHBoxLayout()
        below.addWidget(self._speed, 1)
        below.addWidget(self.freeze)
        left = QVBoxLayout()
        left.setSpacing(theme.space_s)
        left.addWidget(self.bar)
        left.addWidget(self.view, 1)
        left.addLayout(below)
        self._meters.setSpacing(2)
        for words in (self._pinned, self._top):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._top, 1)
        self._head.addWidget(self.layer)
        card = Card()
        card.body.setSpacing(theme.space_s)
        card.body.addWidget(self._pinned)
        card.body.addWidget(self._hint)
        card.body.addLayout(self._meters)
        card.body.addSpacing(theme.space_s)
        card.body.addLayout(self._head)
        card.body.addWidget(self.wall, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_l)
        row.addLayout(left, 3)
        row.addWidget(card, 2)

    def _connect(self) -> None:
        self.bar.start_clicked.connect(self.start)
        self.bar.stop_clicked.connect(self.feed.stop)
        self.feed.frame.connect(self._show_frame)
        self.feed.seen.connect(self._show_seen)
        self.feed.failed.connect(self.failed)
        self.feed.stopped.connect(self._rest)
        self.layer.currentTextChanged.connect(self._choose_layer)
        self.freeze.clicked.connect(self._ask)
        self.wall.opened.connect(self.opened)
        self.wall.failed.connect(self.failed)

    @property
    def pinned(self) -> tuple[UnitRef, ...]:
        """The pinned units, in the order in which they were pinned."""
        return tuple(self._pins)

    @property
    def seen(self) -> LiveUnits | None:
        """What the newest frame that was looked at did."""
        return self._seen

    def meter(self, ref: UnitRef) -> Meter:
        """Return the meter of a pinned unit."""
        return self._pins[ref]

    def pin(self, ref: UnitRef, on: bool) -> None:
        """Add or remove a unit's meter; the oldest gives way when there are too many."""
        if on and ref not in self._pins:
            if len(self._pins) == PINNED:
                self._remove(next(iter(self._pins)))
            best = self._findings.entries(ref)
            meter = Meter(ref.caption, best[0].value if best else 1.0)
            meter.clicked.connect(lambda: self.opened.emit(ref))
            self._pins[ref] = meter
            self._meters.addWidget(meter)
        elif not on and ref in self._pins:
            self._remove(ref)
        self._follow_pins()

    def start(self, source: Source) -> None:
        """Watch a source."""
        index = self._findings.index
        if index is None:
            return
        self.view.set_mirrored(isinstance(source, DeviceSource))
        self.bar.show_running(True)
        models, wish = self._session.models, self._wish
        self.feed.start(source, lambda frames: watch_units(models, index, frames, wish))
        self.retranslate()

    def findings_changed(self) -> None:
        """Follow another network or index: meters of units that are not there any more go."""
        self.feed.stop()
        for ref in [ref for ref in self._pins if not self._findings.has(ref)]:
            self._remove(ref)
        self._follow_pins()
        self._unusual = ()
        self.wall.show_units((), ())
        names = [layer.name for layer in self._findings.layers]
        if names != [self.layer.itemText(row) for row in range(self.layer.count())]:
            self.layer.clear()
            self.layer.addItems(names)
            self.layer.setCurrentIndex(len(names) - 1)
        self.retranslate()

    def stop(self) -> None:
        """Give the camera back and end all work for good."""
        self.feed.stop()
        self.wall.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        ready = self._findings.index is not None and self._findings.pictures
        text = self.tr("Choose a camera, a video or a folder above, or drop one here.")
        if not self._findings.pictures:
            text = self.tr("Only networks that look at pictures can watch a camera.")
        elif not ready:
            text = self.tr("Scan a folder first: only then it is known what the units look for.")
        self.view.set_placeholder("camera", self.tr("What do the units see now?"), text)
        self.bar.setEnabled(ready)
        self.bar.setToolTip("" if ready else text)
        self.freeze.setText(self.tr("Ask about this frame"))
        self.freeze.setEnabled(self._frame is not None)
        self._pinned.setText(self.tr("Watched units"))
        self._hint.setText(self.tr("Press Watch live on a unit's page, and its meter stands here."))
        self._hint.setVisible(not self._pins)
        self._top.setText(self.tr("Unusual now"))
        self.layer.setAccessibleName(self.tr("Layer"))
        self.wall.show_units(self.wall.units, [self._caption(one) for one in self._unusual])
        self._show_speed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choice of the layer below its heading where there is no room beside it."""
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.TopToBottom if event.size().width() < NARROW else ways.LeftToRight)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a video or a folder."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Watch the first usable one."""
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            path = Path(url.toLocalFile())
            if path.is_dir() or path.suffix.lower() in VIDEO_SUFFIXES:
                self.bar.take_path(path)
                return

    def _remove(self, ref: UnitRef) -> None:
        meter = self._pins.pop(ref)
        self._meters.removeWidget(meter)
        meter.hide()  # until it is deleted it would stand over what takes its place
        meter.deleteLater()

    def _follow_pins(self) -> None:
        network = self._findings.network
        self._wish.pinned = tuple(UnitName(network, ref.layer, ref.unit) for ref in self._pins)
        self._hint.setVisible(not self._pins)
        self.pins_changed.emit()

    def _choose_layer(self, name: str) -> None:
        self._wish.layer = name
        self._seen = None

    def _show_frame(self, frame: Frame) -> None:
        if self._frame is None:
            self.freeze.setEnabled(True)
        self._frame = frame
        self.view.set_image(to_qimage(frame.rgb))

    def _show_seen(self, seen: LiveUnits) -> None:
        due = self._seen is None or seen.number % REST == 0
        self._seen = seen
        index, boxes = self._findings.index, []
        for one in seen.meters:
            ref = UnitRef(one.unit.layer, one.unit.unit)
            if ref in self._pins:
                self._pins[ref].set_value(one.value)
            if index is not None and one.value > 0:
                inputs = inputs_from(index.preprocessing)
                inside = clip(one.box, tuple(reversed(inputs.size)))
                x0, y0, x1, y1 = inputs.on_source(inside, seen.rgb.shape[:2], "")
                boxes.append(Box(x0, y0, x1 - x0, y1 - y0, ref.caption))
        self.view.set_boxes(boxes)
        if due and seen.top is not None:
            self._unusual = seen.top.unusual
            units = [UnitRef(seen.top.layer, one.unit) for one in self._unusual]
            self.wall.show_units(units, [self._caption(one) for one in self._unusual])
        self._show_speed()

    def _caption(self, fired: Fired) -> str:
        return self.tr("Unit {number}").format(number=fired.unit) + f"   {100 * fired.share:.0f} %"

    def _show_speed(self) -> None:
        seen = self._seen if self.feed.running else None
        words = self.tr("{time} ms a frame").format(time=f"{seen.milliseconds:.0f}") if seen else ""
        self._speed.setText(words)

    def _ask(self) -> None:
        if self._frame is not None:
            self.ask_clicked.emit(self._frame.rgb)

    def _rest(self) -> None:
        self._frame = self._seen = None
        self.bar.show_running(False)
        self.view.set_boxes(())
        self.view.set_image(None)
        self.retranslate()
