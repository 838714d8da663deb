"""Reads the command line and runs one command. Exit statuses: see :class:`Status`."""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Final, NoReturn

from engine.cli.console import Console
from engine.errors import MACHINE_FAULTS, EngineError
from engine.logs import log_to
from engine.paths import user_paths

log = logging.getLogger(__name__)

Command = Callable[[argparse.Namespace, Console], int]
"""Does the work of one parsed command and returns its exit status."""


MODULES: Final = {
    "models": "models",
    "face": "face",
    "style": "style",
    "style-batch": "style_more",
    "style-sheet": "style_more",
    "style-timelapse": "style_more",
    "explore": "explore",
    "demo": "demo",
}
"""Commands, and the module of this package that adds each to the parser."""

QUIET: Final = {"OPENCV_LOG_LEVEL": "SILENT", "OPENCV_FFMPEG_LOGLEVEL": "-8"}
"""OpenCV's own words on standard error (a damaged video, a missing camera) are told in a sentence of ours."""

BAD_NAMES: Final = frozenset((errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EACCES, errno.EPERM))
"""Refusals of the system that another name or place cures: bad input, not a fault of the machine."""

SHOWN: Final = 200
"""Characters of a name in a sentence."""


class Status(IntEnum):
    """What the exit status of every command means."""

    DONE = 0
    NO = 1
    BAD_INPUT = 2
    MACHINE_FAILED = 3
    INTERRUPTED = 130


def run_command(arguments: Sequence[str]) -> int:
    """Parse and run; every refusal is one sentence on standard error, never a traceback."""
    for name, level in QUIET.items():
        os.environ.setdefault(name, level)
    parser = build_parser(arguments[0] if arguments else "")
    parsed = parser.parse_args(arguments)
    console = Console(as_json=getattr(parsed, "json", False))
    try:
        log_to(user_paths().log_file)
        with _interrupts_to(console):
            return int(parsed.command(parsed, console))
    except EngineError as error:
        log.info("%s", error.code)  # no detail: it may name a person who is erased one day
        console.note(error.detail)
        return Status.MACHINE_FAILED if error.code in MACHINE_FAULTS else Status.BAD_INPUT
    except KeyboardInterrupt:
        console.note("Stopped. If anything was made so far, it is kept.")
        return 128 + console.signal
    except BrokenPipeError:
        return Status.DONE  # the reader (head, less) had enough
    except UnicodeEncodeError as error:
        log.info("no text: %s", error.reason)
        console.note("A name or text of the command is no valid UTF-8. Type it again instead of pasting it.")
        return Status.BAD_INPUT
    except OSError as error:  # a name that no file can have, a folder that may not be looked into
        log.info("the system refused: %s", errno.errorcode.get(error.errno or 0))
        where = error.filename if isinstance(error.filename, str) else "The answer"
        console.note(f"{where[:SHOWN]} cannot be read or written ({error.strerror or error}).")
        return Status.BAD_INPUT if error.errno in BAD_NAMES else Status.MACHINE_FAILED
    except MemoryError:
        console.note("The computer ran out of memory. Choose a smaller size or fewer pictures.")
        return Status.MACHINE_FAILED
    except Exception as error:  # a fault of the program: say so in a sentence, keep the details in the log
        log.exception("a command failed")
        console.note(
            f"The program failed ({type(error).__name__}: {error}). Details: {user_paths().log_file}"
        )
        return Status.MACHINE_FAILED


@contextmanager
def _interrupts_to(console: Console) -> Iterator[None]:
    """Let the console hear Ctrl-C, and who ends a service, which only the main thread can arrange.

    Raises:
        KeyboardInterrupt: also when a library turned it into an error of its own, as torch's loader does.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, console.interrupt) for number in heard]
    try:
        yield
    except Exception as error:
        if console.interrupted:
            raise KeyboardInterrupt from error
        raise
    finally:
        for number, handler in zip(heard, before, strict=True):
            signal.signal(number, handler)


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence, as every other refusal is told."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the options are explained; exit with 2."""
        self.exit(Status.BAD_INPUT, f"{self.prog}: {message}. See {self.prog} --help\n")


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser of all commands, or of one: the modules of the others are not loaded then."""
    modules = dict.fromkeys(MODULES.values())
    if command in MODULES:
        modules = {MODULES[command]: None}
    parser = Parser(
        prog="main.py", description="Recognise, Paint, Explain. Without a command, the window opens."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in modules:
        importlib.import_module(f"engine.cli.{module}").add_commands(commands)
    return parser
