"""Easel: the right side of the panel; the painting as large as there is room, and what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from engine.style.studio import StudioStep
from gui.imaging import to_qimage
from gui.style.facts import Facts
from gui.style.sheet_page import SheetPage
from gui.theme import theme_of
from gui.widgets.brush_canvas import BrushCanvas
from gui.widgets.card import button, label
from gui.widgets.compare_view import CompareView
from gui.widgets.image_view import put_below_placeholder

STEPS = 1000
NARROW = 560
"""Below this width there is no room for every word above the picture."""


class Easel(QWidget):
    """Shows what it is given and computes nothing: the painting, the regions, or the sheet.

    Signals:
        save_clicked: the person wants the painting as a file.
        samples_clicked: the person wants to see the pictures on board painted.
        compare_toggled: whether photo and painting should be compared.
    """

    save_clicked = Signal()
    samples_clicked = Signal()
    compare_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: QImage | None = None
        self._painting: QImage | None = None
        self._narrow = False
        self.canvas, self.brush, self.sheet = CompareView(), BrushCanvas(), SheetPage()
        self.stack = QStackedWidget()
        for page in (self.canvas, self.brush, self.sheet):
            self.stack.addWidget(page)
        self.samples = button("sample", "primary")
        self.samples.clicked.connect(self.samples_clicked)
        put_below_placeholder(self.canvas, self.samples)
        self.status = label("subtitle", wrap=True)
        self.compare, self.save = button("swap", "quiet"), button("save")
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self.compare_toggled)
        self.save.clicked.connect(self.save_clicked)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, STEPS)
        self.facts = Facts()
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        tools = QHBoxLayout()
        tools.setSpacing(theme.space_s)
        tools.addWidget(self.status, 1)
        tools.addWidget(self.compare)
        tools.addWidget(self.save)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(theme.space_m)
        around.addLayout(tools)
        around.addWidget(self.stack, 1)
        around.addWidget(self.bar)
        around.addWidget(self.facts)

    def sizeHint(self) -> QSize:
        """Ask for the lion's share."""
        return QSize(820, 720)

    def set_content(self, picture: QImage | None) -> None:
        """Take the content; without a painting it is what the canvas shows."""
        self._content = picture
        self.brush.set_picture(picture)
        if self._painting is None:
            self.canvas.set_image(picture)
        self._enable()

    @property
    def content(self) -> QImage | None:
        """The photo, to compare with."""
        return self._content

    @property
    def painting(self) -> QImage | None:
        """The painting as it is now, whatever moment is looked at."""
        return self._painting

    def set_running(self, running: bool) -> None:
        """Show how far the run is and how long it still takes, or that there is none."""
        self.bar.setVisible(running)
        self.facts.set_running(running)

    def clear(self) -> None:
        """Forget the run before; the canvas goes back to the content."""
        self._painting = None
        self.bar.setValue(0)
        self.canvas.compare_with(None)
        self.canvas.set_image(self._content)
        self.facts.clear()
        self._enable()

    def show_painting(self, picture: QImage, *, looked_at: bool = True) -> None:
        """Take the newest painting; not on the canvas while another moment is ``looked_at`` there."""
        self._painting = picture
        if looked_at:
            self.canvas.set_image(picture)
        self._enable()

    def show_step(self, step: StudioStep, *, looked_at: bool = True) -> None:
        """Show the newest picture and its numbers."""
        self.show_painting(to_qimage(step.shown), looked_at=looked_at)
        self.bar.setValue(round(step.painted.progress.fraction * STEPS))
        self.facts.show_step(step)

    def retranslate(self) -> None:
        """Set every text again."""
        words = self.tr("Compare")
        self.compare.setText("" if self._narrow else words)
        self.compare.setAccessibleName(words)
        self.compare.setToolTip(self.tr("Photo and painting side by side, with a line to drag"))
        self.samples.setText(self.tr("Paint the sample pictures"))
        self.save.setText(self.tr("Save picture…"))
        self.bar.setAccessibleName(self.tr("Progress of the painting"))
        self.canvas.set_placeholder(
            "paint",
            self.tr("Your painting appears here"),
            self.tr("Drop a photo and a painting on the left, then press Start."),
        )
        self.brush.set_placeholder(
            "region", self.tr("Regions are painted on the photo"), self.tr("Choose a photo first.")
        )
        self.brush.setAccessibleDescription(
            self.tr(
                "Arrows move the brush, Space paints, Delete erases, [ and ] change its size, Ctrl+Z undoes."
            )
        )
        self.facts.retranslate()
        self.sheet.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the comparison is left with its icon."""
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()
        super().resizeEvent(event)

    def _enable(self) -> None:
        self.compare.setEnabled(self._painting is not None and self._content is not None)
        self.save.setEnabled(self._painting is not None)
        self.samples.setVisible(self._painting is None and self._content is None)
