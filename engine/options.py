"""Declared settings: a dataclass field with its range, default, label and help, written once.

The same declaration makes the window's control, the command-line option, the saved file and the docs.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.errors import EngineError, ErrorCode

D = TypeVar("D")
_KEY = "option"


@dataclass(frozen=True)
class Option:
    """What a person needs to know of one setting.

    ``label`` and ``help`` (and the labels of the choices) are English and marked for translation in
    the context ``Option``. ``logarithmic`` asks for a slider with equal steps in the logarithm.
    ``slider`` is the part of a range that a slider spans, where the whole would make it coarse.
    ``advanced`` settings stand folded away in the window.
    """

    name: str
    kind: type
    default: Any
    label: str
    help: str
    low: float | None = None
    high: float | None = None
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    logarithmic: bool = False
    advanced: bool = False
    flag: str = ""
    slider: tuple[float, float] | None = None

    def problem(self, value: Any) -> str | None:
        """Say in a sentence why ``value`` is not acceptable, or return None."""
        if self.kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not self.kind:
            return f"{self.name} must be {_KINDS[self.kind]}, not {value!r}."
        if self.choices and value not in self.choices:
            return f"{self.name} must be one of {', '.join(self.choices)}, not {value!r}."
        if self.low is None or self.high is None or not isinstance(value, int | float):
            return None
        if not self.low <= value <= self.high:
            return f"{self.name} must lie between {self.low:g} and {self.high:g}, not {value!r}."
        return None


_KINDS = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}


def option(
    default: Any,
    *,
    label: str,
    help: str,
    between: tuple[float, float] | None = None,
    choices: Mapping[str, str] | None = None,
    logarithmic: bool = False,
    advanced: bool = False,
    flag: str = "",
    slider: tuple[float, float] | None = None,
) -> Any:
    """Declare a dataclass field as a setting; arguments as in :class:`Option`.

    ``between`` is the closed range of a number; ``choices`` maps each value to its label; ``flag`` is
    the command-line name where it differs from the field's.
    """
    low, high = between if between is not None else (None, None)
    return dataclasses.field(
        default=default,
        metadata={
            _KEY: Option(
                "",
                type(default),
                default,
                label,
                help,
                low,
                high,
                choices or {},
                logarithmic,
                advanced,
                flag,
                slider,
            )
        },
    )


def options_of(declared: type[Any] | Any) -> tuple[Option, ...]:
    """Return the settings that a dataclass declares, in order."""
    return tuple(
        dataclasses.replace(field.metadata[_KEY], name=field.name)
        for field in dataclasses.fields(declared)
        if _KEY in field.metadata
    )


def validate(instance: Any) -> None:
    """Check every declared setting of a dataclass instance.

    Raises:
        EngineError: BAD_VALUE naming the first setting that is out of range.
    """
    for declared in options_of(instance):
        problem = declared.problem(getattr(instance, declared.name))
        if problem is not None:
            raise EngineError(ErrorCode.BAD_VALUE, problem, declared.name)


def read_options(declared: type[D], values: Mapping[str, Any]) -> tuple[D, tuple[str, ...]]:
    """Build an instance from saved values; unknown names and bad values are named, and defaults used."""
    known = {option.name: option for option in options_of(declared)}
    good: dict[str, Any] = {}
    problems = [f"{name} is not a setting." for name in values if name not in known]
    for name, option_ in known.items():
        if name not in values:
            continue
        problem = option_.problem(values[name])
        if problem is None:
            good[name] = option_.kind(values[name])
        else:
            problems.append(f"{problem} Using {option_.default!r}.")
    return declared(**good), tuple(problems)


def add_arguments(parser: argparse.ArgumentParser, declared: type[Any], names: Iterable[str] = ()) -> None:
    """Add one command-line option per declared setting (of the given names, or of all)."""
    wanted = set(names)
    for declared_option in options_of(declared):
        if wanted and declared_option.name not in wanted:
            continue
        flag = declared_option.flag or "--" + declared_option.name.replace("_", "-")
        text = declared_option.help.replace("%", "%%")
        if declared_option.kind is bool:
            parser.add_argument(
                flag,
                dest=declared_option.name,
                action=argparse.BooleanOptionalAction,
                default=declared_option.default,
                help=text,
            )
            continue
        parser.add_argument(
            flag,
            dest=declared_option.name,
            type=declared_option.kind,
            default=declared_option.default,
            choices=list(declared_option.choices) or None,
            help=f"{text} (default {declared_option.default})",
        )
