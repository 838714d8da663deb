"""The stored result of a scan: a folder with ``index.json`` and one safetensors file. No torch, no pickle.

``index.json`` names the array file and its SHA-256, and is replaced last and in one piece, so that a crash
leaves the index of before or the new one, never half. The format is described in docs/explorer.md.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from engine.errors import EngineError, ErrorCode
from engine.explorer.fields import Exactness, Field
from engine.explorer.packing import pack, unpack_sample, unpack_tally, unpack_top
from engine.explorer.records import Entry, Layer, PictureFile, Skipped, class_of
from engine.explorer.tally import Sample, Tally, sampled_of, strongest_first
from engine.explorer.topk import TopK
from engine.files import write_error, writing

FORMAT = "triptych-explorer-index"
CODE_VERSION = 2
"""Raised whenever the same pictures and weights would give other numbers or other files."""

HEADER = "index.json"


@dataclass(frozen=True)
class Index:
    """The strongest pictures of every unit of some layers of one network.

    Picture i of every :class:`TopK` is ``pictures[i]``; pictures are sorted by their path. ``weights`` is
    a SHA-256, ``root`` the folder that the paths start from. ``complete`` is False after an interrupted
    scan, which ``explore scan --resume`` goes on with. ``aligned`` says how the pictures were cut out of
    photos (:class:`FaceRecord`), and is empty where they are whole.
    """

    network: str
    weights: str
    preprocessing: Mapping[str, Any]
    root: str
    pictures: tuple[PictureFile, ...]
    layers: tuple[Layer, ...]
    tops: Mapping[str, TopK] = field(repr=False)
    tallies: Mapping[str, Tally] = field(repr=False)
    sample: Sample = field(repr=False)
    skipped: tuple[Skipped, ...] = ()
    complete: bool = True
    aligned: str = ""

    @property
    def k(self) -> int:
        """How many pictures per unit are kept."""
        return self.tops[self.layers[0].name].k if self.layers else 0

    @property
    def key(self) -> str:
        """SHA-256 of everything that the numbers depend on: two indexes with one key hold the same."""
        depends_on = {
            "code": CODE_VERSION,
            "weights": self.weights,
            "preprocessing": dict(self.preprocessing),
            "layers": [layer.name for layer in self.layers],
            "k": self.k,
            "pictures": [[picture.file, picture.sha256] for picture in self.pictures],
        }
        if self.aligned:
            depends_on["aligned"] = self.aligned
        return hashlib.sha256(_canonical(depends_on)).hexdigest()

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The pictures' paths below the root; picture i of every :class:`TopK` is ``files[i]``."""
        return tuple(picture.file for picture in self.pictures)

    @cached_property
    def classes(self) -> dict[str, int]:
        """How many pictures each class (folder below the root) has, by name."""
        return dict(sorted(Counter(class_of(picture.file) for picture in self.pictures).items()))

    def layer(self, name: str) -> Layer:
        """Return a layer.

        Raises:
            EngineError: UNIT_UNKNOWN naming the layers there are.
        """
        for layer in self.layers:
            if layer.name == name:
                return layer
        known = ", ".join(layer.name for layer in self.layers)
        raise EngineError(ErrorCode.UNIT_UNKNOWN, f"The index has no layer {name!r}; it has {known}.", name)

    def entries(self, layer_name: str, unit: int, k: int = 9) -> tuple[Entry, ...]:
        """Return the ``k`` strongest pictures of a unit (fewer when fewer were scanned or kept).

        Raises:
            EngineError: UNIT_UNKNOWN naming the layers, or the numbers of the units, there are.
        """
        layer = self.unit(layer_name, unit)
        top = self.tops[layer_name]
        return tuple(entry_at(layer, top, self.files, unit, rank) for rank in range(min(k, top.filled(unit))))

    def unit(self, layer_name: str, unit: int) -> Layer:
        """Return a unit's layer.

        Raises:
            EngineError: UNIT_UNKNOWN naming the layers, or the numbers of the units, there are.
        """
        layer = self.layer(layer_name)
        if not 0 <= unit < layer.units:
            raise EngineError(
                ErrorCode.UNIT_UNKNOWN,
                f"Layer {layer_name} has no unit {unit}; its units are 0 to {layer.units - 1}.",
                str(unit),
            )
        return layer

    def weakest(self, layer_name: str, unit: int) -> tuple[Entry, ...]:
        """Return the (at most nine) pictures with the smallest maxima of a unit, weakest first."""
        layer = self.unit(layer_name, unit)
        weakest = strongest_first(self.tallies[layer_name].weakest)
        filled = range(weakest.filled(unit))
        return tuple(entry_at(layer, weakest, self.files, unit, rank) for rank in filled)

    def random(self, layer_name: str, unit: int) -> tuple[Entry, ...]:
        """Return (at most) nine pictures drawn at random for a unit, always the same ones."""
        layer = self.unit(layer_name, unit)
        drawn = sampled_of(self.sample, unit, layer_name)
        return tuple(entry_at(layer, drawn, self.files, 0, rank) for rank in range(drawn.filled(0)))

    def path(self, item: str) -> Path:
        """Return where the file of an item was when it was scanned."""
        several = self.preprocessing.get("kind", "pictures") != "pictures"
        return Path(self.root) / (item.rpartition("@")[0] if several else item)


