"""Triptych: opens the window, or runs a command (models, face, style, explore, demo) without one."""

from __future__ import annotations

import os
import signal
import sys


def main() -> int:
    """Run the program and return its exit status."""
    arguments = sys.argv[1:]
    window_options = ("--screenshots",)
    if arguments and not arguments[0].startswith(window_options):
        # a shell script starts what stands before "&" with interrupts ignored: `kill -INT` would do nothing
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from engine.cli.app import run_command

        return run_command(arguments)
    if not arguments and not _display_found():
        sys.stderr.write(
            "There is no display, so the window cannot open. These commands need none: "
            "main.py demo, models, face, style, explore (each explains itself with --help).\n"
        )
        return 2
    from gui.app import run_window

    return run_window(arguments)


def _display_found() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in wanted)


if __name__ == "__main__":
    try:
        status = main()
    except KeyboardInterrupt:  # before the command itself was ready to hear it
        status = 130
    sys.exit(status)
