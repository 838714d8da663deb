"""Runs pictures through a network and takes each unit's maximum over positions.

The result of a convolution depends, in its last bits, on which kernel the library picks, and that depends
on the shape of the batch. So the network always computes blocks of one fixed shape, the last one padded
with black pictures; and before a scan :func:`choose_block` proves on the device at hand that a picture
gets the same bits in every place of a block, or falls back to blocks of one.
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.device import full_precision
from engine.errors import EngineError, ErrorCode
from engine.explorer.graph import Step, is_convolution
from engine.explorer.inputs import Numbers
from engine.explorer.networks import Explained, Tap

BLOCKS = {"cpu": 8}
"""Pictures per block by kind of device; more than eight did not run faster on a CPU."""
BLOCK_ELSEWHERE = 64


@dataclass(frozen=True)
class Maxima:
    """The strongest response of every unit of a layer to each of n pictures.

    ``values`` n × units float32; ``positions`` n × units int32, flat and row-major, the first one where
    the value is reached; ``shape`` the activation map's size (height, width).
    """

    values: NDArray[np.float32]
    positions: NDArray[np.int32]
    shape: tuple[int, ...]


class Responses:
    """A network cut behind the last layer of interest, computing maxima block by block.

    Its modules are in the channels-last layout, which is the layout that decoded pictures have and ran a
    third faster than torch's default on the CPU; a ReLU whose input nobody else needs works in place.

    Args:
        block: inputs per block; by default as many as suit the device.
        threads: how many threads compute each step; by default as many as there are. The last bits can
            depend on it.
    """

    def __init__(
        self, network: Explained, taps: Sequence[Tap], block: int | None = None, *, threads: int | None = None
    ) -> None:
        self.taps = tuple(taps)
        self.device = network.device
        self._network, self._threads = network, threads
        self._layers: dict[str, list[str]] = {}
        for tap in taps:
            self._layers.setdefault(tap.node, []).append(tap.layer)
        self.block = block or BLOCKS.get(network.device.type, BLOCK_ELSEWHERE)
        self._replaced = _faster(network, list(self._layers))

    def through(self, items: Numbers) -> Iterator[tuple[str, Tensor]]:
        """Run at most ``block`` inputs (n × size × channels) and yield after every step.

        Each item is the layer whose activations were just reached and those activations (n × units ×
        map, on the device), or ("", …) behind a step that is nobody's tap.
        """
        walk = self._network.graph.walk(self._input(items), list(self._layers), self._replaced)
        while True:
            with torch.inference_mode(), self._precision(), computing_threads(self._threads):
                reached = next(walk, None)
            if reached is None:
                return
            node, activation = reached
            for layer in self._layers.get(node.name, [""]):
                yield layer, activation[: len(items)] if layer else activation

    def _precision(self) -> AbstractContextManager[None]:
        """Leave the switch of the whole process alone where it means nothing: several threads may be here."""
        return nullcontext() if self.device.type == "cpu" else full_precision()

    def maxima(self, items: Numbers) -> Generator[None, None, dict[str, Maxima]]:
        """Return the maxima of at most ``block`` inputs per layer.

        It yields between steps, so that more urgent work waits for one layer at most.

        Raises:
            EngineError: MODEL_DAMAGED when an activation is not a finite number.
        """
        found: dict[str, Maxima] = {}
        for layer, activation in self.through(items):
            if layer:
                with computing_threads(self._threads):
                    found[layer] = _strongest(activation, layer)
            yield
        return found

    def _input(self, items: Numbers) -> Tensor:
        if len(items) < self.block:
            missing = np.zeros((self.block - len(items), *items.shape[1:]), dtype=items.dtype)
            items = np.concatenate((items, missing))
        with torch.inference_mode():
            return self.prepared(items)

    def prepared(self, items: Numbers) -> Tensor:
        """Return n × size × channels (uint8 in 0..255, or float32) as the network's own input.

        The arithmetic is that of :meth:`Explained.normalise`, number for number; torch does it some fifty
        times faster on long lines of pixels than with three channels innermost.
        """
        own = items if items.flags.writeable else items.copy()  # torch wants memory that it may write to
        stored = torch.from_numpy(np.ascontiguousarray(own)).to(self._network.device)
        lines = stored.flatten(2).to(torch.float32)
        if stored.dtype == torch.uint8:
            lines.div_(255.0)
        elif lines.data_ptr() == stored.data_ptr():
            lines = lines.clone()
        lines.sub_(_tiled(self._network.mean, lines)).div_(_tiled(self._network.std, lines))
        return lines.view(stored.shape).movedim(-1, 1)


def _tiled(per_channel: Tensor, lines: Tensor) -> Tensor:
    """Repeat one number per channel along a line of pixels."""
    return per_channel.flatten().repeat(lines.shape[2] // per_channel.numel())


def choose_block(
    network: Explained, taps: Sequence[Tap], threads: int | None = None
) -> Generator[None, None, int]:
    """Return the inputs per block: many if one gets the same bits in every place, else one."""
    if not network.batched:
        return 1
    yield
    responses = Responses(network, taps, threads=threads)
    shape = (1, *network.inputs.size, network.inputs.channels)
    noise = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    for layer, activation in responses.through(np.repeat(noise, responses.block, axis=0)):
        if layer and not bool((activation == activation[:1]).all()):
            return 1
        yield
    return responses.block


def _faster(network: Explained, taken: Sequence[str]) -> dict[str, Step]:
    """Return quicker copies of modules: channels last, and in place where nobody can notice."""
    graph = network.graph
    replaced: dict[str, Step] = {}
    layout = {2: torch.channels_last, 3: torch.channels_last_3d}.get(len(graph.size))
    for node in graph.needed(taken):
        if node.op != "call_module":
            continue
        own = copy.deepcopy(graph.module(node))
        if layout is not None and is_convolution(graph, node):
            own = own.to(memory_format=layout)
        before = node.all_input_nodes[0]
        if isinstance(own, nn.ReLU) and len(before.users) == 1 and is_convolution(graph, before):
            own.inplace = before.name not in taken
        replaced[node.name] = own
    return replaced


def _strongest(activation: Tensor, layer: str) -> Maxima:
    with torch.inference_mode():
        best = activation.flatten(2).max(dim=2)  # of several equal ones, the first
        values = best.values.float().cpu().numpy()
        positions = best.indices.to(torch.int32).cpu().numpy()
    if not np.isfinite(values).all():
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"Layer {layer} gives values that are not finite numbers. Use other weights.",
            layer,
        )
    return Maxima(values, positions, tuple(activation.shape[2:]))


@contextmanager
def computing_threads(count: int | None) -> Iterator[None]:
    """Compute with so many threads, for as long as it lasts, on the thread that calls."""
    before = torch.get_num_threads()
    if count is None or count == before:
        yield
        return
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
