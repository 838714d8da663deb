"""How the colours of photos vary: ``python -m tests.bench.colour_statistics``.

Prints the square root of the covariance of red, green and blue over the photos on board, as
``engine.explorer.synthesise.COLOURS`` holds it: columns are brightness, then the two directions of colour.
"""

from __future__ import annotations

import numpy as np

from engine.images import fit_within, read_picture
from engine.samples import samples


def main() -> None:
    pixels = []
    for sample in samples("explain"):
        rgb = fit_within(read_picture(sample.path).rgb, 128).reshape(-1, 3) / 255.0
        pixels.append(rgb[np.random.default_rng(0).choice(len(rgb), 4000)])
    covariance = np.cov(np.concatenate(pixels), rowvar=False)
    values, vectors = np.linalg.eigh(covariance)
    order = np.argsort(values)[::-1]
    root = vectors[:, order] * np.sqrt(values[order])
    root *= np.sign(root[0])
    print(np.round(root, 3).tolist())


if __name__ == "__main__":
    main()
