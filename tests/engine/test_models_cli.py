"""main.py models list|check|download, called as people call it."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.cli import models as command
from engine.cli.app import run_command
from engine.models import Models, read_manifest
from engine.paths import MODELS_ON_BOARD
from tests.conftest import ROOT

DATA = bytes(range(256)) * 1000
FIELDS = {"id", "task", "architecture", "file", "bytes", "sha256", "license", "on_board", "present"}


def use(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "open_models", lambda: models)


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program with a truncated AlexNet and without YuNet."""
    folder = tmp_path / "on board"
    shutil.copytree(MODELS_ON_BOARD, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "yunet*"))
    with (folder / "alexnet.safetensors").open("rb+") as file:
        file.truncate(1000)
    use(Models(tmp_path / "downloads", on_board=folder), monkeypatch)
    return folder


@pytest.fixture
def vgg19(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small file in the part of VGG19, and its address."""
    source = tmp_path / "vgg19.pth"
    source.write_bytes(DATA)
    card = next(entry for entry in read_manifest() if entry.id == "vgg19")
    card = dataclasses.replace(card, sha256=hashlib.sha256(DATA).hexdigest()[:8])
    use(Models(tmp_path / "downloads", cards=(card,)), monkeypatch)
    return source.as_uri()


def test_list_has_the_promised_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["models", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert all(entry.keys() >= FIELDS for entry in listed)
    by_id = {entry["id"]: entry for entry in listed}
    assert by_id["vgg16"]["on_board"]
    assert by_id["vgg16"]["present"]
    assert by_id["vgg16"]["bytes"] == (MODELS_ON_BOARD / "vgg16.safetensors").stat().st_size
    assert not by_id["vgg19"]["on_board"]
    assert not by_id["vgg19"]["present"]


def test_list_is_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(read_manifest())
    assert "29.4 MB" in lines[1]


def test_check_of_whole_files_is_yes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["models", "check", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert all(entry["ok"] and entry["problem"] is None for entry in answer["models"])


@pytest.mark.usefixtures("damaged")
def test_check_of_damaged_files_is_no_and_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["models", "check", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    problems = {entry["id"]: entry["problem"] for entry in answer["models"]}
    assert "1000 bytes instead of" in problems["alexnet"]
    assert "missing" in problems["yunet"]
    assert problems["vgg16"] is problems["vgg19"] is None
    assert run_command(["models", "check"]) == 1
    text = capsys.readouterr().out
    assert "Install the program again." in text
    assert "Not all networks" in text


def test_download_from_a_file_that_was_brought_along(
    vgg19: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run_command(["models", "download", "vgg19", "--from", vgg19, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["bytes"] == len(DATA)
    assert Path(answer["file"]).read_bytes() == DATA
    assert run_command(["models", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["present"] is True
    Path(answer["file"]).write_bytes(b"")
    assert run_command(["models", "check"]) == 1
    assert "models download vgg19" in capsys.readouterr().out


@pytest.mark.usefixtures("vgg19")
def test_download_of_something_else_fails_with_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.pth"
    other.write_bytes(b"other")
    assert run_command(["models", "download", "vgg19", "--from", other.as_uri(), "--json"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "SHA-256" in shown.err
    assert len(shown.err.splitlines()) == 1


def test_offline_exits_with_3_and_goes_on_with_what_is_on_board(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["models", "download", "vgg19", "--from", "http://127.0.0.1:9/w.pth"]) == 3
    assert "the networks on board work without it" in capsys.readouterr().err


def test_an_unknown_network_and_wrong_usage_exit_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["models", "download", "vgg61"]) == 2
    assert "there is vgg16" in capsys.readouterr().err
    for wrong in (["models"], ["models", "paint"], ["models", "list", "--no-such-option"]):
        with pytest.raises(SystemExit) as ended:
            run_command(wrong)
        assert ended.value.code == 2


def main_py(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), *arguments]


def test_main_py_checks_the_models(home: Path) -> None:
    ran = subprocess.run(main_py("models", "check", "--json"), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["ok"] is True
    assert ran.stderr == ""


def test_the_command_imports_neither_qt_nor_torch(home: Path) -> None:
    script = (
        "import sys; from engine.cli.app import run_command\n"
        "assert run_command(['models', 'check']) == 0\n"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'torch')))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_exits_with_130_and_keeps_what_came(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=send_half, args=(listening,), daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/w.pth"
        running = subprocess.Popen(
            main_py("models", "download", "vgg19", "--from", url), stderr=subprocess.PIPE, text=True
        )
        part = home / "data" / "models" / "vgg19-dcbb9e9d.pth.part"
        deadline = time.monotonic() + 30
        while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    assert "kept" in err
    assert DATA.startswith(part.read_bytes())
    assert part.stat().st_size > 0


def send_half(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection, contextlib.suppress(ConnectionError):
        connection.recv(4096)
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(DATA)}\r\n\r\n"
        connection.sendall(head.encode() + DATA[: len(DATA) // 2])
        connection.recv(1)  # returns when the client is gone
