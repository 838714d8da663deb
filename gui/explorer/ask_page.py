"""AskPage: point at a spot of any picture, or drag a box, and see which units fire there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.explorer.answers import Answer, Fired
from engine.explorer.reading import ReadPicture, read_for_display
from engine.explorer.unit_tasks import ask_picture
from engine.images import SUFFIXES, Rgb
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.strips import Strip, Strips
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.boxing_view import BoxingView
from gui.widgets.card import Card, button, label
from gui.widgets.image_view import Box, put_below_placeholder

SPOT = 0.02
"""Half the side of the square drawn around a spot, as a part of the shorter side."""

COUNT = 12


class AskPage(QWidget):
    """A picture at the left, the units that fire at the right.

    Signals:
        opened: the :class:`UnitRef` that was clicked.
        failed: a task failed, with its error.
        told: a sentence for the status bar.
    """

    opened = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, findings: Findings, example: Path) -> None:
        super().__init__()
        self._session, self._findings, self._example = session, findings, example
        self._rgb: Rgb | None = None
        self._name = ""
        self._spot: tuple[float, float, float, float] | None = None
        self._answer: Answer | None = None
        self._picked: tuple[UnitRef, ...] = ()
        self.view = BoxingView()
        self.strips = Strips(session, findings)
        self.choose, self.sample = button("picture", "quiet"), button("sample", "primary")
        self.whole = button("fit", "quiet")
        self.unusual, self.strongest = button("", "quiet"), button("", "quiet")
        self._title, self._hint = label("heading", wrap=True), label("caption", wrap=True)
        self._reader, self._asker = session.watcher(self), session.watcher(self)
        self._reader.finished.connect(self._read)
        self._asker.updated.connect(self._show)
        self._asker.finished.connect(self._show)
        for watcher in (self._reader, self._asker):
            watcher.failed.connect(self.failed)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        put_below_placeholder(self.view, self.sample)
        above = QHBoxLayout()
        above.addWidget(self.choose)
        above.addStretch(1)
        above.addWidget(self.whole)
        left = QVBoxLayout()
        left.setSpacing(theme.space_s)
        left.addLayout(above)
        left.addWidget(self.view, 1)
        group = QButtonGroup(self)
        sort = QHBoxLayout()
        sort.setSpacing(theme.space_xs)
        for one in (self.unusual, self.strongest):
            one.setCheckable(True)
            group.addButton(one)
            sort.addWidget(one)
        sort.addStretch(1)
        self.unusual.setChecked(True)
        self._right = Card()
        self._right.body.setSpacing(theme.space_s)
        self._right.body.addWidget(self._title)
        self._right.body.addWidget(self._hint)
        self._right.body.addLayout(sort)
        self._right.body.addWidget(self.strips, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_l)
        row.addLayout(left, 1)
        row.addWidget(self._right, 1)

    def _connect(self) -> None:
        self.view.clicked.connect(self.ask_at)
        self.view.boxed.connect(self.ask_box)
        self.choose.clicked.connect(self._ask_for_file)
        self.sample.clicked.connect(lambda: self.open_picture(self._example))
        self.whole.clicked.connect(self.ask_whole)
        self.unusual.toggled.connect(self._show_answer)
        self.strips.opened.connect(self.opened)
        self.strips.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether an answer or its tiles are still to come."""
        return self._reader.running or self._asker.running or not self.strips.settled

    @property
    def answer(self) -> Answer | None:
        """What fires at the spot, as far as it is computed."""
        return self._answer

    def open_picture(self, path: Path) -> None:
        """Show a picture file to point at."""
        self._name = path.name
        self._reader.start(read_for_display(path))

    def open_frame(self, rgb: Rgb, name: str) -> None:
        """Show a picture at hand, such as a frame of the camera."""
        self._name = name
        self._show_picture(rgb)

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
        """Ask again when another network or other pictures are there."""
        self._asker.stop()
        self._answer = None
        self.strips.show_strips(())
        if self._spot is not None:
            self._ask(self._spot)
        self.retranslate()

    def stop(self) -> None:
        """End all work for good."""
        self._reader.stop()
        self._asker.stop()
        self.strips.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.view.set_placeholder(
            "picture",
            self.tr("Which units fire here?"),
            self.tr("Drop any picture, then click a spot or drag a box."),
        )
        self.choose.setText(self.tr("Choose a picture…"))
        self.sample.setText(self.tr("Use a picture on board"))
        self.whole.setText(self.tr("Whole picture"))
        self.whole.setToolTip(self.tr("The units that are strongest anywhere on this picture"))
        self.unusual.setText(self.tr("Most unusual"))
        self.unusual.setToolTip(self.tr("Stronger here than on most of the scanned pictures"))
        self.strongest.setText(self.tr("Strongest"))
        self._title.setText(self._name or self.tr("Point and ask"))
        if self._findings.index is None:
            self._hint.setText(self.tr("Scan a folder first: only then it is known what is unusual."))
        elif not self._findings.pictures:
            self._hint.setText(self.tr("Only networks that look at pictures can be asked here."))
        elif self._rgb is None:
            self._hint.setText(self.tr("The picture need not be one of the scanned ones."))
        elif self._spot is None:
            self._hint.setText(
                self.tr("Click a spot, or drag a box. With Shift, dragging moves the picture.")
            )
        elif self.unusual.isChecked():
            self._hint.setText(self.tr("The number says which share of the scanned pictures stays below."))
        else:
            self._hint.setText(self.tr("The number is the activation."))
        for one in (self.unusual, self.strongest):
            one.setVisible(self._answer is not None)
        self.whole.setEnabled(self._rgb is not None and self._findings.index is not None)
        self._show_answer()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a picture file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the first picture of what was dropped, or say what belongs here."""
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.offer(paths)

    def offer(self, paths: list[Path]) -> None:
        """Take the first of some paths that is a picture."""
        usable = [path for path in paths if path.suffix.lower() in SUFFIXES]
        if usable:
            self.open_picture(usable[0])
        else:
            self.told.emit(self.tr("Drop a picture file here."))

    def _read(self, read: ReadPicture) -> None:
        self._show_picture(read.rgb)

    def _show_picture(self, rgb: Rgb) -> None:
        self._rgb, self._spot, self._answer = rgb, None, None
        self.sample.hide()
        self.view.set_boxes(())
        self.view.set_image(to_qimage(rgb))
        self.view.setFocus()
        self.strips.show_strips(())
        self.retranslate()

    def _ask(self, spot: tuple[float, float, float, float]) -> None:
        index = self._findings.index
        if self._rgb is None:
            return
        self._spot = spot
        x0, y0, x1, y1 = spot
        if (x0, y0) == (x1, y1):
            half = SPOT * min(self._rgb.shape[:2])
            x0, y0, x1, y1 = x0 - half, y0 - half, x1 + half, y1 + half
        self.view.set_boxes([Box(x0, y0, x1 - x0, y1 - y0)])
        if index is not None and self._findings.pictures:
            task = ask_picture(self._session.models, index, self._rgb, spot, count=COUNT)
            self._asker.start(task)
        self.retranslate()

    def _show(self, answer: Answer) -> None:
        first = self._answer is None
        self._answer = answer
        if first:
            self.retranslate()
        else:
            self._show_answer()

    def _show_answer(self) -> None:
        if self._answer is None:
            return
        unusual = self.unusual.isChecked()
        strips = []
        for layer in reversed(self._answer.layers):
            fired = layer.unusual if unusual else layer.strongest
            strips.append(
                Strip(
                    layer.layer,
                    "" if fired else self.tr("nothing fires here"),
                    tuple(UnitRef(layer.layer, one.unit) for one in fired),
                    tuple(self._caption(one, unusual=unusual) for one in fired),
                )
            )
        self.strips.show_strips(strips)

    def _caption(self, fired: Fired, *, unusual: bool) -> str:
        number = f"{100 * fired.share:.0f} %" if unusual else f"{fired.value:.2f}"
        return self.tr("Unit {number}").format(number=fired.unit) + f"   {number}"

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        pattern = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        dialog.setNameFilters([f"{self.tr('Pictures')} ({pattern})"])
        dialog.fileSelected.connect(lambda name: self.open_picture(Path(name)))
        dialog.open()
