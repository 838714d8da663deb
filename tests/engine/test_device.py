"""Which device computes, and what is said when it cannot."""

from __future__ import annotations

import pytest
import torch

from engine.device import available, choose, memory_guard
from engine.errors import EngineError, ErrorCode


def test_the_cpu_is_always_there_and_comes_last() -> None:
    devices = available()
    assert devices[-1].id == "cpu"
    assert devices[-1].memory_bytes > 0
    assert "threads" in devices[-1].name


def test_auto_takes_the_first_and_a_wish_is_fulfilled() -> None:
    assert choose() == available()[0]
    assert choose("cpu").id == "cpu"


def test_a_device_that_is_not_here_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match=r"'cuda:7' here; there is .*cpu") as refusal:
        choose("cuda:7")
    assert refusal.value.code is ErrorCode.DEVICE_MISSING


@pytest.mark.parametrize(
    "fault",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: not enough memory"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9.0 GB)"),
        MemoryError(),
    ],
)
def test_running_out_of_memory_names_the_cure(fault: BaseException) -> None:
    with (
        pytest.raises(EngineError, match=r"out of memory\. Choose a smaller size\.") as refusal,
        memory_guard("Choose a smaller size."),
    ):
        raise fault
    assert refusal.value.code is ErrorCode.OUT_OF_MEMORY


def test_an_allocation_that_cannot_succeed_is_caught_for_real() -> None:
    with pytest.raises(EngineError) as refusal, memory_guard("Choose a smaller size."):
        torch.empty(2**60, dtype=torch.uint8)
    assert refusal.value.code is ErrorCode.OUT_OF_MEMORY


def test_other_faults_pass_through() -> None:
    with pytest.raises(RuntimeError, match="shapes"), memory_guard("x"):
        raise RuntimeError("shapes do not match")
