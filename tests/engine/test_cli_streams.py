"""What a command does with its streams and signals: whoever stops it, closes them, or reads them."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cli.app import Status, run_command
from engine.cli.console import Console
from engine.errors import EngineError, ErrorCode

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_reader_that_had_enough_is_no_error(home: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "main.py", "models", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "TRIPTYCH_HOME": str(home)},
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait(60) == Status.DONE


@pytest.mark.skipif(sys.platform == "win32", reason="there are no POSIX signals")
def test_an_interrupt_is_heard_in_the_background_of_a_script(home: Path, tmp_path: Path) -> None:
    output, picture = tmp_path / "o.png", ROOT / "resources" / "samples" / "cat.jpg"
    paint = f"'{sys.executable}' main.py style --content {picture} --style {picture} --size 32"
    log = home / "log" / "triptych.log"
    script = (
        f"{paint} --iterations 100000 --output '{output}' & "
        f"until [ -f '{log}' ]; do sleep 0.1; done; sleep 1; kill -INT $!; wait $!"
    )
    ended = subprocess.run(["sh", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == Status.INTERRUPTED
    assert "Traceback" not in ended.stderr


def test_an_interrupt_that_a_library_swallowed_still_stops(
    monkeypatch: pytest.MonkeyPatch, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def task() -> Iterator[None]:
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        yield None

    def swallowed(parsed: argparse.Namespace, console: Console) -> int:
        console.follow(task(), lambda nothing: None)
        return 0

    def turned(parsed: argparse.Namespace, console: Console) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise EngineError(ErrorCode.MODEL_DAMAGED, "The weights are damaged.") from None
        return 0

    before = signal.getsignal(signal.SIGINT)
    for command in (swallowed, turned):
        monkeypatch.setattr("engine.cli.models.list_models", command)
        assert run_command(["models", "list"]) == Status.INTERRUPTED
        assert capsys.readouterr().err.startswith("Stopped.")
    assert signal.getsignal(signal.SIGINT) is before


def console(encoding: str, *, as_json: bool) -> tuple[Console, io.BytesIO, io.BytesIO]:
    out, err = io.BytesIO(), io.BytesIO()
    streams = (io.TextIOWrapper(out, encoding=encoding), io.TextIOWrapper(err, encoding=encoding))
    return Console(as_json=as_json, out=streams[0], err=streams[1]), out, err


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "gbk"])
def test_whatever_a_name_holds_json_stays_json(encoding: str) -> None:
    document = {"name": "Zoë 王 😀 \udcff", "line": "a\nb\x1b[2J"}
    told, out, _ = console(encoding, as_json=True)
    told.answer(document, "")
    assert json.loads(out.getvalue().decode(encoding)) == document
    assert out.getvalue().count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_name_of_a_file_gives_a_terminal_no_orders_and_a_sentence_no_second_line(encoding: str) -> None:
    told, out, err = console(encoding, as_json=False)
    told.note("There is no file a\nb\x1b[2J\u202e\udcff.")
    told.answer(None, "Ada\x1b]0;x\x07\nBen")
    assert err.getvalue() == b"There is no file a\\nb\\x1b[2J\\u202e\\udcff.\n"
    assert out.getvalue() == b"Ada\\x1b]0;x\\x07\nBen\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no POSIX signals")
def test_whoever_ends_a_service_ends_it_cleanly(
    monkeypatch: pytest.MonkeyPatch, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cleaned: list[str] = []

    def task() -> Iterator[None]:
        try:
            signal.raise_signal(signal.SIGTERM)
            yield None
        finally:
            cleaned.append("up")

    def command(parsed: argparse.Namespace, console: Console) -> int:
        console.follow(task(), lambda nothing: None)
        return 0

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("engine.cli.models.list_models", command)
    assert run_command(["models", "list"]) == 128 + signal.SIGTERM
    assert cleaned == ["up"]
    assert capsys.readouterr().err.startswith("Stopped.")
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_program_without_a_stream_does_its_work(home: Path, closed: str) -> None:
    script = f"'{sys.executable}' main.py face list --json {closed}"
    environment = {**os.environ, "TRIPTYCH_HOME": str(home)}
    ended = subprocess.run(["sh", "-c", script], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert ended.returncode == Status.DONE
    assert "failed" not in ended.stderr
