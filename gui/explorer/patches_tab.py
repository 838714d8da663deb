"""PatchesTab: a unit's nine patches, the photo that the chosen one was cut from, and all activations."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.explorer.recheck import Rechecked, recheck_entry
from engine.explorer.records import Entry
from engine.explorer.showing import SourceShown, show_source
from engine.explorer.spread import spread_of
from engine.explorer.thumbnails import Cut, cut_patches
from gui.explorer.findings import Findings
from gui.explorer.patch_button import PatchButton
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label, set_role
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
        self._photo: SourceShown | None = None
        self._asked: Entry | None = None
        self._rechecked: Rechecked | None = None
        self._cutter, self._photos, self._checker = (session.watcher(self) for _ in range(3))
        self._cutter.updated.connect(self._cut)
        self._cutter.finished.connect(self._all_cut)
        self._photos.updated.connect(self._show_photo)
        self._photos.finished.connect(self._show_photo)
        self._checker.finished.connect(self._show_rechecked)
        self._checker.running_changed.connect(lambda _on: self._show_check())
        for watcher in (self._cutter, self._photos, self._checker):
            watcher.failed.connect(self.failed)
        self.buttons = [PatchButton() for _ in range(NINE)]
        self.view, self.histogram = ImageView(), Histogram()
        self.check, self.checked = button("refresh", "quiet"), label("good")
        self.check.clicked.connect(self.recheck)
        self._caption, self._spread = label("caption", wrap=True), label("caption", wrap=True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self._group = group = QButtonGroup(self)
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
        right.addWidget(self.checked, 0, Qt.AlignmentFlag.AlignLeft)
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
    def photo(self) -> SourceShown | None:
        """The photo shown, with the box drawn on it."""
        return self._photo

    @property
    def busy(self) -> bool:
        """Whether patches or the photo are still to come."""
        return self._cutter.running or self._photos.running or self._checker.running

    @property
    def rechecked(self) -> Rechecked | None:
        """What computing the shown patch again gave, once it was asked for."""
        return self._rechecked

    def recheck(self) -> None:
        """Compute the activation of the photo shown again."""
        index = self._findings.index
        if index is not None and self._photo is not None and self._shown is not None:
            ref, entry = self._shown.ref, self._photo.entry
            self._checker.start(recheck_entry(self._session.models, index, ref.layer, ref.unit, entry))

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
        if not same:
            self._photo = self._asked = None
            self.view.set_image(None)
            self._show_rechecked(None)
            with QSignalBlocker(self._group):
                self.buttons[0].setChecked(True)
        if self._findings.reader is not None:
            self._cutter.start(cut_patches(self._findings.reader, shown.entries))

    def _show_spread(self, shown: ShownUnit) -> None:
        index = self._findings.index
        spread = spread_of(index, shown.ref.layer, shown.ref.unit) if index is not None else None
        if spread is None:
            self.histogram.clear()
        else:
            self.histogram.set_counts(spread.edges, spread.counts)
        self.histogram.set_marks([entry.value for entry in shown.entries])

    def stop(self) -> None:
        """End all work; it begins anew when the unit is looked at again."""
        if self.busy:
            self._shown = None
        for watcher in (self._cutter, self._photos, self._checker):
            watcher.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.view.set_placeholder("unit", "", self.tr("Choose a patch to see the photo it was cut from."))
        self.check.setText(self.tr("Compute again"))
        self.check.setToolTip(self.tr("Runs the photo through the network again and compares"))
        self._spread.setText(self.tr("How strongly it responds to all of them; the nine are marked"))
        self.histogram.set_empty_text(self.tr("Shown once the scan is complete"))
        self._caption.setText(self._words(self._photo.entry) if self._photo is not None else "")
        self._show_check()

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
        if all(made.patch is not None for made in self.buttons if made.entry is not None):
            self._turn_to_photo()

    def _all_cut(self, cut: Cut) -> None:
        self._cut(cut)
        self._turn_to_photo()

    def _turn_to_photo(self) -> None:
        """Show the photo only when there are nine patches to see: they are what a person looks at first."""
        chosen = next((made.entry for made in self.buttons if made.isChecked()), None)
        if chosen is not None and chosen != self._asked:
            self._choose(chosen)

    def _show_check(self) -> None:
        ready = self._findings.index is not None and self._photo is not None
        self.check.setEnabled(ready and not self._checker.running)
        found = self._rechecked
        self.checked.setVisible(found is not None)
        if found is None:
            return
        words = self.tr("recorded {recorded}, recomputed {recomputed}")
        self.checked.setText(
            words.format(recorded=f"{found.recorded:.4f}", recomputed=f"{found.recomputed:.4f}")
        )
        set_role(self.checked, "good" if found.agrees else "bad")

    def _show_rechecked(self, rechecked: Rechecked | None) -> None:
        self._rechecked = rechecked
        self._show_check()

    def _toggled(self, place: int, on: bool) -> None:
        entry = self.buttons[place].entry
        if on and entry is not None:
            self._choose(entry)

    def _choose(self, entry: Entry) -> None:
        self._asked = entry
        self._show_rechecked(None)
        self.histogram.set_chosen(entry.value)
        if self._findings.reader is not None:
            self._photos.start(show_source(self._findings.reader, entry))

    def _show_photo(self, photo: SourceShown) -> None:
        self._photo = photo
        self.view.set_image(to_qimage(photo.rgb))
        labels = (f"{photo.entry.value:.2f}", *[""] * (len(photo.boxes) - 1))
        self.view.set_boxes(
            [
                Box(x0, y0, x1 - x0, y1 - y0, words, "good")
                for (x0, y0, x1, y1), words in zip(photo.boxes, labels, strict=True)
            ]
        )
        self.retranslate()
