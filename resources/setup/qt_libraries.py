"""Checks the system libraries that Qt loads on Linux, and installs what is missing on Debian as root.

    python -m resources.setup.qt_libraries [--tests]

``--tests`` asks for a virtual screen too. Exit status 0: all is there; 1: something is missing, and the
line that installs it was printed. pip cannot bring these: they belong to the system.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

QT_FILES = (
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6Svg.so.6",
    "Qt/lib/libQt6Multimedia.so.6",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland*.so",
    "Qt/plugins/multimedia/libffmpegmediaplugin.so",
)
"""What the window loads, relative to the PySide6 package."""

DEBIAN: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libXrender.so.1": "libxrender1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
"""Library → the Debian package that holds it."""


def main() -> int:
    """Check, install where that is possible, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tests", action="store_true", help="ask for a virtual screen too")
    for_tests = parser.parse_args().tests
    if sys.platform != "linux":
        return 0
    libraries = missing_libraries()
    packages = packages_for(libraries) | missing_extras(for_tests)
    if not libraries and not packages:
        return 0
    command = ["apt-get", "install", "-y", "--no-install-recommends", *sorted(packages)]
    if not Path("/etc/debian_version").exists():
        print(f"Qt needs these of the system: {' '.join(sorted(libraries | packages))}")
        return 1
    if os.geteuid() != 0:
        needed = bool(libraries) or for_tests
        print(
            "The system lacks what Qt needs. Run this line, then try again:"
            if needed
            else "Chinese will not be readable until this line is run:"
        )
        print(f"  sudo {' '.join(command)}")
        return 1 if needed else 0
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=False, env=environment)
    if subprocess.run(command, check=False, env=environment).returncode != 0:
        print(f"Installing failed. Try it by hand:\n  {' '.join(command)}")
        return 1
    left = missing_libraries()
    if left:
        print(f"Still missing, and in no package known here: {' '.join(sorted(left))}")
    return 1 if left else 0


def missing_libraries() -> set[str]:
    """Return the libraries that the dynamic linker does not find for :data:`QT_FILES`."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None or shutil.which("ldd") is None:
        return set()
    package = Path(found.origin).parent
    files = [str(path) for pattern in QT_FILES for path in package.glob(pattern)]
    ldd = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    return not_found(ldd.stdout)


def not_found(ldd_output: str) -> set[str]:
    """Return the libraries that ``ldd`` reports as not found."""
    return set(re.findall(r"^\s*(\S+) => not found", ldd_output, flags=re.MULTILINE))


def packages_for(libraries: Iterable[str]) -> set[str]:
    """Return the Debian packages of these libraries; those of no known package are left out."""
    return {DEBIAN[library] for library in libraries if library in DEBIAN}


def missing_extras(for_tests: bool) -> set[str]:
    """Return the packages of a Chinese font and, for tests, of a virtual screen, where they are missing."""
    wanted = set()
    if shutil.which("fc-list") is None:
        wanted |= {"fontconfig", "fonts-wqy-microhei"}
    elif not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout:
        wanted.add("fonts-wqy-microhei")
    if for_tests and shutil.which("xvfb-run") is None:
        wanted |= {"xvfb", "xauth"}
    return wanted


if __name__ == "__main__":
    sys.exit(main())
