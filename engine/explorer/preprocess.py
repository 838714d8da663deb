"""What a network is shown of a photo: torchvision's evaluation transform for ImageNet. No torch.

Short side to 256 (bilinear, antialiased), the central 224 × 224, then mean and standard deviation, which
are applied on the device. Other networks have other sizes. The arithmetic is that of
``torchvision.transforms._presets`` (``ImageClassification`` on a Pillow image), so that the numbers are equal
bit for bit.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.explorer.fields import Box
from engine.explorer.inputs import Numbers
from engine.folders import picture_files
from engine.images import Rgb, read_picture, read_reduced

MAX_RESIZED_PIXELS = 64_000_000
"""A photo 1 pixel high and 60 000 wide would become 4 gigapixels when its short side grows to 256."""


@dataclass(frozen=True)
class Placement:
    """How a photo was laid under the network's input: resized to ``resized``, then cut at ``offset``.

    All are (width, height) or (x, y) in pixels; ``photo`` is the upright photo.
    """

    photo: tuple[int, int]
    resized: tuple[int, int]
    offset: tuple[int, int]

    def on_photo(self, box: Box) -> tuple[float, float, float, float]:
        """Map a box (x0, y0, x1, y1) from network-input pixels to photo pixels."""
        scale_x = self.photo[0] / self.resized[0]
        scale_y = self.photo[1] / self.resized[1]
        return (
            (box[0] + self.offset[0]) * scale_x,
            (box[1] + self.offset[1]) * scale_y,
            (box[2] + self.offset[0]) * scale_x,
            (box[3] + self.offset[1]) * scale_y,
        )


@dataclass(frozen=True)
class Preprocessing:
    """The transform's settings, recorded in every index; :class:`engine.explorer.inputs.Inputs` for pictures.

    ``interpolation`` is ``bilinear``, ``bicubic`` or ``nearest``.
    """

    name: str = "imagenet-evaluation"
    resize: int = 256
    crop: int = 224
    interpolation: str = "bilinear"
    antialias: bool = True
    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)

    @property
    def kind(self) -> str:
        """``pictures``."""
        return "pictures"

    @property
    def size(self) -> tuple[int, ...]:
        """Height and width of the network's input."""
        return (self.crop, self.crop)

    @property
    def channels(self) -> int:
        """Red, green and blue."""
        return 3

    def items(self, root: Path) -> tuple[str, ...]:
        """Return the pictures below a folder, with forward slashes, sorted.

        Raises:
            EngineError: FILE_MISSING, FILE_UNREADABLE or NO_PICTURES.
        """
        return tuple(sorted(file.relative_to(root).as_posix() for file in picture_files(root)))

    def file_of(self, item: str) -> str:
        """Return the item itself: a picture is a file."""
        return item

    def decode(self, data: bytes, item: str) -> tuple[Numbers, str]:
        """Return the upright picture in sRGB, H × W × 3, and what was left out of it.

        Raises:
            EngineError: NOT_A_PICTURE, FILE_UNREADABLE or PICTURE_TOO_LARGE.
        """
        picture = read_picture(data, name=item)
        remark = ""
        if picture.frames > 1:
            remark = f"Of its {picture.frames} frames the first was scanned."
        elif picture.alpha is not None:
            remark = "It is transparent in places; its colours were scanned as if it were not."
        return picture.rgb, remark

    def on_source(self, box: Box, shape: tuple[int, ...], item: str) -> tuple[float, ...]:
        """Map a box (x0, y0, x1, y1) from network-input pixels to those of the upright photo."""
        return self.place(shape[1], shape[0]).on_photo(box)

    def cut(self, decoded: Numbers, item: str) -> Numbers:
        """Return :meth:`apply` of a decoded picture."""
        return self.apply(decoded)

    def glimpse(self, data: bytes) -> tuple[Rgb, tuple[int, int]] | None:
        """Return about what :meth:`apply` gives of a large JPEG, at once, and the photo's (height, width)."""
        read = read_reduced(data, self.resize)
        if read is None:
            return None
        rgb, (width, height) = read
        return self._laid(rgb, self.place(width, height)), (height, width)

    def record(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        settings = {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}
        return {"kind": self.kind, **settings}

    def place(self, width: int, height: int) -> Placement:
        """Return where a photo of this size lies under the input."""
        if width <= height:
            resized = (self.resize, int(self.resize * height / width))
        else:
            resized = (int(self.resize * width / height), self.resize)
        left = int(round((resized[0] - self.crop) / 2.0))  # noqa: RUF046 - torchvision's own expression
        top = int(round((resized[1] - self.crop) / 2.0))  # noqa: RUF046
        return Placement((width, height), resized, (left, top))

    def apply(self, rgb: Rgb) -> Rgb:
        """Return the crop × crop × 3 uint8 picture that the network is shown, before mean and std.

        Raises:
            EngineError: PICTURE_TOO_LARGE for a photo so thin that resizing it would fill the memory.
        """
        placement = self.place(rgb.shape[1], rgb.shape[0])
        if placement.resized[0] * placement.resized[1] > MAX_RESIZED_PIXELS:
            raise EngineError(
                ErrorCode.PICTURE_TOO_LARGE,
                f"A picture of {rgb.shape[1]} × {rgb.shape[0]} pixels is too thin to cut a square from. "
                "Crop it first.",
            )
        return self._laid(rgb, placement)

    def _laid(self, rgb: Rgb, placement: Placement) -> Rgb:
        left, top = placement.offset
        resized = Image.fromarray(rgb).resize(placement.resized, _RESAMPLING[self.interpolation])
        return np.asarray(resized.crop((left, top, left + self.crop, top + self.crop)))


_RESAMPLING = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "nearest": Image.Resampling.NEAREST,
}

IMAGENET = Preprocessing()
