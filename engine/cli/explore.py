"""The command ``main.py explore``."""

from __future__ import annotations

from typing import Any


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
