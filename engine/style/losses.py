"""The losses of style transfer, each a short pure function beside its formula.

An activation F is 1 × N × H × W: N units, M = H·W positions. With F as an N × M matrix:

* content (Gatys, Ecker, Bethge 2015, eq. 1): ½ Σ (F − P)², here divided by N·M;
* style (Gram) matrix (eq. 3): G = F Fᵀ, here divided by M;
* style loss of a layer (eq. 4): E = 1/(4 N² M²) Σ (G − A)², here 1/(4 N²) Σ (G/M − A/M′)²;
* style (eq. 5): Σ λ_l E_l, and total (eq. 7): α·content + β·style.

Each picture's Gram matrix is divided by its own number of positions: for pictures of one size that is
eq. 4 to the letter, and a style picture of another size needs no cropping. The content loss of the paper
grows with the number of positions while its style loss does not, so its α/β means something else at every
size; divided by N·M the balance stays (the paper's α is ours divided by N·M).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

Statistics = tuple[Tensor, ...]
"""What a style loss keeps of an activation; sums over positions, so styles can be blended linearly."""


def positions_by_units(activation: Tensor) -> Tensor:
    """Return 1 × N × H × W as M × N; without a copy in either memory order."""
    return activation.permute(0, 2, 3, 1).reshape(-1, activation.shape[1])


class _SecondMoment(torch.autograd.Function):
    """Fᵀ F of an M × N matrix. Autograd alone would multiply twice on the way back."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor) -> Tensor:
        ctx.save_for_backward(rows)
        product: Tensor = rows.T @ rows
        return product

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        (rows,) = ctx.saved_tensors
        towards_rows: Tensor = rows @ (gradients[0] + gradients[0].T)
        return towards_rows


class _Fork(torch.autograd.Function):
    """An activation handed on, and the second moment of its rows; on the way back one product adds both."""

    @staticmethod
    def forward(ctx: Any, activation: Tensor) -> tuple[Tensor, Tensor]:
        rows = positions_by_units(activation)
        ctx.save_for_backward(rows)
        ctx.set_materialize_grads(False)
        ctx.shape = activation.permute(0, 2, 3, 1).shape
        return activation.view_as(activation), rows.T @ rows

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor | None) -> Tensor | None:
        onward, moment = gradients
        if moment is None:
            return onward
        (rows,) = ctx.saved_tensors
        slope = moment + moment.T
        if onward is None:
            towards: Tensor = rows @ slope
        else:  # the layer behind gave its gradient to nobody else, so it may be added to in place
            towards = positions_by_units(onward).contiguous().addmm_(rows, slope)
        return towards.view(ctx.shape).permute(0, 3, 1, 2)


def fork(activation: Tensor) -> tuple[Tensor, Tensor]:
    """Return a 1 × N × H × W activation and its style (Gram) matrix, N × N (:func:`gram`).

    Use the activation returned, instead of the one given, for everything else: then the matrix's gradient
    is added to the others' while it is computed.
    """
    onward, moment = _Fork.apply(activation)
    return onward, moment


def _second_moment(rows: Tensor) -> Tensor:
    product: Tensor = _SecondMoment.apply(rows)
    return product


def weighted_sums(
    activation: Tensor, weights: Tensor | None, moment: Tensor | None = None, *, means: bool
) -> Statistics:
    """Return (Σ_k w_k F_k F_kᵀ,), N × N, and with ``means`` also Σ_k w_k F_k, N, over the positions k.

    Sums over positions can be gathered tile by tile. With weights this is the guided Gram matrix of Gatys
    et al. 2017, "Controlling Perceptual Factors in Neural Style Transfer", eq. 4, whose guidance channel
    is the root of w.

    Args:
        activation: 1 × N × H × W.
        weights: H × W, 0..1, or None for 1 everywhere.
        moment: the first sum where it is known (:func:`fork`).
        means: whether the second sum is wanted.
    """
    rows = positions_by_units(activation)
    if moment is None:
        moment = _second_moment(rows if weights is None else rows * weights.reshape(-1, 1).sqrt())
    if not means:
        return (moment,)
    return moment, rows.sum(dim=0) if weights is None else weights.flatten() @ rows


def added(before: Statistics | None, more: Statistics) -> Statistics:
    """Return the sum of two tuples of sums; the first is None at the beginning."""
    return more if before is None else tuple(a + b for a, b in zip(before, more, strict=True))


def mean_of(parts: Sequence[Statistics], shares: Sequence[float]) -> Statistics:
    """Return the mean of several statistics of one kind, weighted by shares."""
    return tuple(
        sum((share * each for share, each in zip(shares, part, strict=True)), torch.zeros_like(part[0]))
        for part in zip(*parts, strict=True)
    )


def gram(activation: Tensor) -> Tensor:
    """Return the style (Gram) matrix G_ij = Σ_k F_ik F_jk, N × N (Gatys 2015, eq. 3)."""
    return _second_moment(positions_by_units(activation))


