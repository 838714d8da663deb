"""The window's words for every ErrorCode, translated. They say what happened and what helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from engine.errors import EngineError, ErrorCode
from engine.words import translate


@dataclass(frozen=True)
class Words:
    """A problem in words: a short title, and a body with the cure."""

    title: str
    body: str


WORDS: Final[dict[ErrorCode, tuple[str, str]]] = {
    ErrorCode.FILE_MISSING: (
        translate("Problem", "The file or folder is not there"),
        translate("Problem", "It may have been moved, renamed or deleted. Choose it again."),
    ),
    ErrorCode.FILE_UNREADABLE: (
        translate("Problem", "The file cannot be read"),
        translate("Problem", "It is damaged, or you are not allowed to read it. Use another copy."),
    ),
    ErrorCode.NOT_A_PICTURE: (
        translate("Problem", "This is not a picture"),
        translate("Problem", "Choose a JPEG, PNG, WebP, TIFF, BMP or GIF file."),
    ),
    ErrorCode.PICTURE_TOO_LARGE: (
        translate("Problem", "The picture is too large"),
        translate("Problem", "Make it smaller in another program first, then choose it again."),
    ),
    ErrorCode.PICTURE_TOO_SMALL: (
        translate("Problem", "The picture is too small"),
        translate("Problem", "Choose one with more pixels."),
    ),
    ErrorCode.NO_PICTURES: (
        translate("Problem", "There are no pictures in this folder"),
        translate("Problem", "Choose a folder with JPEG, PNG, WebP, TIFF or BMP files."),
    ),
    ErrorCode.NOT_WRITABLE: (
        translate("Problem", "The file cannot be written"),
        translate("Problem", "Choose a place where you may write. Whatever was there is unchanged."),
    ),
    ErrorCode.DISK_FULL: (
        translate("Problem", "The disk is full"),
        translate("Problem", "Nothing was written. Make room and try again."),
    ),
    ErrorCode.BAD_VALUE: (
        translate("Problem", "A setting cannot be used as it is"),
        translate("Problem", "Choose another value and try again."),
    ),
    ErrorCode.MODEL_UNKNOWN: (
        translate("Problem", "There is no network of this name"),
        translate("Problem", "Choose one of the networks in Settings → Networks."),
    ),
    ErrorCode.MODEL_MISSING: (
        translate("Problem", "A network's file is missing"),
        translate("Problem", "Download it in Settings → Networks, or install the program again."),
    ),
    ErrorCode.MODEL_DAMAGED: (
        translate("Problem", "A network's file is damaged"),
        translate("Problem", "It was not used. Download it again, or install the program again."),
    ),
    ErrorCode.TORCH_MISMATCH: (
        translate("Problem", "torch and torchvision do not belong together"),
        translate(
            "Problem",
            "Install a matching pair, then start again:\n"
            "pip install --upgrade --force-reinstall torch torchvision",
        ),
    ),
    ErrorCode.DEVICE_MISSING: (
        translate("Problem", "This computing device is not here"),
        translate("Problem", "Choose another one in the settings."),
    ),
    ErrorCode.OUT_OF_MEMORY: (
        translate("Problem", "The computing device ran out of memory"),
        translate("Problem", "Choose a smaller size, close other programs, or choose another device."),
    ),
    ErrorCode.OFFLINE: (
        translate("Problem", "The download server cannot be reached"),
        translate("Problem", "Check the connection and try again. Everything on board works without it."),
    ),
    ErrorCode.DOWNLOAD_DAMAGED: (
        translate("Problem", "The download arrived damaged"),
        translate("Problem", "It was thrown away. Try again."),
    ),
    ErrorCode.CAMERA_MISSING: (
        translate("Problem", "The camera or video cannot be opened"),
        translate("Problem", "Check that it is connected and that no other program uses it."),
    ),
    ErrorCode.CAMERA_LOST: (
        translate("Problem", "The camera stopped sending pictures"),
        translate("Problem", "Check its cable or connection, then choose the source again."),
    ),
    ErrorCode.NO_FACE: (
        translate("Problem", "No face was found"),
        translate("Problem", "Use a picture in which the face is upright, well lit and not too small."),
    ),
    ErrorCode.SEVERAL_FACES: (
        translate("Problem", "There is more than one face"),
        translate("Problem", "Use a picture that shows only this person."),
    ),
    ErrorCode.NAME_INVALID: (
        translate("Problem", "This name cannot be used"),
        translate("Problem", "Give a name of 1 to 80 characters on one line."),
    ),
    ErrorCode.PERSON_UNKNOWN: (
        translate("Problem", "Nobody of this name is enrolled"),
        translate("Problem", "Choose a person from the list, or enrol this one first."),
    ),
    ErrorCode.GALLERY_EMPTY: (
        translate("Problem", "Nobody is enrolled yet"),
        translate("Problem", "Enrol a person from the camera or from a photo first."),
    ),
    ErrorCode.GALLERY_NEWER: (
        translate("Problem", "The list of people was written by a newer version"),
        translate("Problem", "It was left as it is. Update the program to open it."),
    ),
    ErrorCode.GALLERY_DAMAGED: (
        translate("Problem", "The list of people cannot be read"),
        translate(
            "Problem", "It was left as it is. Restore a backup: the Recognise panel offers those it finds."
        ),
    ),
    ErrorCode.GALLERY_LOCKED: (
        translate("Problem", "The list of people is locked"),
        translate("Problem", "Type its passphrase on the page Protection."),
    ),
    ErrorCode.KEY_LOST: (
        translate("Problem", "The key of the list of people is missing"),
        translate(
            "Problem",
            "Bring it back, or open the list as the user who made it. Without the key nobody can read the "
            "encodings: the people would have to be enrolled again.",
        ),
    ),
    ErrorCode.KEY_UNREACHABLE: (
        translate("Problem", "The key of the list of people cannot be reached"),
        translate("Problem", "Unlock the system's keyring and try again."),
    ),
    ErrorCode.PASSPHRASE_WEAK: (
        translate("Problem", "This passphrase is too short"),
        translate("Problem", "Use at least 8 characters; several words are easy to remember."),
    ),
    ErrorCode.PIN_INVALID: (
        translate("Problem", "This PIN cannot be used"),
        translate("Problem", "Use 4 to 12 digits, not all the same and not counting up or down."),
    ),
    ErrorCode.PIN_REFUSED: (
        translate("Problem", "This PIN is not right"),
        translate("Problem", "Try again, or ask the administrator for a new one."),
    ),
    ErrorCode.PIN_WAIT: (
        translate("Problem", "Too many wrong PINs at this desk"),
        translate("Problem", "Wait until the time below, or ask the administrator."),
    ),
    ErrorCode.ROLE_LACKING: (
        translate("Problem", "This needs another role"),
        translate("Problem", "Lock the window and take the role with its PIN, or ask who has it."),
    ),
    ErrorCode.CODE_TAKEN: (
        translate("Problem", "This number or badge belongs to somebody else"),
        translate("Problem", "Check it, or take it away from the other person first."),
    ),
    ErrorCode.CONSENT_MISSING: (
        translate("Problem", "Consent, purpose or retention is missing"),
        translate("Problem", "Nothing was captured. Fill in what this gallery asks for first."),
    ),
    ErrorCode.IMPORT_INVALID: (
        translate("Problem", "This cannot be imported"),
        translate(
            "Problem", "Choose a folder with one sub-folder or one photo a person, or a CSV: name,photo."
        ),
    ),
    ErrorCode.BACKUP_INVALID: (
        translate("Problem", "This backup cannot be used"),
        translate("Problem", "Nothing was changed. Choose another backup."),
    ),
    ErrorCode.NOT_ENOUGH_PEOPLE: (
        translate("Problem", "There are too few people for this"),
        translate("Problem", "Enrol more people, or more photos of the same people, and try again."),
    ),
    ErrorCode.PAIRS_INVALID: (
        translate("Problem", "The list of pairs cannot be used"),
        translate("Problem", "Each line names two pictures and says whether they show one person."),
    ),
    ErrorCode.DATA_SET_UNFIT: (
        translate("Problem", "The folder is no data set to learn from"),
        translate(
            "Problem",
            "Give every person a sub-folder with two photos or more; six such people are the least for "
            "training.",
        ),
    ),
    ErrorCode.CHECKPOINT_OTHER: (
        translate("Problem", "The checkpoints belong to another run"),
        translate(
            "Problem", "They were made with other settings or photos. Choose an empty folder for this run."
        ),
    ),
    ErrorCode.TRAINING_DIVERGED: (
        translate("Problem", "The training ran out of bounds"),
        translate("Problem", "The loss is no longer a number. Start again with a smaller learning rate."),
    ),
    ErrorCode.MODEL_NOT_ENCODER: (
        translate("Problem", "This file is no encoder of the lab"),
        translate(
            "Problem", "Choose a .safetensors file that a training run has written, with its .json beside it."
        ),
    ),
    ErrorCode.LOSS_NOT_FINITE: (
        translate("Problem", "The painting ran out of bounds"),
        translate("Problem", "The loss is no longer a number. Lower α or β, or start from the content."),
    ),
    ErrorCode.RUN_STALE: (
        translate("Problem", "A picture is not the one that the painting began with"),
        translate("Problem", "Put the old file back, or start the painting anew."),
    ),
    ErrorCode.RUN_DAMAGED: (
        translate("Problem", "The stored painting run is damaged"),
        translate("Problem", "Start the painting anew."),
    ),
    ErrorCode.INDEX_MISSING: (
        translate("Problem", "This folder has not been scanned yet"),
        translate("Problem", "Scan it first."),
    ),
    ErrorCode.INDEX_DAMAGED: (
        translate("Problem", "The stored scan is damaged"),
        translate("Problem", "Scan the folder again."),
    ),
    ErrorCode.INDEX_STALE: (
        translate("Problem", "The pictures changed since the scan"),
        translate("Problem", "Scan the folder again to see it as it is now."),
    ),
    ErrorCode.UNIT_UNKNOWN: (
        translate("Problem", "There is no such layer or unit"),
        translate("Problem", "Choose one from the list."),
    ),
}


def words(error: BaseException) -> Words:
    """Return the words for an error in the window's language.

    The ``subject`` of an EngineError (a file, a person, a model) stands on a line of its own below. An
    error that is not an EngineError is a fault of the program and says so.
    """
    if not isinstance(error, EngineError):
        title = QCoreApplication.translate("Problem", "Something went wrong in the program")
        return Words(title, f"{type(error).__name__}: {error}")
    if error.code not in WORDS:
        return Words(QCoreApplication.translate("Problem", "This did not work"), error.detail)
    title, body = (QCoreApplication.translate("Problem", text) for text in WORDS[error.code])
    return Words(title, f"{body}\n{error.subject}" if error.subject else body)
