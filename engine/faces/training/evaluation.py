"""Measuring an encoder on people that it never saw: pairs, ROC, open set, the worst errors as pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.openset import points
from engine.faces.pairs import area_under, best_threshold, evaluate
from engine.faces.training.openset import divide
from engine.faces.training.records import (
    ErrorCase,
    Evaluation,
    FaceSet,
    HeldOutPairs,
    Histograms,
    OpenSetResult,
)
from engine.faces.training.split import balanced_folds, held_out_pairs
from engine.jobs import Task

RATES: Final = (0.01, 0.001, 0.0001)
"""False accept rates at which the true accept rate is reported."""

BINS: Final = 48
CASES: Final = 6
"""Of each kind of error, so many are shown."""

Encode = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""N crops, N × 112 × 112 × 3, to N × 128 unit encodings."""

Judge = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float64]]
"""N × 128 and N × 128 encodings to N distances; smaller is more alike."""


def squared_distance(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return ‖f − f′‖² of N pairs."""
    squared: NDArray[np.float64] = np.square(first - second, dtype=np.float64).sum(axis=1)
    return squared


def evaluation_of_pairs(
    distances: NDArray[np.float64],
    same: NDArray[np.bool_],
    folds: NDArray[np.intp],
    people: int,
    seconds: float,
) -> Evaluation:
    """Return the measures of a list of pairs, such as LFW's; infinity where a photo has no face."""
    report = evaluate(distances, same, folds, RATES)
    return Evaluation(
        auc=area_under(report.far, report.tar),
        report=report,
        accuracy=report.accuracy_mean,
        accuracy_se=report.accuracy_se,
        same_pairs=int(same.sum()),
        different_pairs=int((~same).sum()),
        people=people,
        histograms=histograms(distances, same),
        seconds=seconds,
    )


def encode_photos(
    encode: Encode, faces: FaceSet, photos: NDArray[np.intp], at_once: int
) -> Task[None, NDArray[np.float32]]:
    """Return the encodings of some photos; a checkpoint after every ``at_once``."""
    parts = [np.empty((0, 128), np.float32)]
    for start in range(0, len(photos), at_once):
        parts.append(encode(faces.crops(photos[start : start + at_once])))
        yield None
    return np.concatenate(parts)


def evaluate_encoder(
    encode: Encode,
    faces: FaceSet,
    people: NDArray[np.intp],
    seed: int,
    *,
    judge: Judge = squared_distance,
    at_once: int = 32,
    top: float = 4.0,
) -> Task[None, Evaluation]:
    """Measure an encoder on held-out people; the pairs depend on people and seed alone.

    Args:
        encode: the encoder.
        people: indices of the held-out people.
        judge: how two encodings are compared.
        top: the largest distance that ``judge`` can give, for the histograms.

    Raises:
        EngineError: DATA_SET_UNFIT when there are no pairs.
    """
    started = time.monotonic()
    pairs = held_out_pairs(faces, people, seed)
    photos = faces.photos_of(people)
    encodings = yield from encode_photos(encode, faces, photos, at_once)
    first, second = (encodings[np.searchsorted(photos, each)] for each in (pairs.first, pairs.second))
    distances = judge(first, second)
    yield None
    chosen, folds = balanced_folds(pairs.same)
    protocol = evaluate(distances[chosen], pairs.same[chosen], folds)
    report = evaluate(distances, pairs.same, np.arange(len(distances)) % 10, RATES)
    accepts, rejects = worst_cases(faces, pairs, distances)
    return Evaluation(
        auc=area_under(report.far, report.tar),
        report=report,
        accuracy=protocol.accuracy_mean,
        accuracy_se=protocol.accuracy_se,
        same_pairs=int(pairs.same.sum()),
        different_pairs=int((~pairs.same).sum()),
        people=len(people),
        histograms=histograms(distances, pairs.same, top),
        false_accepts=accepts,
        false_rejects=rejects,
        open_set=_open_set(faces, people, seed, photos, encodings) if judge is squared_distance else None,
        seconds=time.monotonic() - started,
    )


def histograms(distances: NDArray[np.float64], same: NDArray[np.bool_], top: float = 4.0) -> Histograms:
    """Count the distances of same and different pairs over 0..top; τ splits them with the fewest errors.

    Same and different pairs count equally for τ, however many there are of each.
    """
    edges = np.linspace(0.0, top, BINS + 1)
    inside = np.clip(distances, 0.0, top)
    return Histograms(
        np.histogram(inside[same], edges)[0],
        np.histogram(inside[~same], edges)[0],
        fair_threshold(distances, same),
    )


def fair_threshold(distances: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """Return the best threshold for equally many same and different pairs (the first ones of each)."""
    chosen, _ = balanced_folds(same)
    return best_threshold(distances[chosen], same[chosen])


def separation(distances: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """Return d′ = (μ_d − μ_s) / √((σ_d² + σ_s²) / 2) of different and same pairs (Green and Swets 1966)."""
    near, far = distances[same], distances[~same]
    spread = np.sqrt((near.var() + far.var()) / 2)
    return float((far.mean() - near.mean()) / spread) if spread > 0 else 0.0


def worst_cases(
    faces: FaceSet, pairs: HeldOutPairs, distances: NDArray[np.float64]
) -> tuple[tuple[ErrorCase, ...], tuple[ErrorCase, ...]]:
    """Return the nearest different pairs and the farthest same pairs, every person at most twice."""
    order = np.argsort(distances, kind="stable")
    accepts = [int(i) for i in order if not pairs.same[i]]
    rejects = [int(i) for i in order[::-1] if pairs.same[i]]
    return tuple(_cases(faces, pairs, distances, accepts)), tuple(_cases(faces, pairs, distances, rejects))


def _cases(
    faces: FaceSet, pairs: HeldOutPairs, distances: NDArray[np.float64], order: list[int]
) -> list[ErrorCase]:
    shown: list[ErrorCase] = []
    times: dict[int, int] = {}
    for index in order:
        first, second = int(pairs.first[index]), int(pairs.second[index])
        owners = {int(faces.owners[first]), int(faces.owners[second])}
        if any(times.get(owner, 0) >= 2 for owner in owners):
            continue
        times |= {owner: times.get(owner, 0) + 1 for owner in owners}
        names = (faces.people[faces.owners[first]], faces.people[faces.owners[second]])
        same = bool(pairs.same[index])
        shown.append(ErrorCase(faces.crop(first), faces.crop(second), names, same, float(distances[index])))
        if len(shown) == CASES:
            break
    return shown


def _open_set(
    faces: FaceSet,
    people: NDArray[np.intp],
    seed: int,
    photos: NDArray[np.intp],
    encodings: NDArray[np.float32],
) -> OpenSetResult | None:
    enrolled, probes, strangers = divide(faces, people, seed)
    if not (len(enrolled) and len(probes) and len(strangers)):
        return None
    gallery, known, unknown = (
        encodings[np.searchsorted(photos, each)] for each in (enrolled, probes, strangers)
    )
    owners = np.searchsorted(faces.owners[enrolled], faces.owners[probes]).tolist()
    found = points(gallery, list(zip(owners, known, strict=True)), list(unknown))
    return OpenSetResult(len(enrolled), len(probes), len(strangers), found)
