"""Subject: the picture, recording or volume that a person points at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from engine.explorer.formats import SIGNAL_SUFFIXES, VOLUME_SUFFIXES
from engine.explorer.pointing import Corners, Pointable, read_pointable, turn_to
from engine.explorer.reading import ReadPicture, read_for_display
from engine.images import SUFFIXES, Rgb
from gui.explorer.findings import Findings
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.boxing_view import BoxingView
from gui.widgets.card import button, label
from gui.widgets.image_view import Box, put_below_placeholder

SPOT = 0.02
"""Half the side of the square drawn around a spot, as a part of the shorter side."""

ENDINGS = {"pictures": SUFFIXES, "signals": SIGNAL_SUFFIXES, "volumes": VOLUME_SUFFIXES}


@dataclass(frozen=True)
class Question:
    """Which units fire here? ``spot`` of a picture at hand (``rgb``), or of a file's window ``item``."""

    spot: tuple[float, ...]
    rgb: Rgb | None = None
    folder: Path | None = None
    item: str = ""


class Subject(QWidget):
    """Shows what is pointed at; of a recording a stretch, of a volume a slice, with a slider below.

    Signals:
        asked: a :class:`Question`.
        changed: something else is shown, and nothing is pointed at yet.
        failed: a file could not be read, with the error.
        told: a sentence for the status bar.
    """

    asked = Signal(object)
    changed = Signal()
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, findings: Findings, example: Path) -> None:
        super().__init__()
        self._findings, self._example = findings, example
        self._rgb: Rgb | None = None
        self._part: Pointable | None = None
        self._spot: Corners | None = None
        self.name = ""
        self.view = BoxingView()
        self.choose, self.sample = button("picture", "quiet"), button("sample", "primary")
        self.whole = button("fit", "quiet")
        self.slider, self._place = QSlider(Qt.Orientation.Horizontal), label("caption")
        self._reader, self._data_reader = session.watcher(self), session.watcher(self)
        self._reader.finished.connect(self._read)
        self._data_reader.finished.connect(self._show_part)
        for watcher in (self._reader, self._data_reader):
            watcher.failed.connect(self.failed)
        put_below_placeholder(self.view, self.sample)
        self._lay_out()
        self.view.clicked.connect(self.ask_at)
        self.view.boxed.connect(self.ask_box)
        self.choose.clicked.connect(self._ask_for_file)
        self.sample.clicked.connect(self._take_sample)
        self.whole.clicked.connect(self.ask_whole)
        self.slider.valueChanged.connect(self.turn)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.choose)
        above.addStretch(1)
        above.addWidget(self.whole)
        below = QHBoxLayout()
        below.addWidget(self.slider, 1)
        below.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme_of(self).space_s)
        column.addLayout(above)
        column.addWidget(self.view, 1)
        column.addLayout(below)

    @property
    def kind(self) -> str:
        """What the network looks at: ``pictures``, ``signals`` or ``volumes``."""
        reader = self._findings.reader
        return reader.inputs.kind if reader is not None else "pictures"

    @property
    def shown(self) -> bool:
        """Whether there is something to point at."""
        return self._rgb is not None or self._part is not None

    @property
    def pointed(self) -> bool:
        """Whether something is pointed at."""
        return self._spot is not None

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._reader.running or self._data_reader.running

    def open_file(self, path: Path) -> None:
        """Show a file to point at."""
        self.name = path.name
        if self.kind == "pictures":
            self._reader.start(read_for_display(path))
        elif self._findings.reader is not None:
            self._data_reader.start(read_pointable(self._findings.reader.inputs, path))

    def open_frame(self, rgb: Rgb, name: str) -> None:
        """Show a picture at hand, such as a frame of the camera."""
        self.name = name
        self._show_picture(rgb)

    def offer(self, paths: list[Path]) -> None:
        """Take the first of some paths that the network can be shown."""
        endings = tuple(ENDINGS[self.kind])
        usable = [path for path in paths if path.name.lower().endswith(endings)]
        if usable:
            self.open_file(usable[0])
        elif self.kind == "pictures":
            self.told.emit(self.tr("Drop a picture file here."))
        else:
            words = self.tr("This network takes files that end in {endings}.")
            self.told.emit(words.format(endings=", ".join(sorted(endings))))

    def turn(self, number: int) -> None:
        """Show another stretch or slice."""
        if self._part is not None:
            self._show_part(turn_to(self._part, number))

    def ask_at(self, place: QPointF) -> None:
        """Ask for the units that fire at a spot."""
        self._ask((place.x(), place.y(), place.x(), place.y()))

    def ask_box(self, box: QRectF) -> None:
        """Ask for the units that fire inside a box."""
        self._ask((box.left(), box.top(), box.right(), box.bottom()))

    def ask_whole(self) -> None:
        """Ask for the units that fire anywhere on the picture."""
        if self._rgb is not None:
            self._ask((0.0, 0.0, float(self._rgb.shape[1]), float(self._rgb.shape[0])))

    def findings_changed(self) -> None:
        """Put away what the network cannot be shown, and ask again about what it can."""
        data = self._part
        fits = data is None if self.kind == "pictures" else data is not None
        same = data is None or (
            self._findings.reader is not None and data.inputs == self._findings.reader.inputs
        )
        if self.shown and not (fits and same):
            self._clear()
        elif self._spot is not None:
            self._ask(self._spot)

    def stop(self) -> None:
        """End all work for good."""
        self._reader.stop()
        self._data_reader.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        titles = {
            "pictures": self.tr("Drop any picture, then click a spot or drag a box."),
            "signals": self.tr("Drop any recording, then click a moment or drag over a segment."),
            "volumes": self.tr("Drop any volume, then click a spot of a slice or drag a box on it."),
        }
        self.view.set_placeholder("picture", self.tr("Which units fire here?"), titles[self.kind])
        chosen = {
            "pictures": self.tr("Choose a picture…"),
            "signals": self.tr("Choose a recording…"),
            "volumes": self.tr("Choose a volume…"),
        }
        self.choose.setText(chosen[self.kind])
        pictures = self.kind == "pictures"
        self.sample.setText(
            self.tr("Use a picture on board") if pictures else self.tr("Use the first one scanned")
        )
        self.sample.setVisible(not self.shown and (pictures or self._findings.index is not None))
        self.whole.setText(self.tr("Whole picture"))
        self.whole.setToolTip(self.tr("The units that are strongest anywhere on this picture"))
        self.whole.setVisible(pictures)
        self.whole.setEnabled(self._rgb is not None and self._findings.index is not None)
        part = self._part
        several = part is not None and part.count > 1
        for one in (self.slider, self._place):
            one.setVisible(several)
        if part is not None:
            slices = self.kind == "volumes"
            words = self.tr("Slice {number} of {count}") if slices else self.tr("Stretch {number} of {count}")
            self._place.setText(words.format(number=part.number + 1, count=part.count))
            self.slider.setAccessibleName(self.tr("Slice") if slices else self.tr("Stretch"))
        self._mark()

    def _take_sample(self) -> None:
        index = self._findings.index
        if self.kind == "pictures":
            self.open_file(self._example)
        elif index is not None and self._findings.reader is not None:
            inputs = self._findings.reader.inputs
            self.open_file(Path(index.root) / inputs.file_of(index.pictures[0].file))

    def _read(self, read: ReadPicture) -> None:
        self._show_picture(read.rgb)

    def _show_picture(self, rgb: Rgb) -> None:
        self._rgb, self._part = rgb, None
        self._show(rgb)

    def _show_part(self, part: Pointable) -> None:
        self._rgb, self._part = None, part
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, part.count - 1)
            self.slider.setValue(part.number)
        self._show(part.rgb)

    def _show(self, rgb: Rgb) -> None:
        self._spot = None
        self.view.set_boxes(())
        self.view.set_image(to_qimage(rgb))
        self.view.setFocus()
        self.changed.emit()

    def _clear(self) -> None:
        self._rgb = self._part = self._spot = None
        self.name = ""
        self.view.set_boxes(())
        self.view.set_image(None)
        self.changed.emit()

    def _ask(self, spot: Corners) -> None:
        if not self.shown:
            return
        self._spot = spot
        self._mark()
        if self._part is not None:
            item, folder = self._part.item(spot), self._part.path.parent
            self.asked.emit(Question(self._part.spot(spot), None, folder, item))
        else:
            self.asked.emit(Question(spot, self._rgb))

    def _mark(self) -> None:
        """Draw what is pointed at, and the window around it."""
        if self._spot is None:
            return
        shown = [self._marked(self._spot)]
        if self._part is not None:
            x0, y0, x1, y1 = self._part.window(self._part.item(self._spot))
            shown.append(Box(x0, y0, x1 - x0, y1 - y0, self.tr("what the network sees"), "good"))
        self.view.set_boxes(shown)

    def _marked(self, spot: Corners) -> Box:
        """Return what is drawn around a spot: a moment of a recording has no height."""
        x0, y0, x1, y1 = spot
        image = self.view.image()
        assert image is not None
        half = SPOT * min(image.width(), image.height())
        if x0 == x1:
            x0, x1 = x0 - half, x1 + half
        if self.kind == "signals":
            y0, y1 = 4.0, image.height() - 4.0
        elif y0 == y1:
            y0, y1 = y0 - half, y1 + half
        return Box(x0, y0, x1 - x0, y1 - y0)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("What do you want to point at?"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        pattern = " ".join(f"*{suffix}" for suffix in sorted(ENDINGS[self.kind]))
        names = {
            "pictures": self.tr("Pictures"),
            "signals": self.tr("Recordings"),
            "volumes": self.tr("Volumes"),
        }
        dialog.setNameFilters([f"{names[self.kind]} ({pattern})"])
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()
