"""DropZone: a place for files that says what it wants and what is wrong with a bad drop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QMimeData, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QWidget

from engine.images import SUFFIXES
from engine.paths import user_paths
from gui.theme import theme_of
from gui.widgets.image_view import paint_placeholder

Kind = Literal["picture", "pictures", "folder", "video"]

VIDEO_SUFFIXES = frozenset({".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv"})
REASON_MS = 5000
_DATA = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=]+)")
_ICONS = {"picture": "picture", "pictures": "pictures", "folder": "folder", "video": "video"}


class DropZone(QFrame):
    """Takes files by drag and drop, by Ctrl+V, by a click, or by Enter.

    Args:
        kind: what belongs here.
        folders: whether a folder of such files may be dropped as well.

    Signals:
        dropped: a list of :class:`pathlib.Path`, never empty; one path unless the kind is "pictures".
        refused: the sentence that is also shown in the zone for some seconds. Nothing else changes.
    """

    dropped = Signal(list)
    refused = Signal(str)

    def __init__(self, kind: Kind, parent: QWidget | None = None, *, folders: bool = False) -> None:
        super().__init__(parent)
        self._kind = kind
        self._folders = folders or kind == "folder"
        self._title, self._hint, self._caption, self._reason = "", "", "", ""
        self._preview: QImage | None = None
        self._over: bool | None = None
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(REASON_MS)
        self._forget.timeout.connect(self._clear_reason)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(140, 110)

    def set_texts(self, title: str, hint: str) -> None:
        """Say what belongs here, and how it gets here."""
        self._title, self._hint = title, hint
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self.update()

    def set_preview(self, image: QImage | None, caption: str = "") -> None:
        """Show what lies in the zone, or with None the invitation again."""
        self._preview, self._caption = image, caption
        self.setToolTip(caption)
        self.update()

    def reason(self) -> str:
        """Return why the last drop was refused, while it is shown."""
        return self._reason

    def offer(self, mime: QMimeData) -> None:
        """Take files or a picture from a drop or the clipboard, or refuse with a reason."""
        paths = _local_paths(mime)
        if not paths and self._kind in ("picture", "pictures"):
            image = _image_in(mime)
            if image is not None:
                self._accept_image(image)
                return
        problem = self._problem(paths, remote=bool(mime.urls()) and not paths)
        if problem:
            self._refuse(problem)
        else:
            self._take(self._usable(paths))

    def choose(self) -> None:
        """Open a file dialog that blocks nothing."""
        dialog = QFileDialog(self, self._question())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._kind == "folder":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            many = self._kind == "pictures"
            mode = QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile
            dialog.setFileMode(mode)
            pattern = " ".join(f"*{suffix}" for suffix in sorted(self._suffixes()))
            what = self.tr("Videos") if self._kind == "video" else self.tr("Pictures")
            dialog.setNameFilters([f"{what} ({pattern})", self.tr("All files") + " (*)"])
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def _question(self) -> str:
        match self._kind:
            case "folder":
                return self.tr("Choose a folder")
            case "video":
                return self.tr("Choose a video")
            case "pictures":
                return self.tr("Choose pictures")
        return self.tr("Choose a picture")

    def _chosen(self, names: list[str]) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(name) for name in names])
        self.offer(mime)

    def _suffixes(self) -> frozenset[str]:
        return VIDEO_SUFFIXES if self._kind == "video" else SUFFIXES

    def _usable(self, paths: list[Path]) -> list[Path]:
        if self._kind == "folder":
            return [path if path.is_dir() else path.parent for path in paths[:1]]
        return [
            path
            for path in paths
            if (path.is_file() and path.suffix.lower() in self._suffixes())
            or (self._folders and path.is_dir())
        ]

    def _problem(self, paths: list[Path], *, remote: bool) -> str:
        """Say in a sentence why these paths cannot be used here, or return an empty text."""
        if remote:
            return self.tr("This comes from a web page. Save the file first, then drop it here.")
        if not paths:
            return self.tr("There is no file in this.")
        missing = [path for path in paths if not path.exists()]
        if missing:
            return self.tr("{name} is not there any more.").format(name=missing[0].name)
        if len(paths) > 1 and self._kind != "pictures":
            return self.tr("One at a time, please: {count} were dropped.").format(count=len(paths))
        if self._usable(paths):
            return ""
        name = paths[0].name
        if paths[0].is_dir():
            if self._kind == "video":
                return self.tr("{name} is a folder; a video file belongs here.").format(name=name)
            return self.tr("{name} is a folder; a picture file belongs here.").format(name=name)
        if self._kind == "video":
            return self.tr("{name} is not a video file.").format(name=name)
        return self.tr("{name} is not a picture file.").format(name=name)

    def _accept_image(self, image: QImage) -> None:
        """Keep a picture that has no file, from a browser or a screenshot, in the cache."""
        folder = user_paths().cache / "pasted"
        count = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            count = len(list(folder.glob("*.png")))
        except OSError:
            image = QImage()
        path = folder / f"pasted-{count + 1}.png"
        if image.isNull() or not image.save(str(path), "PNG"):  # type: ignore[call-overload]
            self._refuse(self.tr("The picture could not be taken over. Save it to a file and drop that."))
            return
        self._take([path])

    def _take(self, paths: list[Path]) -> None:
        self._clear_reason()
        self.dropped.emit(paths)

    def _refuse(self, reason: str) -> None:
        self._reason = reason
        self._forget.start()
        self.update()
        self.refused.emit(reason)

    def _clear_reason(self) -> None:
        self._forget.stop()
        self._reason = ""
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say at once whether this can be dropped here.

        A wrong file is accepted too, because only a drop can be answered with a reason.
        """
        paths = _local_paths(event.mimeData())
        picture = self._kind in ("picture", "pictures") and _has_image(event.mimeData())
        self._over = not self._problem(paths, remote=False) if paths else picture
        event.acceptProposedAction()
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to normal."""
        self._over = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped, or say why not."""
        self._over = None
        self.offer(event.mimeData())
        event.acceptProposedAction()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the file dialog."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do by keyboard what the mouse does."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.offer(QGuiApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(area, theme.radius_m, theme.radius_m)
        background, edge, dashed = "sunken", "border_strong", self._preview is None
        if self._reason or self._over is False:
            background, edge = "warn_soft", "warn"
        elif self._over:
            background, edge = "accent_soft", "accent"
        painter.fillPath(outline, theme.color(background))
        if self._reason:
            paint_placeholder(painter, self, area, "warning", self._reason, "")
        elif self._preview is not None:
            self._paint_preview(painter, area, outline)
        else:
            paint_placeholder(painter, self, area, _ICONS[self._kind], self._title, self._hint)
        pen = QPen(theme.color("focus" if self.hasFocus() else edge), 2 if self.hasFocus() else 1.25)
        if dashed and not self.hasFocus():
            pen.setDashPattern([4, 4])
        if dashed or self._reason or self._over is not None or self.hasFocus():
            painter.strokePath(outline, pen)
        painter.end()

    def _paint_preview(self, painter: QPainter, area: QRectF, outline: QPainterPath) -> None:
        assert self._preview is not None
        theme = theme_of(self)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(area, theme.color("mat"))
        ratio = self.devicePixelRatioF()
        shown = self._preview.scaled(
            (area.size() * ratio).toSize(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        place = QRectF(0, 0, shown.width() / ratio, shown.height() / ratio)
        place.moveCenter(area.center())
        painter.drawImage(place, shown)
        if self._caption:
            font = painter.font()
            font.setPixelSize(theme.font_small)
            painter.setFont(font)
            strip = QRectF(area.left(), area.bottom() - 28, area.width(), 28)
            shade = theme.color("shade")
            shade.setAlphaF(0.72)
            painter.fillRect(strip, shade)
            painter.setPen(theme.color("on_shade"))
            words = painter.fontMetrics().elidedText(
                self._caption, Qt.TextElideMode.ElideMiddle, int(strip.width()) - 20
            )
            painter.drawText(strip.adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


def _local_paths(mime: QMimeData) -> list[Path]:
    """Return the local files in a drop; some programs drag them as plain text."""
    if mime.hasUrls():
        return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    lines = [line.strip() for line in mime.text().splitlines()]
    urls = [QUrl(line) for line in lines if line.startswith("file://")]
    return [Path(url.toLocalFile()) for url in urls]


def _has_image(mime: QMimeData) -> bool:
    pixels = mime.hasImage() or any(name.startswith("image/") for name in mime.formats())
    return pixels or bool(_data_in(mime))


def _data_in(mime: QMimeData) -> str:
    """Return the base64 of a picture that is written out in an address, plain or in a piece of a web page."""
    addresses = [mime.text(), *(url.toString() for url in mime.urls())]
    for text in (*addresses, mime.html()):
        found = _DATA.search(text)
        if found is not None:
            return found[1]
    return ""


def _image_in(mime: QMimeData) -> QImage | None:
    """Return the picture that a browser or a clipboard carries itself; None where there is none."""
    if mime.hasImage():
        return QImage(mime.imageData())
    for name in mime.formats():
        if name.startswith("image/"):
            return QImage.fromData(mime.data(name))
    written = _data_in(mime)
    return QImage.fromData(QByteArray.fromBase64(written.encode())) if written else None
