"""The format of a gallery, version by version."""

from __future__ import annotations

from typing import Final

APPLICATION: Final = 0x54525047
"""SQLite's application_id of a gallery ("TRPG"), so that no other database is taken for one."""

_PEOPLE_AND_ENCODINGS: Final = """
    CREATE TABLE person (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX person_by_name ON person (name);
    CREATE TABLE encoding (
        id INTEGER PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        vector BLOB NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('photo', 'camera')),
        file TEXT NOT NULL,
        quality REAL NOT NULL,
        photo BLOB,
        created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX encoding_by_person ON encoding (person);
    CREATE INDEX encoding_by_model ON encoding (model);
"""

_SEALED: Final = """
    ALTER TABLE person RENAME TO person_1;
    ALTER TABLE encoding RENAME TO encoding_1;
    DROP INDEX person_by_name;
    DROP INDEX encoding_by_person;
    DROP INDEX encoding_by_model;
    CREATE TABLE vault (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        place TEXT NOT NULL CHECK (place IN ('keyring', 'passphrase', 'file')),
        salt BLOB,
        wrapped BLOB,
        proof BLOB NOT NULL
    ) STRICT;
    CREATE TABLE person (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        created TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('staff', 'visitor')),
        recognise_until TEXT,
        retain_until TEXT,
        number_tag BLOB UNIQUE,
        badge_tag BLOB UNIQUE,
        key BLOB NOT NULL,
        details BLOB NOT NULL,
        seal BLOB NOT NULL
    ) STRICT;
    CREATE INDEX person_by_name ON person (name);
    CREATE TABLE encoding (
        id TEXT PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        vector BLOB NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('photo', 'camera')),
        file BLOB NOT NULL,
        quality REAL NOT NULL,
        photo BLOB,
        created TEXT NOT NULL,
        batch TEXT
    ) STRICT;
    CREATE INDEX encoding_by_person ON encoding (person);
    CREATE INDEX encoding_by_model ON encoding (model);
    CREATE INDEX encoding_by_batch ON encoding (batch);
    CREATE TABLE lookalike (
        first TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        second TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        PRIMARY KEY (first, second),
        CHECK (first < second)
    ) STRICT;
    CREATE TABLE visit (
        id TEXT PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        came TEXT NOT NULL,
        came_how TEXT NOT NULL,
        gone TEXT,
        gone_how TEXT,
        device TEXT NOT NULL
    ) STRICT;
    CREATE INDEX visit_by_person ON visit (person);
    CREATE INDEX visit_by_time ON visit (came);
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        mac BLOB NOT NULL
    ) STRICT;
    CREATE TABLE audit_head (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        number INTEGER NOT NULL,
        mac BLOB NOT NULL,
        seal BLOB NOT NULL
    ) STRICT;
    CREATE TABLE erased (
        pseudonym TEXT PRIMARY KEY,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE pin (
        holder TEXT PRIMARY KEY,
        salt BLOB NOT NULL,
        hash BLOB NOT NULL
    ) STRICT;
    CREATE TABLE pin_failure (
        device TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        not_before TEXT NOT NULL
    ) STRICT;
    CREATE TABLE camera_liveness (
        camera TEXT PRIMARY KEY,
        verified TEXT NOT NULL,
        report TEXT NOT NULL
    ) STRICT;
    CREATE TABLE note (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT;
"""

MIGRATIONS: Final = (_PEOPLE_AND_ENCODINGS, _SEALED)
"""Script n brings a gallery from version n to n + 1; PRAGMA user_version holds the number reached.

The second leaves the old tables behind as ``person_1`` and ``encoding_1``; the gallery seals their rows into
the new ones and drops them within the same transaction.
"""

VERSION: Final = len(MIGRATIONS)
