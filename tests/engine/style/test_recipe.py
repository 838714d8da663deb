from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, ErrorCode
from engine.style.recipe import GATYS, STYLE_LAYERS, VERSION, Recipe

GOOD = Recipe(content="a.jpg", styles=("s.jpg",))


def refusal(recipe: Recipe) -> EngineError:
    with pytest.raises(EngineError) as caught:
        recipe.check()
    return caught.value


@given(
    size=st.integers(32, 8192),
    alpha=st.floats(0, 1e6),
    lambda3=st.floats(0, 100),
    seed=st.integers(0, 2**31 - 1),
    styles=st.lists(st.text(max_size=20), max_size=3),
    weights=st.lists(st.floats(0, 10), max_size=3),
    mask=st.text(max_size=20),
)
def test_a_recipe_survives_json(**values: Any) -> None:
    styles, weights = tuple(values.pop("styles")), tuple(values.pop("weights"))
    recipe = Recipe(content="ü.png", styles=styles, style_weights=weights, **values)
    assert Recipe.from_json(json.dumps(recipe.to_json())) == recipe


def test_a_newer_recipe_is_refused_in_words() -> None:
    with pytest.raises(EngineError, match="Install a newer Triptych"):
        Recipe.from_json({"version": VERSION + 1, "brush": "wide"})


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("[1, 2]", "not a JSON object"),
        ("{", "not valid JSON"),
        ("{}", "version is missing"),
        ({"version": 1, "size": "big"}, "size"),
        ({"version": 1, "beta": math.nan}, "beta"),
        ({"version": 1, "init": "magic"}, "init"),
        ({"version": 1, "colour": "photo"}, "colour"),
        ({"version": 1, "styles": "s.jpg"}, "styles"),
        ({"version": 1, "style_weights": ["a"]}, "style_weights"),
        ({"version": 1, "content": 3}, "content"),
    ],
)
def test_bad_recipes_are_named(document: Any, named: str) -> None:
    with pytest.raises(EngineError, match=named) as caught:
        Recipe.from_json(document)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_every_bad_value_is_named_at_once() -> None:
    with pytest.raises(EngineError) as caught:
        Recipe.from_json({"version": 1, "size": 1, "iterations": -5})
    assert "size" in caught.value.detail
    assert "iterations" in caught.value.detail


@pytest.mark.parametrize(
    ("changes", "setting"),
    [
        ({"styles": ()}, "styles"),
        ({"style_weights": (1.0, 2.0)}, "style_weights"),
        ({"style_weights": (0.0,)}, "style_weights"),
        ({"style_weights": (-1.0,)}, "style_weights"),
        ({"style_weights": (math.inf,)}, "style_weights"),
        ({"size": 8}, "size"),
        ({"alpha": 0.0, "beta": 0.0}, "beta"),
        ({"optimizer": "sgd"}, "optimizer"),
        ({"learning_rate": math.nan}, "learning_rate"),
    ],
)
def test_what_cannot_be_painted_is_refused(changes: dict[str, Any], setting: str) -> None:
    values = {"content": "a.jpg", "styles": ("s.jpg",)} | changes
    assert refusal(Recipe(**values)).subject == setting


def test_shares_add_up_to_one() -> None:
    assert GOOD.style_shares == (1.0,)
    assert Recipe(styles=("a", "b"), style_weights=(1.0, 3.0)).style_shares == (0.25, 0.75)


def test_layer_weights_belong_to_the_layers_of_the_paper() -> None:
    assert Recipe(lambda1=5.0).layer_weights == dict(
        zip(STYLE_LAYERS, (5.0, 0.03, 0.15, 0.65, 0.165), strict=True)
    )
    in_the_paper = Recipe(**GATYS)  # type: ignore[arg-type]
    assert set(in_the_paper.layer_weights.values()) == {0.2}


def test_an_older_recipe_keeps_the_defaults_of_its_day() -> None:
    versions = ({"version": version, "styles": ["s"]} for version in (1, 2, 3, 4))
    first, second, third, now = map(Recipe.from_json, versions)
    assert (first.pyramid, first.averaging, first.lambda4) == (False, 0.0, 0.2)
    assert (second.pyramid, second.averaging, second.lambda4) == (True, 0.0, 0.2)
    assert (third.averaging, third.edges) == (0.98, "zeros")
    assert now == Recipe(styles=("s",))
    assert Recipe.from_json({"version": 2, "averaging": 0.5}).averaging == 0.5
