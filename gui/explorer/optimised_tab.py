"""OptimisedTab: the picture that excites a unit most, as it forms; beside it what photos really excite it.

An optimised picture alone is easily read as more than it is (Olah et al. 2017). So the nine strongest,
nine drawn at random and the nine weakest stand beside it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from engine.explorer.answers import Formed
from engine.explorer.records import SynthesisOptions
from engine.explorer.thumbnails import Cut, cut_patches
from engine.explorer.unit_tasks import synthesise_unit
from engine.jobs import Priority
from gui.explorer.findings import Findings
from gui.explorer.nine_view import NineView
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.imaging import to_qimage
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.image_view import ImageView
from gui.widgets.job_bar import JobBar


class OptimisedTab(UnitTab):
    """Activation maximisation against over-reading."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        self._session, self._findings = session, findings
        self._shown: ShownUnit | None = None
        self._formed: Formed | None = None
        self._seed = 0
        self.view, self.job = ImageView(), JobBar()
        self.again = button("refresh", "quiet")
        self._caption = label("caption", wrap=True)
        self.strongest, self.random, self.weakest = NineView(), NineView(), NineView()
        self._former, self._cutter = session.watcher(self), session.watcher(self)
        self._former.updated.connect(self._show)
        self._former.finished.connect(self._finished)
        self._former.cancelled.connect(lambda: self.job.finish(""))
        self._former.failed.connect(self._failed)
        self._cutter.updated.connect(self._cut)
        self._cutter.finished.connect(self._cut)
        self._cutter.failed.connect(self.failed)
        self.job.cancel_clicked.connect(self._former.cancel)
        self.again.clicked.connect(self._form_again)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        words = QHBoxLayout()
        words.addWidget(self._caption, 1)
        words.addWidget(self.again)
        left = QVBoxLayout()
        left.setSpacing(theme.space_s)
        left.addWidget(self.view, 1)
        left.addLayout(words)
        left.addWidget(self.job)
        right = QVBoxLayout()
        right.setSpacing(theme.space_s)
        for nine in (self.strongest, self.random, self.weakest):
            right.addWidget(nine, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.space_m, 0, 0)
        row.setSpacing(theme.space_l)
        row.addLayout(left, 7)
        row.addLayout(right, 3)

    def name(self) -> str:
        """Return the tab's name."""
        return self.tr("Optimised")

    @property
    def busy(self) -> bool:
        """Whether a picture is forming."""
        return self._former.running or self._cutter.running

    def show_unit(self, shown: ShownUnit) -> None:
        """Let a picture form, and cut the three nines."""
        if self._shown == shown:
            return
        self._shown, self._seed = shown, 0
        for nine in (self.strongest, self.random, self.weakest):
            nine.set_patches(())
        reader, index = self._findings.reader, self._findings.index
        if reader is not None:
            entries = [*shown.entries]
            if index is not None:
                layer, unit = shown.ref.layer, shown.ref.unit
                entries += [*index.random(layer, unit), *index.weakest(layer, unit)]
            self._cutter.start(cut_patches(reader, entries))
        self._form()

    def stop(self) -> None:
        """End the work; it begins anew when the unit is looked at again."""
        if self._former.running or self._cutter.running:
            self._shown = None
        self._former.stop()
        self._cutter.stop()
        self.job.finish("")

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.view.set_placeholder("unit", "", self.tr("The picture forms here."))
        self.again.setText(self.tr("Another one"))
        self.again.setToolTip(self.tr("Starts from other noise"))
        self.strongest.set_title(self.tr("Strongest"))
        self.random.set_title(self.tr("Drawn at random"))
        self.weakest.set_title(self.tr("Weakest"))
        if self._formed is None or self._shown is None:
            self._caption.clear()
            return
        words = self.tr("activation {value}; the strongest photo reaches {photo}")
        best = self._shown.entries[0].value if self._shown.entries else 0.0
        self._caption.setText(words.format(value=f"{self._formed.activation:.2f}", photo=f"{best:.2f}"))

    def _form(self) -> None:
        assert self._shown is not None
        self._formed = None
        self.view.set_image(None)
        self.retranslate()
        self.job.start(self.tr("Optimising…"))
        task = synthesise_unit(
            self._session.models,
            self._findings.network,
            self._shown.ref.layer,
            self._shown.ref.unit,
            SynthesisOptions(seed=self._seed),
        )
        self._former.start(task, Priority.BATCH)

    def _form_again(self) -> None:
        if self._shown is not None:
            self._seed += 1
            self._form()

    def _show(self, formed: Formed) -> None:
        self._formed = formed
        self.view.set_image(to_qimage(formed.rgb))
        self.job.show_progress(formed.progress)
        self.retranslate()

    def _finished(self, formed: Formed) -> None:
        self._show(formed)
        self.job.finish("")

    def _failed(self, error: BaseException) -> None:
        self.job.finish("")
        self.failed.emit(error)

    def _cut(self, cut: Cut) -> None:
        assert self._shown is not None
        index, ref = self._findings.index, self._shown.ref
        first = len(self._shown.entries)
        second = first + (len(index.random(ref.layer, ref.unit)) if index is not None else 0)
        self.strongest.set_patches(cut.patches[:first])
        self.random.set_patches(cut.patches[first:second])
        self.weakest.set_patches(cut.patches[second:])
