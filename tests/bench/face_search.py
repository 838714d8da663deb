"""Finding the nearest two of many people: ``python -m tests.bench.face_search [--rounds N] [--threads N]``.

Exact, over all encodings, as the desk does it: one probe against N people with one encoding each, and against
the same number of encodings of a third as many people. Prints median and 95th percentile, and beside it what
reading the encodings from memory once costs (their sum), measured in turn.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import torch

from engine.faces.matching import Known, nearest_people
from engine.faces.people import Person

PROMISED_MS = {10_000: 5.0, 1_000_000: 80.0}


def main() -> None:
    """Print a line per size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for size, promised in PROMISED_MS.items():
        for looks in (1, 3):
            known = crowd(size, looks)
            found, read = [], []
            for probe in np.random.default_rng(1).normal(size=(options.rounds, 1, 128)).astype(np.float32):
                start = time.perf_counter()
                nearest_people(probe / np.linalg.norm(probe), known)
                found.append(time.perf_counter() - start)
                start = time.perf_counter()
                known.vectors.sum()
                read.append(time.perf_counter() - start)
            middle, high = np.percentile(found, [50, 95]) * 1e3
            print(
                f"{size:9} encodings, {looks} a person: median {middle:7.2f} ms, p95 {high:7.2f} ms "
                f"(promised {promised:g}); one sum over them {np.median(read) * 1e3:6.2f} ms"
            )


def crowd(size: int, looks: int) -> Known:
    """Return random unit encodings, ``looks`` a person."""
    vectors = np.random.default_rng(0).standard_normal((size, 128), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    owners = np.arange(size) // looks
    people = tuple(Person(str(number), str(number)) for number in range(int(owners[-1]) + 1))
    return Known(people, owners.astype(np.intp), vectors)


if __name__ == "__main__":
    main()
