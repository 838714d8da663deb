"""Moving the master key of a gallery from one place to another. What it sealed stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.faces.store import keys
from engine.faces.store.keys import KeyPlace, KeyRecord

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery


def protect(gallery: Gallery, place: KeyPlace, passphrase: str | None = None) -> KeyRecord:
    """Keep the gallery's key elsewhere; the old place is emptied only after the new one is on the disk.

    Raises:
        EngineError: PASSPHRASE_WEAK, KEY_UNREACHABLE, NOT_WRITABLE; what :func:`keys.fetch` raises.
    """
    old = gallery.key_record
    master = keys.fetch(old)
    if place is old.place and place is not KeyPlace.PASSPHRASE:
        return old
    new = keys.keep(old.id, master, place, passphrase)
    with gallery.database.transaction():
        gallery.database.execute(
            "UPDATE vault SET place = ?, salt = ?, wrapped = ?", (new.place.value, new.salt, new.wrapped)
        )
        gallery.record("key moved", detail={"from": old.place.value, "to": new.place.value})
    if new.place is not old.place:
        unlocked = new.place is KeyPlace.PASSPHRASE
        keys.forget(old)
        if unlocked:
            keys.fetch(new, passphrase)
    gallery.database.overwrite_freed()
    return new


def sentence(place: KeyPlace, key_id: str) -> str:
    """Say in one English sentence what protects a gallery, and what does not."""
    match place:
        case KeyPlace.KEYRING:
            return "The key of the gallery is in the system's keyring."
        case KeyPlace.PASSPHRASE:
            return "The key of the gallery is locked with a passphrase."
    return (
        f"The key of the gallery is kept in a file, {keys.key_file(key_id)}: whoever steals the whole disk "
        "can read "
        "the encodings. Move it with: main.py face key --to keyring, or --to passphrase."
    )
