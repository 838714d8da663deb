"""What the panel says about a decision, a hint and a warning, translated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from engine.faces.answers import (
    FacesSeen,
    LookedAt,
    Remark,
    RemarkKind,
    SeenFace,
    SelfTest,
    SelfTestOutcome,
)
from engine.faces.matching import Decision
from engine.faces.quality import Hint
from gui.widgets.notice import Tone


@dataclass(frozen=True)
class Verdict:
    """An icon, a word, a sentence and a tone: never colour alone."""

    icon: str
    title: str
    text: str
    tone: Tone


def hint_text(hint: Hint) -> str:
    """Return one thing to do, as said to the person before the camera."""
    words = {
        Hint.NO_FACE: QCoreApplication.translate("FaceWords", "Nobody is in view."),
        Hint.ONE_PERSON: QCoreApplication.translate("FaceWords", "One person at a time, please."),
        Hint.NEARER: QCoreApplication.translate("FaceWords", "Come a little nearer."),
        Hint.FACE_CAMERA: QCoreApplication.translate("FaceWords", "Look straight into the camera."),
        Hint.MORE_LIGHT: QCoreApplication.translate("FaceWords", "More light on the face would help."),
        Hint.LESS_LIGHT: QCoreApplication.translate("FaceWords", "Less light on the face would help."),
        Hint.EVEN_LIGHT: QCoreApplication.translate("FaceWords", "Turn towards the light, please."),
        Hint.HOLD_STILL: QCoreApplication.translate("FaceWords", "Hold still for a moment."),
    }
    return words[hint]


def remark_text(remark: Remark) -> str:
    """Return a warning about an enrolment."""
    match remark.kind:
        case RemarkKind.HINT:
            return hint_text(Hint(remark.subject))
        case RemarkKind.UNLIKE_SELF:
            return QCoreApplication.translate(
                "FaceWords",
                "This does not look like the {name} who is already enrolled. "
                "Two people of one name need two names.",
            ).format(name=remark.subject)
        case RemarkKind.LIKE_OTHER:
            return QCoreApplication.translate(
                "FaceWords", "{name} looks alike: the same person under another name, or a lookalike?"
            ).format(name=remark.subject)
        case RemarkKind.PHOTO_SKIPPED:
            return QCoreApplication.translate(
                "FaceWords", "{file} was passed over: it does not show one clear face."
            ).format(file=remark.subject)


def self_test_text(test: SelfTest) -> Verdict:
    """Return what the self-test says: would this person be welcomed now?"""
    words: dict[SelfTestOutcome, Verdict] = {
        SelfTestOutcome.PASSED: Verdict(
            "check", QCoreApplication.translate("FaceWords", "Self-test: would be welcomed"), "", "good"
        ),
        SelfTestOutcome.STEP_UP: Verdict(
            "badge",
            QCoreApplication.translate("FaceWords", "Self-test: would be asked for a badge"),
            QCoreApplication.translate(
                "FaceWords", "Somebody looks alike. Give this person a badge or number."
            ),
            "warn",
        ),
        SelfTestOutcome.FAILED: Verdict(
            "warning",
            QCoreApplication.translate("FaceWords", "Self-test: would not be recognised"),
            QCoreApplication.translate("FaceWords", "Enrol a second look: other light, no glasses, nearer."),
            "bad",
        ),
        SelfTestOutcome.NOT_DONE: Verdict(
            "question",
            QCoreApplication.translate("FaceWords", "Self-test not done"),
            QCoreApplication.translate("FaceWords", "The person left too soon. Try the desk with them."),
            "warn",
        ),
    }
    verdict = words[test.outcome]
    sources = {
        LookedAt.FRAME: QCoreApplication.translate("FaceWords", "Tried on a fresh picture of the camera."),
        LookedAt.PHOTO: QCoreApplication.translate("FaceWords", "Tried on another of the photos."),
        LookedAt.MIRRORED: QCoreApplication.translate(
            "FaceWords", "Tried on the mirrored photo only: a second photo would prove more."
        ),
    }
    return replace(verdict, text=verdict.text or sources[test.picture])


def verdict_on(seen: FacesSeen) -> Verdict:
    """Return what is said about the most prominent face."""
    if seen.frozen:
        return Verdict(
            "warning",
            QCoreApplication.translate("FaceWords", "The camera stands still"),
            QCoreApplication.translate("FaceWords", "It keeps sending the same picture. Check it."),
            "bad",
        )
    if not seen.faces:
        return Verdict(
            "person",
            QCoreApplication.translate("FaceWords", "Nobody is in view"),
            QCoreApplication.translate("FaceWords", "Come nearer and look into the camera."),
            "plain",
        )
    hint = hint_text(seen.hint) if seen.hint is not None else ""
    face = seen.faces[0]
    if face.decision is Decision.ACCEPT and face.match.person is not None:
        title = QCoreApplication.translate("FaceWords", "Welcome, {name}")
        return Verdict("check", title.format(name=face.match.person.name), hint, "good")
    if face.decision is Decision.STEP_UP:
        return Verdict(
            "question",
            QCoreApplication.translate("FaceWords", "Not sure yet"),
            hint
            or QCoreApplication.translate("FaceWords", "Please tell your name, so that it can be verified."),
            "warn",
        )
    if seen.people == 0:
        text = QCoreApplication.translate("FaceWords", "Nobody is enrolled yet: enrol the first person.")
    else:
        text = hint or QCoreApplication.translate("FaceWords", "Nobody enrolled looks like this.")
    return Verdict("shield", QCoreApplication.translate("FaceWords", "Not recognised"), text, "bad")


def box_label(face: SeenFace, *, staff: bool) -> str:
    """Return the words at a face's box; distances only for staff."""
    if face.decision is Decision.ACCEPT and face.match.person is not None:
        name = face.match.person.name
    elif face.decision is Decision.STEP_UP:
        name = QCoreApplication.translate("FaceWords", "Not sure")
    else:
        name = QCoreApplication.translate("FaceWords", "Stranger")
    return f"{name}  ·  {face.match.distance:.2f}" if staff and face.match.distance is not None else name


def tone_of(decision: Decision) -> Tone:
    """Return the tone of a decision."""
    tones: dict[Decision, Tone] = {Decision.ACCEPT: "good", Decision.STEP_UP: "warn"}
    return tones.get(decision, "bad")
