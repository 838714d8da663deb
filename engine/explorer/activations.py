"""Runs pictures through a network and takes each unit's maximum over positions.

The result of a convolution depends, in its last bits, on which kernel the library picks, and that depends
on the shape of the batch. So the network always computes blocks of one fixed shape, the last one padded
with black pictures; and before a scan :func:`choose_block` proves on the device at hand that a picture
gets the same bits in every place of a block, or falls back to blocks of one.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.convnets import ConvNet
from engine.errors import EngineError, ErrorCode
from engine.explorer.fields import Exactness, Field, Window, field_of

BLOCKS = {"cpu": 8}
"""Pictures per block by kind of device; more than eight did not run faster on a CPU."""
BLOCK_ELSEWHERE = 64

Convolution = nn.Conv1d | nn.Conv2d | nn.Conv3d
_POOLINGS = (
    nn.MaxPool1d,
    nn.MaxPool2d,
    nn.MaxPool3d,
    nn.AvgPool1d,
    nn.AvgPool2d,
    nn.AvgPool3d,
)
_POINTWISE = (
    nn.ReLU,
    nn.LeakyReLU,
    nn.PReLU,
    nn.ELU,
    nn.Sigmoid,
    nn.Tanh,
    nn.Identity,
    nn.Dropout,
    nn.BatchNorm1d,
    nn.BatchNorm2d,
    nn.BatchNorm3d,
)


@dataclass(frozen=True)
class Tap:
    """Where a layer's activations are taken: behind its ReLU when it has one.

    ``layer`` is the convolution's name, ``module`` the name of the module whose output is taken.
    """

    layer: str
    module: str
    units: int
    field: Field


@dataclass(frozen=True)
class Maxima:
    """The strongest response of every unit of a layer to each of n pictures.

    ``values`` n × units float32; ``positions`` n × units int32, flat and row-major, the first one where
    the value is reached; ``shape`` the activation map's size (height, width).
    """

    values: NDArray[np.float32]
    positions: NDArray[np.int32]
    shape: tuple[int, ...]


def window_of(module: nn.Module) -> Window | None:
    """Return what a module sees of its input, or None when it works point by point.

    Raises:
        TypeError: the module's receptive field is not known.
    """
    if isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        return _convolution_window(module)
    if isinstance(module, _POOLINGS):
        dimensions = int(type(module).__name__[-2])
        return Window(
            _each(module.kernel_size, dimensions),
            _each(module.stride, dimensions),
            _each(module.padding, dimensions),
            _each(getattr(module, "dilation", 1), dimensions),
        )
    if isinstance(module, _POINTWISE):
        return None
    raise TypeError(f"the receptive field of {type(module).__name__} is not known")


def _convolution_window(module: Convolution) -> Window:
    if module.padding_mode == "circular":
        raise TypeError("a convolution that wraps around sees both ends of the picture, not a box")
    kernel, dilation = tuple(module.kernel_size), tuple(module.dilation)
    if isinstance(module.padding, str):
        same = module.padding == "same"
        padding = tuple((k - 1) * d // 2 if same else 0 for k, d in zip(kernel, dilation, strict=True))
    else:
        padding = tuple(module.padding)
    exactness = Exactness.EXACT if module.padding_mode == "zeros" else Exactness.UPPER_BOUND
    return Window(kernel, tuple(module.stride), padding, dilation, exactness)


def _each(value: int | Sequence[int], dimensions: int) -> tuple[int, ...]:
    return (value,) * dimensions if isinstance(value, int) else tuple(value)


def taps_of(network: ConvNet, layers: Sequence[str] = ()) -> tuple[Tap, ...]:
    """Return the taps of the named convolution layers (of all when none is named), in network order.

    Raises:
        EngineError: UNIT_UNKNOWN for a name that is no convolution layer; it names those there are.
    """
    chain = list(network.layers.items())
    found: list[Tap] = []
    windows: list[Window] = []
    for place, (name, module) in enumerate(chain):
        window = window_of(module)
        if window is not None:
            windows.append(window)
        if isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
            follower = chain[place + 1] if place + 1 < len(chain) else None
            rectified = follower is not None and isinstance(follower[1], nn.ReLU)
            source = follower[0] if follower is not None and rectified else name
            field = field_of(windows, len(module.kernel_size))
            found.append(Tap(name, source, module.out_channels, field))
    known = [tap.layer for tap in found]
    for layer in layers:
        if layer not in known:
            raise EngineError(
                ErrorCode.UNIT_UNKNOWN,
                f"{network.name} has no layer {layer!r}; it has {', '.join(known)}.",
                layer,
            )
    return tuple(tap for tap in found if not layers or tap.layer in layers)


def hash_of(network: nn.Module) -> str:
    """Return a SHA-256 over the names, shapes and numbers of all weights, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


