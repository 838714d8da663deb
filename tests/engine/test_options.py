"""A setting is declared once; the command line, the saved file and the checks follow the declaration."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, ErrorCode
from engine.options import add_arguments, option, options_of, read_options, validate


@dataclass(frozen=True)
class Tea:
    minutes: int = option(3, label="Minutes", help="How long, 100 % exact.", between=(1, 9))
    sugar: float = option(0.5, label="Sugar", help="Spoons.", between=(0.0, 4.0))
    kind: str = option("green", label="Kind", help="Leaves.", choices={"green": "Green", "black": "Black"})
    milk: bool = option(False, label="Milk", help="Add milk.")
    table_number: int = option(1, label="Table", help="Where to.", between=(1, 99), flag="--table")
    guest: str = ""


def parse(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_arguments(parser, Tea)
    return parser.parse_args(words)


def test_declared_fields_only_and_in_order() -> None:
    assert [one.name for one in options_of(Tea)] == ["minutes", "sugar", "kind", "milk", "table_number"]
    assert options_of(Tea) == options_of(Tea())


def test_the_command_line_has_the_declared_defaults() -> None:
    parsed = vars(parse())
    assert parsed == {one.name: one.default for one in options_of(Tea)}


def test_the_command_line_reads_every_kind() -> None:
    parsed = parse("--minutes", "5", "--sugar", "2", "--kind", "black", "--milk", "--table", "7")
    assert vars(parsed) == {"minutes": 5, "sugar": 2.0, "kind": "black", "milk": True, "table_number": 7}
    assert isinstance(parsed.sugar, float)
    assert parse("--no-milk").milk is False


@pytest.mark.parametrize("words", [("--minutes", "5.5"), ("--kind", "mint"), ("--sugar", "much")])
def test_the_command_line_refuses(words: tuple[str, str]) -> None:
    with pytest.raises((argparse.ArgumentError, SystemExit)):
        parse(*words)


def test_help_with_a_percent_sign_is_shown() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser, Tea)
    assert "100 % exact" in parser.format_help()


def test_only_the_wanted_names() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser, Tea, ["milk"])
    assert vars(parser.parse_args([])) == {"milk": False}


@given(st.integers())
def test_a_range_is_closed(minutes: int) -> None:
    tea = replace(Tea(), minutes=minutes)
    if 1 <= minutes <= 9:
        validate(tea)
    else:
        with pytest.raises(EngineError) as caught:
            validate(tea)
        assert caught.value.code is ErrorCode.BAD_VALUE
        assert caught.value.subject == "minutes"
        assert str(minutes) in caught.value.detail


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_outside_the_range_passes(sugar: float) -> None:
    tea = replace(Tea(), sugar=sugar)
    if 0.0 <= sugar <= 4.0:
        validate(tea)
    else:
        with pytest.raises(EngineError):
            validate(tea)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minutes", True),
        ("minutes", "3"),
        ("minutes", 3.0),
        ("kind", "mint"),
        ("kind", 1),
        ("milk", 1),
        ("sugar", True),
    ],
)
def test_values_of_another_kind_are_named(name: str, value: object) -> None:
    with pytest.raises(EngineError) as caught:
        validate(replace(Tea(), **{name: value}))
    assert caught.value.subject == name


def test_saved_values_are_read_and_the_bad_ones_named() -> None:
    saved = {"minutes": 99, "sugar": 2, "kind": "black", "milk": "yes", "spoon": 1}
    tea, problems = read_options(Tea, saved)
    assert tea == Tea(sugar=2.0, kind="black")
    assert isinstance(tea.sugar, float)
    assert len(problems) == 3
    for name in ("minutes", "milk", "spoon"):
        assert any(name in problem for problem in problems)
    assert any("Using 3" in problem for problem in problems)


names = st.sampled_from([one.name for one in options_of(Tea)] + ["other"])
values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.integers())
)


@given(st.dictionaries(names, values))
def test_whatever_was_saved_gives_valid_settings(saved: dict[str, object]) -> None:
    tea, problems = read_options(Tea, saved)
    validate(tea)
    assert len(problems) <= len(saved)
