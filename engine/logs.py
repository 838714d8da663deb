"""The log file: rotated, five files of a megabyte."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path


def log_to(path: Path) -> logging.Handler:
    """Send the program's log to a file; where that is impossible, to standard error, and say why there."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=1_000_000, backupCount=4, encoding="utf-8"
        )
    except OSError as error:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
        root.addHandler(handler)
        logging.getLogger(__name__).warning("no log file: %s", error)
        return handler
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root.addHandler(handler)
    return handler
