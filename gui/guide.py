"""The guide: what each panel is for, how to begin, the words it uses, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engine.words import translate
from gui.theme import theme_of
from gui.widgets.card import Card, label

WIDEST = 900
CONTEXT = "Guide"


@dataclass(frozen=True)
class Guide:
    """A panel's part of the guide. All texts are English, marked for translation in the context "Guide".

    ``words`` and ``keys`` are pairs: a term of the field, or keys, with what it means or does.
    """

    title: str
    about: str
    steps: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...] = ()


EVERYWHERE = Guide(
    title=translate("Guide", "Everywhere"),
    about=translate(
        "Guide",
        "One window, three panels, one machine: nothing is sent anywhere. Rest the pointer on anything to "
        "read what it does.",
    ),
    steps=(),
    words=(),
    keys=(
        ("Ctrl+1  Ctrl+2  Ctrl+3", translate("Guide", "open a panel; work in the others goes on")),
        ("Ctrl+,", translate("Guide", "settings: language, appearance, computing device, networks")),
        ("F1", translate("Guide", "this guide, at the panel that is open")),
        ("Tab  Space  Enter", translate("Guide", "everything can be reached and pressed without a mouse")),
    ),
)


class GuidePage(QScrollArea):
    """A card for each panel, in one column."""

    def __init__(self, guides: Sequence[Guide], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = QWidget()
        self._title = label("title")
        self._chapters = [_Chapter(guide) for guide in (*guides, EVERYWHERE)]
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(QCoreApplication.translate(CONTEXT, translate("Guide", "Guide")))
        for chapter in self._chapters:
            chapter.retranslate()

    def show_chapter(self, index: int) -> None:
        """Scroll to a panel's card; the first one is 0."""
        chapter = self._chapters[min(index, len(self._chapters) - 1)]

        def scroll() -> None:
            top = chapter.mapTo(self._page, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(0 if index == 0 else top - theme_of(self).space_l)

        QTimer.singleShot(0, self, scroll)  # the layout of a page just opened comes first

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        cards = QVBoxLayout(column)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.space_xl)
        for part in (self._title, *self._chapters):
            cards.addWidget(part)
        cards.addStretch(1)
        around = QHBoxLayout(self._page)
        around.setContentsMargins(theme.space_xl, theme.space_xl, theme.space_xl, theme.space_xl)
        around.addStretch(1)
        around.addWidget(column, 100)
        around.addStretch(1)
        self.setWidget(self._page)


class _Chapter(Card):
    """One guide as a card: what it is, numbered steps, then words and keys in two columns each."""

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        theme = theme_of(self)
        self._guide = guide
        self._about = label("subtitle", wrap=True)
        self._steps = [(label("strong"), label(wrap=True)) for _ in guide.steps]
        self._words = [(label("strong"), label(wrap=True)) for _ in guide.words]
        self._keys = [(label("strong"), label(wrap=True)) for _ in guide.keys]
        self.body.addWidget(self._about)
        self.body.setSpacing(theme.space_l)
        for rows in (self._steps, self._words, self._keys):
            if not rows:
                continue
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.space_m)
            grid.setVerticalSpacing(theme.space_s)
            grid.setColumnStretch(1, 1)
            if rows is not self._steps:
                grid.setColumnMinimumWidth(0, 170)
            for row, (left, right) in enumerate(rows):
                left.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(left, row, 0)
                grid.addWidget(right, row, 1)
            self.body.addLayout(grid)

    def retranslate(self) -> None:
        """Set every text again."""
        guide = self._guide
        self.set_title(_said(guide.title))
        self._about.setText(_said(guide.about))
        for number, ((left, right), step) in enumerate(zip(self._steps, guide.steps, strict=True), 1):
            left.setText(f"{number}.")
            right.setText(_said(step))
        for rows, pairs in ((self._words, guide.words), (self._keys, guide.keys)):
            for (left, right), (term, meaning) in zip(rows, pairs, strict=True):
                left.setText(_said(term))
                right.setText(_said(meaning))


def _said(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
