"""Explain's part of the guide."""

from __future__ import annotations

from engine.words import translate
from gui.guide import Guide

GUIDE = Guide(
    title=translate("Guide", "Explain"),
    about=translate(
        "Guide",
        "What does a unit of a ConvNet look for? All pictures of a folder go through the network, and every "
        "unit keeps the patches that activate it most.",
    ),
    steps=(
        translate("Guide", "Choose a network, and drop a folder of pictures (or take those on board)."),
        translate(
            "Guide",
            "Press Scan. The grids fill and settle while it runs, and can be used at once; a second scan "
            "looks only at what is new.",
        ),
        translate(
            "Guide",
            "Compare an early layer with a deep one: edges and colours become textures, then parts, then "
            "things.",
        ),
        translate(
            "Guide",
            "Click a unit for its page: the nine patches in their photos, what in them made it fire, a "
            "picture optimised for it, and units like it. Every patch can be computed again as a proof.",
        ),
        translate("Guide", "Point and ask: click a spot of any picture, and see which units fire there."),
    ),
    words=(
        (
            translate("Guide", "Unit"),
            translate("Guide", "one channel of a layer: the same small pattern looked for at every position"),
        ),
        (
            translate("Guide", "Activation"),
            translate("Guide", "how strongly a unit responds at one position; here always after the ReLU"),
        ),
        (
            translate("Guide", "Receptive field"),
            translate(
                "Guide", "the part of the picture that one position can see; patches are cut to it exactly"
            ),
        ),
        (
            translate("Guide", "EXACT, UPPER BOUND"),
            translate("Guide", "whether the field is known to the pixel, or only that it is not larger"),
        ),
        (
            translate("Guide", "Deconvnet, guided"),
            translate("Guide", "two ways back from a unit to the pixels that made it fire"),
        ),
    ),
    keys=(
        ("/", translate("Guide", "go to a layer or unit by name")),
        ("Esc", translate("Guide", "back to the wall")),
        ("Alt+←  Alt+→", translate("Guide", "the unit before, the next unit")),
    ),
)
