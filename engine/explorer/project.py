"""From one activation back to pixels: which part of the picture made a unit fire.

Both projections run the network forwards, set everything at the unit's layer to zero but the one activation,
and go back to the input. Convolutions are transposed, and maximum poolings put what they get where their
maximum was (the switches of Zeiler and Fergus). They differ at the rectifiers:

* ``deconv``: the backward signal itself is rectified, whatever went forwards (Zeiler and Fergus 2014,
  section 2.1): R = max(0, R'). A PReLU or another activation function is applied to the signal likewise.
* ``guided``: the signal passes where it is positive and where the activation was (Springenberg,
  Dosovitskiy, Brox and Riedmiller 2015, section 3.4): R = f'(x) · max(0, R').

Where pooling windows overlap and share a maximum, what they get is added.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, fx

from engine.device import full_precision
from engine.explorer.activations import Responses
from engine.explorer.graph import Graph, Step, is_activation
from engine.explorer.inputs import Numbers
from engine.explorer.networks import Explained, Tap

Rule: TypeAlias = Callable[[Tensor, Tensor, Step], Tensor]
"""From an activation function's input and the signal that comes back to the signal that goes on."""


def deconv_rule(_: Tensor, signal: Tensor, function: Step) -> Tensor:
    """Apply the activation function to the backward signal."""
    result: Tensor = function(signal)
    return result


def guided_rule(before: Tensor, signal: Tensor, function: Step) -> Tensor:
    """Let positive signal through, times the function's own slope."""
    with torch.enable_grad():
        leaf = before.detach().requires_grad_(True)
        (slope,) = torch.autograd.grad(function(leaf).sum(), leaf)
    return slope * signal.clamp_min(0)


RULES: dict[str, Rule] = {"deconv": deconv_rule, "guided": guided_rule}


class _Ruled(torch.autograd.Function):
    """An activation function whose way back follows a rule."""

    @staticmethod
    def forward(ctx: Any, before: Tensor, function: Step, rule: Rule) -> Tensor:
        """Apply the function."""
        ctx.save_for_backward(before)
        ctx.function, ctx.rule = function, rule
        result: Tensor = function(before)
        return result.clone() if result is before else result

    @staticmethod
    def backward(ctx: Any, *signals: Tensor) -> tuple[Tensor, None, None]:
        """Apply the rule."""
        (before,) = ctx.saved_tensors
        return ctx.rule(before, signals[0], ctx.function), None, None


def ruled_steps(graph: Graph, last: str, rule: Rule) -> dict[str, Step]:
    """Return replacements for all activation functions that lead to a step."""
    return {
        node.name: _ruled(graph, node, rule) for node in graph.needed([last]) if is_activation(graph, node)
    }


def _ruled(graph: Graph, node: fx.Node, rule: Rule) -> Step:
    usual: Any = graph.module(node) if node.op == "call_module" else node.target
    if node.op == "call_method":
        usual = getattr(torch.Tensor, str(node.target))

    def step(before: Tensor, *arguments: Any, **named: Any) -> Tensor:
        result: Tensor = _Ruled.apply(before, lambda x: usual(x, *arguments, **named), rule)
        return result

    return step


def project(
    network: Explained, tap: Tap, unit: int, position: tuple[int, ...], item: Numbers, way: str
) -> Generator[None, None, NDArray[np.float32]]:
    """Return the projection of one activation, size + (channels,), in the input's normalised units.

    Everything outside the receptive field is 0. It yields between steps.

    Args:
        position: in the layer's activation map, in array order.
        item: the input, size + (channels,), as :meth:`Inputs.cut` gives it.
        way: a key of :data:`RULES`.
    """
    shown = Responses(network, [tap], 1).prepared(item[None])
    replaced = ruled_steps(network.graph, tap.node, RULES[way])
    with torch.enable_grad():
        given = shown.detach().clone().requires_grad_(True)
    activation = given
    walk = network.graph.walk(given, [tap.node], replaced)
    while True:
        with torch.enable_grad(), full_precision():
            reached = next(walk, None)
        if reached is None:
            break
        activation = reached[1]
        yield
    with torch.enable_grad(), full_precision():
        place = (0, unit, *position)
        start = activation[place]
        signal = torch.zeros_like(activation)
        signal[place] = start.detach()
        (found,) = torch.autograd.grad(activation, given, signal)
    return found[0].movedim(0, -1).contiguous().cpu().numpy()
