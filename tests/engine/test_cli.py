"""The command line as a whole: exit statuses, help, the promise that it needs no Qt, and main.py itself."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cli import app
from engine.cli.app import Status, build_parser, run_command
from engine.cli.console import Console
from engine.errors import MACHINE_FAULTS, EngineError, ErrorCode
from engine.faces.gallery import Gallery

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "command-line.md"


def leaves(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command that does something."""
    deeper = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not deeper:
        yield words
    for action in deeper:
        for name, child in action.choices.items():
            yield from leaves(child, (*words, name))


COMMANDS = sorted(leaves(build_parser()))


def python(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **{name: value for name, value in changes.items() if value is not None}}
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )


def test_the_promised_commands_are_there() -> None:
    promised = {
        *(("models", "list"), ("models", "check")),
        *(("face", word) for word in ("enrol", "verify", "identify", "list", "erase", "pairs")),
        ("style",),
        *(("explore", word) for word in ("scan", "top", "replay", "figure", "merge")),
        ("demo",),
    }
    assert promised <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([*words, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert " ".join(("main.py", *words)) in re.sub(r"\s+", " ", text)
    assert "--json" in text


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_documented(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args([*words, "--help"])
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", capsys.readouterr().out))
    document = DOCUMENT.read_text(encoding="utf-8")
    section = document.split(f"### `main.py {' '.join(words)}", 1)
    assert len(section) == 2, f"{words} has no section in {DOCUMENT.name}"
    text = section[1].split("\n### ", 1)[0]
    assert flags - {"--help", "--json"} <= set(re.findall(r"--[a-z][a-z0-9-]*", text))


def test_every_documented_command_exists() -> None:
    heads = re.findall(
        r"^### `main\.py ([a-z -]+?)(?= [^a-z]|`)", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(tuple(head.split()) for head in heads) == COMMANDS


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["paint"],
        ["face"],
        ["face", "verify"],
        ["style", "--content", "a.jpg"],
        ["models", "list", "--loud"],
    ],
)
def test_wrong_usage_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(words)
    assert ended.value.code == Status.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("main.py")
    assert captured.err.count("\n") == 1


def status_of(monkeypatch: pytest.MonkeyPatch, outcome: BaseException | int) -> int:
    def command(arguments: argparse.Namespace, console: Console) -> int:
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def parser(_: str) -> argparse.ArgumentParser:
        made = argparse.ArgumentParser()
        made.set_defaults(command=command)
        return made

    monkeypatch.setattr(app, "build_parser", parser)
    return run_command([])


@pytest.mark.parametrize("code", ErrorCode)
def test_a_refusal_is_one_sentence_and_2_or_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: ErrorCode
) -> None:
    status = status_of(monkeypatch, EngineError(code, "What is wrong. What helps."))
    assert status == (Status.MACHINE_FAILED if code in MACHINE_FAULTS else Status.BAD_INPUT)
    captured = capsys.readouterr()
    assert captured.err == "What is wrong. What helps.\n"
    assert captured.out == ""


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (0, Status.DONE),
        (1, Status.NO),
        (KeyboardInterrupt(), Status.INTERRUPTED),
        (MemoryError(), Status.MACHINE_FAILED),
        (BrokenPipeError(), Status.DONE),
        (ZeroDivisionError("a fault"), Status.MACHINE_FAILED),
    ],
)
def test_what_the_exit_status_means(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    outcome: BaseException | int,
    status: Status,
) -> None:
    assert status_of(monkeypatch, outcome) == status
    assert "Traceback" not in capsys.readouterr().err


