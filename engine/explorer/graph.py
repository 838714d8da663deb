"""A network as a graph of steps, each of which can be run, looked at and replaced for itself.

The graph comes from torch.fx, which runs the network's own code once with stand-ins for tensors. Modules of
``torch.nn`` stay whole; everything else is taken apart into functions. The graph holds copies of the
modules, so that nothing done here changes the network it came from.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, fx, nn

from engine.errors import EngineError, ErrorCode

CONVOLUTIONS = frozenset({"conv1d", "conv2d", "conv3d", "convolution"})
ACTIVATIONS = frozenset(
    {
        *("relu", "relu6", "leaky_relu", "prelu", "elu", "celu", "selu", "gelu", "silu", "mish", "softplus"),
        *("hardtanh", "hardswish", "hardsigmoid", "sigmoid", "tanh", "rrelu", "clamp"),
    }
)
BETWEEN = frozenset(
    {
        *("batchnorm1d", "batchnorm2d", "batchnorm3d", "batch_norm", "_native_batch_norm_legit_no_training"),
        *("identity", "dropout", "dropout1d", "dropout2d", "dropout3d", "alphadropout", "contiguous"),
    }
)
"""What may stand between a convolution and the activation function that belongs to it."""

_SAME_NAMES = {"_convolution": "convolution", "relu_": "relu", "clamp_min": "relu", "silu_": "silu"}

Step = Callable[..., Any]


class Graph:
    """The steps from the network's input to its last layer.

    Args:
        module: any network in evaluation mode whose control flow does not depend on numbers.
        size: the input's size without batch and channels, in array order: (height, width).
        channels: of the input.

    Raises:
        EngineError: MODEL_DAMAGED when the network cannot be traced or does not take such an input.
    """

    def __init__(self, module: nn.Module, size: Sequence[int], channels: int) -> None:
        self.size, self.channels = tuple(size), channels
        self.device = _device_of(module)
        traced = module if isinstance(module, fx.GraphModule) else _trace(module)
        self.modules = copy.deepcopy(traced).eval().requires_grad_(False)
        for part in self.modules.modules():
            if getattr(part, "inplace", False):  # it would destroy the activation that somebody looks at
                setattr(part, "inplace", False)  # noqa: B010 - torch declares attributes as tensors
        self.nodes = tuple(self.modules.graph.nodes)
        self.by_name = {node.name: node for node in self.nodes}
        self.kinds = {node.name: self._kind(node) for node in self.nodes}
        self.shapes = self._shapes()

    def kind(self, node: fx.Node) -> str:
        """Return what a step does, in lower case: the module's class or the function's name."""
        return self.kinds[node.name]

    def module(self, node: fx.Node) -> nn.Module:
        """Return the module that a ``call_module`` step runs."""
        return self.modules.get_submodule(str(node.target))

    def attribute(self, node: fx.Node) -> Any:
        """Return the tensor that a ``get_attr`` step stands for."""
        found: Any = self.modules
        for part in str(node.target).split("."):
            found = getattr(found, part)
        return found

    def needed(self, last: Sequence[str]) -> tuple[fx.Node, ...]:
        """Return the steps that lead to the named ones, in order."""
        wanted = {self.by_name[name] for name in last}
        for node in reversed(self.nodes):
            if node in wanted:
                wanted.update(node.all_input_nodes)
        return tuple(node for node in self.nodes if node in wanted)

    def walk(
        self, given: Tensor, last: Sequence[str], replaced: Mapping[str, Step] | None = None
    ) -> Iterator[tuple[fx.Node, Any]]:
        """Run the steps that lead to the named ones and yield each with its result.

        A result is let go as soon as no later step needs it.

        Args:
            given: N × channels × size, as the network takes it.
            replaced: other functions for some steps, by name; called with the step's arguments.
        """
        replaced = replaced or {}
        nodes = self.needed(last)
        uses = {node: sum(node in later.all_input_nodes for later in nodes) for node in nodes}
        results: dict[fx.Node, Any] = {}
        for node in nodes:
            results[node] = self._run(node, given, results, replaced)
            yield node, results[node]
            for before in node.all_input_nodes:
                uses[before] -= 1
                if not uses[before]:
                    results.pop(before, None)

    def _run(
        self, node: fx.Node, given: Tensor, results: Mapping[fx.Node, Any], replaced: Mapping[str, Step]
    ) -> Any:
        if node.op == "placeholder":
            return given
        if node.op == "get_attr":
            return self.attribute(node)
        arguments = fx.node.map_arg(node.args, results.__getitem__)
        named = fx.node.map_arg(node.kwargs, results.__getitem__)
        if node.op == "output":
            return arguments[0]
        if node.op == "call_method" and node.name not in replaced:
            return getattr(arguments[0], str(node.target))(*arguments[1:], **named)
        usual: Any = self.module(node) if node.op == "call_module" else node.target
        step = replaced.get(node.name, usual)
        if "inplace" in named and isinstance(named, dict):
            named = {**named, "inplace": False}
        return step(*arguments, **named)

    def _kind(self, node: fx.Node) -> str:
        if node.op == "call_module":
            return type(self.module(node)).__name__.lower()
        if node.op == "call_function":
            target: Any = node.target
            packet = getattr(target, "overloadpacket", target)
            name = str(getattr(packet, "__name__", packet)).lower()
            return _SAME_NAMES.get(name, name)
        return str(node.target).lower() if node.op == "call_method" else node.op

    @torch.no_grad()
    def _shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the size of every step's result for one input (batch and channels included)."""
        every = [node.name for node in self.nodes if node.op == "output"]
        given = torch.zeros(1, self.channels, *self.size, device=self.device)
        try:
            return {
                node.name: tuple(result.shape)
                for node, result in self.walk(given, every)
                if isinstance(result, Tensor)
            }
        except (RuntimeError, TypeError, ValueError, IndexError, AttributeError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            size = " × ".join(map(str, self.size))
            raise EngineError(
                ErrorCode.MODEL_DAMAGED,
                f"The network does not take an input of {self.channels} × {size} ({reason}).",
            ) from error


def argument(node: fx.Node, place: int, name: str, default: Any = None) -> Any:
    """Return an argument of a step, given by place or by name."""
    if len(node.args) > place:
        return node.args[place]
    return node.kwargs.get(name, default)


def is_convolution(graph: Graph, node: fx.Node) -> bool:
    """Whether a step is a convolution (a transposed one is not)."""
    transposed = graph.kind(node) == "convolution" and bool(argument(node, 6, "transposed", False))
    return graph.kind(node) in CONVOLUTIONS and not transposed


def is_activation(graph: Graph, node: fx.Node) -> bool:
    """Whether a step is a function applied to every number for itself that is not linear."""
    return graph.kind(node) in ACTIVATIONS


def layer_name(graph: Graph, node: fx.Node) -> str:
    """Return what people call a convolution: its module, or the module that its weight belongs to."""
    if node.op == "call_module":
        return str(node.target)
    weight = argument(node, 1, "weight")
    if isinstance(weight, fx.Node) and weight.op == "get_attr":
        return str(weight.target).removesuffix(".weight")
    return node.name


def taken_from(graph: Graph, node: fx.Node) -> fx.Node:
    """Return the step whose result counts as a convolution's activations.

    That is the activation function behind it, across a normalisation, as long as nobody else uses what lies
    between; where there is none (before the addition of a residual block), the last normalisation.
    """
    reached = node
    while len(reached.users) == 1:
        follower = next(iter(reached.users))
        if follower.all_input_nodes[0] is not reached:
            break
        if is_activation(graph, follower):
            return follower
        if graph.kind(follower) not in BETWEEN:
            break
        reached = follower
    return reached


def _trace(module: nn.Module) -> fx.GraphModule:
    try:
        return fx.symbolic_trace(module)
    except (fx.proxy.TraceError, TypeError, ValueError, RuntimeError, AttributeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EngineError(
            ErrorCode.MODEL_DAMAGED, f"The network's graph cannot be traced ({reason})."
        ) from error


def _device_of(module: nn.Module) -> torch.device:
    for tensor in (*module.parameters(), *module.buffers()):
        return tensor.device
    return torch.device("cpu")
