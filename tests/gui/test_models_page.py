"""The page of the networks, with real files, a real download and a server that stalls."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from engine.models import Models, read_manifest
from engine.paths import MODELS_ON_BOARD
from gui.models_page import ModelRow, ModelsPage, Status
from gui.session import Session

DATA = bytes(range(256)) * 20_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file in the part of VGG19's weights."""
    path = tmp_path / "vgg19.pth"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def page(session: Session, source: Path, tmp_path: Path, qtbot: QtBot) -> ModelsPage:
    """A page on which vgg19 can be fetched from a file URL, and yunet is damaged."""
    on_board = tmp_path / "on board"
    on_board.mkdir()
    shutil.copy(MODELS_ON_BOARD / "alexnet.safetensors", on_board)
    (on_board / "yunet.onnx").write_bytes(b"damaged")
    changes = {"sha256": hashlib.sha256(DATA).hexdigest()[:8], "url": source.as_uri()}
    cards = [
        dataclasses.replace(card, **changes) if card.id == "vgg19" else card
        for card in read_manifest()
        if card.id in ("alexnet", "yunet", "sface", "vgg19")
    ]
    session.models = Models(tmp_path / "downloads", cards=tuple(cards), on_board=on_board)
    made = ModelsPage(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.rows["vgg19"].status is Status.ABSENT, timeout=10_000)
    qtbot.waitUntil(lambda: made.rows["alexnet"].status is Status.WHOLE, timeout=10_000)
    return made


@pytest.fixture
def stalling() -> Iterator[str]:
    """The address of a server that sends half of DATA and then nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_send_half, args=(listening,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/vgg19.pth"


def _send_half(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection, contextlib.suppress(ConnectionError):
        connection.recv(4096)
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(DATA)}\r\n\r\n"
        connection.sendall(head.encode() + DATA[: len(DATA) // 2])
        connection.recv(1)


def offers(row: ModelRow) -> bool:
    return row.download.isVisible() and row.from_file.isVisible()


def test_every_file_is_checked_when_the_page_is_shown(page: ModelsPage) -> None:
    assert {name: row.status for name, row in page.rows.items()} == {
        "alexnet": Status.WHOLE,
        "yunet": Status.DAMAGED,
        "sface": Status.MISSING,
        "vgg19": Status.ABSENT,
    }
    assert [name for name, row in page.rows.items() if offers(row)] == ["vgg19"]


def test_a_download_arrives_and_can_be_used(page: ModelsPage, session: Session, qtbot: QtBot) -> None:
    row = page.rows["vgg19"]
    row.download.click()
    assert row.job.isVisible()
    assert not offers(row)
    qtbot.waitUntil(lambda: row.status is Status.WHOLE, timeout=20_000)
    assert not row.job.isVisible()
    assert not offers(row)
    assert session.models.file("vgg19").read_bytes() == DATA
    page.check()
    qtbot.wait(50)
    assert row.status is Status.WHOLE


def test_cancelling_a_download_that_stalls(page: ModelsPage, stalling: str, qtbot: QtBot) -> None:
    row = page.rows["vgg19"]
    row.fetch(stalling)
    target = page._session.models.path(page._session.models.card("vgg19"))
    part = target.with_name(f"{target.name}.part")
    qtbot.waitUntil(lambda: part.exists() and part.stat().st_size > 0, timeout=10_000)
    row.job.cancel_clicked.emit()
    qtbot.waitUntil(lambda: not row.job.isVisible(), timeout=5_000)
    assert row.status is Status.ABSENT
    assert offers(row)
    row.download.click()
    qtbot.waitUntil(lambda: row.status is Status.WHOLE, timeout=20_000)


def test_a_wrong_file_is_refused_in_words(page: ModelsPage, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other.pth"
    other.write_bytes(b"other")
    row = page.rows["vgg19"]
    row.fetch(other.as_uri())
    qtbot.waitUntil(lambda: bool(page.notices.notices()), timeout=10_000)
    assert "damaged" in page.notices.notices()[0].text()
    assert row.status is Status.ABSENT
    assert offers(row)


def test_being_offline_is_said_and_harms_nothing(page: ModelsPage, qtbot: QtBot) -> None:
    row = page.rows["vgg19"]
    row.fetch("http://127.0.0.1:9/vgg19.pth")
    qtbot.waitUntil(lambda: bool(page.notices.notices()), timeout=10_000)
    assert "Everything on board works" in page.notices.notices()[0].text()
    assert page.rows["alexnet"].status is Status.WHOLE


def test_closing_in_the_middle_of_a_download(page: ModelsPage, stalling: str, session: Session) -> None:
    page.rows["vgg19"].fetch(stalling)
    assert session.close()


def test_words_follow_the_language(page: ModelsPage) -> None:
    row = page.rows["vgg19"]
    row.download.setText("")
    page.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert row.download.text() == "Download"