def test_a_fault_of_the_program_is_in_the_log(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    status_of(monkeypatch, ZeroDivisionError("a fault"))
    assert "ZeroDivisionError: a fault" in (home / "log" / "triptych.log").read_text()


def test_json_is_one_document_on_standard_output(home: Path) -> None:
    ran = python("main.py", "models", "list", "--json", TRIPTYCH_HOME=str(home))
    assert ran.returncode == Status.DONE
    assert ran.stderr == ""
    assert {"vgg16", "alexnet"} <= {entry["id"] for entry in json.loads(ran.stdout)}


def test_bad_input_from_the_outside(home: Path) -> None:
    ran = python("main.py", "face", "identify", "none.jpg", TRIPTYCH_HOME=str(home))
    assert ran.returncode == Status.BAD_INPUT
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1


def test_the_engine_and_its_commands_never_load_qt() -> None:
    """Imports every module of the engine, then looks at what the process has loaded."""
    script = """
import importlib, pkgutil, sys
import engine
for module in pkgutil.walk_packages(engine.__path__, "engine."):
    importlib.import_module(module.name)
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6", "gui")))
"""
    ran = python("-c", script)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("word", sorted({words[0] for words in COMMANDS}))
def test_a_command_alone_has_the_parser_that_it_has_among_all(word: str) -> None:
    alone = sorted(words for words in leaves(build_parser(word)) if words[0] == word)
    assert alone == [words for words in COMMANDS if words[0] == word]


def test_a_command_loads_nothing_of_the_others() -> None:
    script = """
import sys
from engine.cli.app import build_parser
build_parser("face")
print([name for name in sys.modules if name.startswith(("engine.style", "engine.explorer", "engine.demo"))])
"""
    assert python("-c", script).stdout.strip() == "[]"


def test_help_comes_without_loading_torch_or_opencv() -> None:
    script = """
import sys
from engine.cli.app import build_parser
build_parser()
print([name for name in ("torch", "torchvision", "cv2") if name in sys.modules])
"""
    assert python("-c", script).stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_main_says_what_needs_none() -> None:
    ran = python("main.py", DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
    assert ran.returncode == Status.BAD_INPUT
    assert ran.stdout == ""
    assert "no display" in ran.stderr
    for command in ("demo", "models", "face", "style", "explore"):
        assert command in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["face", "find", "\udcff"],
        ["face", "visits", "--days", "999999999"],
        ["face", "visits", "--days", "9" * 30],
        ["face", "audit", "--newest", "9" * 30],
        ["face", "audit", "--newest", "-1"],
        ["face", "audit", "--head", ""],
        ["face", "policy", "--longest-days", "999999999"],
        ["face", "visitor", "Ben", "b.jpg", "--day", "2099-01-01", "--kept-days", "999999999"],
        ["face", "visitor", "Ben", "b.jpg", "--day", "9999-12-31"],
        ["face", "visitor", "Ben", "b.jpg", "--day", "2099-01-01", "--kept-days", "-1"],
        ["face", "import", "x" * 500],
        ["face", "restore", "x" * 500],
        ["face", "desk", "--source", "x" * 500],
        ["face", "desk", "--source", "~nobody-here/clip.mp4"],
        ["face", "desk", "--source", " "],
        ["face", "desk", "--source", "9" * 30],
    ],
    ids=lambda words: " ".join(words)[:60],
)
def test_numbers_and_texts_beyond_all_measure_are_bad_input(
    words: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Gallery(home / "gallery.sqlite") as gallery:
        gallery.add("Ada", [])
    assert run_command([*words, "--db", str(home / "gallery.sqlite"), "--json"]) == Status.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    sentences = [line for line in captured.err.splitlines() if "passive" not in line]
    assert len(sentences) == 1
    assert "failed" not in sentences[0]


@pytest.mark.parametrize("source", ["text.mp4", "cut.mp4", "99"])
def test_a_library_adds_no_words_to_a_refusal(home: Path, tmp_path: Path, source: str) -> None:
    with Gallery(home / "g.sqlite"):
        pass
    (tmp_path / "text.mp4").write_text("no video" * 100)
    (tmp_path / "cut.mp4").write_bytes(b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(100))
    place = source if source.isdecimal() else str(tmp_path / source)
    ran = python(
        *("main.py", "face", "desk", "--source", place, "--db", str(home / "g.sqlite"), "--json"),
        TRIPTYCH_HOME=str(home),
    )
    assert ran.returncode == Status.BAD_INPUT
    assert ran.stdout == ""
    assert place in ran.stderr
    assert [line for line in ran.stderr.splitlines() if "passive" not in line][1:] == []
