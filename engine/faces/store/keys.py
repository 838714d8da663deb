"""Where the master key of a gallery is kept: the keyring of the system, a passphrase, or a file apart.

A new gallery takes the passphrase when one was given, else the keyring when there is one, else a key file
that only its owner may read, in the user's configuration and never beside the gallery. The last is said aloud
wherever people look: it protects the gallery's file and its backups, not a disk that is stolen whole.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store.vault import KEY_BYTES, Seal, SealBrokenError, Vault, context
from engine.files import write_error
from engine.paths import user_paths

SERVICE: Final = "Triptych gallery"
"""The name under which the keyring shows the keys."""

PASSPHRASE_VARIABLE: Final = "TRIPTYCH_PASSPHRASE_FILE"  # noqa: S105 - a name
SHORTEST_PASSPHRASE: Final = 8
LONGEST_PASSPHRASE: Final = 4096

ITERATIONS: Final = 3
LANES: Final = 4
MEMORY_KIB: Final = 64 * 1024
"""Argon2id with 64 MiB: the second recommended choice of RFC 9106, section 4."""


class KeyPlace(StrEnum):
    """Where the master key is kept."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a place
    FILE = "file"


@dataclass(frozen=True)
class KeyRecord:
    """What the gallery's file holds about its key: nothing that opens it without the place.

    ``salt`` and ``wrapped`` are there for a passphrase only; ``proof`` tells a wrong key from a right one.
    """

    id: str
    place: KeyPlace
    salt: bytes | None
    wrapped: bytes | None
    proof: bytes


class _Unlocked:
    """Master keys that a passphrase opened, kept until the program ends, as an agent keeps them."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}


_unlocked: Final = _Unlocked()


def new_key(place: KeyPlace | None = None, passphrase: str | None = None) -> KeyRecord:
    """Make a master key and keep it; without a wish, in the best place there is.

    Raises:
        EngineError: PASSPHRASE_WEAK, KEY_UNREACHABLE (no keyring), NOT_WRITABLE or DISK_FULL.
    """
    passphrase = passphrase or given_passphrase()
    if place is None:
        place = KeyPlace.PASSPHRASE if passphrase else KeyPlace.KEYRING if keyring_works() else KeyPlace.FILE
    return keep(os.urandom(16).hex(), os.urandom(KEY_BYTES), place, passphrase)


def keep(key_id: str, master: bytes, place: KeyPlace, passphrase: str | None) -> KeyRecord:
    """Put a master key into a place and return what the gallery's file holds about it."""
    proof = Vault(master).proof
    if place is KeyPlace.PASSPHRASE:
        if passphrase is None or len(passphrase) < SHORTEST_PASSPHRASE:
            raise EngineError(
                ErrorCode.PASSPHRASE_WEAK,
                f"A passphrase of at least {SHORTEST_PASSPHRASE} characters is needed: put it on the first "
                "line "
                f"of a file and name that file in {PASSPHRASE_VARIABLE}.",
            )
        salt = os.urandom(16)
        wrapped = Seal(stretch(passphrase, salt)).close(master, context("master key", key_id))
        _unlocked.keys[key_id] = master
        return KeyRecord(key_id, place, salt, wrapped, proof)
    if place is KeyPlace.KEYRING:
        with _keyring_errors():
            _backend().set_password(SERVICE, key_id, base64.b64encode(master).decode())
    else:
        _write_key_file(key_file(key_id), master)
    return KeyRecord(key_id, place, None, None, proof)


def fetch(record: KeyRecord, passphrase: str | None = None) -> bytes:
    """Return a master key from its place.

    Raises:
        EngineError: GALLERY_LOCKED (a passphrase is needed, or this one is wrong), KEY_LOST, KEY_UNREACHABLE.
    """
    match record.place:
        case KeyPlace.PASSPHRASE:
            master = _from_passphrase(record, passphrase)
        case KeyPlace.KEYRING:
            with _keyring_errors():
                stored = _backend().get_password(SERVICE, record.id)
            master = _decoded(stored.encode()) if stored else b""
        case KeyPlace.FILE:
            try:
                master = _decoded(key_file(record.id).read_bytes())
            except FileNotFoundError:
                master = b""
            except OSError as error:
                raise _unreachable(f"its key file cannot be read ({error.strerror})") from error
    if len(master) != KEY_BYTES or not hmac.compare_digest(Vault(master).proof, record.proof):
        raise _lost(record)
    return master


def forget(record: KeyRecord) -> None:
    """Destroy a key in its place: what it sealed can never be opened again."""
    _unlocked.keys.pop(record.id, None)
    if record.place is KeyPlace.KEYRING:
        from keyring.errors import KeyringError

        with contextlib.suppress(KeyringError):
            _backend().delete_password(SERVICE, record.id)
    elif record.place is KeyPlace.FILE:
        destroy_file(key_file(record.id))


