"""The whole state of a run: one stopped today goes on tomorrow as if it had never stopped. No torch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.files import writing
from engine.style.recipe import Recipe
from engine.style.steps import Source

VERSION = 1
_KEY = "triptych-run"


@dataclass(frozen=True)
class RunState:
    """Everything that the next iteration depends on; nothing of it is shared with the run.

    ``recipe`` is the one that was started, ``sources`` the inputs with their SHA-256. ``arrays`` hold the
    iterate and the optimiser's memory as they are, to the bit; ``values`` the rest as JSON: iteration,
    scale, controls in force, weights measured when the scale began, the log. Randomness needs no state of
    its own: it is drawn anew from the recipe's seed and the iteration's number.
    """

    recipe: Recipe
    sources: tuple[Source, ...]
    values: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]] = field(repr=False)

    @property
    def iteration(self) -> int:
        """How many iterations are done."""
        return int(self.values["iteration"])

    def check_sources(self, sources: Sequence[Source]) -> None:
        """Make sure that a run would go on with the pictures that it began with.

        Raises:
            EngineError: RUN_STALE naming the picture that is another one now.
        """
        before = [(source.role, source.sha256) for source in self.sources]
        now = [(source.role, source.sha256) for source in sources]
        if before == now:
            return
        changed = next(
            (new.file for old, new in zip(before, sources, strict=False) if old[1] != new.sha256), ""
        )
        raise EngineError(
            ErrorCode.RUN_STALE,
            f"{changed or 'A picture'} is not the one that this painting began with. "
            "Put the old file back, or start anew.",
            changed,
        )


def save_state(path: Path, state: RunState) -> None:
    """Write a run's state as a safetensors file (arrays, and a JSON text in its header).

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    from safetensors.numpy import save

    document = {
        "version": VERSION,
        "recipe": state.recipe.to_json(),
        "sources": [vars(source) for source in state.sources],
        "values": dict(state.values),
    }
    arrays = {name: np.ascontiguousarray(array) for name, array in state.arrays.items()}
    with writing(path) as file:
        file.write(save(arrays, {_KEY: json.dumps(document)}))


def load_state(path: Path) -> RunState:
    """Read what :func:`save_state` wrote.

    Raises:
        EngineError: FILE_MISSING, RUN_DAMAGED, or BAD_VALUE for one of a newer version.
    """
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path))
    try:
        with safe_open(path, "np") as file:
            document = json.loads((file.metadata() or {})[_KEY])
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
        version = int(document["version"])
        if version <= VERSION:
            sources = tuple(Source(**source) for source in document["sources"])
            values = dict(document["values"])
            iteration = values["iteration"]
            if not isinstance(iteration, int):
                raise TypeError("iteration")
    except (SafetensorError, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(path) from error
    if version > VERSION:
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{path.name} was kept by a newer version of this program. Install a newer Triptych.",
            path.name,
        )
    return RunState(Recipe.from_json(document["recipe"]), sources, values, arrays)


def damaged(path: Path | str = "The stored run") -> EngineError:
    """Return the error for a state that does not fit together."""
    return EngineError(
        ErrorCode.RUN_DAMAGED,
        f"{path} does not hold a whole painting run. Start the painting anew.",
        str(path),
    )
