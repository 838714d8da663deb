"""The foil: a softmax over people, one photo each, and what happens when somebody joins."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.training.evaluation import encode_photos
from engine.faces.training.records import FaceSet
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from torch import Tensor, nn

PEOPLE: Final = 20
STEPS: Final = 60
RATE: Final = 0.002
LEAST: Final = 3


@dataclass(frozen=True)
class Foil:
    """Both approaches on the same photos: shares of right answers, 0..1, and what a new person costs.

    ``people`` know one photo each; ``photos`` others are asked about; ``newcomer`` joins with one photo.
    ``*_before`` is measured on the photos of ``people``; ``*_joined`` on the newcomer's other photos without
    training again; ``softmax_after`` and ``distance_after`` on everybody's, the softmax trained again from
    the start in ``retrain_seconds``, the distance with one vector of ``vector_bytes`` in ``enrol_seconds``.
    """

    people: int
    photos: int
    newcomer: str
    softmax_before: float
    softmax_joined: float
    softmax_after: float
    retrain_seconds: float
    distance_before: float
    distance_joined: float
    distance_after: float
    enrol_seconds: float
    vector_bytes: int


def softmax_foil(
    models: Models, faces: FaceSet, encoder: str = "sface", seed: int = 0
) -> Task[Progress, Foil]:
    """Train a K-way softmax network on one photo each, let a person join, and compare with an encoder.

    Args:
        encoder: "sface" or the file of a trained encoder, for the distances.

    Raises:
        EngineError: DATA_SET_UNFIT with fewer than three people who have two photos; what
            :func:`encoder_by_name` raises.
    """
    from engine.faces.training.encoders import encoder_by_name

    chosen = np.random.default_rng([seed, 7]).permutation(np.flatnonzero(faces.photo_counts >= 2))
    if len(chosen) < LEAST:
        raise EngineError(
            ErrorCode.DATA_SET_UNFIT,
            f"{faces.folder} has {len(chosen)} people with two usable photos; this comparison needs {LEAST}.",
            faces.folder,
        )
    people = chosen[: PEOPLE + 1]
    first = np.array([np.flatnonzero(faces.owners == person)[0] for person in people])
    probes = np.setdiff1d(faces.photos_of(people), first)
    truth = np.array([int(np.flatnonzero(people == owner)[0]) for owner in faces.owners[probes]])
    old, pace = truth < len(people) - 1, Pace(2 * STEPS)
    ready = encoder_by_name(encoder, models)
    yield pace.at(0)
    known = yield from encode_photos(ready.encode, faces, first, 8)
    seen = yield from encode_photos(ready.encode, faces, probes, 8)
    started = time.monotonic()
    newest = ready.encode(faces.crops(first[-1:]))
    enrol_seconds = time.monotonic() - started

    def nearest(count: int) -> NDArray[np.bool_]:
        judged = [ready.judge(np.broadcast_to(probe, known[:count].shape), known[:count]) for probe in seen]
        right: NDArray[np.bool_] = np.stack(judged).argmin(axis=1) == truth
        return right

    before = yield from _softmax(faces, first[:-1], probes, seed, pace, 0)
    started = time.monotonic()
    after = yield from _softmax(faces, first, probes, seed, pace, STEPS)
    return Foil(
        people=len(people) - 1,
        photos=int(old.sum()),
        newcomer=faces.people[people[-1]],
        softmax_before=float((before == truth)[old].mean()),
        softmax_joined=float((before == truth)[~old].mean()),
        softmax_after=float((after == truth).mean()),
        retrain_seconds=time.monotonic() - started,
        distance_before=float(nearest(len(people) - 1)[old].mean()),
        distance_joined=float(nearest(len(people))[~old].mean()),
        distance_after=float(nearest(len(people)).mean()),
        enrol_seconds=enrol_seconds,
        vector_bytes=newest.nbytes,
    )


def _softmax(
    faces: FaceSet, first: NDArray[np.intp], probes: NDArray[np.intp], seed: int, pace: Pace, done: int
) -> Task[Progress, NDArray[np.intp]]:
    """Train a network from scratch on one photo a person; return whom it takes each probe for."""
    import torch

    from engine.faces.encode import one_thread
    from engine.faces.training.losses import SoftmaxObjective
    from engine.faces.training.networks import new_face_net

    network, objective = new_face_net(seed), SoftmaxObjective(len(first), seed)
    optimiser = torch.optim.Adam([*network.parameters(), *objective.parameters()], RATE)
    crops, classes = faces.crops(first), torch.arange(len(first))
    rng, nothing = np.random.default_rng([seed, 8]), torch.zeros(0)
    for step in range(STEPS):
        mirrored = np.where(rng.random((len(first), 1, 1, 1)) < 0.5, crops, crops[:, :, ::-1])
        with one_thread():
            loss = objective(network(_pixels(mirrored)), classes, classes, nothing).loss
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
        yield pace.at(done + step + 1)
    return _answers(network.eval(), objective.dense, faces.crops(probes))


def _answers(network: nn.Module, dense: nn.Module, crops: NDArray[np.uint8]) -> NDArray[np.intp]:
    import torch

    from engine.faces.encode import one_thread

    with torch.inference_mode(), one_thread():
        answers: NDArray[np.intp] = dense(network(_pixels(crops))).argmax(dim=1).numpy()
    return answers


def _pixels(crops: NDArray[np.uint8]) -> Tensor:
    import torch

    return torch.from_numpy(np.ascontiguousarray(crops)).permute(0, 3, 1, 2).float()
