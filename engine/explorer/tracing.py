"""Receptive fields of all layers of any network, by following its graph from the input.

Every step is one of: a window (convolution, pooling), point by point, a reordering of channels, a meeting of
branches, or something else. Of something else (attention, global pooling, flattening, slicing) nothing is
assumed: whatever comes after it may see the whole input, and is labelled UPPER BOUND.

A meeting of branches sees the box around both. That box stays exact for a unit that uses all channels; where
channels with different fields stand side by side (concatenation) and a grouped convolution uses only some of
them, it is only bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from torch import Tensor, fx, nn

from engine.explorer.fields import Exactness, Field, Window, around, pixel, through, whole
from engine.explorer.graph import ACTIVATIONS, BETWEEN, Graph, argument, is_convolution

_POINTWISE = (
    ACTIVATIONS
    | BETWEEN
    | {
        *("stochastic_depth", "stochasticdepth", "clone", "detach", "to", "float", "neg", "abs", "exp"),
        *("localresponsenorm", "alias", "_to_copy"),
    }
)
_MEETINGS = frozenset({"add", "add_", "iadd", "sub", "mul", "mul_", "imul", "truediv", "div", "maximum"})
_SIDE_BY_SIDE = frozenset({"cat", "concat", "concatenate"})
_REORDERINGS = frozenset(
    {"view", "reshape", "chunk", "split", "getitem", "transpose", "unsqueeze", "squeeze", "select", "slice"}
)
_POOLINGS = tuple(f"{kind}{place}" for kind in ("maxpool", "avgpool") for place in ("1d", "2d", "3d"))
_POOL_FUNCTIONS = {
    name: int(name[name.index("d") - 1])
    for name in ("max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d")
}


@dataclass(frozen=True)
class Sight:
    """What every unit after a step sees; ``mixed`` when its channels differ and the field is around all."""

    field: Field
    mixed: bool = False


def fields_of(graph: Graph) -> dict[str, Field]:
    """Return the receptive field after every step that gives an activation map."""
    seen: dict[str, Sight] = {}
    for node in graph.nodes:
        found = _after(graph, node, seen)
        if found is not None:
            seen[node.name] = found
    return {name: sight.field for name, sight in seen.items()}


def window_of(module: nn.Module) -> Window | None:
    """Return what a module sees of its input, or None when it works point by point.

    Raises:
        TypeError: the module's receptive field is not known.
    """
    kind = type(module).__name__.lower()
    if isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        if module.padding_mode == "circular":
            raise TypeError("a convolution that wraps around sees both ends of the picture, not a box")
        found = _convolution(module.kernel_size, module.stride, module.padding, module.dilation)
        bounded = module.padding_mode != "zeros"
        return replace(found, exactness=Exactness.UPPER_BOUND) if bounded else found
    if kind in _POOLINGS:
        given: Any = module
        stride = given.kernel_size if given.stride is None else given.stride
        return _window(int(kind[-2]), given.kernel_size, stride, given.padding, getattr(given, "dilation", 1))
    if kind in _POINTWISE:
        return None
    raise TypeError(f"the receptive field of {type(module).__name__} is not known")


def _after(graph: Graph, node: fx.Node, seen: dict[str, Sight]) -> Sight | None:
    dimensions = len(graph.size)
    if node.op == "placeholder":
        return Sight(pixel(dimensions))
    before = [seen[one.name] for one in node.all_input_nodes if one.name in seen]
    if not before or node.op == "output":
        return None
    if is_convolution(graph, node) or graph.kind(node).startswith(("maxpool", "avgpool", "max_p", "avg_p")):
        return _through_window(graph, node, before[0])
    kind = graph.kind(node)
    if kind in _POINTWISE or _changes_nothing(graph, node):
        return before[0]
    if _at_one_speed(before) and _aligned(graph, node):
        if kind in _MEETINGS:
            return _met(before, side_by_side=False)
        if kind in _SIDE_BY_SIDE and argument(node, 1, "dim", 0) == 1:
            return _met(before, side_by_side=True)
    if kind in _REORDERINGS and _keeps_places(graph, node):
        return Sight(before[0].field, mixed=True)
    return Sight(whole(graph.size))


def _through_window(graph: Graph, node: fx.Node, before: Sight) -> Sight:
    try:
        window = _step_window(graph, node)
    except TypeError:
        return Sight(whole(graph.size))
    if window is None or len(window.kernel) != len(graph.size):
        return Sight(whole(graph.size))
    field = through(before.field, window)
    if not is_convolution(graph, node):
        return Sight(field, before.mixed)
    if before.mixed and _groups(graph, node) > 1:
        return Sight(replace(field, exactness=Exactness.UPPER_BOUND), mixed=True)
    return Sight(field)


def _step_window(graph: Graph, node: fx.Node) -> Window | None:
    if node.op == "call_module":
        return window_of(graph.module(node))
    kind = graph.kind(node)
    if kind in _POOL_FUNCTIONS:
        size = argument(node, 1, "kernel_size")
        stride = argument(node, 2, "stride") or size
        padding = argument(node, 3, "padding", 0)
        dilation = argument(node, 4, "dilation", 1) if kind.startswith("max") else 1
        return _window(_POOL_FUNCTIONS[kind], size, stride, padding, dilation)
    weight = _weight_shape(graph, node)
    if weight is None:
        raise TypeError("the weight of a convolution is computed")
    return _convolution(
        weight[2:],
        argument(node, 3, "stride", 1),
        argument(node, 4, "padding", 0),
        argument(node, 5, "dilation", 1),
    )


def _weight_shape(graph: Graph, node: fx.Node) -> tuple[int, ...] | None:
    weight = argument(node, 1, "weight")
    if not isinstance(weight, fx.Node) or weight.op != "get_attr":
        return None
    found = graph.attribute(weight)
    return tuple(found.shape) if isinstance(found, Tensor) else None


def _groups(graph: Graph, node: fx.Node) -> int:
    if node.op == "call_module":
        groups: Any = graph.module(node)
        return int(groups.groups)
    place = 8 if graph.kind(node) == "convolution" else 6
    return int(argument(node, place, "groups", 1))


def _convolution(kernel: Any, stride: Any, padding: Any, dilation: Any) -> Window:
    dimensions = len(kernel)
    spread = _each(dilation, dimensions)
    if isinstance(padding, str):  # "same" puts the smaller half before the first element
        same = padding == "same"
        padding = tuple((k - 1) * d // 2 if same else 0 for k, d in zip(kernel, spread, strict=True))
    return _window(dimensions, kernel, stride, padding, spread)


def _window(dimensions: int, kernel: Any, stride: Any, padding: Any, dilation: Any) -> Window:
    return Window(
        _each(kernel, dimensions),
        _each(stride, dimensions),
        _each(padding, dimensions),
        _each(dilation, dimensions),
    )


def _each(value: int | Sequence[int], dimensions: int) -> tuple[int, ...]:
    if isinstance(value, int):
        return (value,) * dimensions
    found = tuple(int(one) for one in value)
    return found * dimensions if len(found) == 1 else found


def _met(before: Sequence[Sight], *, side_by_side: bool) -> Sight:
    fields = {sight.field for sight in before}
    mixed = any(sight.mixed for sight in before) or (side_by_side and len(fields) > 1)
    return Sight(around([sight.field for sight in before]), mixed)


def _at_one_speed(before: Sequence[Sight]) -> bool:
    """Whether branches can have a common field: their windows move alike, or not at all."""
    return len({sight.field.stride for sight in before if any(sight.field.stride)}) < 2


def _maps(graph: Graph, node: fx.Node) -> list[tuple[int, ...]]:
    """Return the sizes of a step's inputs that are tensors of the graph."""
    return [graph.shapes[one.name] for one in node.all_input_nodes if one.name in graph.shapes]


