"""Reads pickled dictionaries of numpy arrays without running anything that they say."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy._core.multiarray import _reconstruct

Arrays = Mapping[str, "np.ndarray[Any, Any] | Arrays"]

_ALLOWED: Mapping[tuple[str, str], Callable[..., Any]] = {
    ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy._core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}
"""All that numpy needs to put an array together again; numpy 1 and 2 name the first one differently."""


class _ArraysOnly(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not part of a numpy array") from None


def read_arrays(data: bytes) -> dict[str, Any]:
    """Return the (nested) dictionary of numeric arrays that was pickled.

    Raises:
        pickle.UnpicklingError: the pickle asks for anything but numpy's array reconstruction, or holds
            something else than dictionaries of numeric arrays.
    """
    found = _ArraysOnly(io.BytesIO(data)).load()
    _require_arrays(found)
    arrays: dict[str, Any] = found
    return arrays


def _require_arrays(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise pickle.UnpicklingError(f"a key is {type(key).__name__}, not text")
            _require_arrays(inner)
    elif not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu":
        raise pickle.UnpicklingError(f"{type(value).__name__} is not an array of numbers")
