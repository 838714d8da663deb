"""A trained encoder as a file: safetensors, and beside it a card in JSON. Loading executes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.errors import EngineError, ErrorCode
from engine.files import writing

if TYPE_CHECKING:
    from torch import Tensor

    from engine.faces.training.losses import PairHead

FORMAT: Final = "triptych-face-encoder-1"
HEAD: Final = "head."
"""Prefix of the pairwise classifier's tensors, where there is one."""


@dataclass(frozen=True)
class EncoderCard:
    """What is known of a trained encoder.

    ``id`` comes from the tensors' bytes, so that equal encoders have equal ids and no two others do.
    ``architecture`` is "face-net" or "sface"; ``head`` the kind of pairwise classifier or empty.
    ``trained_on`` are the SHA-256 (first 16 digits) of the photos that were learned from or chosen with: no
    names, and enough to leave these people out of a later measurement. ``threshold`` is τ of 1:1 on the
    held-out people; ``recipe`` and ``measured`` are for reading.
    """

    id: str
    architecture: str
    head: str
    sha256: str
    threshold: float
    trained_on: tuple[str, ...]
    recipe: Mapping[str, Any]
    measured: Mapping[str, Any]
    format: str = FORMAT


def model_id(tensors: Mapping[str, Tensor]) -> str:
    """Return the id of an encoder: "lab-" and 16 digits of the SHA-256 over names, shapes and bytes."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name].detach().cpu().contiguous()
        digest.update(f"{name}|{tuple(tensor.shape)}|{tensor.dtype}|".encode())
        digest.update(tensor.reshape(-1).numpy().tobytes())
    return f"lab-{digest.hexdigest()[:16]}"


def short(digest: str) -> str:
    """Return the digits of a photo's SHA-256 that a card keeps."""
    return digest[:16]


def card_path(model: Path) -> Path:
    """Return where the card of a model file lies."""
    return model.with_suffix(".json")


def write_encoder(
    path: Path,
    tensors: Mapping[str, Tensor],
    *,
    architecture: str,
    head: str,
    threshold: float,
    trained_on: tuple[str, ...],
    recipe: Mapping[str, Any],
    measured: Mapping[str, Any],
) -> EncoderCard:
    """Write an encoder and its card; arguments as in :class:`EncoderCard`.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    from safetensors.torch import save

    data = save({name: tensor.contiguous() for name, tensor in tensors.items()})
    card = EncoderCard(
        model_id(tensors),
        architecture,
        head,
        hashlib.sha256(data).hexdigest(),
        threshold,
        trained_on,
        recipe,
        measured,
    )
    with writing(path) as file:
        file.write(data)
    with writing(card_path(path)) as file:
        file.write(json.dumps(asdict(card), indent=1, ensure_ascii=False).encode())
    return card


def read_card(path: Path) -> EncoderCard:
    """Read the card of a model file (or the card itself) and check that the file is the one it describes.

    Raises:
        EngineError: FILE_MISSING; MODEL_NOT_ENCODER when there is no card, or it is damaged or newer;
            MODEL_DAMAGED when the file is not the card's.
    """
    model = path.with_suffix(".safetensors") if path.suffix == ".json" else path
    if not model.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no model file {model}.", str(model))
    try:
        fields = json.loads(card_path(model).read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise ValueError(f"its format is {fields['format']}, this program knows {FORMAT}")
        card = EncoderCard(**(fields | {"trained_on": tuple(fields["trained_on"])}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.MODEL_NOT_ENCODER,
            f"{model} is no encoder that the lab has written: its card {card_path(model).name} cannot be "
            f"used ({error}).",
            str(model),
        ) from error
    if hashlib.sha256(model.read_bytes()).hexdigest() != card.sha256:
        raise EngineError(
            ErrorCode.MODEL_DAMAGED, f"{model} is not the file that its card describes (SHA-256).", str(model)
        )
    return card


@dataclass(frozen=True, eq=False)
class TrainedNetworks:
    """A loaded encoder in evaluation mode with its classifier, if it has one."""

    card: EncoderCard
    encoder: Any
    head: PairHead | None


def load_encoder(path: Path, device: str) -> TrainedNetworks:
    """Load a trained encoder.

    Raises:
        EngineError: as :func:`read_card`; MODEL_DAMAGED when the tensors do not fit.
    """
    import torch

    from engine.faces.sface import build_encoder
    from engine.faces.training.losses import FEATURES, PairHead
    from engine.faces.training.networks import FACE_NET, SFACE, build_face_net
    from engine.models import read_tensors

    card = read_card(path)
    tensors = read_tensors(path.with_suffix(".safetensors"))
    builders = {FACE_NET: build_face_net, SFACE: build_encoder}
    try:
        encoder = builders[card.architecture](
            {name: tensor for name, tensor in tensors.items() if not name.startswith(HEAD)}
        )
        head = PairHead(card.head) if card.head in FEATURES else None
        if head is not None:
            head.load_state_dict(
                {name.removeprefix(HEAD): each for name, each in tensors.items() if name.startswith(HEAD)}
            )
            head.to(device)
    except (KeyError, RuntimeError) as error:
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"{path} does not hold the weights that its card names ({error}).",
            str(path),
        ) from error
    encoder = encoder.eval().requires_grad_(False).to(device).to(memory_format=torch.channels_last)
    return TrainedNetworks(card, encoder, head)
