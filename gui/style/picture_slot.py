"""PictureSlot: a drop zone that reads what is dropped on the engine thread and shows it small."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.jobs import Priority
from engine.style.drops import MOST_STYLES, Glance, Look, look
from gui.imaging import to_qimage
from gui.session import Session
from gui.widgets.drop_zone import DropZone

LONGEST = 1024
GAP = 8


class PictureSlot(QWidget):
    """Holds one picture, or several where ``many``; a folder gives its pictures.

    A file that cannot be read changes nothing.

    Signals:
        changed: other pictures lie here now.
        recipe_found: the picture is a painting of ours, and this is its :class:`Recipe`.
        failed: what was dropped cannot be used, with the error.
        noted: a sentence about what was done with the drop.
    """

    changed = Signal()
    recipe_found = Signal(object)
    failed = Signal(object)
    noted = Signal(str)

    def __init__(self, session: Session, *, many: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glances: tuple[Glance, ...] = ()
        self._folder: tuple[Path, tuple[Path, ...]] | None = None
        self._most = MOST_STYLES if many else 1
        self.zone = DropZone("pictures" if many else "picture", folders=True)
        self._watcher = session.watcher(self)
        self._watcher.finished.connect(self._loaded)
        self._watcher.failed.connect(self.failed)
        self.zone.dropped.connect(self.load)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.zone)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that lie here."""
        return tuple(glance.path for glance in self._glances)

    @property
    def glances(self) -> tuple[Glance, ...]:
        """The pictures that lie here, small."""
        return self._glances

    @property
    def folder(self) -> tuple[Path, tuple[Path, ...]] | None:
        """The folder that was dropped and all its pictures, if it was one."""
        return self._folder

    @property
    def reading(self) -> bool:
        """Whether files are being read just now."""
        return self._watcher.running

    @property
    def picture(self) -> QImage | None:
        """The first picture, small."""
        return to_qimage(self._glances[0].rgb) if self._glances else None

    def load(self, paths: Sequence[Path]) -> None:
        """Read files; ``changed`` or ``failed`` follows."""
        self._watcher.start(look(tuple(paths), LONGEST, self._most), Priority.USER)

    def remove(self, index: int) -> None:
        """Take one picture away."""
        self._glances = self._glances[:index] + self._glances[index + 1 :]
        self._folder = None
        self._show()
        self.changed.emit()

    def stop(self) -> None:
        """Read no further."""
        self._watcher.stop()

    def retranslate(self) -> None:
        """Set the caption again."""
        self._show()

    def _loaded(self, found: Look) -> None:
        self._glances = found.glances
        self._folder = None if found.folder is None else (found.folder, found.pictures)
        self._show()
        self.changed.emit()
        self._note(found)
        only = found.glances[0]
        if len(found.glances) == 1 and only.recipe is not None:
            self.recipe_found.emit(only.recipe)

    def _note(self, found: Look) -> None:
        if found.left_out:
            words = self.tr("{count} of {all} pictures were taken; a batch paints with all of them.")
            self.noted.emit(words.format(count=len(found.glances), all=len(found.pictures)))
        for source in found.glances[0].changed:
            words = self.tr("{name} is not the same file as when this was painted.")
            self.noted.emit(words.format(name=Path(source.file).name))

    def _show(self) -> None:
        if not self._glances:
            self.zone.set_preview(None)
            return
        images = [to_qimage(glance.rgb) for glance in self._glances]
        if len(images) == 1:
            only = self._glances[0]
            self.zone.set_preview(images[0], only.path.name)
            self.zone.setToolTip(f"{only.path}\n{only.width} × {only.height}")
        else:
            caption = self.tr("{count} styles").format(count=len(images))
            self.zone.set_preview(side_by_side(images), caption)


def side_by_side(images: Sequence[QImage], height: int = 320) -> QImage:
    """Return the pictures in a row, all of one height."""
    scaled = [image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation) for image in images]
    width = sum(image.width() for image in scaled) + GAP * (len(scaled) - 1)
    row = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    row.fill(Qt.GlobalColor.transparent)
    painter = QPainter(row)
    left = 0
    for image in scaled:
        painter.drawImage(left, 0, image)
        left += image.width() + GAP
    painter.end()
    return row
