"""Every blink in ``faces/video/franck.mp4`` of the evaluation data.

The recording (FG-net Talking Face: a man who talks, 4800 frames, 24 a second) was marked by eye from sheets
of his eyes: every second frame, and every frame where that was not clear.
"""

from __future__ import annotations

from typing import Final

CLIP: Final = "faces/video/franck.mp4"
RATE: Final = 24.0
FRAMES: Final = 4800

# fmt: off
BLINKS: Final = (
    165, 592, 729, 883, 1065, 1082, 1130, 1155, 1196, 1236, 1393, 1429, 1541, 1596, 1657, 1717,
    1740, 1763, 1867, 1884, 1926, 1936, 2037, 2185, 2259, 2371, 2397, 2413, 2426, 2525, 2593, 2648,
    2772, 2889, 2929, 3067, 3121, 3130, 3151, 3227, 3371, 3462, 3503, 4018, 4055, 4133, 4143, 4153,
    4181, 4229, 4423, 4480, 4537, 4609, 4688, 4789,
)
# fmt: on
"""The middle frame of each blink, from nought."""

LONG: Final = ((220, 268), (3816, 3850))
"""First and last frame of the two times when his eyes are shut or cast down for more than a second."""

NEAR: Final = 8
"""A blink that is found so many frames from a marked one is that one: the longest marked lasts ten frames."""
