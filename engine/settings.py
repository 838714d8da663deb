"""The person's settings: declared once, kept in a readable TOML, never fatal when wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from engine.files import writing
from engine.options import option, options_of, read_options
from engine.words import translate


@dataclass(frozen=True)
class Settings:
    """What holds for the whole program. Every field has a working default."""

    language: str = option(
        "system",
        label=translate("Option", "Language"),
        help=translate("Option", "The language of the window."),
        choices={
            "system": translate("Option", "As the system"),
            "en": "English",
            "zh_CN": "简体中文",
        },
    )
    theme: str = option(
        "system",
        label=translate("Option", "Appearance"),
        help=translate("Option", "Light, dark, or as the system has it."),
        choices={
            "system": translate("Option", "As the system"),
            "light": translate("Option", "Light"),
            "dark": translate("Option", "Dark"),
        },
    )
    device: str = option(
        "auto",
        label=translate("Option", "Computing device"),
        help=translate("Option", "auto takes the fastest; or cpu, cuda:0, mps."),
    )
    keep_photos: bool = option(
        False,
        label=translate("Option", "Keep enrolment photos"),
        help=translate("Option", "Store the cropped face beside the encoding. Off, only encodings are kept."),
    )
    lock_after: int = option(
        5,
        label=translate("Option", "Lock the front desk after (minutes)"),
        help=translate(
            "Option",
            "Where a PIN guards Recognise, its window is locked when nobody has touched it for so long "
            "(0: never).",
        ),
        between=(0, 240),
    )
    verify_threshold: float = option(
        1.274,
        label=translate("Option", "Threshold τ for 1:1"),
        help=translate("Option", "A claim is accepted when the squared distance is at most τ."),
        between=(0.0, 4.0),
        advanced=True,
    )
    strangers_accepted: float = option(
        0.01,
        label=translate("Option", "Strangers welcomed by mistake"),
        help=translate("Option", "The wanted rate for 1:N; τ is derived from it and the number of people."),
        between=(0.0001, 0.1),
        logarithmic=True,
        advanced=True,
    )


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings; the second value names everything that was not usable, in sentences."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), (f"{path} cannot be read ({error}). Using the defaults.",)
    try:
        values = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        return Settings(), (f"{path} is not valid TOML ({error}). Using the defaults.",)
    settings, problems = read_options(Settings, values)
    return settings, tuple(f"{path.name}: {problem}" for problem in problems)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings with their explanations as comments.

    A file that held unusable values is kept beside as ``settings.toml.bad``.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    if path.exists() and load_settings(path)[1]:
        path.replace(path.with_suffix(".toml.bad"))
    document = tomlkit.document()
    for declared in options_of(settings):
        document.add(tomlkit.comment(declared.help))
        document.add(declared.name, getattr(settings, declared.name))
    with writing(path) as file:
        file.write(tomlkit.dumps(document).encode())
