"""What `make` relies on: the check of Qt's libraries, the Makefile's targets, and what is written down."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from resources.setup.qt_libraries import DEBIAN, missing_libraries, not_found, packages_for

ROOT = Path(__file__).resolve().parent.parent

LDD = """
/x/libqxcb.so:
	linux-vdso.so.1 (0x00007ffc)
	libxcb-cursor.so.0 => not found
	libQt6Gui.so.6 => /x/libQt6Gui.so.6 (0x00007f)
	libEGL.so.1 => not found
/x/libQt6Gui.so.6:
	libEGL.so.1 => not found
	libmystery.so.9 => not found
"""


def test_missing_libraries_are_read_from_ldd() -> None:
    assert not_found(LDD) == {"libxcb-cursor.so.0", "libEGL.so.1", "libmystery.so.9"}
    assert packages_for(not_found(LDD)) == {"libxcb-cursor0", "libegl1"}


def test_the_packages_are_named_as_debian_names_them() -> None:
    for library, package in DEBIAN.items():
        assert re.fullmatch(r"lib[\w.+-]+\.so\.\d+", library)
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", package)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves these to the system")
def test_nothing_is_missing_where_the_tests_run() -> None:
    assert missing_libraries() == set()


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_every_target_of_the_issue_is_in_the_help() -> None:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = {line.split()[0] for line in text.splitlines() if line and not line.startswith("make")}
    wanted = "run test test-slow lint types bench screenshots translations models samples clean"
    assert set(wanted.split()) <= targets


@pytest.mark.skipif(os.name == "nt", reason="no executable bit")
def test_the_gate_is_executable_and_calls_make_test() -> None:
    gate = ROOT / ".ci" / "run"
    assert os.access(gate, os.X_OK)
    assert "make test" in gate.read_text(encoding="utf-8")


def test_the_broken_qt_and_the_broken_opencv_are_excluded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = {re.split(r"[<>=!~]", need)[0]: need for need in project["dependencies"]}
    assert "!=6.12.0" in needs["PySide6"]
    assert "<5" in needs["opencv-python-headless"]
    assert ">=4.11" in needs["opencv-python-headless"]
    assert "opencv-python" not in needs


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        *[f"docs/{n}" for n in ("architecture.md", "command-line.md")],
    ],
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) + re.findall(r'(?:src|srcset)="([^":]+)"', text)
    missing = [link for link in links if not (path.parent / link).exists()]
    assert missing == []


def test_nothing_imports_the_entry_point() -> None:
    """import-linter checks packages; main.py is a module above all of them."""
    for room in ("gui", "engine", "resources"):
        for path in (ROOT / room).rglob("*.py"):
            assert not re.search(
                r"^\s*(import|from) main\b", path.read_text(encoding="utf-8"), re.MULTILINE
            ), path


def test_every_package_that_is_installed_has_its_licence_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    for need in project["dependencies"]:
        name = re.split(r"[<>=!~;\[ ]", need)[0]
        assert re.search(rf"^\| .*\b{re.escape(name)}\b.*\|.*\|.*\w", page, re.MULTILINE), name
