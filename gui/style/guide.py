"""Paint's part of the guide."""

from __future__ import annotations

from engine.words import translate
from gui.guide import Guide

GUIDE = Guide(
    title=translate("Guide", "Paint"),
    about=translate(
        "Guide",
        "A photo is painted in the manner of another picture. No filter: at every iteration the picture "
        "itself is changed a little, so that a network finds the photo's content and the painting's style "
        "in it.",
    ),
    steps=(
        translate(
            "Guide",
            "Drop a photo on Content and one or more paintings on Style: files, folders, from the clipboard "
            "or from a browser.",
        ),
        translate(
            "Guide",
            "Press Start and watch. Strength, layers, brush and colours can be changed while it paints; the "
            "next iteration follows.",
        ),
        translate(
            "Guide",
            "Pause, stop, or close the program: what is painted is kept, and a run can go on the next day.",
        ),
        translate(
            "Guide",
            "Save. A saved PNG remembers its recipe: drop it back to have all settings again.",
        ),
    ),
    words=(
        (
            translate("Guide", "Content"),
            translate(
                "Guide", "what is to be seen: the activations of one deep layer stay close to the photo's"
            ),
        ),
        (
            translate("Guide", "Style"),
            translate("Guide", "how it is painted: which units of a layer fire together (the Gram matrix)"),
        ),
        (
            translate("Guide", "Layers"),
            translate(
                "Guide", "relu1 is fine grain, relu2 texture, relu3 strokes, relu4 shapes, relu5 composition"
            ),
        ),
        (
            translate("Guide", "Strength"),
            translate("Guide", "how hard the style pulls in comparison with the content"),
        ),
        (
            translate("Guide", "Scales"),
            translate("Guide", "it begins small and grows, so that large brush strokes come out at any size"),
        ),
    ),
    keys=(
        ("Ctrl+V", translate("Guide", "take the picture on the clipboard")),
        ("+  −  0", translate("Guide", "zoom in, out, and to fit")),
        ("[  ]", translate("Guide", "a smaller or larger brush for regions")),
        ("Ctrl+Z", translate("Guide", "take a stroke of the brush back")),
    ),
)
