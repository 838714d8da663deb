"""How much memory a run took at most."""

from __future__ import annotations

import sys

import torch


def start_counting(device: torch.device | str) -> None:
    """Begin a new peak where the device can."""
    device = torch.device(device)
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)


def peak_memory_bytes(device: torch.device | str) -> int:
    """Return the most memory in use since :func:`start_counting`, in bytes; 0 where it is unknown.

    On CUDA, what torch allocated there. On a CPU, the peak of the whole process since it started,
    which cannot be reset. On Apple's GPU, what the driver holds now.
    """
    device = torch.device(device)
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    if device.type == "mps":
        return int(torch.mps.driver_allocated_memory())
    if sys.platform == "win32":
        return 0
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
