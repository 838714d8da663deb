"""Brings a gallery to the present format: creates it, or seals what an older version stored in the clear."""

from __future__ import annotations

import json
from typing import Final

from engine.faces.store import audit, keys
from engine.faces.store.database import Database, naming
from engine.faces.store.records import Details
from engine.faces.store.schema import APPLICATION, MIGRATIONS, VERSION
from engine.faces.store.vault import Vault, context

_SEALED_VERSION: Final = 2


def migrate(database: Database) -> bool:
    """Run what is missing, in one transaction; whether a master key was made now.

    Raises:
        EngineError: what making a key raises; DISK_FULL or NOT_WRITABLE. The file is unchanged then.
    """
    with naming(database.path):
        if database.version == VERSION:
            return False
    made: keys.KeyRecord | None = None
    try:
        with database.transaction():
            before = database.version  # another program may have been quicker
            for number in range(before, VERSION):
                for statement in MIGRATIONS[number].split(";"):
                    database.execute(statement)
                if number + 1 == _SEALED_VERSION:
                    made = keys.new_key()
                    _seal_old_rows(database, made)
                database.execute(f"PRAGMA user_version = {number + 1}")
            database.execute(f"PRAGMA application_id = {APPLICATION}")
    except BaseException:
        if made is not None:
            keys.forget(made)
        raise
    if made is not None:
        database.overwrite_freed()
    return made is not None


def _seal_old_rows(database: Database, record: keys.KeyRecord) -> None:
    database.execute(
        "INSERT INTO vault VALUES (1, ?, ?, ?, ?, ?)",
        (record.id, record.place.value, record.salt, record.wrapped, record.proof),
    )
    vault = Vault(keys.fetch(record))
    count = 0
    for person, name, created in database.execute("SELECT id, name, created FROM person_1").fetchall():
        key, wrapped = vault.new_person_key(person)
        details = key.close(json.dumps(Details().values()).encode(), context("details", person))
        seal = vault.row_seal("person", person, name, created, "staff", "", "", "", "")
        database.execute(
            "INSERT INTO person VALUES (?, ?, ?, 'staff', NULL, NULL, NULL, NULL, ?, ?, ?)",
            (person, name, created, wrapped, details, seal),
        )
        rows = database.execute("SELECT * FROM encoding_1 WHERE person = ?", (person,)).fetchall()
        for number, _, model, vector, source, file, quality, photo, made in rows:
            encoding = f"{record.id[:8]}-{number}"

            def sealed(part: str, plain: bytes, about: tuple[str, ...] = (person, encoding, model)) -> bytes:
                return key.close(plain, context("encoding", *about, part))  # noqa: B023 - called at once

            database.execute(
                "INSERT INTO encoding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (
                    *(
                        encoding,
                        person,
                        model,
                        sealed("vector", vector),
                        source,
                        sealed("file", file.encode()),
                    ),
                    *(quality, None if photo is None else sealed("photo", photo), made),
                ),
            )
            count += 1
    for table in ("encoding_1", "person_1"):
        database.execute(f"DROP TABLE {table}")
    if count:
        audit.record(database, vault, "program", "gallery sealed", "", {"encodings": count})
