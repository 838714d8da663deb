"""The networks: a manifest, verified files, and one cache of loaded modules.

Nothing is used before its SHA-256 was compared with the manifest's, and nothing is ever unpickled
without an allow-list.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import tomllib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from engine.errors import EngineError, ErrorCode
from engine.jobs import Task, run
from engine.paths import MODELS_ON_BOARD
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from torch import Tensor, nn

D = TypeVar("D")


@dataclass(frozen=True)
class ModelCard:
    """One weight file: what it is, where it came from, and how its input is prepared.

    ``architecture`` names the builder in :data:`BUILDERS`, or a network that another library runs.
    ``sha256`` is the whole hash of a file that ships with the program; of a download it may be the first
    digits (at least 8), because torchvision publishes no more than those, in the file's name. ``bytes``
    is 0 when the size is not published. ``preprocessing`` of pictures holds at least ``colour`` ("RGB" or
    "BGR"), ``range`` (of the input before mean and std), ``mean`` and ``std``; of anything else its ``kind``.
    ``url`` is empty for a model that ships with the program; ``torchvision:ENUM.MEMBER`` stands for the
    address of those weights.

    Raises:
        ValueError: the file name leads to another folder, or the hash is none.
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

    def __post_init__(self) -> None:
        if not self.file or PurePath(self.file).name != self.file:
            raise ValueError(f"the file of {self.id}, {self.file!r}, is not a plain name")
        digits = "{64}" if self.on_board else "{8,64}"
        if not re.fullmatch(f"[0-9a-f]{digits}", self.sha256):
            raise ValueError(f"the SHA-256 of {self.id} is {self.sha256!r}")

    @property
    def on_board(self) -> bool:
        """Whether the file ships with the program."""
        return not self.url


BUILDERS: Mapping[str, str] = {
    "alexnet-features": "engine.convnets:build_alexnet",
    "vgg16-features": "engine.convnets:build_vgg16",
    "vgg19-features": "engine.convnets:build_vgg19",
    "planted-1d": "engine.convnets:build_planted_1d",
    "planted-3d": "engine.convnets:build_planted_3d",
    "sface": "engine.faces.sface:build_encoder",
    "minifasnet": "engine.faces.liveness.minifasnet:build_passive",
    "face-net": "engine.faces.training.networks:build_face_net",
}
"""Architecture → ``module:function`` that takes the file's tensors and returns an ``nn.Module``."""

CLASSIFIER = "torchvision-"
"""What the architectures of torchvision's classifiers begin with; see ``engine/classifiers.py``."""


def read_manifest(path: Path = MODELS_ON_BOARD / "models.toml") -> tuple[ModelCard, ...]:
    """Read a manifest: one ``[[model]]`` table per card.

    Raises:
        EngineError: MODEL_DAMAGED when the manifest cannot be read.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        return tuple(ModelCard(**table) for table in tables)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.MODEL_DAMAGED,
            f"The list of models {path} cannot be read ({error}). Install the program again.",
            str(path),
        ) from error


@dataclass(frozen=True)
class Checked:
    """The verdict on one model's file: ``problem`` is None when it is whole, or not downloaded."""

    card: ModelCard
    present: bool
    problem: EngineError | None
    progress: Progress


