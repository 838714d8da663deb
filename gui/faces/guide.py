"""Recognise's part of the guide."""

from __future__ import annotations

from engine.words import translate
from gui.guide import Guide

GUIDE = Guide(
    title=translate("Guide", "Recognise"),
    about=translate(
        "Guide",
        "A front desk that knows its people from one photo each, and in which a stranger is an answer, not "
        "an error.",
    ),
    steps=(
        translate(
            "Guide",
            "Choose where pictures come from: a camera, a video file, a stream, or a folder of stills.",
        ),
        translate(
            "Guide",
            "Enrol: write a name, say what for and how long, ask for consent, then look into the camera or "
            "drop one good photo. Nobody else has to be trained again.",
        ),
        translate(
            "Guide",
            "Desk: open the desk screen for visitors. It asks who it is (1:N), over several frames and with "
            "signs of life; staff see each decision beside it. Verify asks 1:1.",
        ),
        translate(
            "Guide",
            "Office: visits and roll-call, visitors, cards, import, backup. Set a PIN there, and the window "
            "opens locked.",
        ),
        translate(
            "Guide",
            "Before a door depends on it: attack your own desk with prints and screens, and calibrate the "
            "threshold on your own people.",
        ),
        translate(
            "Guide",
            "The lab shows how an encoder is learned, and measures one on a folder of your own.",
        ),
    ),
    words=(
        (
            translate("Guide", "Encoding"),
            translate("Guide", "128 numbers that describe a face; those of one person lie close together"),
        ),
        (
            translate("Guide", "Distance d"),
            translate("Guide", "the squared distance of two encodings: 0 is equal, about 2 is unrelated"),
        ),
        (
            translate("Guide", "Threshold τ"),
            translate(
                "Guide", "up to this distance two faces count as one person; the more people, the smaller"
            ),
        ),
        (
            translate("Guide", "FAR, FRR"),
            translate("Guide", "how often a stranger is taken for somebody, and somebody for a stranger"),
        ),
        (
            translate("Guide", "Liveness"),
            translate(
                "Guide", "a person before the camera, not a photo or a screen; in doubt the desk refuses"
            ),
        ),
    ),
)