def _aligned(graph: Graph, node: fx.Node) -> bool:
    """Whether position p of the result comes from position p of every input, or from the only position."""
    dimensions, own = len(graph.size), graph.shapes.get(node.name, ())
    if len(own) != dimensions + 2:
        return False
    places = [shape[2:] if len(shape) == len(own) else shape[-dimensions:] for shape in _maps(graph, node)]
    return all(
        all(here in (1, there) for here, there in zip(place, own[2:], strict=False)) for place in places
    )


def _changes_nothing(graph: Graph, node: fx.Node) -> bool:
    """Whether an adaptive pooling has nothing to pool: its input has the wanted size already."""
    before = _maps(graph, node)
    return "adaptive" in graph.kind(node) and bool(before) and before[0] == graph.shapes.get(node.name)


def _keeps_places(graph: Graph, node: fx.Node) -> bool:
    """Whether a reordering leaves every number at its position and moves it among the channels only."""
    dimensions, kind = len(graph.size), graph.kind(node)
    before, own = _maps(graph, node), graph.shapes.get(node.name)
    if own is None:  # a tuple of parts; the getitem behind it is looked at in its turn
        return kind in ("chunk", "split") and argument(node, 2, "dim", 0) == 1
    places = own[-dimensions:]
    if before and before[0][-dimensions:] != places:
        return False
    if kind in ("view", "reshape"):
        return len(own) > dimensions
    if kind == "getitem":
        index = argument(node, 1, "index")
        return isinstance(index, int) or all(
            one == slice(None) for one in index[-dimensions:] if len(index) > 2
        )
    moved = [one for one in node.args[1:3] if isinstance(one, int)]
    first_place = len(own) - dimensions
    return all(0 <= one < first_place for one in moved)
