"""Kills a writer again and again: ``python -m tests.engine.faces.store.kills GALLERY TIMES SEED``.

A process of its own, because only a process with one thread may fork and go on with everything. Prints what
the writers told: a line after each thing that was on the disk before they were killed.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from engine.faces import visits
from engine.faces.gallery import Gallery
from engine.faces.visits import How
from tests.engine.faces.store.made_up import encoding

FIRST_S = 60.0
"""So long a busy machine may take until a writer has told its first line."""


def write_until_killed(path: Path, turn: int, told: int) -> None:
    """Enrol people and check them in, telling each name through a pipe once it is written."""
    with Gallery(path) as gallery:
        for number in range(10_000):
            name = f"P{turn}-{number}"
            person = gallery.add(name, [encoding(number)])
            os.write(told, f"person {name}\n".encode())
            visits.check_in(gallery, person.id, How.MANUAL, "desk")
            os.write(told, f"visit {name}\n".encode())
            if number % 5 == 4:
                os.write(told, f"erasing P{turn}-{number - 1}\n".encode())
                gallery.erase(f"P{turn}-{number - 1}")
                os.write(told, f"erased P{turn}-{number - 1}\n".encode())


def kill_in_the_middle(path: Path, turn: int, seconds: float, *, after_first: bool) -> list[str]:
    """Kill a writer after some seconds, counted from its start or from the first thing that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_until_killed(path, turn, writing)
        finally:
            os._exit(0)
    os.close(writing)
    if after_first:
        select.select([reading], [], [], FIRST_S)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read().splitlines()


def main() -> None:
    """Kill in turn while a writer opens the gallery, and while it is writing."""
    path, times, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    for turn in range(times):
        for line in kill_in_the_middle(path, turn, chance.uniform(0.0, 0.12), after_first=turn % 2 == 0):
            print(line)


if __name__ == "__main__":
    main()
