"""Brings the translations up to date with the source: ``python -m resources.i18n.update [--check]``.

lupdate collects every marked text into the .ts file, where people translate; lrelease compiles it into the
.qm file that the window loads. Both tools come with PySide6.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TS = HERE / "triptych_zh_CN.ts"
SOURCES = ("engine", "gui", "main.py")


def collect(ts: Path) -> None:
    """Bring the marked texts of the source into a .ts file; texts that are gone are dropped."""
    _qt_tool(
        "lupdate",
        *("-extensions", "py", "-locations", "none", "-no-obsolete", "-silent"),
        *("-disable-heuristic", "similartext", "-source-language", "en", "-target-language", "zh_CN"),
        *(str(ROOT / source) for source in SOURCES),
        *("-ts", str(ts)),
    )


def compile_to(ts: Path, qm: Path) -> None:
    """Compile the finished translations."""
    _qt_tool("lrelease", "-silent", str(ts), "-qm", str(qm))


def unfinished(ts: Path) -> list[str]:
    """Name every text that has no finished translation, as ``context: text``."""
    missing = []
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") or not translation.text:
                missing.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return missing


def problems() -> list[str]:
    """Say what is out of date, without touching anything."""
    with tempfile.TemporaryDirectory() as folder:
        ts, qm = Path(folder) / TS.name, Path(folder) / "fresh.qm"
        shutil.copy(TS, ts)
        collect(ts)
        found = [] if ts.read_bytes() == TS.read_bytes() else [f"{TS.name} lags behind the source"]
        found += [f"not translated: {text}" for text in unfinished(ts)]
        compile_to(ts, qm)
        compiled = TS.with_suffix(".qm")
        if not compiled.exists() or compiled.read_bytes() != qm.read_bytes():
            found.append(f"{compiled.name} lags behind {TS.name}")
    return found


def main() -> int:
    """Update, or with ``--check`` only look; the status is 1 when something is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, say what is out of date")
    if parser.parse_args().check:
        found = problems()
        if found:
            print("\n".join(found))
            print("Cure: make translations, and translate what is new in", TS.name)
        return 1 if found else 0
    collect(TS)
    compile_to(TS, TS.with_suffix(".qm"))
    for text in unfinished(TS):
        print("not translated:", text)
    return 0


def _qt_tool(name: str, *arguments: str) -> None:
    tool = Path(PySide6.__file__).parent / name
    if sys.platform == "win32":
        tool = tool.with_suffix(".exe")
    subprocess.run([str(tool), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
