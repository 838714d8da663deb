"""Which device computes, decided in one place; and what to say when it runs out of memory."""

from __future__ import annotations

import gc
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from engine.errors import EngineError, ErrorCode

AUTO = "auto"


@dataclass(frozen=True)
class Device:
    """A place to compute.

    ``id`` is what torch calls it ("cpu", "cuda:0", "mps"), ``name`` what a person calls it,
    ``memory_bytes`` its total memory (0 when unknown).
    """

    id: str
    name: str
    memory_bytes: int


def check_torch() -> None:
    """Make sure that torch and torchvision were built for each other.

    A torchvision beside another torch fails at import because its operators do not load; the message
    that it fails with helps nobody.

    Raises:
        EngineError: TORCH_MISMATCH with the line that mends it.
    """
    try:
        torch_version = metadata.version("torch")
        vision_version = metadata.version("torchvision")
        needs = metadata.requires("torchvision") or []
    except metadata.PackageNotFoundError as error:
        raise EngineError(ErrorCode.TORCH_MISMATCH, f"{error.name} is not installed. {_CURE}") from error
    for need in needs:
        match = re.fullmatch(r"torch\s*\(?==\s*([\w.+]+)\)?", need.split(";")[0].strip())
        if match and _release(match[1]) != _release(torch_version):
            raise EngineError(
                ErrorCode.TORCH_MISMATCH,
                f"torchvision {vision_version} belongs to torch {match[1]}, but torch {torch_version} "
                f"is installed. {_CURE}",
            )
    try:
        import torchvision.ops  # noqa: F401 - the import is the check
    except (RuntimeError, ImportError, OSError) as error:
        raise EngineError(
            ErrorCode.TORCH_MISMATCH,
            f"torchvision {vision_version} does not load beside torch {torch_version} ({error}). {_CURE}",
        ) from error


_CURE = "Install a matching pair: pip install --upgrade --force-reinstall torch torchvision"


def _release(version: str) -> str:
    return version.split("+")[0]


def available() -> tuple[Device, ...]:
    """List the devices of this machine, the fastest kind first. The CPU is always the last."""
    import torch

    found = [
        Device(f"cuda:{index}", torch.cuda.get_device_name(index), torch.cuda.mem_get_info(index)[1])
        for index in range(torch.cuda.device_count())
    ]
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU", torch.mps.recommended_max_memory()))
    found.append(Device("cpu", _cpu_name(), _memory_bytes()))
    return tuple(found)


def choose(wish: str = AUTO) -> Device:
    """Return the wished device, or for "auto" the fastest.

    Raises:
        EngineError: DEVICE_MISSING when the wish names a device that is not here.
    """
    devices = available()
    if wish == AUTO:
        return devices[0]
    for device in devices:
        if wish in (device.id, device.id.split(":")[0]):
            return device
    here = ", ".join(device.id for device in devices)
    raise EngineError(ErrorCode.DEVICE_MISSING, f"There is no device {wish!r} here; there is {here}.", wish)


@contextmanager
def memory_guard(cure: str) -> Iterator[None]:
    """Turn running out of memory into an EngineError that names the cure.

    It holds no thread-local state, so a task may yield inside it.

    Raises:
        EngineError: OUT_OF_MEMORY.
    """
    import torch

    try:
        yield
    except torch.OutOfMemoryError as error:
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        raise EngineError(ErrorCode.OUT_OF_MEMORY, f"The device ran out of memory. {cure}") from error
    except MemoryError as error:
        raise EngineError(ErrorCode.OUT_OF_MEMORY, f"The computer ran out of memory. {cure}") from error
    except RuntimeError as error:
        if not any(sign in str(error) for sign in _OUT_OF_MEMORY_SIGNS):
            raise
        raise EngineError(ErrorCode.OUT_OF_MEMORY, f"The device ran out of memory. {cure}") from error


def release_memory() -> None:
    """Give back what a failed attempt still holds: frames of its exception may refer to each other, and an
    NVIDIA card's memory stays with torch."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


@contextmanager
def full_precision() -> Iterator[None]:
    """Convolve in true float32, and alike every time: an NVIDIA card otherwise rounds what it multiplies to
    10 bits. For the way back as well; it sets a switch of the whole process, so no task may yield inside it.
    """
    import torch

    if not torch.cuda.is_available():
        yield
        return
    with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False):
        yield


_OUT_OF_MEMORY_SIGNS = ("not enough memory", "out of memory", "can't allocate memory")
"""How torch's CPU and MPS allocators word it: they raise a plain RuntimeError."""


def _cpu_name() -> str:
    count = os.cpu_count() or 1
    cpuinfo = Path("/proc/cpuinfo")
    name = platform.processor() or platform.machine()
    if cpuinfo.exists():
        found = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text(errors="replace"))
        name = found[1] if found else name
    return f"{name}, {count} threads"


def _memory_bytes() -> int:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
