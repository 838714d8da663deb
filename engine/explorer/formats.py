"""Reads signals (WAV, CSV, NPY, NPZ) and volumes (NIfTI, NPY). No pickle, no code, no torch.

NIfTI-1: the 348-byte header that the NIH's Data Format Working Group defined in 2004, numbers behind it.
"""

from __future__ import annotations

import gzip
import io
import struct
import wave
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode

SIGNAL_SUFFIXES = frozenset({".wav", ".csv", ".npy", ".npz"})
VOLUME_SUFFIXES = frozenset({".nii", ".nii.gz", ".npy"})

MAX_NUMBERS = 1 << 28
"""268 million: a volume of 645 × 645 × 645."""

_BROKEN = (OSError, ValueError, EOFError, struct.error, zlib.error, wave.Error, zipfile.BadZipFile, KeyError)

Real = NDArray[np.float32]


def read_signal(data: bytes, name: str) -> tuple[Real, str]:
    """Return a recording's numbers in one dimension, and a remark on what was left out.

    Of several channels or columns the mean (WAV) or the first that holds numbers that vary is taken.

    Raises:
        EngineError: FILE_UNREADABLE.
    """
    try:
        if name.lower().endswith(".wav"):
            return _wav(data)
        if name.lower().endswith(".csv"):
            return _csv(data)
        return _numpy(data, 1)
    except _BROKEN as error:
        raise _unreadable(name, error) from error


def read_volume(data: bytes, name: str) -> tuple[Real, str]:
    """Return a volume's numbers in array order (slowest axis first), and a remark on what was left out.

    Raises:
        EngineError: FILE_UNREADABLE.
    """
    try:
        if name.lower().endswith(".npy"):
            return _numpy(data, 3)
        return _nifti(_inflated(data) if name.lower().endswith(".gz") else data)
    except _BROKEN as error:
        raise _unreadable(name, error) from error


def _wav(data: bytes) -> tuple[Real, str]:
    with wave.open(io.BytesIO(data)) as file:
        width, channels = file.getsampwidth(), file.getnchannels()
        frames = file.readframes(file.getnframes())
    if width == 3:
        bytes_ = np.frombuffer(frames, dtype=np.uint8).reshape(-1, 3).astype(np.int32)
        whole = (bytes_[:, 0] << 8 | bytes_[:, 1] << 16 | bytes_[:, 2] << 24) >> 8
    else:
        kind = {1: "u1", 2: "<i2", 4: "<i4"}[width]
        whole = np.frombuffer(frames, dtype=kind).astype(np.int32)
    shared = whole.reshape(-1, channels).astype(np.float64)
    remark = f"Its {channels} channels were averaged." if channels > 1 else ""
    return shared.mean(axis=1).astype(np.float32), remark


def _csv(data: bytes) -> tuple[Real, str]:
    text = data.decode("utf-8", errors="replace").splitlines()
    rows = [line.replace(";", ",").replace("\t", ",").split(",") for line in text if line.strip()]
    table = [[_number(cell) for cell in row] for row in rows]
    while table and not any(np.isfinite(table[0])):  # a line of names
        table.pop(0)
    if not table:
        raise ValueError("it holds no numbers")
    width = max(map(len, table))
    whole = np.array([row + [np.nan] * (width - len(row)) for row in table])
    return _column(whole)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _column(whole: NDArray[np.float64]) -> tuple[Real, str]:
    """Take the column that is a signal: the last one that varies and does not only count up."""
    found = None
    for column in range(whole.shape[1]):
        values = whole[:, column]
        known = values[np.isfinite(values)]
        if known.size > len(values) // 2 and known.std() > 0:
            counts_up = known.size > 2 and np.diff(known).min() > 0
            if found is None or (found[1] and not counts_up):
                found = (column, counts_up)
    if found is None:
        raise ValueError("no column varies")
    remark = f"Of its {whole.shape[1]} columns the {found[0] + 1}. was scanned." if whole.shape[1] > 1 else ""
    return whole[:, found[0]].astype(np.float32), remark


def _numpy(data: bytes, dimensions: int) -> tuple[Real, str]:
    loaded: Any = np.load(io.BytesIO(data), allow_pickle=False)
    if isinstance(loaded, np.ndarray):
        arrays = {"": loaded}
    else:
        with loaded:
            arrays = {name: loaded[name] for name in loaded.files}
    usable = {
        name: array.squeeze()
        for name, array in arrays.items()
        if array.dtype.kind in "fiu" and array.squeeze().ndim == dimensions
    }
    if not usable:
        raise ValueError(f"it holds no array of {dimensions} dimensions")
    name = max(usable, key=lambda one: usable[one].size)
    if usable[name].size > MAX_NUMBERS:
        raise ValueError("it holds too many numbers")
    remark = f"Of its {len(arrays)} arrays {name!r} was scanned." if len(arrays) > 1 else ""
    return usable[name].astype(np.float32), remark


def _inflated(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        whole = file.read(MAX_NUMBERS * 4 + 1)
    if len(whole) > MAX_NUMBERS * 4:
        raise ValueError("it holds too many numbers")
    return whole


_NIFTI_KINDS = {2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4"}


def _nifti(data: bytes) -> tuple[Real, str]:
    order = "<" if struct.unpack_from("<i", data, 0)[0] == 348 else ">"
    if struct.unpack_from(f"{order}i", data, 0)[0] != 348 or data[344:347] not in (b"n+1", b"ni1"):
        raise ValueError("it is not a NIfTI-1 file")
    sizes = struct.unpack_from(f"{order}8h", data, 40)
    kind = struct.unpack_from(f"{order}h", data, 70)[0]
    offset, slope, intercept = struct.unpack_from(f"{order}3f", data, 108)
    shape = [int(size) for size in sizes[1 : 1 + sizes[0]]]
    if len(shape) < 3 or min(shape) < 1 or kind not in _NIFTI_KINDS:
        raise ValueError("it holds no volume of plain numbers")
    count = int(np.prod(shape[:3]))
    if count > MAX_NUMBERS:
        raise ValueError("it holds too many numbers")
    numbers = np.frombuffer(data, np.dtype(order + _NIFTI_KINDS[kind]), count, int(offset))
    volume = numbers.reshape(shape[:3][::-1]).astype(np.float32)  # the first axis of NIfTI runs fastest
    if slope not in (0.0, 1.0) or (slope and intercept):
        volume = volume * np.float32(slope) + np.float32(intercept)
    more = int(np.prod(shape[3:])) if len(shape) > 3 else 1
    return volume, f"Of its {more} volumes the first was scanned." if more > 1 else ""


def _unreadable(name: str, error: Exception) -> EngineError:
    return EngineError(
        ErrorCode.FILE_UNREADABLE,
        f"{name} cannot be read as numbers ({error}). Use another copy of it.",
        name,
    )
