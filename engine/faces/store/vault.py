"""Sealing: one key per person, wrapped by the gallery's master key. AES-256-GCM, HKDF and HMAC of SHA-256.

A sealed value is a nonce of 12 bytes and the ciphertext with its tag. The associated data says what the value
is and whose: a value that was moved to another row, or changed, does not open.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
FORMAT: Final = "2"
"""The format of sealed values, part of the associated data."""


class SealBrokenError(Exception):
    """A sealed value was changed, moved, or sealed with another key."""


def context(*parts: str) -> bytes:
    """Return associated data: each part with its length before it, so that no two lists look the same."""
    encoded = [part.encode("utf-8") for part in ("triptych", FORMAT, *parts)]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


class Seal:
    """Seals and opens values with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Seal a value."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Return a sealed value.

        Raises:
            SealBrokenError: it was changed, belongs elsewhere, or has another key.
        """
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError("a sealed value does not open") from error


class Vault:
    """What the master key (32 bytes) of a gallery can do. The key itself is not kept, only keys made from
    it.
    """

    def __init__(self, master: bytes) -> None:
        self._wrap = Seal(_derive(master, "person keys"))
        self.own = Seal(_derive(master, "own values"))
        self._rows, self._names = _derive(master, "rows"), _derive(master, "pseudonyms")
        self._codes, self._audit = _derive(master, "codes"), _derive(master, "audit")
        self.proof = hmac.digest(_derive(master, "proof"), b"triptych", "sha256")

    def new_person_key(self, person: str) -> tuple[Seal, bytes]:
        """Return a fresh key for a person, and the same wrapped for the file."""
        key = os.urandom(KEY_BYTES)
        return Seal(key), self._wrap.close(key, context("person key", person))

    def person_key(self, person: str, wrapped: bytes) -> Seal:
        """Return a person's key.

        Raises:
            SealBrokenError: it is another person's, or was changed.
        """
        return Seal(self._wrap.open(wrapped, context("person key", person)))

    def row_seal(self, *fields: str) -> bytes:
        """Return the tag that binds the readable fields of a row to each other."""
        return hmac.digest(self._rows, context(*fields), "sha256")

    def pseudonym(self, person: str) -> str:
        """Return what the audit log and erasures call a person: 24 hexadecimal digits.

        Once the person's row is gone, nothing leads from it back to the person.
        """
        return hmac.digest(self._names, person.encode(), "sha256")[:12].hex()

    def code_tag(self, kind: str, code: str) -> bytes:
        """Return what stands in the file for a number or a badge code, so that it is found but not read."""
        return hmac.digest(self._codes, context(kind, code), "sha256")

    def chain(self, before: bytes, *fields: str) -> bytes:
        """Return the link of an audit entry that follows the entry with the link ``before``."""
        return hmac.digest(self._audit, before + context("audit", *fields), "sha256")


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"triptych gallery: {purpose}".encode()).derive(master)
