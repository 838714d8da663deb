"""How much memory a run took at most, and how much there is."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

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


def free_memory_bytes(device: torch.device | str) -> int:
    """Return how much memory the device could still give, in bytes; half of all there is where the system
    does not say, 0 where nothing is known."""
    device = torch.device(device)
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        found = re.search(r"MemAvailable:\s*(\d+) kB", meminfo.read_text(errors="replace"))
        if found:
            return int(found[1]) * 1024
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return 0