def entry_at(layer: Layer, top: TopK, files: tuple[str, ...], unit: int, rank: int) -> Entry:
    """Return one entry of a unit's list in words that a person can follow."""
    position = tuple(int(p) for p in np.unravel_index(int(top.positions[unit, rank]), layer.shape))
    value = float(top.values[unit, rank])
    return Entry(files[int(top.pictures[unit, rank])], value, position, layer.field.box(position))


def write_index(folder: Path, index: Index) -> None:
    """Store an index, replacing the one that stood there.

    Raises:
        EngineError: BAD_VALUE when the folder holds something else; DISK_FULL or NOT_WRITABLE.
    """
    refuse_foreign(folder)
    data = save(pack(index.layers, index.tops, index.tallies, index.sample))
    digest = hashlib.sha256(data).hexdigest()
    arrays = folder / f"top-{digest[:16]}.safetensors"
    with writing(arrays) as file:
        file.write(data)
    header = {
        "format": FORMAT,
        "code": CODE_VERSION,
        "key": index.key,
        "network": index.network,
        "weights": index.weights,
        "preprocessing": dict(index.preprocessing),
        "aligned": index.aligned,
        "complete": index.complete,
        "k": index.k,
        "root": index.root,
        "layers": [asdict(layer) for layer in index.layers],
        "pictures": [asdict(picture) for picture in index.pictures],
        "skipped": [asdict(one) for one in index.skipped],
        "arrays": {"file": arrays.name, "sha256": digest, "bytes": len(data)},
    }
    checksum = hashlib.sha256(_canonical(header)).hexdigest()
    with writing(folder / HEADER) as file:
        file.write(json.dumps(header | {"checksum": checksum}, indent=1).encode())
    _remove_others(folder, arrays.name)


def read_index(folder: Path) -> Index:
    """Open an index after checking every byte of it.

    Raises:
        EngineError: INDEX_MISSING; INDEX_DAMAGED when it is truncated or was changed; INDEX_STALE when
            another version of this program made it.
    """
    header = _read_header(folder)
    if header["code"] != CODE_VERSION:
        raise EngineError(
            ErrorCode.INDEX_STALE,
            f"The index {folder} was made by another version of this program. Scan the pictures again.",
            str(folder),
        )
    try:
        index = _assemble(header, load(_array_bytes(folder, header["arrays"])))
        fits = index.key == header["key"]
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise _damaged(folder, f"its contents do not fit together ({error})") from error
    if not fits:
        raise _damaged(folder, "its key does not fit its contents")
    return index


def _array_bytes(folder: Path, named: Mapping[str, Any]) -> bytes:
    try:
        data = (folder / Path(named["file"]).name).read_bytes()
    except OSError as error:
        raise _damaged(folder, f"{named['file']} cannot be read") from error
    if len(data) != named["bytes"] or hashlib.sha256(data).hexdigest() != named["sha256"]:
        raise _damaged(folder, f"{named['file']} is not what was written")
    return data


def refuse_foreign(folder: Path) -> None:
    """Refuse to write an index into a folder that holds something else.

    Raises:
        EngineError: BAD_VALUE.
    """
    if folder.is_file() or (folder.is_dir() and not (folder / HEADER).exists() and any(folder.iterdir())):
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{folder} already holds something that is not an index. Choose a new or empty folder.",
            str(folder),
        )


def _assemble(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Index:
    layers = tuple(
        Layer(
            row["name"],
            row["units"],
            Field(
                tuple(row["field"]["size"]),
                tuple(row["field"]["stride"]),
                tuple(row["field"]["padding"]),
                Exactness(row["field"]["exactness"]),
            ),
            tuple(row["shape"]),
        )
        for row in header["layers"]
    )
    tops = {layer.name: unpack_top(layer.name, arrays) for layer in layers}
    for layer in layers:
        if tops[layer.name].values.shape != (layer.units, header["k"]):
            raise ValueError(f"{layer.name} has the wrong shape")
    pictures = tuple(PictureFile(**row) for row in header["pictures"])
    return Index(
        header["network"],
        header["weights"],
        header["preprocessing"],
        header["root"],
        pictures,
        layers,
        tops,
        {layer.name: unpack_tally(layer, arrays) for layer in layers},
        unpack_sample(layers, pictures, arrays),
        tuple(Skipped(**row) for row in header["skipped"]),
        header["complete"],
        header.get("aligned", ""),
    )


def _read_header(folder: Path) -> dict[str, Any]:
    try:
        header = json.loads((folder / HEADER).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EngineError(
            ErrorCode.INDEX_MISSING, f"There is no index in {folder}. Make one with a scan.", str(folder)
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{HEADER} cannot be read") from error
    if not isinstance(header, dict) or header.get("format") != FORMAT or "code" not in header:
        raise _damaged(folder, f"{HEADER} is not the header of an index")
    checksum = header.pop("checksum", None)
    if checksum != hashlib.sha256(_canonical(header)).hexdigest():
        raise _damaged(folder, f"{HEADER} is not what was written")
    return header


def _damaged(folder: Path, what: str) -> EngineError:
    return EngineError(
        ErrorCode.INDEX_DAMAGED,
        f"The index {folder} is damaged: {what}. Scan the pictures again.",
        str(folder),
    )


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def _remove_others(folder: Path, current: str) -> None:
    """Remove the arrays of the index before; one that cannot be removed does no harm."""
    try:
        for path in folder.glob("top-*.safetensors"):
            if path.name != current:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(folder, error) from error
