"""From the formats that the weights were published in to the tensors of the files on board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Tensors: TypeAlias = dict[str, NDArray[Any]]

VGG16_CONVOLUTIONS = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)
"""Where torchvision's ``vgg16().features`` has its convolutions (configuration D)."""

ALEXNET_CONVOLUTIONS = (0, 3, 6, 8, 10)
"""Where torchvision's ``alexnet().features`` has its convolutions."""


def convnet(arrays: Mapping[str, Mapping[str, NDArray[Any]]], positions: tuple[int, ...]) -> Tensors:
    """Rename and transpose the convolutions of a Flax network for torch, keeping their precision.

    Flax keeps kernels as height × width × in × out, torch as out × in × height × width.

    Args:
        arrays: ``Conv_i`` → ``kernel`` and ``bias``.
        positions: the index of each convolution in torchvision's ``features``.
    """
    tensors: Tensors = {}
    for order, position in enumerate(positions):
        layer = arrays[f"Conv_{order}"]
        tensors[f"features.{position}.weight"] = np.ascontiguousarray(layer["kernel"].transpose(3, 2, 0, 1))
        tensors[f"features.{position}.bias"] = np.ascontiguousarray(layer["bias"]).reshape(-1)
    return tensors


def halve(tensors: Tensors) -> Tensors:
    """Round to 16-bit floating point.

    Raises:
        OverflowError: a value is too large for 16 bits (65 504).
    """
    largest = np.finfo(np.float16).max
    for name, tensor in tensors.items():
        if not (np.abs(tensor) <= largest).all():
            raise OverflowError(f"{name} does not fit into 16 bits")
    return {name: tensor.astype(np.float16) for name, tensor in tensors.items()}


def sface(onnx_file: bytes) -> Tensors:
    """Rename the initialisers of the SFace ONNX file after the modules of ``engine.faces.sface``.

    A tensor that was quantised by blocks stays so: ``NAME.int8`` with ``NAME.scale`` and
    ``NAME.zero_point``, whose last axes have one entry a block. Nothing is computed here.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(onnx_file).graph
    found = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    tensors: Tensors = {}
    for ours, theirs in _sface_names():
        if theirs in found:
            tensors[ours] = found[theirs]
            continue
        tensors[f"{ours}.int8"] = found[f"{theirs}_quantized"]
        tensors[f"{ours}.scale"] = found[f"{theirs}_scales"]
        tensors[f"{ours}.zero_point"] = found[f"{theirs}_zero_point"]
    return {
        name: tensor.reshape(-1) if name.endswith("activation.weight") else tensor
        for name, tensor in tensors.items()
    }


_SFACE_BLOCKS = 13


def _sface_names() -> Iterator[tuple[str, str]]:
    """Yield (name of the torch parameter, name of the ONNX initialiser)."""
    yield from _unit_names("stem", "conv_1")
    for block in range(_SFACE_BLOCKS):
        yield from _unit_names(f"blocks.{block}.depthwise", f"conv_{block + 2}_dw")
        yield from _unit_names(f"blocks.{block}.pointwise", f"conv_{block + 2}")
    yield from _norm_names("head_norm", "bn1")
    yield ("dense.weight", "pre_fc1_weight")
    yield ("dense.bias", "pre_fc1_bias")
    yield from _norm_names("dense_norm", "fc1")


def _unit_names(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    yield (f"{ours}.convolution.weight", f"{theirs}_conv2d_weight")
    yield from _norm_names(f"{ours}.norm", f"{theirs}_batchnorm")
    yield (f"{ours}.activation.weight", f"{theirs}_relu_gamma")


def _norm_names(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    yield (f"{ours}.weight", f"{theirs}_gamma")
    yield (f"{ours}.bias", f"{theirs}_beta")
    yield (f"{ours}.running_mean", f"{theirs}_moving_mean")
    yield (f"{ours}.running_var", f"{theirs}_moving_var")
