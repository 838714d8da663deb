"""Where user data lives. ``TRIPTYCH_HOME`` moves all of it into one folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
MODELS_ON_BOARD = RESOURCES / "models"
SAMPLES = RESOURCES / "samples"


@dataclass(frozen=True)
class UserPaths:
    """The folders of one user; none is created until something is written there."""

    config: Path
    data: Path
    cache: Path
    log: Path

    @property
    def settings_file(self) -> Path:
        """The readable settings, TOML."""
        return self.config / "settings.toml"

    @property
    def window_file(self) -> Path:
        """Window geometry, apart from the settings because no person edits it."""
        return self.config / "window.ini"

    @property
    def gallery_file(self) -> Path:
        """The people of the desk, SQLite."""
        return self.data / "gallery.sqlite"

    @property
    def models(self) -> Path:
        """Downloaded networks."""
        return self.data / "models"

    @property
    def encoder_file(self) -> Path:
        """Which face encoder the desk uses, JSON; missing: the one on board."""
        return self.data / "desk-encoder.json"

    @property
    def speed_file(self) -> Path:
        """How quick this machine paints, JSON; missing: not measured yet."""
        return self.data / "paint-speed.json"

    @property
    def indexes(self) -> Path:
        """Stored scans of the Explain panel, one folder each."""
        return self.data / "indexes"

    @property
    def log_file(self) -> Path:
        """The newest log."""
        return self.log / "triptych.log"


def user_paths() -> UserPaths:
    """Return the user's folders, read from the environment at every call."""
    home = os.environ.get("TRIPTYCH_HOME")
    if home:
        base = Path(home).expanduser()
        return UserPaths(base / "config", base / "data", base / "cache", base / "log")
    dirs = platformdirs.PlatformDirs("Triptych", appauthor=False)
    return UserPaths(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path)
