"""In which precision the network computes."""

from __future__ import annotations

import torch


def precision_of(setting: str, network_dtype: torch.dtype, device: torch.device) -> torch.dtype:
    """Return the dtype for a recipe's ``precision``: "fp32" (the network's own), "bf16" or "auto".

    bfloat16 keeps 8 bits of the mantissa and the whole range of float32, so that no gradient vanishes and
    none has to be scaled; sums over positions and losses stay in float32.
    """
    if setting == "bf16" or (setting == "auto" and quick_in_16_bits(device)):
        return torch.bfloat16
    return network_dtype


def quick_in_16_bits(device: torch.device) -> bool:
    """Whether the device multiplies bfloat16 in hardware: AVX512-BF16 or AMX on a CPU, Ampere on CUDA."""
    if device.type == "cuda":
        return torch.cuda.get_device_capability(device)[0] >= 8
    if device.type != "cpu":
        return False
    probes = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(bool(getattr(torch.cpu, name, _no)()) for name in probes)


def _no() -> bool:
    return False
