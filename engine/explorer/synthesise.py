"""Activation maximisation: a picture that is optimised until it excites one unit.

Olah, Mordvintsev and Schubert 2017, "Feature Visualization" (Distill): the picture is a sum of waves
(Fourier coefficients, each scaled by the inverse of its frequency, so that steps reach all frequencies
alike), in colours that are decorrelated as in natural photos, and the unit has to fire under small shifts,
turns and changes of size. Without these three, the optimum is noise that means something to the network
alone. Written for one, two and three dimensions.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.device import memory_guard
from engine.explorer.graph import Step
from engine.explorer.networks import Explained, Tap
from engine.explorer.project import guided_rule, ruled_steps
from engine.explorer.records import SynthesisOptions
from engine.options import validate

COLOURS = ((0.221, 0.130, 0.022), (0.227, -0.024, -0.065), (0.229, -0.102, 0.043))
"""Square root of the covariance of red, green and blue in photos (``tests/bench/colour_statistics.py``): from
three independent numbers (brightness, blue to orange, green to magenta) to colours."""

NOISE = 0.01
"""Standard deviation of the coefficients at the start."""

CANVAS = 64
"""The shortest side of a picture in the making."""

REDIRECTED = 16
"""So many steps at the start, and all while the unit is silent, let signal pass closed rectifiers."""


@dataclass(frozen=True)
class Forming:
    """A picture under way: size + (channels,) in 0..1 for pictures, the unit's activation, and how far."""

    numbers: NDArray[np.float32]
    activation: float
    step: int


def synthesise(
    network: Explained, tap: Tap, unit: int, options: SynthesisOptions | None = None
) -> Generator[Forming | None, None, Forming]:
    """Optimise an input for a unit, and show it as it forms.

    The aim is the activation in the middle until the unit fires, then mean and largest of all positions.

    The activation reported is the largest over positions, as in a scan.

    Raises:
        EngineError: BAD_VALUE for an option out of range; OUT_OF_MEMORY.
    """
    options = options or SynthesisOptions()
    validate(options)
    with memory_guard("Choose another device in the settings, or close other programs."):
        canvas = Canvas(network, canvas_size(network, tap), options.seed)
        adam = torch.optim.Adam([canvas.coefficients], lr=options.rate, maximize=True)
        yield None
        mean = 0.0
        for step in range(1, options.steps + 1):
            silent = step <= REDIRECTED or mean == 0
            mean = yield from _improve(canvas, tap, unit, adam, redirected=silent)
            if step % options.shown_every == 0 and step < options.steps:
                yield Forming(canvas.shown(), _measure(canvas, tap, unit), step)
        return Forming(canvas.shown(), _measure(canvas, tap, unit), options.steps)