class Responses:
    """A network cut behind the last layer of interest, computing maxima block by block.

    It holds a copy of the modules in the channels-last layout, which is the layout that decoded pictures
    have and ran a third faster than torch's default on the CPU.
    """

    def __init__(self, network: ConvNet, taps: Sequence[Tap], block: int | None = None) -> None:
        self.taps = tuple(taps)
        self._network = network
        self._chain = [(name, _own(module)) for name, module in network.chain(self.taps[-1].module)]
        self._device = network.mean.device
        self.block = block or BLOCKS.get(self._device.type, BLOCK_ELSEWHERE)

    def through(self, pictures: NDArray[np.uint8]) -> Iterator[tuple[str, Tensor]]:
        """Run at most ``block`` pictures (n × height × width × 3) and yield after every module.

        Each item is the layer whose activations were just reached and those activations (n × units ×
        height × width, on the device), or ("", …) behind a module that is nobody's tap.
        """
        layer_of = {tap.module: tap.layer for tap in self.taps}
        activation = self._input(pictures)
        for name, module in self._chain:
            with torch.inference_mode(), _full_precision():
                activation = module(activation)
            yield layer_of.get(name, ""), activation[: len(pictures)]

    def maxima(self, pictures: NDArray[np.uint8]) -> Generator[None, None, dict[str, Maxima]]:
        """Return the maxima of at most ``block`` pictures per layer.

        It yields between modules, so that more urgent work waits for one layer at most.

        Raises:
            EngineError: MODEL_DAMAGED when an activation is not a finite number.
        """
        found: dict[str, Maxima] = {}
        for layer, activation in self.through(pictures):
            if layer:
                found[layer] = _strongest(activation, layer)
            yield
        return found

    def _input(self, pictures: NDArray[np.uint8]) -> Tensor:
        if len(pictures) < self.block:
            missing = np.zeros((self.block - len(pictures), *pictures.shape[1:]), dtype=np.uint8)
            pictures = np.concatenate((pictures, missing))
        with torch.inference_mode():
            stored = torch.from_numpy(pictures).to(self._device)
            lines = stored.flatten(2).to(torch.float32).div_(255.0)
            lines.sub_(self._tiled(self._network.mean, lines)).div_(self._tiled(self._network.std, lines))
            return lines.view(stored.shape).permute(0, 3, 1, 2)

    @staticmethod
    def _tiled(per_channel: Tensor, lines: Tensor) -> Tensor:
        """Repeat one number per channel along a line of pixels.

        The arithmetic is that of ``ConvNet.normalise``, number for number; torch does it some fifty times
        faster on long lines than with three channels innermost.
        """
        return per_channel.flatten().repeat(lines.shape[2] // per_channel.numel())


def choose_block(network: ConvNet, taps: Sequence[Tap], side: int) -> Generator[None, None, int]:
    """Return the pictures per block: many if a picture gets the same bits in every place, else one.

    Args:
        side: height and width of the pictures; the library may choose other kernels for other sizes.
    """
    responses = Responses(network, taps)
    noise = np.random.default_rng(0).integers(0, 256, (1, side, side, 3), dtype=np.uint8)
    for layer, activation in responses.through(np.repeat(noise, responses.block, axis=0)):
        if layer and not bool((activation == activation[:1]).all()):
            return 1
        yield
    return responses.block


def _own(module: nn.Module) -> nn.Module:
    """Return a copy for the scan alone: channels last, and a ReLU that saves itself the copy.

    Nobody reads a convolution's output once its ReLU has run: the ReLU is the tap.
    """
    own = copy.deepcopy(module).to(memory_format=torch.channels_last)
    if isinstance(own, nn.ReLU):
        own.inplace = True
    return own


def _strongest(activation: Tensor, layer: str) -> Maxima:
    values, positions = _on_cpu(activation) if activation.device.type == "cpu" else _on_device(activation)
    if not np.isfinite(values).all():
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"Layer {layer} gives values that are not finite numbers. Use other weights.",
            layer,
        )
    return Maxima(values, positions, tuple(activation.shape[2:]))


def _on_device(activation: Tensor) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    with torch.inference_mode():
        best = activation.flatten(2).max(dim=2)  # of several equal ones, the first
        return best.values.float().cpu().numpy(), best.indices.to(torch.int32).cpu().numpy()


def _on_cpu(activation: Tensor) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the same with numpy, which took a sixth of the time with channels innermost."""
    lines = activation.flatten(2).permute(0, 2, 1).numpy()
    values = lines.max(axis=1)
    positions = (lines == values[:, None]).argmax(axis=1)
    return values, positions.astype(np.int32)


@contextmanager
def _full_precision() -> Iterator[None]:
    """Compute in true float32: Ampere GPUs otherwise round the inputs of a convolution to 10 bits."""
    if not torch.cuda.is_available():
        yield
        return
    with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False):
        yield