def lock(record: KeyRecord) -> None:
    """Forget what a passphrase opened, so that it is asked for again."""
    _unlocked.keys.pop(record.id, None)


def key_file(key_id: str) -> Path:
    """Return where the key file of a gallery lies: with the user's settings, apart from the gallery."""
    return user_paths().config / "keys" / f"{key_id}.key"


def given_passphrase() -> str | None:
    """Return the passphrase that the environment names, or None.

    Raises:
        EngineError: FILE_MISSING or FILE_UNREADABLE.
    """
    name = os.environ.get(PASSPHRASE_VARIABLE)
    return read_passphrase(Path(name)) if name else None


def read_passphrase(path: Path) -> str:
    """Return the first line of a file.

    Raises:
        EngineError: FILE_MISSING or FILE_UNREADABLE.
    """
    try:
        with path.open(encoding="utf-8") as file:  # a device may never end
            line = file.readline(LONGEST_PASSPHRASE)
    except FileNotFoundError as error:
        detail = f"The passphrase file {path} is not there. Check its name."
        raise EngineError(ErrorCode.FILE_MISSING, detail, str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        detail = f"The passphrase file {path} cannot be read. Write the passphrase on its first line."
        raise EngineError(ErrorCode.FILE_UNREADABLE, detail, str(path)) from error
    if len(line) == LONGEST_PASSPHRASE:
        detail = f"The first line of {path} is too long for a passphrase."
        raise EngineError(ErrorCode.FILE_UNREADABLE, detail, str(path))
    return line.rstrip("\r\n")


def keyring_works() -> bool:
    """Whether the system has a keyring that keeps what it is given."""
    from keyring.errors import KeyringError

    backend = _backend()
    if backend.priority < 1:
        return False
    probe = f"probe-{os.urandom(4).hex()}"
    try:
        backend.set_password(SERVICE, probe, probe)
        kept = backend.get_password(SERVICE, probe) == probe
        backend.delete_password(SERVICE, probe)
    except (KeyringError, OSError, RuntimeError):
        return False
    return bool(kept)


def destroy_file(path: Path) -> None:
    """Overwrite a small file and remove it, if it is there."""
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def _backend() -> Any:
    import keyring

    return keyring.get_keyring()


def _from_passphrase(record: KeyRecord, passphrase: str | None) -> bytes:
    if passphrase is None and record.id in _unlocked.keys:
        return _unlocked.keys[record.id]
    said = passphrase or given_passphrase()
    if said is None:
        raise EngineError(
            ErrorCode.GALLERY_LOCKED,
            f"The gallery is locked with a passphrase. Name a file that holds it in {PASSPHRASE_VARIABLE}, "
            "or "
            "type it in the window.",
        )
    assert record.salt is not None
    assert record.wrapped is not None
    try:
        master = Seal(stretch(said, record.salt)).open(record.wrapped, context("master key", record.id))
    except SealBrokenError as error:
        raise EngineError(
            ErrorCode.GALLERY_LOCKED, "This is not the passphrase of the gallery. Try again."
        ) from error
    _unlocked.keys[record.id] = master
    return master


def stretch(passphrase: str, salt: bytes) -> bytes:
    """Return 32 bytes out of a passphrase or PIN; takes a noticeable moment on purpose."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB
    )
    return function.derive(passphrase.encode("utf-8"))


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        return b""


def _write_key_file(path: Path, master: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(master) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise write_error(path, error) from error


def _lost(record: KeyRecord) -> EngineError:
    where = {
        KeyPlace.KEYRING: f"the system's keyring under “{SERVICE}”, {record.id}",
        KeyPlace.FILE: str(key_file(record.id)),
        KeyPlace.PASSPHRASE: "the passphrase",
    }[record.place]
    return EngineError(
        ErrorCode.KEY_LOST,
        f"The key of the gallery is missing or is another one: it was kept in {where}. Bring it back (or "
        "open "
        "the gallery as the user who made it); without it the encodings cannot be read, and the people "
        "have to "
        "be enrolled again in a new gallery.",
        where,
    )


def _unreachable(why: str) -> EngineError:
    return EngineError(
        ErrorCode.KEY_UNREACHABLE,
        f"The key of the gallery cannot be reached: {why}. Unlock the system's keyring, or choose another "
        "place "
        "for the key with: main.py face key.",
    )


@contextmanager
def _keyring_errors() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except (KeyringError, OSError, RuntimeError) as error:
        raise _unreachable(f"the system's keyring does not answer ({type(error).__name__})") from error
