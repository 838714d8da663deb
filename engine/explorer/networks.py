"""A network that can be explained: its graph, what it is shown, and where activations are taken."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor, nn

from engine.errors import EngineError, ErrorCode
from engine.explorer.fields import Field
from engine.explorer.graph import Graph, is_convolution, layer_name, taken_from
from engine.explorer.inputs import Inputs
from engine.explorer.tracing import fields_of


@dataclass(frozen=True)
class Tap:
    """Where a layer's activations are taken: behind its ReLU when it has one.

    ``layer`` is the convolution's name, ``node`` the step of the graph whose result is taken, ``shape`` the
    activation map's size in array order: (height, width).
    """

    layer: str
    node: str
    units: int
    field: Field
    shape: tuple[int, ...]


class Explained:
    """A network and what belongs to it.

    Args:
        name: the network's id, stored in every index.
        weights: SHA-256 of its weights.
        module: the network without its own normalisation, in evaluation mode on its device.
        inputs: how its input is made; mean and standard deviation are applied by :meth:`normalise`.
    """

    def __init__(self, name: str, weights: str, module: nn.Module, inputs: Inputs) -> None:
        self.name, self.weights, self.inputs = name, weights, inputs
        self.graph = Graph(module, inputs.size, inputs.channels)
        self.device = self.graph.device
        shape = (1, inputs.channels, *(1 for _ in inputs.size))
        self.mean = torch.tensor(inputs.mean, device=self.device).view(shape)
        self.std = torch.tensor(inputs.std, device=self.device).view(shape)

    @cached_property
    def batched(self) -> bool:
        """Whether several inputs can be run at once; an exported program may be written for one."""
        last = [tap.node for tap in self.all_taps]
        given = torch.zeros(2, self.inputs.channels, *self.graph.size, device=self.device)
        try:
            with torch.no_grad():
                return all(
                    len(result) == 2 for node, result in self.graph.walk(given, last) if node.name in last
                )
        except RuntimeError:
            return False

    @cached_property
    def all_taps(self) -> tuple[Tap, ...]:
        """The taps of all convolution layers, in network order."""
        fields, taps = fields_of(self.graph), {}
        for node in self.graph.nodes:
            if not is_convolution(self.graph, node):
                continue
            taken = taken_from(self.graph, node)
            name, shape = layer_name(self.graph, node), self.graph.shapes[taken.name]
            while name in taps:
                name += "+"  # one module that is run twice is two layers
            taps[name] = Tap(name, taken.name, shape[1], fields[taken.name], shape[2:])
        return tuple(taps.values())

    def taps(self, layers: Sequence[str] = ()) -> tuple[Tap, ...]:
        """Return the taps of the named convolution layers (of all when none is named), in network order.

        Raises:
            EngineError: UNIT_UNKNOWN for a name that is no convolution layer; it names those there are.
        """
        known = [tap.layer for tap in self.all_taps]
        for layer in layers:
            if layer not in known:
                raise EngineError(
                    ErrorCode.UNIT_UNKNOWN,
                    f"{self.name} has no layer {layer!r}; it has {', '.join(known)}.",
                    layer,
                )
        return tuple(tap for tap in self.all_taps if not layers or tap.layer in layers)

    def tap(self, layer: str, unit: int = 0) -> Tap:
        """Return one layer's tap.

        Raises:
            EngineError: UNIT_UNKNOWN for a layer, or a unit of it, that is not there.
        """
        tap = self.taps([layer])[0]
        if not 0 <= unit < tap.units:
            raise EngineError(
                ErrorCode.UNIT_UNKNOWN,
                f"Layer {layer} has no unit {unit}; its units are 0 to {tap.units - 1}.",
                str(unit),
            )
        return tap

    def normalise(self, given: Tensor) -> Tensor:
        """Bring N × channels × size (pictures in 0..1) to the network's own scale."""
        return (given - self.mean) / self.std


def hash_of(network: nn.Module) -> str:
    """Return a SHA-256 over the names, shapes and numbers of all weights, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
