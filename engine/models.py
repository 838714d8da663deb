"""The networks: a manifest, verified files, and one cache of loaded modules.

Nothing is used before its SHA-256 was compared with the manifest's, and nothing is ever unpickled
without an allow-list.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError, ErrorCode
from engine.files import sha256_of
from engine.paths import MODELS_ON_BOARD

if TYPE_CHECKING:
    from torch import Tensor, nn


@dataclass(frozen=True)
class ModelCard:
    """One weight file: what it is, where it came from, and how its input is prepared.

    ``architecture`` names the builder in :data:`BUILDERS`. ``preprocessing`` holds at least ``colour``
    ("RGB" or "BGR"), ``range`` (of the input before mean and std), ``mean`` and ``std``. ``url`` is
    empty for a model that ships with the program.
    """

    id: str
    task: str
    architecture: str
    file: str
    sha256: str
    bytes: int
    precision: str
    license: str
    source: str
    paper: str
    preprocessing: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""

    @property
    def on_board(self) -> bool:
        """Whether the file ships with the program."""
        return not self.url


BUILDERS: Mapping[str, str] = {
    "alexnet-features": "engine.convnets:build_alexnet",
    "vgg16-features": "engine.convnets:build_vgg16",
    "vgg19-features": "engine.convnets:build_vgg19",
    "sface": "engine.faces.sface:build_sface",
}
"""Architecture → ``module:function`` that takes the file's tensors and returns an ``nn.Module``."""


def read_manifest(path: Path = MODELS_ON_BOARD / "models.toml") -> tuple[ModelCard, ...]:
    """Read a manifest: one ``[[model]]`` table per card.

    Raises:
        EngineError: MODEL_DAMAGED when the manifest cannot be read.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        return tuple(ModelCard(**table) for table in tables)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"The list of models {path} cannot be read ({error}). Install the program again.",
            str(path),
        ) from error


class Models:
    """The models of one program run. Loaded modules are cached per id and device.

    Args:
        downloads: where files that do not ship with the program are kept.
        device: a torch device id for :meth:`network`; :meth:`move_to` changes it.
        cards: the manifest.
        on_board: the folder of the files that ship with the program.
    """

    def __init__(
        self,
        downloads: Path,
        device: str = "cpu",
        cards: tuple[ModelCard, ...] | None = None,
        on_board: Path = MODELS_ON_BOARD,
    ) -> None:
        self.device = device
        self.cards = read_manifest() if cards is None else cards
        self._on_board = on_board
        self._downloads = downloads
        self._networks: dict[str, nn.Module] = {}
        self._verified: set[str] = set()

    def card(self, model_id: str) -> ModelCard:
        """Return a model's card.

        Raises:
            EngineError: MODEL_UNKNOWN naming the ids there are.
        """
        for card in self.cards:
            if card.id == model_id:
                return card
        known = ", ".join(card.id for card in self.cards)
        raise EngineError(
            ErrorCode.MODEL_UNKNOWN, f"There is no model {model_id!r}; there is {known}.", model_id
        )

    def path(self, card: ModelCard) -> Path:
        """Return where a model's file is, or belongs."""
        return (self._on_board if card.on_board else self._downloads) / card.file

    def present(self, card: ModelCard) -> bool:
        """Whether the file is there (not whether it is whole: see :meth:`problem`)."""
        return self.path(card).is_file()

    def problem(self, card: ModelCard) -> EngineError | None:
        """Read the whole file and compare it with the manifest; None when all is well."""
        path = self.path(card)
        cure = "Install the program again." if card.on_board else "Download it again."
        if not path.is_file():
            return EngineError(ErrorCode.MODEL_MISSING, f"The model file {path} is missing. {cure}", card.id)
        try:
            size = path.stat().st_size
            if size != card.bytes:
                detail = f"The model file {path} has {size} bytes instead of {card.bytes}. {cure}"
                return EngineError(ErrorCode.MODEL_DAMAGED, detail, card.id)
            if sha256_of(path) != card.sha256:
                detail = f"The model file {path} is not the one that was published (SHA-256). {cure}"
                return EngineError(ErrorCode.MODEL_DAMAGED, detail, card.id)
        except OSError as error:
            detail = f"The model file {path} cannot be read ({error.strerror}). {cure}"
            return EngineError(ErrorCode.MODEL_DAMAGED, detail, card.id)
        return None

    def file(self, model_id: str) -> Path:
        """Return the path of a verified file; it is read through once per program run.

        Raises:
            EngineError: MODEL_UNKNOWN, MODEL_MISSING or MODEL_DAMAGED.
        """
        card = self.card(model_id)
        if model_id not in self._verified:
            problem = self.problem(card)
            if problem is not None:
                raise problem
            self._verified.add(model_id)
        return self.path(card)

    def network(self, model_id: str) -> nn.Module:
        """Return a model as a frozen float32 module in evaluation mode on the current device, cached.

        The module is shared: nobody changes it in place.

        Raises:
            EngineError: MODEL_UNKNOWN, MODEL_MISSING or MODEL_DAMAGED.
        """
        if model_id not in self._networks:
            card = self.card(model_id)
            tensors = read_tensors(self.file(model_id))
            module_name, function = BUILDERS[card.architecture].split(":")
            build = getattr(importlib.import_module(module_name), function)
            network: nn.Module = build(tensors)
            self._networks[model_id] = network.eval().requires_grad_(False).to(self.device)
        return self._networks[model_id]

    def move_to(self, device: str) -> None:
        """Compute on another device from now on; loaded modules are loaded again when next asked for."""
        if device != self.device:
            self.device = device
            self._networks.clear()


def read_tensors(path: Path) -> dict[str, Tensor]:
    """Read a weight file: safetensors, or torch's own format with ``weights_only``.

    Raises:
        EngineError: MODEL_DAMAGED when the file is neither.
    """
    import pickle

    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        tensors: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (SafetensorError, pickle.UnpicklingError, OSError, RuntimeError, EOFError, ValueError) as error:
        raise EngineError(
            ErrorCode.MODEL_DAMAGED, f"{path} does not hold network weights ({error}).", str(path)
        ) from error
    return tensors
