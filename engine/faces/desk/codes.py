"""Badges: QR codes and barcodes before the camera, read by OpenCV's own detectors."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb

LONGEST_CLAIM = 200


class CodeReader:
    """Reads the text of a badge. One object a thread."""

    def __init__(self) -> None:
        self._qr = cv2.QRCodeDetector()
        self._bars = cv2.barcode.BarcodeDetector()

    def read(self, rgb: Rgb) -> str | None:
        """Return the text of a QR code or barcode in a picture (uint8, H × W × 3, RGB), or None.

        Control characters are no part of a claim, and a long text is none at all.
        """
        if not rgb.size:
            return None
        grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
        for found in (self._qr_text(grey), self._bar_text(grey)):
            text = "".join(letter for letter in found if letter.isprintable()).strip()
            if text and len(text) <= LONGEST_CLAIM:
                return text
        return None

    def _qr_text(self, grey: NDArray[np.uint8]) -> str:
        try:
            return str(self._qr.detectAndDecode(grey)[0])
        except (cv2.error, UnicodeDecodeError):
            return ""  # something that looked like a code and was none

    def _bar_text(self, grey: NDArray[np.uint8]) -> str:
        try:
            return str(self._bars.detectAndDecode(grey)[0])
        except (cv2.error, UnicodeDecodeError):
            return ""
