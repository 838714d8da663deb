"""The activations of a network up to the last layer that is used, and not further."""

from __future__ import annotations

from collections.abc import Collection

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.convnets import ConvNet
from engine.device import full_precision
from engine.style.losses import fork
from engine.style.mirroring import convolve_mirrored

UNMIRRORED = "conv1_2"
"""The one convolution that always sees zeros beyond the edge: to mirror its 64 units at full size costs as
much as all the others together, and the others suffice (tests/bench/style_edges.py)."""


class Features:
    """Calls a ConvNet up to the deepest of some layers and returns those layers' activations.

    The shared network stays as it is: the kernels are copied into channels_last order, in which the
    convolutions of VGG16 run about 1.25 × faster on a CPU and Gram matrices need no transposition.
    The kernels ask for no gradient.

    Args:
        network: a frozen ConvNet; its device is where pictures have to be.
        layers: the names of the wanted layers; KeyError for one that the network does not have.
        precision: in which the convolutions compute, torch.float32 or torch.bfloat16; the network's own
            when None. Activations are returned in the picture's precision, so that losses and sums over
            positions never are in less.
        mirrored: what the convolutions see beyond the picture's edge: the inside mirrored, or the zeros
            that the network was trained with, which paint a rim; see :class:`Convolution`.
    """

    def __init__(
        self,
        network: ConvNet,
        layers: Collection[str],
        precision: torch.dtype | None = None,
        *,
        mirrored: bool = False,
    ) -> None:
        self._names = list(network.layers.keys())
        self._normalise = network.normalise
        self._precision = precision or network.mean.dtype
        self.wanted = frozenset(layers)
        self.last = max(layers, key=self._names.index)
        self._chain = [
            (name, _copy(layer, self._precision, mirrored=mirrored and name != UNMIRRORED))
            for name, layer in network.chain(self.last)
        ]

    def only(self, layers: Collection[str]) -> Features:
        """Return features of fewer layers (at least one) that share these kernels."""
        fewer = object.__new__(Features)
        fewer.__dict__.update(self.__dict__)
        fewer.wanted = frozenset(layers)
        fewer.last = max(layers, key=self._names.index)
        depth = next(index for index, (name, _) in enumerate(self._chain) if name == fewer.last)
        fewer._chain = self._chain[: depth + 1]
        return fewer

    def __call__(self, picture: Tensor) -> dict[str, Tensor]:
        """Return layer name → activation (1 × N × H × W) of a 1 × 3 × H × W picture in 0..1."""
        return self.with_moments(picture, ())[0]

    @full_precision()
    def with_moments(
        self, picture: Tensor, layers: Collection[str]
    ) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """Return the activations, and of those ``layers`` among them the second moments, N × N.

        Only on a CPU: a graphics card is quicker without (:func:`~engine.style.losses.fork`).
        """
        activation = self._normalise(picture).contiguous(memory_format=torch.channels_last)
        activation = activation.to(self._precision)
        found: dict[str, Tensor] = {}
        moments: dict[str, Tensor] = {}
        before = ""
        for name, layer in self._chain:
            # nobody looks at what this convolution gave, so the ReLU may overwrite it
            unseen = isinstance(layer, nn.ReLU) and before not in self.wanted
            activation = F.relu(activation, inplace=True) if unseen else layer(activation)
            if name in self.wanted:
                found[name] = activation.to(picture.dtype)
                if name in layers and picture.device.type == "cpu":
                    found[name], moments[name] = fork(found[name])
                    activation = found[name].to(self._precision)
            before = name
        return found, moments

    def strides(self) -> dict[str, int]:
        """Return how many pixels lie between two positions of each layer that is computed."""
        found, stride = {}, 1
        for name, layer in self._chain:
            stride *= 2 if isinstance(layer, nn.MaxPool2d) else 1
            found[name] = stride
        return found

    @property
    def chain(self) -> list[tuple[str, nn.Module]]:
        """The layers in order, up to the last one that is used."""
        return self._chain


class Convolution(nn.Module):
    """A convolution with its own channels_last copy of another one's kernels.

    Args:
        source: whose kernels.
        precision: of the kernels.
        mirrored: pad an activation with its own inside instead of zeros, so that an edge looks to the
            network like any other place, and is painted like it.
    """

    def __init__(self, source: nn.Conv2d, precision: torch.dtype, *, mirrored: bool = False) -> None:
        super().__init__()
        self._weight = source.weight.detach().to(precision, copy=True, memory_format=torch.channels_last)
        self._bias = None if source.bias is None else source.bias.detach().to(precision)
        self.kernel, self.stride = source.kernel_size[0], source.stride[0]
        self._stride, self._padding = source.stride, source.padding
        self._mirrored = mirrored

    def forward(self, activation: Tensor) -> Tensor:
        """Convolve."""
        if not self._mirrored:
            return F.conv2d(activation, self._weight, self._bias, self._stride, self._padding)
        around = self.kernel // 2
        if self.kernel == 3 and self.stride == 1 and min(activation.shape[2:]) > 1:
            return convolve_mirrored(activation, self._weight, self._bias)
        # one row of positions has no inside to mirror
        mode = "reflect" if min(activation.shape[2:]) > around else "replicate"
        framed = F.pad(activation, (around,) * 4, mode=mode)
        return F.conv2d(framed, self._weight, self._bias, self._stride)


def _copy(layer: nn.Module, precision: torch.dtype, *, mirrored: bool) -> nn.Module:
    return Convolution(layer, precision, mirrored=mirrored) if isinstance(layer, nn.Conv2d) else layer