def canvas_size(network: Explained, tap: Tap) -> tuple[int, ...]:
    """Return how large a picture has to be: a little more than the field, at most the network's input."""
    if not any(tap.field.stride):
        return network.graph.size
    return tuple(
        min(whole, max(CANVAS, -(-round(1.1 * field) // 16) * 16))
        for whole, field in zip(network.graph.size, tap.field.size, strict=True)
    )


def _improve(
    canvas: Canvas, tap: Tap, unit: int, adam: torch.optim.Adam, *, redirected: bool
) -> Generator[None, None, float]:
    """Take one step of the optimiser and return the mean before it; yields between the layers."""
    network = canvas.network
    with torch.enable_grad():
        given = network.normalise(canvas.jitter(canvas.paint()))
    replaced = ruled_steps(network.graph, tap.node, redirecting_rule) if redirected else {}
    walk, activation = network.graph.walk(given, [tap.node], replaced), given
    while True:
        with torch.enable_grad():
            reached = next(walk, None)
        if reached is None:
            break
        activation = reached[1]
    yield
    with torch.enable_grad():
        mean = activation[0, unit].mean()
        # Where no rectifier acts, a mean over all positions asks for nothing but brightness.
        wanted = middle(activation[0, unit]) if redirected else mean + activation[0, unit].max()
        (canvas.coefficients.grad,) = torch.autograd.grad(wanted, canvas.coefficients)
        adam.step()
    yield
    return float(mean.detach())


def middle(activations: Tensor) -> Tensor:
    """Return the activation in the middle of a unit's map."""
    return activations[tuple(length // 2 for length in activations.shape)]


def redirecting_rule(before: Tensor, signal: Tensor, function: Step) -> Tensor:
    """Let signal that asks for more pass through a closed rectifier too: else a silent unit stays silent."""
    slope = guided_rule(before, torch.ones_like(signal), function)
    return torch.where((slope == 0) & (signal > 0), signal, slope * signal)


class Canvas:
    """The picture under way, as Fourier coefficients.

    Args:
        size: of the picture in array order.
        seed: chooses the noise at the start and the movements.
    """

    def __init__(self, network: Explained, size: tuple[int, ...], seed: int) -> None:
        self.network, self.size = network, size
        self._chance = torch.Generator("cpu").manual_seed(seed)
        shape = (network.inputs.channels, *size[:-1], size[-1] // 2 + 1, 2)
        noise = torch.randn(shape, generator=self._chance) * NOISE
        self.coefficients = noise.to(network.device).requires_grad_(True)
        self._scales = _scales(size).to(network.device)

    def paint(self) -> Tensor:
        """Return 1 × channels × size: pictures in 0..1, signals and volumes standardised, as in a scan."""
        waves = torch.view_as_complex(self.coefficients) * self._scales
        places = torch.fft.irfftn(waves, s=self.size, norm="ortho")
        if self.network.inputs.channels == 3:
            colours = torch.tensor(COLOURS, device=places.device)
            places = torch.einsum("ij,j...->i...", colours / colours.norm(dim=1).max(), places)
        if self.network.inputs.kind == "pictures":
            return torch.sigmoid(places)[None]
        standard: Tensor = (places - places.mean()) / places.std().clamp_min(1e-6)
        return standard[None]

    def jitter(self, picture: Tensor) -> Tensor:
        """Shift, and for pictures turn and scale, at random: ± 5 % of the size, ± 5°, 0.95 to 1.05."""
        most = [max(1, round(0.05 * length)) for length in self.size]
        shifts = [int(torch.randint(-one, one + 1, (1,), generator=self._chance)) for one in most]
        moved = torch.roll(picture, shifts, tuple(range(2, picture.ndim)))
        if picture.ndim != 4:
            return moved
        chance = torch.rand(2, generator=self._chance)
        turn, scale = math.radians(float(chance[0]) * 10 - 5), 0.95 + 0.1 * float(chance[1])
        cosine, sine = math.cos(turn) / scale, math.sin(turn) / scale
        affine = torch.tensor([[[cosine, -sine, 0.0], [sine, cosine, 0.0]]], device=picture.device)
        grid = F.affine_grid(affine, list(moved.shape), align_corners=False)
        return F.grid_sample(moved, grid, padding_mode="reflection", align_corners=False)

    @torch.no_grad()
    def shown(self) -> NDArray[np.float32]:
        """Return the picture as it is now, size + (channels,)."""
        return self.paint()[0].movedim(0, -1).contiguous().cpu().numpy()


def _scales(size: tuple[int, ...]) -> Tensor:
    """Return 1 / frequency for every coefficient (at most the picture's length for the constant one)."""
    axes = [torch.fft.fftfreq(n) for n in size[:-1]] + [torch.fft.rfftfreq(size[-1])]
    squares = torch.stack([axis**2 for axis in torch.meshgrid(*axes, indexing="ij")]).sum(dim=0)
    frequency = squares.sqrt().clamp_min(1.0 / max(size))
    return math.sqrt(math.prod(size)) / max(size) / frequency


@torch.no_grad()
def _measure(canvas: Canvas, tap: Tap, unit: int) -> float:
    """Return the largest activation on the picture as it is shown: not moved."""
    activation = canvas.network.normalise(canvas.paint())
    for _, result in canvas.network.graph.walk(activation, [tap.node]):
        activation = result
    return float(activation[0, unit].max())
