"""A torch and a torchvision that were not built for each other are told apart before they crash."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from importlib import metadata
from typing import Any

import pytest

from engine.device import check_torch
from engine.errors import EngineError, ErrorCode


def installed(
    torch: str | None, vision: str | None, needs: list[str] | None
) -> dict[str, Callable[[str], Any]]:
    versions = {"torch": torch, "torchvision": vision}

    def version(name: str) -> str:
        found = versions[name]
        if found is None:
            raise metadata.PackageNotFoundError(name)
        return found

    return {"version": version, "requires": lambda name: needs}


def refusal(monkeypatch: pytest.MonkeyPatch, *what: Any) -> EngineError:
    for name, function in installed(*what).items():
        monkeypatch.setattr(metadata, name, function)
    with pytest.raises(EngineError) as caught:
        check_torch()
    assert caught.value.code is ErrorCode.TORCH_MISMATCH
    assert "pip install" in caught.value.detail
    return caught.value


def test_what_is_installed_here_matches() -> None:
    check_torch()


@pytest.mark.parametrize("need", ["torch==2.6.0", "torch (==2.6.0)", "torch==2.6.0 ; python_version > '3'"])
def test_a_pair_of_different_releases_is_named(monkeypatch: pytest.MonkeyPatch, need: str) -> None:
    error = refusal(monkeypatch, "2.7.1+cpu", "0.21.0", ["numpy", need])
    assert "2.6.0" in error.detail
    assert "2.7.1+cpu" in error.detail
    assert "0.21.0" in error.detail


def test_another_build_of_the_same_release_is_no_mismatch(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, function in installed("2.6.0+cpu", "0.21.0", ["numpy", "torch==2.6.0"]).items():
        monkeypatch.setattr(metadata, name, function)
    check_torch()


@pytest.mark.parametrize(("torch", "vision"), [(None, "0.21.0"), ("2.6.0", None)])
def test_a_missing_half_is_named(
    monkeypatch: pytest.MonkeyPatch, torch: str | None, vision: str | None
) -> None:
    assert "is not installed" in refusal(monkeypatch, torch, vision, []).detail


def test_operators_that_do_not_load_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def broken(name: str, *rest: Any) -> Any:
        if name == "torchvision.ops":
            raise RuntimeError("operator torchvision::nms does not exist")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", broken)
    with pytest.raises(EngineError) as caught:
        check_torch()
    assert "nms" in caught.value.detail
    assert "pip install" in caught.value.detail
