"""Reads programs that ``torch.export.save`` wrote, without running anything that is in the file.

torch's own loader unpickles parts of such an archive and evaluates expressions. This one reads the two
things that are plain data: the graph in JSON, and the weights as raw numbers. Operators are looked up in a
list of known ones; anything else in the file is refused in a sentence.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, fx, nn

from engine.errors import EngineError, ErrorCode

MAX_BYTES = 4 << 30
OPERATORS = frozenset(
    {
        *("conv1d", "conv2d", "conv3d", "convolution", "batch_norm", "layer_norm", "group_norm", "linear"),
        *(
            "relu",
            "hardtanh",
            "leaky_relu",
            "prelu",
            "elu",
            "selu",
            "gelu",
            "silu",
            "mish",
            "softplus",
            "celu",
        ),
        *("sigmoid", "tanh", "hardswish", "hardsigmoid", "relu6", "softmax", "clamp", "addmm", "softplus"),
        *("max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d"),
        *("adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d", "adaptive_max_pool2d"),
        *(
            "add",
            "sub",
            "mul",
            "div",
            "neg",
            "exp",
            "sqrt",
            "rsqrt",
            "pow",
            "maximum",
            "matmul",
            "bmm",
            "mean",
        ),
        *("cat", "flatten", "view", "reshape", "permute", "transpose", "unsqueeze", "squeeze", "contiguous"),
        *(
            "slice",
            "select",
            "chunk",
            "split",
            "clone",
            "dropout",
            "feature_dropout",
            "alias",
            "expand",
            "pad",
        ),
        *("upsample_nearest2d", "upsample_bilinear2d", "amax", "amin", "sum", "abs"),
    }
)
_KINDS = {
    4: torch.int32,
    5: torch.int64,
    6: torch.float16,
    7: torch.float32,
    8: torch.float64,
    13: torch.bfloat16,
}
_FAULTS = (
    *(zipfile.BadZipFile, OSError, KeyError, TypeError, ValueError, RuntimeError, AttributeError),
    *(IndexError, NotImplementedError, StopIteration),
)
_PLAIN = ("as_int", "as_float", "as_bool", "as_ints", "as_floats", "as_bools")


@dataclass(frozen=True)
class Exported:
    """A program's graph with its weights, and the size of its input without the batch: (channels, …)."""

    module: fx.GraphModule
    input_size: tuple[int, ...]


def read_exported(path: Path) -> Exported:
    """Read a ``.pt2`` file.

    Raises:
        EngineError: FILE_MISSING; MODEL_DAMAGED when it is none, is truncated, or holds what is not known.
    """
    if not path.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            model = json.loads(_member(archive, "models/model.json"))
            config = json.loads(_member(archive, "data/weights/model_weights_config.json"))["config"]
            weights = {name: _weight(archive, entry) for name, entry in config.items()}
        return _assemble(model["graph_module"], weights)
    except (
        zipfile.BadZipFile,
        OSError,
        KeyError,
        TypeError,
        ValueError,
        RuntimeError,
        AttributeError,
    ) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"{path} is not a program of torch.export that can be read safely ({reason}). "
            "Save the network's state_dict as safetensors instead.",
            str(path),
        ) from error


def _member(archive: zipfile.ZipFile, ending: str) -> bytes:
    for info in archive.infolist():
        if info.filename.endswith(f"/{ending}"):
            if info.file_size > MAX_BYTES:
                raise ValueError(f"{ending} is too large")
            return archive.read(info)
    raise ValueError(f"it holds no {ending}")


def _weight(archive: zipfile.ZipFile, entry: Mapping[str, Any]) -> Tensor:
    if entry["use_pickle"]:
        raise ValueError("a weight is pickled")
    meta = entry["tensor_meta"]
    kind, shape = _KINDS[meta["dtype"]], [int(one["as_int"]) for one in meta["sizes"]]
    strides = [int(one["as_int"]) for one in meta["strides"]]
    offset = int(meta["storage_offset"]["as_int"])
    data = bytearray(_member(archive, f"data/weights/{Path(entry['path_name']).name}"))
    flat = torch.frombuffer(data, dtype=kind)
    if math.prod(shape) and offset + sum((n - 1) * s for n, s in zip(shape, strides, strict=True)) >= len(
        flat
    ):
        raise ValueError("a weight is truncated")
    found = flat.as_strided(shape, strides, offset).contiguous()
    return found.float() if found.is_floating_point() else found


def _assemble(program: Mapping[str, Any], weights: Mapping[str, Tensor]) -> Exported:
    root, graph = nn.Module(), fx.Graph()
    known: dict[str, fx.Node] = {}
    size: tuple[int, ...] = ()
    for spec in program["signature"]["input_specs"]:
        kind, given = next(iter(spec.items()))
        if kind == "user_input":
            name = given["arg"]["as_tensor"]["name"]
            if size:
                raise ValueError("it takes more than one input")
            size = tuple(int(one["as_int"]) for one in program["graph"]["tensor_values"][name]["sizes"][1:])
            known[name] = graph.placeholder("x")
        elif kind in ("parameter", "buffer"):
            target = given[f"{kind}_name"]
            _store(root, target, weights[target])
            known[given["arg"]["name"]] = graph.get_attr(target)
        else:
            raise ValueError(f"its input {kind} is not known")
    for node in program["graph"]["nodes"]:
        _add(graph, node, known)
    outputs = program["graph"]["outputs"]
    graph.output(known[outputs[0]["as_tensor"]["name"]])
    return Exported(fx.GraphModule(root, graph), size)


def _store(root: nn.Module, target: str, weight: Tensor) -> None:
    *path, name = target.split(".")
    module = root
    for part in path:
        if part not in dict(module.named_children()):
            module.add_module(part, nn.Module())
        module = module.get_submodule(part)
    module.register_buffer(name, weight)


def _add(graph: fx.Graph, node: Mapping[str, Any], known: dict[str, fx.Node]) -> None:
    """Add one step. One that works in place becomes its twin that does not, seen by all later steps."""
    *space, packet, overload = str(node["target"]).split(".")
    plain = packet.removesuffix("_")
    if space != ["torch", "ops", "aten"] or plain not in OPERATORS:
        raise ValueError(f"its operator {node['target']} is not known")
    operator = getattr(getattr(torch.ops.aten, plain), overload)
    arguments = [_argument(one["arg"], known) for one in node["inputs"] if one.get("kind", 1) == 1]
    named = {one["name"]: _argument(one["arg"], known) for one in node["inputs"] if one.get("kind", 1) != 1}
    step = graph.call_function(operator, tuple(arguments), named)
    if packet != plain:
        changed = arguments[0]
        known.update({name: step for name, before in known.items() if before is changed})
    for output in node["outputs"]:
        if "as_tensor" in output:
            known[output["as_tensor"]["name"]] = step
        elif "as_tensors" in output:
            for place, one in enumerate(output["as_tensors"]):
                known[one["name"]] = graph.call_function(_part, (step, place))
        else:
            raise ValueError(f"{node['target']} gives something that is not known")


def _part(parts: Sequence[Tensor], place: int) -> Tensor:
    return parts[place]


_part.__name__ = "getitem"


def _argument(given: Mapping[str, Any], known: Mapping[str, fx.Node]) -> Any:
    kind, value = next(iter(given.items()))
    if kind == "as_none":
        return None
    if kind == "as_tensor":
        return known[value["name"]]
    if kind == "as_tensors":
        return [known[one["name"]] for one in value]
    if kind in _PLAIN:
        return value
    raise ValueError(f"an argument of kind {kind} is not known")
