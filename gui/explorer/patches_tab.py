"""PatchesTab: a unit's nine patches, the photo that the chosen one was cut from, and all activations."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.explorer.records import Entry
from engine.explorer.spread import spread_of
from engine.explorer.tasks import Photo, show_photo
from engine.explorer.thumbnails import Cut, cut_patches
from gui.explorer.findings import Findings
from gui.explorer.patch_button import PatchButton
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.histogram import Histogram
from gui.widgets.image_view import Box, ImageView

NINE = 9
NINE_WIDTH = 460


class PatchesTab(UnitTab):
    """The first tab of a unit's page."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        self._session, self._findings = session, findings
        self._shown: ShownUnit | None = None
        self._photo: Photo | None = None
        self._cutter, self._photos = session.watcher(self), session.watcher(self)
        self._cutter.updated.connect(self._cut)
        self._cutter.finished.connect(self._cut)
        self._photos.finished.connect(self._show_photo)
        for watcher in (self._cutter, self._photos):
            watcher.failed.connect(self.failed)
        self.buttons = [PatchButton() for _ in range(NINE)]
        self.view, self.histogram = ImageView(), Histogram()
        self.check = button("refresh", "quiet")
        self._caption, self._spread = label("caption", wrap=True), label("caption")
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        group = QButtonGroup(self)
        left = QWidget()
        left.setMaximumWidth(NINE_WIDTH)
        nine = QGridLayout(left)
        nine.setContentsMargins(0, 0, 0, 0)
        nine.setSpacing(theme.space_s)
        for place, made in enumerate(self.buttons):
            group.addButton(made, place)
            nine.addWidget(made, place // 3, place % 3)
        nine.setRowStretch(3, 1)
        group.idToggled.connect(self._toggled)
        self.view.setMinimumHeight(160)
        self.histogram.setFixedHeight(96)
        words = QHBoxLayout()
        words.addWidget(self._caption, 1)
        words.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(theme.space_s)
        right.addWidget(self.view, 1)
        right.addLayout(words)
        right.addWidget(self._spread)
        right.addWidget(self.histogram)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.space_m, 0, 0)
        row.setSpacing(theme.space_l)
        row.addWidget(left, 5)
        row.addLayout(right, 6)

    def name(self) -> str:
        """Return the tab's name."""
        return self.tr("Patches")

    @property
    def photo(self) -> Photo | None:
        """The photo shown, with the box drawn on it."""
        return self._photo

    @property
    def busy(self) -> bool:
        """Whether patches or the photo are still to come."""
        return self._cutter.running or self._photos.running

    def show_unit(self, shown: ShownUnit) -> None:
        """Show values and files at once, then the pictures as they are cut, then the strongest's photo."""
        same = self._shown is not None and self._shown.ref == shown.ref
        if same and self._shown is not None and self._shown.entries == shown.entries:
            return
        self._shown = shown
        for place, made in enumerate(self.buttons):
            made.set_entry(shown.entries[place] if place < len(shown.entries) else None)
        self._show_spread(shown)
        self.retranslate()
        reader = self._findings.reader
        if reader is not None:
            self._cutter.start(cut_patches(reader, shown.entries))
        chosen = next((made for made in self.buttons if made.isChecked() and made.entry), None)
        if same and chosen is not None and self._photo is not None and chosen.entry == self._photo.entry:
            return
        if not shown.entries:
            self._photo = None
            self.view.set_image(None)
        elif self.buttons[0].isChecked():
            self._choose(shown.entries[0])
        else:
            self.buttons[0].setChecked(True)

    def _show_spread(self, shown: ShownUnit) -> None:
        index = self._findings.index
        spread = spread_of(index, shown.ref.layer, shown.ref.unit) if index is not None else None
        if spread is None:
            self.histogram.clear()
        else:
            self.histogram.set_counts(spread.edges, spread.counts)
        self.histogram.set_marks([entry.value for entry in shown.entries])

    def stop(self) -> None:
        """End all work."""
        self._cutter.stop()
        self._photos.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.view.set_placeholder("unit", "", self.tr("Choose a patch to see the photo it was cut from."))
        self.check.setText(self.tr("Compute again"))
        self.check.setToolTip(self.tr("Runs the photo through the network again and compares"))
        self._spread.setText(self.tr("How strongly it responds to all pictures; the nine are marked"))
        self.histogram.set_empty_text(self.tr("Shown once the scan is complete"))
        if self._photo is not None:
            self._caption.setText(self._words(self._photo.entry))

    def _words(self, entry: Entry) -> str:
        return self.tr("{file}\nactivation {value} at {place}").format(
            file=entry.file,
            value=f"{entry.value:.4f}",
            place=", ".join(map(str, entry.position)),
        )

    def _cut(self, cut: Cut) -> None:
        for made, patch in zip(self.buttons, cut.patches, strict=False):
            if patch is not None and made.entry == patch.entry and made.patch is not patch:
                made.set_patch(patch)

    def _toggled(self, place: int, on: bool) -> None:
        entry = self.buttons[place].entry
        if on and entry is not None:
            self._choose(entry)

    def _choose(self, entry: Entry) -> None:
        self.histogram.set_chosen(entry.value)
        if self._findings.reader is not None:
            self._photos.start(show_photo(self._findings.reader, entry))

    def _show_photo(self, photo: Photo) -> None:
        self._photo = photo
        x0, y0, x1, y1 = photo.box
        self.view.set_image(to_qimage(photo.rgb))
        self.view.set_boxes([Box(x0, y0, x1 - x0, y1 - y0, f"{photo.entry.value:.2f}", "good")])
        self.retranslate()
