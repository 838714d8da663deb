"""What the desk says aloud of a person's name."""

from __future__ import annotations

from engine.faces.store.records import Greeting


def spoken_name(name: str, greeting: Greeting) -> str:
    """Return the part of a name that is said: nothing, the first word, or all; a Chinese name is one word."""
    if greeting is Greeting.OFF:
        return ""
    words = name.split()
    return words[0] if greeting is Greeting.FIRST and words else name
