"""A person's own network: a program of torch.export, or a state dict for a known architecture.

It is named ``FILE.pt2`` or ``ARCHITECTURE@FILE`` (``resnet18@/home/me/flowers.safetensors``), which is also
what an index stores, so that it is found again. No code in the file is run: a state dict is safetensors, or
torch's own format unpickled with ``weights_only``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor, nn

from engine.classifiers import build_classifier, classifier_card, classifier_names
from engine.errors import EngineError, ErrorCode
from engine.explorer.exported import read_exported
from engine.explorer.inputs import Inputs
from engine.explorer.kinds import inputs_of_card, is_own, own_file
from engine.explorer.preprocess import IMAGENET, Preprocessing
from engine.models import Models, build_tensors, read_tensors


def load_own(models: Models, name: str) -> tuple[nn.Module, Inputs]:
    """Return the network and how its input is made.

    Raises:
        EngineError: FILE_MISSING; MODEL_UNKNOWN for an architecture that is not known; MODEL_DAMAGED.
    """
    assert is_own(name)
    path = own_file(name)
    if path.suffix == ".pt2":
        exported = read_exported(path)
        return exported.module, _shown(path, exported.input_size)
    if not path.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path))
    architecture = name.partition("@")[0]
    card = next((one for one in models.cards if one.id == architecture), None) or classifier_card(
        architecture
    )
    if card is None:
        known = ", ".join((*(one.id for one in models.cards), *classifier_names()))
        raise EngineError(
            ErrorCode.MODEL_UNKNOWN,
            f"There is no architecture {architecture!r}; there is {known}.",
            architecture,
        )
    tensors = _unwrapped(read_tensors(path))
    try:
        if card.architecture.startswith("torchvision-"):
            return build_classifier(architecture, tensors), inputs_of_card(card)
        return build_tensors(card, tensors), inputs_of_card(card)
    except (KeyError, RuntimeError, AttributeError) as error:
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"{path} does not hold the weights of {architecture} ({str(error).splitlines()[0]}).",
            str(path),
        ) from error


def _unwrapped(tensors: Mapping[str, object]) -> dict[str, Tensor]:
    """Return the weights alone: training scripts put them under a key, or ``module.`` before the names."""
    for key in ("state_dict", "model", "model_state_dict"):
        inner = tensors.get(key)
        if isinstance(inner, dict):
            tensors = inner
            break
    return {
        name.removeprefix("module."): value for name, value in tensors.items() if isinstance(value, Tensor)
    }


def _shown(path: Path, size: tuple[int, ...]) -> Preprocessing:
    if len(size) != 3 or size[0] != 3 or size[1] != size[2]:
        shape = " × ".join(map(str, size))
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"{path} takes an input of {shape}; square colour pictures (3 × n × n) can be scanned.",
            str(path),
        )
    side = size[1]
    resize = IMAGENET.resize if side == IMAGENET.crop else side
    return Preprocessing(f"own-{side}", resize, side)
