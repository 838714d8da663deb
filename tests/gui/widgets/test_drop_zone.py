"""DropZone takes what belongs there, and says in a sentence what is wrong with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.widgets import drop_zone
from gui.widgets.drop_zone import DropZone, Kind


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(zone: DropZone, mime: QMimeData) -> None:
    """Drop as the window system does: enter, then release."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(10, 10), copy, mime, left, none)
    zone.dragEnterEvent(enter)
    assert enter.isAccepted()
    zone.dropEvent(QDropEvent(QPointF(10, 10), copy, mime, left, none))


class Heard:
    def __init__(self, zone: DropZone) -> None:
        self.dropped: list[list[Path]] = []
        self.refused: list[str] = []
        zone.dropped.connect(self.dropped.append)
        zone.refused.connect(self.refused.append)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "photo.JPG"
    Image.new("RGB", (8, 6), "red").save(path)
    return path


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("hello")
    return path


def make(qtbot: QtBot, kind: Kind) -> tuple[DropZone, Heard]:
    zone = DropZone(kind)
    qtbot.addWidget(zone)
    zone.set_texts("Drop it here", "or click")
    return zone, Heard(zone)


def test_a_picture_is_taken(qtbot: QtBot, picture: Path) -> None:
    zone, heard = make(qtbot, "picture")
    drop(zone, files(picture))
    assert heard.dropped == [[picture]]
    assert heard.refused == []


def test_many_pictures_are_taken_and_other_files_among_them_left(
    qtbot: QtBot, picture: Path, text: Path
) -> None:
    zone, heard = make(qtbot, "pictures")
    drop(zone, files(picture, text, picture))
    assert heard.dropped == [[picture, picture]]


def test_a_folder_or_a_file_in_it_names_the_folder(qtbot: QtBot, picture: Path) -> None:
    zone, heard = make(qtbot, "folder")
    drop(zone, files(picture.parent))
    drop(zone, files(picture))
    assert heard.dropped == [[picture.parent], [picture.parent]]


def test_a_video_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    film = tmp_path / "door.mp4"
    film.touch()
    zone, heard = make(qtbot, "video")
    drop(zone, files(film))
    assert heard.dropped == [[film]]


@pytest.mark.parametrize("kind", ["picture", "pictures", "video"])
def test_a_wrong_file_is_refused_by_name_and_nothing_changes(qtbot: QtBot, kind: Kind, text: Path) -> None:
    zone, heard = make(qtbot, kind)
    drop(zone, files(text))
    assert heard.dropped == []
    assert len(heard.refused) == 1
    assert "letter.txt" in heard.refused[0]
    assert heard.refused[0].endswith(".")
    assert zone.reason() == heard.refused[0]


@pytest.mark.parametrize("kind", ["picture", "pictures", "video"])
def test_a_folder_where_a_file_belongs_is_refused(qtbot: QtBot, kind: Kind, tmp_path: Path) -> None:
    zone, heard = make(qtbot, kind)
    drop(zone, files(tmp_path))
    assert heard.dropped == []
    assert "folder" in heard.refused[0]


def test_two_where_one_belongs_are_refused(qtbot: QtBot, picture: Path) -> None:
    zone, heard = make(qtbot, "picture")
    drop(zone, files(picture, picture))
    assert heard.dropped == []
    assert "2" in heard.refused[0]


def test_a_vanished_file_a_web_link_and_plain_text_are_refused(qtbot: QtBot, tmp_path: Path) -> None:
    zone, heard = make(qtbot, "picture")
    link, words = QMimeData(), QMimeData()
    link.setUrls([QUrl("https://example.org/cat.jpg")])
    words.setText("a cat")
    for mime in (files(tmp_path / "gone.png"), link, words):
        drop(zone, mime)
    assert heard.dropped == []
    assert len(heard.refused) == 3
    assert "gone.png" in heard.refused[0]
    assert "web page" in heard.refused[1]


def test_the_reason_goes_away_by_itself_and_a_good_drop_ends_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, picture: Path, text: Path
) -> None:
    monkeypatch.setattr(drop_zone, "REASON_MS", 60)
    zone, _heard = make(qtbot, "picture")
    drop(zone, files(text))
    assert zone.reason()
    qtbot.waitUntil(lambda: not zone.reason())
    drop(zone, files(text))
    drop(zone, files(picture))
    assert not zone.reason()


