"""TimelinePage: go back in a painting, compare, start again from there, make a film of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QWidget

from engine.style.timeline import Moment
from gui.style.page import Page
from gui.widgets.card import button, label

NOTHING, PHOTO, FIRST, PINNED = "nothing", "photo", "first", "pinned"


class TimelinePage(Page):
    """Lists the moments of a run; the rightmost one is now.

    Signals:
        moved: the :class:`Moment` that the person looks at; None for now.
        compare_changed: what stands at the left of the line: :data:`NOTHING`, :data:`PHOTO` …
        pin_clicked: the picture shown is the one to compare with.
        restart_clicked: paint on from the picture shown.
        save_clicked: the picture shown as a file.
        film_clicked: all moments as a film.
    """

    moved = Signal(object)
    compare_changed = Signal(str)
    pin_clicked = Signal()
    restart_clicked = Signal()
    save_clicked = Signal()
    film_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()
        self._label, self._value = label("strong"), label("caption")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setTickPosition(QSlider.TickPosition.NoTicks)
        self.slider.setRange(0, 0)
        self.slider.valueChanged.connect(self._slid)
        self._compare_label = label()
        self.compare = QComboBox()
        for what in (NOTHING, PHOTO, FIRST, PINNED):
            self.compare.addItem("", what)
        self.compare.activated.connect(lambda: self.compare_changed.emit(self.comparison))
        self.pin, self.restart = button("pin", "quiet"), button("play")
        self.save, self.film = button("save", "quiet"), button("film", "quiet")
        self.pin.clicked.connect(self.pin_clicked)
        self.restart.clicked.connect(self.restart_clicked)
        self.save.clicked.connect(self.save_clicked)
        self.film.clicked.connect(self.film_clicked)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._value)
        self.body.addLayout(head)
        self.body.addWidget(self.slider)
        self.body.addWidget(self._compare_label)
        self.body.addWidget(self.compare)
        for each in (self.pin, self.restart, self.save, self.film):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.set_moments(())

    @property
    def comparison(self) -> str:
        """What stands at the left of the line."""
        return str(self.compare.currentData())

    @property
    def moment(self) -> Moment | None:
        """The moment that the person looks at; None for now."""
        index = self.slider.value()
        return self._moments[index] if index < len(self._moments) else None

    def set_comparison(self, what: str) -> None:
        """Choose what to compare with; emits nothing."""
        self.compare.setCurrentIndex(self.compare.findData(what))

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """List other moments; who looked at now goes on doing so, and at a moment that stays, at that."""
        looked_at = self.moment
        self._moments = tuple(moments)
        kept = looked_at is not None and looked_at in self._moments
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(self._moments))
            self.slider.setValue(self._moments.index(looked_at) if kept and looked_at else len(self._moments))
        if looked_at is not None and not kept:
            self.moved.emit(None)
        some = bool(self._moments)
        for each in (self.slider, self.film):
            each.setEnabled(some)
        self._show()

    def set_picture_shown(self, shown: bool) -> None:
        """Say whether there is a painting at all."""
        for each in (self.pin, self.restart, self.save, self.compare):
            each.setEnabled(shown)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_lead(self.tr("Every few iterations a moment is kept. Drag to go back."))
        self._label.setText(self.tr("Moment"))
        self.slider.setAccessibleName(self.tr("Moment"))
        self._compare_label.setText(self.tr("Compare with"))
        self.compare.setAccessibleName(self.tr("Compare with"))
        words = (
            self.tr("Nothing"),
            self.tr("The photo"),
            self.tr("The first moment"),
            self.tr("The pinned picture"),
        )
        for index, word in enumerate(words):
            self.compare.setItemText(index, word)
        self.pin.setText(self.tr("Pin this picture to compare"))
        self.restart.setText(self.tr("Paint on from here"))
        self.restart.setToolTip(
            self.tr("Starts a new run from this picture, with the settings as they are now")
        )
        self.save.setText(self.tr("Save this picture…"))
        self.film.setText(self.tr("Save as a film…"))
        self._show()

    def _slid(self) -> None:
        self._show()
        self.moved.emit(self.moment)

    def _show(self) -> None:
        moment = self.moment
        if moment is None:
            self._value.setText(self.tr("now") if self._moments else self.tr("nothing yet"))
        else:
            words = self.tr("after {count} iterations · J = {total}")
            self._value.setText(words.format(count=moment.iteration, total=f"{moment.total:.3g}"))
