"""The errors a person can do something about. Everything else is a fault of the program."""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """What went wrong. The window's words for each stand in ``gui/messages.py``, translated."""

    FILE_MISSING = "file-missing"
    FILE_UNREADABLE = "file-unreadable"
    NOT_A_PICTURE = "not-a-picture"
    PICTURE_TOO_LARGE = "picture-too-large"
    PICTURE_TOO_SMALL = "picture-too-small"
    NO_PICTURES = "no-pictures"
    NOT_WRITABLE = "not-writable"
    DISK_FULL = "disk-full"
    BAD_VALUE = "bad-value"
    MODEL_UNKNOWN = "model-unknown"
    MODEL_MISSING = "model-missing"
    MODEL_DAMAGED = "model-damaged"
    TORCH_MISMATCH = "torch-mismatch"
    DEVICE_MISSING = "device-missing"
    OUT_OF_MEMORY = "out-of-memory"
    OFFLINE = "offline"
    DOWNLOAD_DAMAGED = "download-damaged"
    CAMERA_MISSING = "camera-missing"
    CAMERA_LOST = "camera-lost"
    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    NAME_INVALID = "name-invalid"
    PERSON_UNKNOWN = "person-unknown"
    GALLERY_EMPTY = "gallery-empty"
    GALLERY_NEWER = "gallery-newer"
    GALLERY_DAMAGED = "gallery-damaged"
    GALLERY_LOCKED = "gallery-locked"
    KEY_LOST = "key-lost"
    KEY_UNREACHABLE = "key-unreachable"
    PASSPHRASE_WEAK = "passphrase-weak"  # noqa: S105 - the name of an error
    PIN_INVALID = "pin-invalid"
    PIN_REFUSED = "pin-refused"
    PIN_WAIT = "pin-wait"
    ROLE_LACKING = "role-lacking"
    CODE_TAKEN = "code-taken"
    CONSENT_MISSING = "consent-missing"
    IMPORT_INVALID = "import-invalid"
    BACKUP_INVALID = "backup-invalid"
    NOT_ENOUGH_PEOPLE = "not-enough-people"
    PAIRS_INVALID = "pairs-invalid"
    DATA_SET_UNFIT = "data-set-unfit"
    CHECKPOINT_OTHER = "checkpoint-other"
    TRAINING_DIVERGED = "training-diverged"
    MODEL_NOT_ENCODER = "model-not-encoder"
    LOSS_NOT_FINITE = "loss-not-finite"
    RUN_STALE = "run-stale"
    RUN_DAMAGED = "run-damaged"
    INDEX_MISSING = "index-missing"
    INDEX_DAMAGED = "index-damaged"
    INDEX_STALE = "index-stale"
    UNIT_UNKNOWN = "unit-unknown"


MACHINE_FAULTS = frozenset(
    {
        ErrorCode.NOT_WRITABLE,
        ErrorCode.DISK_FULL,
        ErrorCode.MODEL_MISSING,
        ErrorCode.MODEL_DAMAGED,
        ErrorCode.TORCH_MISMATCH,
        ErrorCode.OUT_OF_MEMORY,
        ErrorCode.OFFLINE,
        ErrorCode.DOWNLOAD_DAMAGED,
        ErrorCode.CAMERA_LOST,
        ErrorCode.LOSS_NOT_FINITE,
        ErrorCode.TRAINING_DIVERGED,
        ErrorCode.KEY_UNREACHABLE,
    }
)
"""Not the person's doing: the command line exits with 3 instead of 2."""


class EngineError(Exception):
    """A refusal that says what is wrong and what helps.

    Args:
        code: the kind of refusal.
        detail: one English sentence (what, and the cure) for the command line and the log.
        subject: the file, person, model or setting concerned; the translated words name it.
    """

    def __init__(self, code: ErrorCode, detail: str, subject: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.subject = subject