def content_loss(activation: Tensor, target: Tensor) -> Tensor:
    """Return 1/(2 N M) Σ (F − P)² (Gatys 2015, eq. 1, divided by N·M)."""
    return (activation - target).square().mean() / 2


def gram_of_sums(sums: Statistics, mass: float) -> Statistics:
    """Return (G / M,), M being the number of positions, or the sum of their weights."""
    return (sums[0] / mass,)


def gram_distance(found: Statistics, target: Statistics) -> Tensor:
    """Return E = 1/(4 N²) Σ (G/M − A/M′)² (Gatys 2015, eq. 4)."""
    (g,), (a,) = found, target
    return (g - a).square().sum() / (4 * g.shape[0] ** 2)


def gaussian_of_sums(sums: Statistics, mass: float) -> Statistics:
    """Return the mean (N) and covariance (N × N) over the positions."""
    mean = sums[1] / mass
    return mean, sums[0] / mass - torch.outer(mean, mean)


def gaussian_target(statistics: Statistics) -> Statistics:
    """Add the covariance's square root, which the distance needs of the target: (μ, Σ, Σ^½)."""
    mean, covariance = statistics
    values, vectors = _eigh(covariance)
    root = (vectors * values.clamp_min(0).sqrt()) @ vectors.T
    return mean, covariance, root


def w2_distance(found: Statistics, target: Statistics) -> Tensor:
    """Return the squared 2-Wasserstein distance of two Gaussians, divided by N.

    |μ − μ′|² + tr(Σ + Σ′ − 2 (Σ′^½ Σ Σ′^½)^½): the means, and the Bures metric of the covariances
    (Dowson & Landau 1982; Olkin & Pukelsheim 1982). Per unit, its gradient at the content has about the
    size of the Gram loss's, but fades more slowly near the target: a tenth of β suits it. ``target`` comes
    from :func:`gaussian_target`.
    """
    (mean, covariance), (target_mean, target_covariance, root) = found, target
    bures = torch.trace(covariance) + torch.trace(target_covariance)
    overlap: Tensor = _TraceOfRoot.apply(root @ covariance @ root)
    return ((mean - target_mean).square().sum() + bures - 2 * overlap) / mean.shape[0]


ROOT_FLOOR = 1e-6
"""Added to the eigenvalues under a root, as a share of their mean: a covariance of fewer positions than
units is singular, and the root's slope at 0 is infinite."""


class _TraceOfRoot(torch.autograd.Function):
    """tr (X + ε)^½ of a symmetric positive matrix; its gradient is ½ (X + ε)^−½.

    Differentiating through the eigenvectors would divide by differences of eigenvalues, which are often
    equal here. ε is treated as constant.
    """

    @staticmethod
    def forward(ctx: Any, matrix: Tensor) -> Tensor:
        values, vectors = _eigh((matrix + matrix.T) / 2)
        values = values.clamp_min(0)
        roots = (values + ROOT_FLOOR * values.mean() + torch.finfo(values.dtype).tiny).sqrt()
        ctx.save_for_backward(roots, vectors)
        return roots.sum()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        roots, vectors = ctx.saved_tensors
        slope: Tensor = (vectors / (2 * roots)) @ vectors.T
        return gradients[0] * slope


def _eigh(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """Eigenvalues and eigenvectors of a symmetric matrix; on the CPU where the device cannot.

    With fewer positions than units most eigenvalues are 0, and LAPACK's fp32 routine gives up on such a
    matrix now and then; in fp64 it does not. What is not finite has eigenvalues that are no numbers, so that
    the loss says so.
    """
    place = matrix.cpu() if matrix.device.type == "mps" else matrix
    try:
        values, vectors = torch.linalg.eigh(place)
    except torch.linalg.LinAlgError:  # type: ignore[attr-defined]
        if not bool(torch.isfinite(place).all()):
            return torch.full_like(matrix[0], torch.nan), torch.full_like(matrix, torch.nan)
        values, vectors = torch.linalg.eigh(place.double())
    return values.to(matrix), vectors.to(matrix)


def unit_activation(activation: Tensor, unit: int | None) -> Tensor:
    """Return how strongly a unit answers: the mean of its activation over the positions (Erhan, Bengio,
    Courville, Vincent 2009, eq. 1, for all positions at once); of a whole layer ½ Σ F² / (N·M), as in
    "Inceptionism" (Mordvintsev, Olah, Tyka 2015)."""
    return activation.square().mean() / 2 if unit is None else activation[:, unit].mean()


def total_variation(picture: Tensor) -> Tensor:
    """Return the mean squared difference of neighbouring pixels, 1 × 3 × H × W.

    The penalty of Mahendran & Vedaldi 2015, eq. 4, with their β = 2, per pixel instead of summed.
    """
    down = (picture[..., 1:, :] - picture[..., :-1, :]).square().sum()
    right = (picture[..., :, 1:] - picture[..., :, :-1]).square().sum()
    return (down + right) / picture.numel()
