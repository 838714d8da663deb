"""The passive check: one look at a face and its surroundings by two networks that are fetched once.

It leans on what surrounds the face. A print or a screen that fills the picture shows no edge of itself, and
what is pictured around the face there looks as right as around a living one. So a look only counts in favour
when the largest crop lies inside the frame, or when the face looks living also without its surroundings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from engine.errors import EngineError
from engine.images import Rgb
from engine.models import Models

if TYPE_CHECKING:
    from torch import Tensor, nn

Box = tuple[float, float, float, float]
"""x, y, width, height in pixels of the frame."""

NETWORKS: Final = (("minifasnet-v2", 2.7), ("minifasnet-v1se", 4.0))
"""Model id, and the crop's side in sides of the face box, as the authors published them."""

WIDEST: Final = max(scale for _, scale in NETWORKS)

CLOSE: Final = (1.15, 1.4)
"""Sides of the crops that show the face alone, and the face with its hair, in sides of the face box."""


@dataclass(frozen=True)
class PassiveLook:
    """What the passive check says of one frame.

    ``live`` is the mean probability of "live", 0..1; ``inside`` whether the largest crop lies in the frame,
    without which a high ``live`` proves little. ``close`` is the same mean for each crop of :data:`CLOSE`;
    empty where the largest crop lies inside and nobody needs to look closer.
    """

    live: float
    inside: bool
    close: tuple[float, ...] = ()


class PassiveCheck(Protocol):
    """Looks at one face. May raise anything: whoever asks treats that as no answer."""

    def look(self, rgb: Rgb, box: Box) -> PassiveLook:
        """Judge the face in ``box`` of a frame (uint8, H × W × 3, RGB)."""


class MiniFasNetCheck:
    """The passive check by MiniFASNet.

    Raises:
        EngineError: MODEL_MISSING or MODEL_DAMAGED.
    """

    def __init__(self, models: Models) -> None:
        self._networks: Sequence[tuple[nn.Module, float]] = [
            (models.network(model), scale) for model, scale in NETWORKS
        ]
        self._device = models.device

    def look(self, rgb: Rgb, box: Box) -> PassiveLook:
        """Judge the face in ``box``."""
        import torch

        from engine.faces.encode import one_thread
        from engine.faces.liveness.minifasnet import LIVE

        inside = is_inside(box, rgb.shape[1], rgb.shape[0])
        close = () if inside else CLOSE
        with torch.inference_mode(), one_thread():
            shares = [
                network(torch.cat([_tensor(rgb, box, scale) for scale in (own, *close)]).to(self._device))[
                    :, LIVE
                ].tolist()
                for network, own in self._networks
            ]
        live, *closer = (sum(column) / len(column) for column in zip(*shares, strict=True))
        return PassiveLook(live, inside, tuple(closer))


def load_passive(models: Models) -> MiniFasNetCheck | None:
    """Return the passive check, or None where its networks were not fetched or are not whole."""
    try:
        return MiniFasNetCheck(models)
    except EngineError:
        return None


def is_inside(box: Box, width: int, height: int, scale: float = WIDEST) -> bool:
    """Whether a box, ``scale`` times as large about its centre, lies in a ``width`` × ``height`` frame."""
    x, y, w, h = box
    across, down = w * scale / 2, h * scale / 2
    centre_x, centre_y = x + w / 2, y + h / 2
    fits_across = centre_x >= across and centre_x + across <= width
    return fits_across and centre_y >= down and centre_y + down <= height


def crop_box(box: Box, width: int, height: int, scale: float) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom (the last two inclusive) of the crop that the networks know.

    The authors' recipe: the box enlarged about its centre, by less where the frame is too small for it, then
    moved inside the frame.
    """
    x, y, w, h = box
    scale = min(scale, (height - 1) / h, (width - 1) / w)
    across, down = w * scale, h * scale
    left = min(max(0.0, x + w / 2 - across / 2), width - 1 - across)
    top = min(max(0.0, y + h / 2 - down / 2), height - 1 - down)
    return int(left), int(top), int(left + across), int(top + down)


def _tensor(rgb: Rgb, box: Box, scale: float) -> Tensor:
    import cv2
    import torch

    from engine.faces.liveness.minifasnet import SIZE

    if not all(map(math.isfinite, box)) or min(box[2:]) < 1:
        raise ValueError(f"{box} is no face box")
    left, top, right, bottom = crop_box(box, rgb.shape[1], rgb.shape[0], scale)
    crop = cv2.resize(rgb[top : bottom + 1, left : right + 1], (SIZE, SIZE))
    bgr = np.ascontiguousarray(crop[:, :, ::-1].transpose(2, 0, 1))
    return torch.from_numpy(bgr)[None].float()