class Models:
    """The models of one program run. Loaded modules are cached per id and device.

    Args:
        downloads: where files that do not ship with the program are kept.
        device: a torch device id for :meth:`network`; :meth:`move_to` changes it.
        cards: the manifest.
        on_board: the folder of the files that ship with the program.

    ``face_encoder`` is the id of the encoder that the desk uses; encodings are stored and found by it.
    """

    def __init__(
        self,
        downloads: Path,
        device: str = "cpu",
        cards: tuple[ModelCard, ...] | None = None,
        on_board: Path = MODELS_ON_BOARD,
    ) -> None:
        self.device = device
        self.face_encoder = "sface"
        self.cards = read_manifest() if cards is None else cards
        self._on_board = on_board
        self._downloads = downloads
        self._networks: dict[str, nn.Module] = {}
        self._derived: dict[str, Any] = {}
        self._verified: set[str] = set()

    def card(self, model_id: str) -> ModelCard:
        """Return a model's card.

        Raises:
            EngineError: MODEL_UNKNOWN naming the ids there are.
        """
        for card in self.cards:
            if card.id == model_id:
                return card
        from engine.classifiers import classifier_card

        published = classifier_card(model_id)
        if published is not None:
            return published
        known = ", ".join(card.id for card in self.cards)
        raise EngineError(
            ErrorCode.MODEL_UNKNOWN,
            f"There is no model {model_id!r}; there is {known}, and every classifier of torchvision.",
            model_id,
        )

    def use_face_encoder(self, card: ModelCard) -> None:
        """Use another face encoder from now on; its file lies among the downloads."""
        self.cards = (*(each for each in self.cards if each.id != card.id), card)
        self.face_encoder = card.id

    def path(self, card: ModelCard) -> Path:
        """Return where a model's file is, or belongs."""
        return (self._on_board if card.on_board else self._downloads) / card.file

    def present(self, card: ModelCard) -> bool:
        """Whether the file is there (not whether it is whole: see :meth:`problem`)."""
        return self.path(card).is_file()

    def problem(self, card: ModelCard) -> EngineError | None:
        """Read the whole file and compare it with the manifest; None when all is well."""
        return run(self.verify(card))

    def check(self) -> Task[Checked, tuple[Checked, ...]]:
        """Compare every file with the manifest; yields each model's verdict as soon as it is known.

        A model that can be downloaded and was not is no problem.
        """
        pace = Pace(len(self.cards))
        verdicts = []
        for number, card in enumerate(self.cards, start=1):
            wanted = card.on_board or self.present(card)
            problem = (yield from self.verify(card)) if wanted else None
            verdicts.append(Checked(card, self.present(card), problem, pace.at(number)))
            yield verdicts[-1]
        return tuple(verdicts)

    def verify(self, card: ModelCard) -> Generator[None, None, EngineError | None]:
        """Return what :meth:`problem` returns, with a checkpoint every 16 MB."""
        path = self.path(card)
        cure = f"Get it with: main.py models download {card.id}"
        if card.on_board:
            cure = "Install the program again."
        if not path.is_file():
            return EngineError(ErrorCode.MODEL_MISSING, f"The model file {path} is missing. {cure}", card.id)
        detail = ""
        try:
            size = path.stat().st_size
            if card.bytes and size != card.bytes:
                detail = f"The model file {path} has {size} bytes instead of {card.bytes}. {cure}"
            elif not (yield from hashing(path)).startswith(card.sha256):
                detail = f"The model file {path} is not the one that was published (SHA-256). {cure}"
        except OSError as error:
            detail = f"The model file {path} cannot be read ({error.strerror}). {cure}"
        return EngineError(ErrorCode.MODEL_DAMAGED, detail, card.id) if detail else None

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
            EngineError: MODEL_UNKNOWN, MODEL_MISSING, MODEL_DAMAGED or OUT_OF_MEMORY.
            TypeError: the model is not run by torch; use :meth:`file`.
        """
        if model_id not in self._networks:
            from engine.device import memory_guard

            card = self.card(model_id)
            if card.architecture not in BUILDERS and not card.architecture.startswith(CLASSIFIER):
                raise TypeError(f"{model_id} ({card.architecture}) is not a torch network")
            with memory_guard("Choose the CPU in the settings, or close other programs."):
                network = build(card, self.file(model_id)).to(self.device)
            self._networks[model_id] = network.eval().requires_grad_(False)
        return self._networks[model_id]

    def kept(self, name: str, make: Callable[[], D]) -> D:
        """Return what ``make`` makes of loaded networks; made once, and kept until they are let go."""
        if name not in self._derived:
            self._derived[name] = make()
        found: D = self._derived[name]
        return found

    def forget(self, model_id: str) -> None:
        """Verify and load a model anew when next asked for: its file has been replaced."""
        self._networks.pop(model_id, None)
        self._derived.clear()
        self._verified.discard(model_id)

    def move_to(self, device: str) -> None:
        """Compute on another device from now on; loaded modules are loaded again when next asked for."""
        if device != self.device:
            self.device = device
            self._networks.clear()
            self._derived.clear()


def build(card: ModelCard, path: Path) -> nn.Module:
    """Build a network from its weight file, on the CPU.

    Raises:
        EngineError: MODEL_DAMAGED when the file does not hold this network's weights.
    """
    tensors = read_tensors(path)
    try:
        return build_tensors(card, tensors)
    except (KeyError, RuntimeError) as error:
        detail = f"{path} does not hold the weights of {card.id} ({error}). Install or download it again."
        raise EngineError(ErrorCode.MODEL_DAMAGED, detail, card.id) from error


def build_tensors(card: ModelCard, tensors: Mapping[str, Tensor]) -> nn.Module:
    """Build a network from its weights, on the CPU.

    Raises:
        KeyError: a tensor is missing.
        RuntimeError: a tensor is missing or has another shape.
    """
    if card.architecture.startswith(CLASSIFIER):
        from engine.classifiers import build_classifier

        return build_classifier(card.architecture.removeprefix(CLASSIFIER), tensors)
    module_name, function = BUILDERS[card.architecture].split(":")
    network: nn.Module = getattr(importlib.import_module(module_name), function)(tensors)
    return network


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
    except pickle.UnpicklingError as error:  # torch's own words recommend to load it all the same
        detail = f"{path} holds more than numbers; code may hide in it, so it is not loaded."
        raise EngineError(ErrorCode.MODEL_DAMAGED, detail, str(path)) from error
    except (SafetensorError, OSError, RuntimeError, EOFError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        detail = f"{path} does not hold network weights ({reason}). Install or download it again."
        raise EngineError(ErrorCode.MODEL_DAMAGED, detail, str(path)) from error
    return tensors


def hashing(path: Path) -> Generator[None, None, str]:
    """Return the SHA-256 of a file as 64 hexadecimal digits, with a checkpoint every 16 MB.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            yield None
    return digest.hexdigest()


_BLOCK = 16 * 1024 * 1024
