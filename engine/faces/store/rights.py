"""Who else on the computer may read a file: nobody. POSIX only; elsewhere the folder's rights count."""

from __future__ import annotations

import contextlib
import logging
import os
import stat
from pathlib import Path

log = logging.getLogger(__name__)

OTHERS = stat.S_IRWXG | stat.S_IRWXO

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside a file begins with the file's name."""


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read, if there is none: names and visits lie in it readable.

    SQLite gives what it writes beside a file the same rights.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def keep_private(path: Path) -> None:
    """Take from others what they may do with a gallery or backup, and what lies beside it, and log it.

    A file of somebody else stays as it is, and so does one whose rights cannot be changed.
    """
    if os.name != "posix":
        return
    path = path.resolve()  # SQLite writes beside the file that a link leads to
    for part in BESIDE:
        file = path.with_name(path.name + part)
        with contextlib.suppress(FileNotFoundError):
            status = file.stat()
            if not status.st_mode & OTHERS or status.st_uid != os.geteuid():
                continue
            try:
                # By name: closing a second handle of an open database would drop SQLite's locks on it.
                file.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
            except OSError as error:
                log.warning("others on this computer may use %s (%s)", file, error.strerror)
            else:
                log.warning("others on this computer could use %s; only its owner can from here on", file)
