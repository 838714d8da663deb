"""The algorithm of github.com/crowsonkb/style-transfer-pytorch, written down anew to compare with.

What is as there: Wasserstein-2 distances of means and covariances at relu1_1 … relu5_1 with weights
256 : 64 : 16 : 4 : 1, mean squared error of relu4_2 times 0.015, total variation over nine points times 2,
Adam (0.02; 0.9, 0.99) clamped to 0..1 and warm-started across a √2 pyramid from 128 pixels, the mean of the
iterates with decay 0.99 (shown, and handed to the next scale), the style scaled along, the first
convolution padded with its edge, the start from the content, twice as many iterations at the first scale.

What differs: VGG16 instead of VGG19, as asked; the numbers of iterations are scaled down to the time
given; the roots of matrices come from one coupled Newton-Schulz iteration whose gradient is known in closed
form, which is quicker than there; and the network runs in channels_last order, which is quicker too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.convnets import ConvNet
from engine.images import Rgb
from engine.style.pictures import resized
from engine.tensors import to_tensor

STYLE = {"relu1_1": 256.0, "relu2_1": 64.0, "relu3_1": 16.0, "relu4_1": 4.0, "relu5_1": 1.0}
CONTENT, CONTENT_WEIGHT, SMOOTHNESS = "relu4_2", 0.015, 2.0
RATE, DECAYS, AVERAGING = 0.02, (0.9, 0.99), 0.99
FIRST, RIDGE, ROOT_STEPS = 128, 1e-4, 12


def scales(size: int) -> list[int]:
    """Longer sides from the first scale to ``size``."""
    found = [size]
    while round(size / 2 ** (len(found) / 2)) >= FIRST:
        found.append(round(size / 2 ** (len(found) / 2)))
    return found[::-1]


def iterations(seconds: float, costs: list[float]) -> list[int]:
    """Share the time: the first scale gets twice the iterations of every other one."""
    shares = [2.0, *[1.0] * (len(costs) - 1)] if len(costs) > 1 else [1.0]
    unit = seconds / sum(share * cost for share, cost in zip(shares, costs, strict=True))
    return [max(1, round(unit * share)) for share in shares]


class Peer:
    """Paints; ``costs`` measures what an iteration takes at each scale, ``paint`` does the whole."""

    def __init__(self, network: ConvNet, content: Rgb, style: Rgb, size: int) -> None:
        self._network, self._content, self._style = network, content, style
        self.scales = scales(size)
        self._chain = [(name, _channels_last(layer)) for name, layer in network.chain("relu5_1")]

    def costs(self, clock: Callable[[], float], rounds: int = 3) -> list[float]:
        """Median seconds of an iteration at each scale."""
        found = []
        for size in self.scales:
            steps = self._steps(size, None, None)
            next(steps)
            taken = []
            for _ in range(rounds):
                begin = clock()
                next(steps)
                taken.append(clock() - begin)
            found.append(sorted(taken)[rounds // 2])
        return found

    def paint(self, counts: list[int]) -> Tensor:
        """Return the averaged painting, 1 × 3 × H × W."""
        picture: Tensor | None = None
        moments: dict[str, Any] | None = None
        for size, count in zip(self.scales, counts, strict=True):
            steps = self._steps(size, picture, moments)
            for _ in range(count):
                picture, moments = next(steps)
        assert picture is not None
        return picture.clamp(0, 1)

    def _steps(
        self, size: int, before: Tensor | None, moments: dict[str, Any] | None
    ) -> Iterator[tuple[Tensor, dict[str, Any]]]:
        content, style = (
            to_tensor(resized(each, _fitted(each, size))) for each in (self._content, self._style)
        )
        shape = content.shape[2:]
        start = content if before is None else F.interpolate(before, shape, mode="bicubic").clamp(0, 1)
        picture = start.clone().requires_grad_()
        with torch.no_grad():
            target = self._features(content, {CONTENT})[CONTENT]
            found = self._features(style, set(STYLE))
            styles = {name: _prepared(*_moments(found[name])) for name in STYLE}
        adam = torch.optim.Adam([picture], lr=RATE, betas=DECAYS)
        if moments is not None:
            adam.load_state_dict(_enlarged(moments, shape))
        mean, weight = (1 - AVERAGING) * picture.detach(), AVERAGING
        while True:
            found = self._features(picture, {CONTENT, *STYLE})
            loss = CONTENT_WEIGHT * F.mse_loss(found[CONTENT], target) + SMOOTHNESS * _variation(picture)
            for name, share in STYLE.items():
                loss = loss + share / sum(STYLE.values()) * _distance(found[name], styles[name])
            adam.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            adam.step()
            with torch.no_grad():
                picture.clamp_(0, 1)
                mean = AVERAGING * mean + (1 - AVERAGING) * picture
            weight *= AVERAGING
            yield mean / (1 - weight), adam.state_dict()

    def _features(self, picture: Tensor, wanted: set[str]) -> dict[str, Tensor]:
        activation = self._network.normalise(picture).contiguous(memory_format=torch.channels_last)
        found = {}
        for index, (name, layer) in enumerate(self._chain):
            if index == 0:
                assert isinstance(layer, nn.Conv2d)
                padded = F.pad(activation, (1, 1, 1, 1), mode="replicate")
                activation = F.conv2d(padded, layer.weight, layer.bias)
            else:
                activation = layer(activation)
            if name in wanted:
                found[name] = activation
                if len(found) == len(wanted):
                    break
        return found


def _channels_last(layer: nn.Module) -> nn.Module:
    if not isinstance(layer, nn.Conv2d):
        return layer
    made = nn.Conv2d(layer.in_channels, layer.out_channels, layer.kernel_size[0], padding=1)
    made.load_state_dict(layer.state_dict())
    return made.requires_grad_(False).to(memory_format=torch.channels_last)


def _fitted(picture: Rgb, size: int) -> tuple[int, int]:
    height, width = picture.shape[:2]
    return round(width * size / max(height, width)), round(height * size / max(height, width))


def _enlarged(state: dict[str, Any], shape: torch.Size) -> dict[str, Any]:
    kept = {
        key: {
            "step": each["step"],
            "exp_avg": F.interpolate(each["exp_avg"], shape, mode="bicubic"),
            "exp_avg_sq": F.interpolate(each["exp_avg_sq"], shape, mode="bilinear").relu_(),
        }
        for key, each in state["state"].items()
    }
    return {"state": kept, "param_groups": state["param_groups"]}


def _moments(activation: Tensor) -> tuple[Tensor, Tensor]:
    rows = activation.permute(0, 2, 3, 1).reshape(-1, activation.shape[1])
    mean = rows.mean(dim=0)
    covariance = rows.T @ rows / len(rows) - torch.outer(mean, mean)
    return mean, covariance + RIDGE * torch.eye(len(mean))


def _prepared(mean: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return mean, covariance, _roots(covariance)[0]


def _distance(activation: Tensor, target: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    mean, covariance = _moments(activation)
    wanted_mean, wanted, root = target
    overlap: Tensor = _TraceOfRoot.apply(root @ covariance @ root)
    spread = torch.trace(wanted) + torch.trace(covariance) - 2 * overlap
    return F.mse_loss(mean, wanted_mean) + spread / len(mean)


def _roots(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """Return X^½ and X^−½ by the coupled Newton-Schulz iteration (Higham 2008, section 6.3)."""
    size = torch.linalg.matrix_norm(matrix)
    identity = torch.eye(len(matrix))
    root, inverse = matrix / size, identity
    for _ in range(ROOT_STEPS):
        step = (3 * identity - inverse @ root) / 2
        root, inverse = root @ step, step @ inverse
    return root * size.sqrt(), inverse / size.sqrt()


class _TraceOfRoot(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, matrix: Tensor) -> Tensor:
        root, inverse = _roots(matrix)
        ctx.save_for_backward(inverse)
        return torch.trace(root)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        (inverse,) = ctx.saved_tensors
        slope: Tensor = gradients[0] * (inverse + inverse.T) / 4
        return slope


def _variation(picture: Tensor) -> Tensor:
    padded = F.pad(picture, (1, 1, 1, 1), mode="replicate")
    centre = padded[..., 1:-1, 1:-1]
    straight = (padded[..., 1:-1, 2:] - centre).square().mean() + (
        padded[..., 2:, 1:-1] - centre
    ).square().mean()
    one, other = padded[..., 1:, 1:] - padded[..., :-1, :-1], padded[..., 1:, :-1] - padded[..., :-1, 1:]
    return 2 * (straight / 3 + (one.square().mean() + other.square().mean()) / 12)
