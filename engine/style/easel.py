"""The picture being painted at one scale: the free pixels, what is protected, how it is shown."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.images import Rgb, Rgb16
from engine.style.colour import protect
from engine.style.objective import Objective
from engine.style.pictures import Sized
from engine.style.recipe import Recipe
from engine.style.steps import Losses
from engine.style.tiling import TiledObjective
from engine.tensors import to_rgb, to_tensor

_NOISE_MEAN, _NOISE_DEVIATION = 0.5, 0.25


class Easel:
    """Holds the iterate of one scale, 1 × 3 × H × W, 0..1.

    Args:
        recipe: where to start.
        sized: the pictures at this scale.
        device: where to compute.
        from_noise: whether this scale begins with white noise, which a mean of iterates would keep.
    """

    def __init__(
        self, recipe: Recipe, sized: Sized, device: torch.device, *, from_noise: bool = False
    ) -> None:
        self._decay = 0.0 if from_noise else recipe.averaging
        self.content = to_tensor(sized.content, device)
        self._mask: Tensor | None = None
        if sized.mask is not None:
            self._mask = torch.tensor(sized.mask).to(device).float().div(255)[None, None]
        self.regions = [
            None if each is None else torch.tensor(each).to(device).float().div(255) for each in sized.regions
        ]
        self._mean: Tensor | None = None
        self._averaged = 0
        start = self.content if recipe.init == "content" else _noise(self.content, recipe.seed)
        self.picture = start.clone(memory_format=torch.contiguous_format)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.picture.shape[2], self.picture.shape[3]

    def take(self, picture: Tensor) -> None:
        """Go on from this picture, enlarged (bicubic) to this scale's size where it is smaller."""
        if picture.shape[2:] != self.picture.shape[2:]:
            enlarged = F.interpolate(picture, self.size, mode="bicubic", align_corners=False, antialias=True)
            picture = enlarged.clamp_(0, 1)
        self.picture = picture.to(self.picture, copy=True)

    def styles(self, styles: tuple[Rgb, ...]) -> list[Tensor]:
        """Return the style pictures as tensors."""
        return [to_tensor(style, self.content.device) for style in styles]

    def differentiate(
        self, objective: Objective | TiledObjective
    ) -> Generator[None, None, tuple[Tensor, Losses]]:
        """Return the gradient with regard to the iterate, and the losses; with the objective's checkpoints.

        The network sees what is protected in its place, and no gradient reaches it.
        """
        seen = protect(self.picture, self.content, self._mask)
        gradient, losses = yield from objective.differentiate(seen)
        return (gradient if self._mask is None else gradient * (1 - self._mask)), losses

    def average(self) -> None:
        """Take the present iterate into the mean of the last ones (Polyak & Juditsky 1992, with weights
        that fade and add up to 1, so that the first iterate does not stay). The mean is what is shown, and
        what the next scale begins with: it is calm where the iterates tremble."""
        if self._decay == 0:
            return
        if self._mean is None:
            self._mean = torch.zeros_like(self.picture)
        self._mean.lerp_(self.picture, 1 - self._decay)
        self._averaged += 1

    def average_anew(self) -> None:
        """Let the mean begin again with what it is now, so that a changed control shows at once."""
        if self._mean is not None:
            self._mean = self.averaged * (1 - self._decay)
            self._averaged = 1

    @property
    def averaged(self) -> Tensor:
        """The mean of the last iterates, or the iterate where there is no averaging."""
        if self._mean is None:
            return self.picture
        return self._mean / (1 - self._decay**self._averaged)

    def memory(self) -> dict[str, Tensor]:
        """Return the iterate and the mean, for :meth:`restore`."""
        found = {"iterate": self.picture}
        if self._mean is not None:
            found |= {"mean": self._mean, "averaged": torch.tensor(self._averaged)}
        return found

    def restore(self, memory: Mapping[str, Tensor]) -> None:
        """Take over what :meth:`memory` gave.

        Raises:
            ValueError: the picture has another size.
        """
        if memory["iterate"].shape != self.picture.shape:
            raise ValueError("the picture has another size")
        self.picture = memory["iterate"].to(self.picture, copy=True)
        if "mean" in memory:
            self._mean = memory["mean"].to(self.picture, copy=True)
            self._averaged = int(memory["averaged"])

    @torch.no_grad()
    def show(self) -> Rgb:
        """Return the painting as a fresh uint8 array, with what is protected in its place."""
        return to_rgb(self._seen())

    @torch.no_grad()
    def show_deep(self) -> Rgb16:
        """Return the same with 16 bits a channel."""
        seen = self._seen()[0].permute(1, 2, 0)
        return np.asarray((seen.clamp(0, 1) * 65535.0).round().cpu().numpy(), dtype=np.uint16)

    def _seen(self) -> Tensor:
        return protect(self.averaged, self.content, self._mask)


def _noise(like: Tensor, seed: int) -> Tensor:
    """Gaussian white noise around mid-grey, drawn on the CPU so that every device starts alike."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(like.shape, generator=generator) * _NOISE_DEVIATION + _NOISE_MEAN
    return noise.clamp_(0, 1).to(like)
