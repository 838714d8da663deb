"""Welcome: what the Explain panel is for, and the one click that starts it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import theme_of
from gui.widgets.card import button
from gui.widgets.image_view import paint_placeholder

TEXT_HEIGHT = 200.0


class Welcome(QWidget):
    """The empty state.

    Signals:
        sample_clicked: the pictures on board should be scanned.
    """

    sample_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting, self._wanted, self._kind = False, "", "pictures"
        self._title = self._text = ""
        self.start = button("sample", "primary")
        self.start.clicked.connect(self.sample_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.start)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(3)
        layout.addLayout(row)
        layout.addStretch(2)
        self.retranslate()

    @property
    def title(self) -> str:
        """The large line."""
        return self._title

    def show_state(self, *, waiting: bool, wanted: str, kind: str) -> None:
        """Say what comes next.

        Args:
            waiting: the first pictures are on their way; there is nothing to click.
            wanted: the network and layer that will be opened once there is a scan.
            kind: what the network looks at: ``pictures``, ``signals`` or ``volumes``.
        """
        self._waiting, self._wanted, self._kind = waiting, wanted, kind
        policy = self.start.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.start.setSizePolicy(policy)
        self.start.setVisible(not waiting)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible text again."""
        starts = {
            "pictures": self.tr("Scan the pictures on board"),
            "signals": self.tr("Scan generated recordings"),
            "volumes": self.tr("Scan generated volumes"),
        }
        self.start.setText(starts[self._kind])
        if self._waiting:
            self._title = self.tr("One moment")
            self._text = self.tr("The grid fills as soon as the first pictures went through the network.")
        elif self._wanted:
            self._title = self._wanted
            self._text = self.tr(
                "This layer opens as soon as the network has seen pictures. Scan those on board, or choose a "
                "folder of your own at the left and press Scan."
            )
        elif self._kind == "signals":
            self._title = self.tr("What does every unit look for?")
            self._text = self.tr(
                "This small network looks at signals. Six motifs were planted in the recordings that it was "
                "trained on: in generated ones they come out as what its last units like best. Or choose a "
                "folder of WAV, CSV or NumPy files of your own."
            )
        elif self._kind == "volumes":
            self._title = self.tr("What does every unit look for?")
            self._text = self.tr(
                "This small network looks at volumes. Four shapes were planted in those that it was trained "
                "on: in generated ones they come out as what its last units like best. Or choose a folder of "
                "NIfTI or NumPy files of your own."
            )
        else:
            self._title = self.tr("What does every unit look for?")
            self._text = self.tr(
                "Choose a folder of pictures at the left and press Scan. Every unit of the network is shown "
                "with the nine patches that excite it most: edges and colours in the first layer, textures "
                "in the second, then parts, faces and flowers."
            )
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of appearance."""
        self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius_l, theme.radius_l)
        foot = self.start.y() - theme.space_l
        area = QRectF(0, foot - TEXT_HEIGHT, self.width(), TEXT_HEIGHT)
        paint_placeholder(painter, self, area, "explain", self._title, self._text)
        painter.end()