def test_pasted_files_and_pictures_are_taken(qtbot: QtBot, picture: Path, home: Path) -> None:
    zone, heard = make(qtbot, "picture")
    QGuiApplication.clipboard().setMimeData(files(picture))
    qtbot.keyClick(zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert heard.dropped == [[picture]]
    screenshot = QImage(12, 9, QImage.Format.Format_RGB32)
    screenshot.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(screenshot)
    qtbot.keyClick(zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (saved,) = heard.dropped[1]
    assert saved.is_relative_to(home / "cache")
    with Image.open(saved) as image:
        assert image.size == (12, 9)


@pytest.mark.parametrize("how", ["mouse", "return", "space"])
def test_a_click_or_a_key_opens_a_dialog_that_blocks_nothing(qtbot: QtBot, picture: Path, how: str) -> None:
    zone, heard = make(qtbot, "picture")
    zone.show()
    if how == "mouse":
        qtbot.mouseClick(zone, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(zone, Qt.Key.Key_Return if how == "return" else Qt.Key.Key_Space)
    (dialog,) = zone.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(picture)])
    dialog.close()
    assert heard.dropped == [[picture]]


def test_it_is_reachable_by_keyboard_and_has_a_name(qtbot: QtBot) -> None:
    zone, _heard = make(qtbot, "picture")
    assert zone.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert zone.accessibleName() == "Drop it here"


def test_it_paints_itself_in_every_state(qtbot: QtBot, text: Path) -> None:
    zone, _heard = make(qtbot, "picture")
    zone.resize(300, 200)
    seen = [zone.grab().toImage()]
    drop(zone, files(text))
    seen.append(zone.grab().toImage())
    zone._clear_reason()
    red = QImage(40, 30, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    zone.set_preview(red, "red.png")
    seen.append(zone.grab().toImage())
    assert seen[0] != seen[1] != seen[2]
    assert seen[2].pixelColor(150, 80).red() > 200


def test_a_picture_inside_a_drop_is_taken_whatever_its_form(qtbot: QtBot) -> None:
    """Browsers drag pixels as image/png, as a data: URL, or as Qt's own image."""
    image = QImage(6, 5, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    raw, text = QMimeData(), QMimeData()
    raw.setData("image/png", data)
    text.setText("data:image/png;base64," + bytes(data.toBase64().data()).decode())
    zone = DropZone("picture")
    qtbot.addWidget(zone)
    taken: list[list[Path]] = []
    zone.dropped.connect(taken.append)
    for mime in (raw, text):
        zone.offer(mime)
    assert len(taken) == 2
    assert all(QImage(str(paths[0])).size() == image.size() for paths in taken)
    broken = QMimeData()
    broken.setText("data:image/png;base64,AAAA")
    zone.offer(broken)
    assert len(taken) == 2
    assert "could not be taken over" in zone.reason()


def test_file_addresses_as_text_are_files(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a b.png").touch()
    mime = QMimeData()
    mime.setText(QUrl.fromLocalFile(str(tmp_path / "a b.png")).toString())
    zone = DropZone("picture")
    qtbot.addWidget(zone)
    with qtbot.waitSignal(zone.dropped) as caught:
        zone.offer(mime)
    assert caught.args == [[tmp_path / "a b.png"]]


def test_a_folder_is_taken_where_it_is_welcome(qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    welcome, strict = DropZone("pictures", folders=True), DropZone("pictures")
    for zone in (welcome, strict):
        qtbot.addWidget(zone)
    with qtbot.waitSignal(welcome.dropped):
        welcome.offer(mime)
    strict.offer(mime)
    assert "is a folder" in strict.reason()


def test_what_a_browser_drags(qtbot: QtBot, picture: Path) -> None:
    """The forms in which browsers and file managers offer one picture, all at once as they do."""
    from PIL import Image as Pillow

    address = QUrl("https://example.org/cat.png")
    pixels = QImage(7, 5, QImage.Format.Format_RGB32)
    pixels.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    pixels.save(buffer, "PNG")  # type: ignore[call-overload]
    png = buffer.data()
    written = bytes(png.toBase64().data()).decode()
    with_pixels, written_out, in_a_page, only_address, from_files = (QMimeData() for _ in range(5))
    for mime in (with_pixels, only_address):
        mime.setData("text/uri-list", address.toEncoded() + b"\r\n")
        mime.setHtml(f'<img alt="cat" src="{address.toString()}">')
    with_pixels.setData("image/png", png)
    written_out.setData("text/uri-list", QByteArray(f"data:image/png;base64,{written}\r\n".encode()))
    in_a_page.setHtml(f'<meta charset="utf-8"><img class="a" src="data:image/png;base64,{written}">')
    from_files.setData("text/uri-list", QUrl.fromLocalFile(str(picture)).toEncoded() + b"\r\n")
    from_files.setData(
        "x-special/gnome-copied-files", QByteArray(b"copy\n" + bytes(picture.as_uri(), "utf-8"))
    )
    zone, heard = make(qtbot, "picture")
    for count, mime in enumerate((with_pixels, written_out, in_a_page), start=1):
        drop(zone, mime)
        assert len(heard.dropped) == count, heard.refused
        assert Pillow.open(heard.dropped[-1][0]).size == (7, 5)
    drop(zone, from_files)
    assert heard.dropped[-1] == [picture]
    drop(zone, only_address)
    assert "web page" in heard.refused[-1]
    assert len(heard.dropped) == 4
