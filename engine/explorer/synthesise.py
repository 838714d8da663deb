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
from engine.explorer.networks import Explained, Tap
from engine.explorer.records import SynthesisOptions
from engine.options import validate

COLOURS = ((0.221, 0.130, 0.022), (0.227, -0.024, -0.065), (0.229, -0.102, 0.043))
"""Square root of the covariance of red, green and blue in photos (``tests/bench/colour_statistics.py``): from
three independent numbers (brightness, blue to orange, green to magenta) to colours."""

NOISE = 0.01
"""Standard deviation of the coefficients at the start."""


@dataclass(frozen=True)
class Forming:
    """A picture under way: size + (channels,) in 0..1 for pictures, the unit's activation, and how far."""

    numbers: NDArray[np.float32]
    activation: float
    step: int


def synthesise(
    network: Explained, tap: Tap, unit: int, options: SynthesisOptions | None = None
) -> Generator[Forming | None, None, Forming]:
    """Optimise an input for the middle activation of a unit, and show it as it forms.

    Raises:
        EngineError: BAD_VALUE for an option out of range; OUT_OF_MEMORY.
    """
    options = options or SynthesisOptions()
    validate(options)
    with memory_guard("Choose another device in the settings, or close other programs."):
        generator = torch.Generator("cpu").manual_seed(options.seed)
        coefficients = _noise(network, generator)
        adam = torch.optim.Adam([coefficients], lr=options.rate)
        yield None
        for step in range(1, options.steps + 1):
            value = yield from _improve(network, tap, unit, coefficients, adam, generator)
            if step % options.shown_every == 0 or step == options.steps:
                yield Forming(_shown(network, coefficients), value, step)
        return Forming(
            _shown(network, coefficients), _measure(network, tap, unit, coefficients), options.steps
        )


def _improve(
    network: Explained,
    tap: Tap,
    unit: int,
    coefficients: Tensor,
    adam: torch.optim.Adam,
    generator: torch.Generator,
) -> Generator[None, None, float]:
    """Take one step of the optimiser; yields between the layers."""
    with torch.enable_grad():
        picture = paint(network, coefficients)
        given = network.normalise(jitter(picture, generator))
    walk, activation = network.graph.walk(given, [tap.node]), given
    while True:
        with torch.enable_grad():
            reached = next(walk, None)
        if reached is None:
            break
        activation = reached[1]
    yield
    with torch.enable_grad():
        value = middle(activation[0, unit])
        adam.zero_grad()
        (-value).backward()  # type: ignore[no-untyped-call]
        adam.step()
    yield
    return float(value.detach())


def paint(network: Explained, coefficients: Tensor) -> Tensor:
    """Return 1 × channels × size from the coefficients: in 0..1 for pictures and volumes.

    A signal has no range of its own: it is what its mean and deviation say.
    """
    size = network.graph.size
    waves = torch.view_as_complex(coefficients) * _scales(size, coefficients.device)
    places = torch.fft.irfftn(waves, s=size, norm="ortho")
    if network.inputs.channels == 3:
        colours = torch.tensor(COLOURS, device=places.device)
        places = torch.einsum("ij,j...->i...", colours / colours.norm(dim=1).max(), places)
    if network.inputs.kind == "signals":
        return torch.tanh(places)[None]
    return torch.sigmoid(places)[None]


def jitter(picture: Tensor, generator: torch.Generator) -> Tensor:
    """Shift, and for pictures turn and scale, at random: ± 5 % of the size, ± 5°, 0.95 to 1.05."""
    size = picture.shape[2:]
    shifts = [int(torch.randint(-_most(n), _most(n) + 1, (1,), generator=generator)) for n in size]
    moved = torch.roll(picture, shifts, tuple(range(2, picture.ndim)))
    if picture.ndim != 4:
        return moved
    chance = torch.rand(2, generator=generator)
    turn, scale = math.radians(float(chance[0]) * 10 - 5), 0.95 + 0.1 * float(chance[1])
    cosine, sine = math.cos(turn) / scale, math.sin(turn) / scale
    affine = torch.tensor([[[cosine, -sine, 0.0], [sine, cosine, 0.0]]], device=picture.device)
    grid = F.affine_grid(affine, list(moved.shape), align_corners=False)
    return F.grid_sample(moved, grid, padding_mode="reflection", align_corners=False)


def middle(activation: Tensor) -> Tensor:
    """Return a unit's activation in the middle of its map."""
    return activation[tuple(n // 2 for n in activation.shape)]


def _most(length: int) -> int:
    return max(1, round(0.05 * length))


def _noise(network: Explained, generator: torch.Generator) -> Tensor:
    size = network.graph.size
    shape = (network.inputs.channels, *size[:-1], size[-1] // 2 + 1, 2)
    return (torch.randn(shape, generator=generator) * NOISE).to(network.device).requires_grad_(True)


def _scales(size: tuple[int, ...], device: torch.device) -> Tensor:
    """Return 1 / frequency for every coefficient (at most the picture's length for the constant one)."""
    axes = [torch.fft.fftfreq(n) for n in size[:-1]] + [torch.fft.rfftfreq(size[-1])]
    squares = sum(axis**2 for axis in torch.meshgrid(*axes, indexing="ij"))
    assert isinstance(squares, Tensor)
    frequency = squares.sqrt().clamp_min(1.0 / max(size))
    return (math.sqrt(math.prod(size)) / max(size) / frequency).to(device)


@torch.no_grad()
def _shown(network: Explained, coefficients: Tensor) -> NDArray[np.float32]:
    return paint(network, coefficients)[0].movedim(0, -1).cpu().numpy()


@torch.no_grad()
def _measure(network: Explained, tap: Tap, unit: int, coefficients: Tensor) -> float:
    """Return the activation for the picture as it is shown: not moved."""
    activation = network.normalise(paint(network, coefficients))
    for _, result in network.graph.walk(activation, [tap.node]):
        activation = result
    return float(middle(activation[0, unit]))
