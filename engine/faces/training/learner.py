"""Encoder, objective and optimiser of one run: a step, an encoding, and their state as tensors."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.device import memory_guard
from engine.errors import EngineError, ErrorCode
from engine.faces.encode import one_thread
from engine.faces.sface import SFace
from engine.faces.training.evaluation import Judge, squared_distance
from engine.faces.training.losses import Outcome, PairHead, PairObjective, objective_for
from engine.faces.training.networks import new_face_net, sface_to_train
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.trained import HEAD
from engine.jobs import Task
from engine.models import Models

ONBOARD = 0.03
"""Of the learning rate for the encoder on board: it has seen millions of faces, and a few hundred people
should move it a little."""

TENFOLD = 10.0
"""Of the learning rate for what compares or classifies encodings."""

SFACE_PART = 8
"""Photos that the encoder on board takes at once while it learns, so that a step of the task stays short."""

_CURE = "Choose fewer people or photos in a batch."


class Learner:
    """One run's networks.

    Args:
        models: where the encoder on board is, and which device computes.
        classes: how many people are learned from.
        steps: of the whole run; the learning rate falls to 0 along a cosine.
    """

    def __init__(self, models: Models, recipe: TrainRecipe, classes: int, steps: int) -> None:
        self.recipe, self.device, self._steps = recipe, models.device, steps
        scratch = recipe.start == "scratch"
        encoder: nn.Module = new_face_net(recipe.seed) if scratch else sface_to_train(models, recipe.layers)
        if recipe.frozen:
            encoder = encoder.requires_grad_(False)
        self.encoder = encoder.to(self.device).to(memory_format=torch.channels_last)
        self.objective = objective_for(recipe, classes).to(self.device)
        self.at_once = 64 if scratch else SFACE_PART
        self._trains_norms = scratch
        self._two_passes = not scratch and recipe.layers == "all" and not recipe.frozen
        self._folded: SFace | None = None
        open_weights = [weight for weight in self.encoder.parameters() if weight.requires_grad]
        groups = [
            {"params": open_weights, "lr": recipe.rate * (1.0 if scratch else ONBOARD)},
            {"params": list(self.objective.parameters()), "lr": recipe.rate * TENFOLD},
        ]
        self._optimiser = torch.optim.Adam([group for group in groups if group["params"]])
        self._rates = [group["lr"] for group in self._optimiser.param_groups]

    @property
    def head(self) -> PairHead | None:
        """The pairwise classifier, where one is learned."""
        return self.objective.head if isinstance(self.objective, PairObjective) else None

    def pixels(self, crops: NDArray[np.uint8]) -> Tensor:
        """Return crops as the encoder's input."""
        pixels = torch.from_numpy(crops).to(self.device)
        return pixels.permute(0, 3, 1, 2).float()  # a view of N × H × W × 3: channels last without a copy

    def encode(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the unit encodings of N crops, N × 128, with the weights as they are now.

        Raises:
            EngineError: OUT_OF_MEMORY.
        """
        self.encoder.eval()
        if self._folded is None and isinstance(self.encoder, SFace):
            self._folded = self.encoder.folded().to(memory_format=torch.channels_last)
        with memory_guard(_CURE), torch.inference_mode(), one_thread():
            encodings: NDArray[np.float32] = (self._folded or self.encoder)(self.pixels(crops)).cpu().numpy()
        return encodings

    def judge(self) -> Judge:
        """Return how encodings are compared: by the classifier (1 − ŷ, 0..1), else by squared distance."""
        return judge_of(self.head)

    def forward(self, crops: NDArray[np.uint8]) -> Task[None, Tensor]:
        """Return the encodings of a batch with their graph; the encoder on board works in parts.

        Where all layers of the encoder on board learn, the graph of a batch would take several GB: then there
        is none, and :meth:`learn` goes through the parts once more.
        """
        self.encoder.train(self._trains_norms)
        part = len(crops) if self._trains_norms else self.at_once
        parts = []
        for start in range(0, len(crops), part):
            with memory_guard(_CURE), torch.set_grad_enabled(not self._two_passes):
                parts.append(self.encoder(self.pixels(crops[start : start + part])))
            if start + part < len(crops):
                yield None
        encodings = parts[0] if len(parts) == 1 else torch.cat(parts)
        return encodings.requires_grad_() if self._two_passes else encodings

    def learn(
        self,
        step: int,
        crops: NDArray[np.uint8],
        encodings: Tensor,
        labels: NDArray[np.intp],
        classes: NDArray[np.intp],
    ) -> Task[None, Outcome]:
        """Take one step downhill.

        Args:
            crops: the batch.
            encodings: what :meth:`forward` returned for it.

        Raises:
            EngineError: TRAINING_DIVERGED when the loss is not a number; OUT_OF_MEMORY.
        """
        count = len(labels)
        draws = np.random.default_rng([self.recipe.seed, 6, step]).random((count, count))
        fall = 0.5 * (1.0 + math.cos(math.pi * step / self._steps))
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * fall
        with memory_guard(_CURE):
            outcome: Outcome = self.objective(
                encodings, *(torch.from_numpy(each).to(self.device) for each in (labels, classes, draws))
            )
            if not math.isfinite(float(outcome.loss.detach())):
                raise EngineError(
                    ErrorCode.TRAINING_DIVERGED,
                    f"The loss is not a number at step {step}. Start again with a smaller learning rate.",
                )
            if not self.recipe.frozen:
                self._folded = None
            self._optimiser.zero_grad(set_to_none=True)
            torch.autograd.backward(outcome.loss)
        yield None
        if self._two_passes:
            assert encodings.grad is not None
            yield from self._second_pass(crops, encodings.grad)
        self._optimiser.step()
        return outcome

    def _second_pass(self, crops: NDArray[np.uint8], gradient: Tensor) -> Task[None, None]:
        """Take the loss's gradient by the encodings (B × 128) on to the weights, part by part.

        Exact, because no layer mixes the photos of a batch: normalisation is frozen (Gao, Zhang, Han, Callan
        2021, "Scaling deep contrastive learning batch size under memory limited setup", section 3).
        """
        for start in range(0, len(crops), self.at_once):
            part = slice(start, start + self.at_once)
            with memory_guard(_CURE):
                torch.autograd.backward(self.encoder(self.pixels(crops[part])), gradient[part])
            yield None

    def state(self) -> dict[str, Tensor]:
        """Return everything that the next step depends on, by name; the tensors are copies on the CPU."""
        named = {f"encoder.{name}": tensor for name, tensor in self.encoder.state_dict().items()}
        named |= {f"objective.{name}": tensor for name, tensor in self.objective.state_dict().items()}
        for place, values in self._optimiser.state_dict()["state"].items():
            named |= {f"optimiser.{place}.{name}": value for name, value in values.items()}
        return {name: tensor.detach().cpu().clone().contiguous() for name, tensor in named.items()}

    def weights(self) -> dict[str, Tensor]:
        """Return what makes the result: copies of the encoder's, and the classifier's below ``head.``."""
        named = dict(self.encoder.state_dict())
        if self.head is not None:
            named |= {f"{HEAD}{name}": tensor for name, tensor in self.head.state_dict().items()}
        return {name: tensor.detach().cpu().clone().contiguous() for name, tensor in named.items()}

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Take up what :meth:`weights` returned."""
        self._folded = None
        own = {name: tensor for name, tensor in weights.items() if not name.startswith(HEAD)}
        self.encoder.load_state_dict(own)
        if self.head is not None:
            self.head.load_state_dict(below(weights, HEAD))

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Take up a state that :meth:`state` returned.

        Raises:
            RuntimeError, KeyError: it is not of this recipe.
        """
        self._folded = None
        self.encoder.load_state_dict(below(state, "encoder."))
        self.objective.load_state_dict(below(state, "objective."))
        optimiser: dict[int, dict[str, Tensor]] = {}
        for name, tensor in below(state, "optimiser.").items():
            place, key = name.split(".")
            optimiser.setdefault(int(place), {})[key] = tensor
        groups = self._optimiser.state_dict()["param_groups"]
        self._optimiser.load_state_dict({"state": optimiser, "param_groups": groups})


def judge_of(head: PairHead | None) -> Judge:
    """Return how encodings are compared: by a classifier (1 − ŷ, 0..1), without one by squared distance."""
    if head is None:
        return squared_distance

    def unlikeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float64]:
        device = head.weight.device
        with torch.inference_mode():
            pair = (torch.from_numpy(np.ascontiguousarray(each)).to(device) for each in (first, second))
            logits: NDArray[np.float64] = head(*pair).double().cpu().numpy()
        return 1.0 / (1.0 + np.exp(np.clip(logits, -500, 500)))

    return unlikeness


def below(state: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Return the entries whose names begin with a prefix, without it."""
    return {name[len(prefix) :]: tensor for name, tensor in state.items() if name.startswith(prefix)}
