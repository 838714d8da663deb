"""DataCard: choose a folder of people, and read what is in it and what was left out."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget

from engine.faces.training.records import Doubt, FaceSet, Gathering, Reason
from gui.widgets.card import Card, button, label
from gui.widgets.drop_zone import DropZone
from gui.widgets.job_bar import JobBar

SHOWN = 200


class DataCard(Card):
    """The data set.

    Signals:
        folder_chosen: a :class:`pathlib.Path`.
        drawn_clicked: invented people are wanted.
        cancel_clicked: reading should end.
    """

    folder_chosen = Signal(object)
    drawn_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._faces: FaceSet | None = None
        self.zone, self.bar = DropZone("folder"), JobBar()
        self.drawn = button("people", "quiet")
        self.zone.setFixedHeight(104)
        self.report, self.left_out = label(wrap=True), QListWidget()
        self.left_out.setMaximumHeight(120)
        self.left_out.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.left_out.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self.zone, self.drawn, self.bar, self.report, self.left_out):
            self.body.addWidget(widget)
        self.left_out.hide()
        self.zone.dropped.connect(lambda paths: self.folder_chosen.emit(paths[0]))
        self.drawn.clicked.connect(self.drawn_clicked)
        self.bar.cancel_clicked.connect(self.cancel_clicked)
        self.retranslate()

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show how far the reading is; None: it begins."""
        if gathering is None:
            self.bar.start(self.tr("Looking for faces …"))
        else:
            text = self.tr("{faces} faces, {left_out} photos left out")
            if gathering.comparing:
                text = self.tr("Comparing {faces} faces …")
            text = text.format(faces=gathering.faces, left_out=gathering.left_out)
            self.bar.show_progress(gathering.progress, text)

    def set_free(self, free: bool) -> None:
        """Whether another data set can be chosen now."""
        self.zone.setEnabled(free)
        self.drawn.setEnabled(free)

    def end_gathering(self) -> None:
        """Hide the progress."""
        self.bar.finish("")

    def show_faces(self, faces: FaceSet) -> None:
        """Show the report of a data set."""
        self._faces = faces
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Data set"))
        self.zone.set_texts(self.tr("A folder of people"), self.tr("One sub-folder a person."))
        self.drawn.setText(self.tr("Or try it with drawn faces"))
        faces = self._faces
        if faces is None:
            return
        pairs = int((faces.photo_counts >= 2).sum())
        text = self.tr(
            "{people} people with {photos} usable photos; {pairs} people have two or more. {left_out} left "
            "out."
        ).format(people=len(faces.people), photos=len(faces), pairs=pairs, left_out=len(faces.left_out))
        counts = Counter(each.reason for each in faces.left_out)
        lines = [f"{self._words(reason)}: {count}" for reason, count in counts.most_common()]
        if faces.doubts:
            lines.append(self.tr("look like another person: {count}").format(count=len(faces.doubts)))
        self.report.setText("\n".join([text, *lines]))
        self.left_out.setVisible(bool(faces.left_out or faces.doubts))
        self.left_out.clear()
        for doubt in faces.doubts[:SHOWN]:
            self._add(f"{doubt.file} – {self._doubt_words(doubt)}", doubt.sentence)
        for each in faces.left_out[:SHOWN]:
            self._add(f"{each.file} – {self._words(each.reason)}", each.sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self, text: str, tip: str) -> None:
        self.left_out.addItem(text)
        self.left_out.item(self.left_out.count() - 1).setToolTip(tip)

    def _doubt_words(self, doubt: Doubt) -> str:
        if doubt.like:
            return self.tr("looks like another person, most like {name}").format(name=doubt.like)
        return self.tr("looks like another person")

    def _words(self, reason: Reason) -> str:
        return {
            Reason.UNREADABLE: self.tr("cannot be read"),
            Reason.NO_FACE: self.tr("no face"),
            Reason.SEVERAL_FACES: self.tr("several faces"),
            Reason.TWO_NAMES: self.tr("one photo under two names"),
            Reason.REPEATED: self.tr("the same photo again"),
            Reason.NAME_TAKEN: self.tr("two folders of one name"),
            Reason.NO_PERSON: self.tr("in no person's folder"),
        }[reason]
