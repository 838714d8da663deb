"""What can be set of a painting: each setting declared once, with range, label and help. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from engine.options import option
from engine.words import translate


@dataclass(frozen=True)
class PaintOptions:
    """The settings of a painting that are not pictures."""

    size: int = option(
        512,
        label=translate("Option", "Size"),
        help=translate("Option", "Longer side of the painting, in pixels. The style is scaled along."),
        between=(32, 8192),
        slider=(128, 2048),
        logarithmic=True,
    )
    iterations: int = option(
        150,
        label=translate("Option", "Iterations"),
        help=translate("Option", "How many steps the optimiser takes."),
        between=(1, 100_000),
        slider=(20, 1000),
        logarithmic=True,
    )
    weighting: str = option(
        "weights",
        label=translate("Option", "Balance"),
        help=translate(
            "Option",
            "By strength, which means the same for any pair of pictures, or by α and β as in the paper.",
        ),
        choices={
            "strength": translate("Option", "By strength"),
            "weights": translate("Option", "By α and β"),
        },
        advanced=True,
    )
    strength: float = option(
        50.0,
        label=translate("Option", "Strength"),
        help=translate("Option", "From the photo (0) to the painting (100); the same for any pair."),
        between=(0.0, 100.0),
    )
    brush: float = option(
        1.0,
        label=translate("Option", "Brush size"),
        help=translate("Option", "Longer side of the style as a fraction of the painting's."),
        between=(0.1, 4.0),
        slider=(0.25, 2.0),
        logarithmic=True,
    )
    beta: float = option(
        100.0,
        label=translate("Option", "Style strength β"),
        help=translate("Option", "Weight of the style loss. Ten times more is clearly more painterly."),
        between=(0.0, 1e6),
        slider=(1.0, 1e4),
        logarithmic=True,
    )
    pyramid: bool = option(
        True,
        label=translate("Option", "From small to large"),
        help=translate("Option", "Paint a small picture first and enlarge it: larger strokes, much quicker."),
    )
    init: str = option(
        "content",
        label=translate("Option", "Start from"),
        help=translate("Option", "The photo, or white noise as in the paper (needs more iterations)."),
        choices={
            "content": translate("Option", "The content picture"),
            "noise": translate("Option", "White noise"),
        },
    )
    color: str = option(
        "painting",
        label=translate("Option", "Colours"),
        help=translate("Option", "Of the painting, of the photo, or the style matched to the photo first."),
        choices={
            "painting": translate("Option", "Of the painting"),
            "photo": translate("Option", "Of the photo"),
            "match": translate("Option", "Palette matched to the photo"),
        },
    )
    color_amount: float = option(
        1.0,
        label=translate("Option", "Amount of colour"),
        help=translate("Option", "How much of the photo's colours, from 0 (as painted) to 1."),
        between=(0.0, 1.0),
    )
    optimizer: str = option(
        "lbfgs",
        label=translate("Option", "Optimiser"),
        help=translate("Option", "L-BFGS needs about a third of Adam's iterations."),
        choices={"lbfgs": "L-BFGS", "adam": "Adam"},
    )
    learning_rate: float = option(
        0.02,
        label=translate("Option", "Learning rate"),
        help=translate("Option", "Length of Adam's steps; L-BFGS finds its own."),
        between=(1e-4, 1.0),
        logarithmic=True,
        advanced=True,
    )
    loss: str = option(
        "gram",
        label=translate("Option", "Style loss"),
        help=translate(
            "Option",
            "What counts as the same style: Gram matrices as in the paper, a Wasserstein distance (wants a "
            "tenth of β), or nearest neighbours. The last two cannot be tiled.",
        ),
        choices={
            "gram": translate("Option", "Gram matrices"),
            "w2": translate("Option", "Wasserstein-2 of Gaussians"),
            "sliced": translate("Option", "Sliced Wasserstein"),
            "remd": translate("Option", "Nearest neighbours"),
        },
        advanced=True,
    )
    alpha: float = option(
        1.0,
        label=translate("Option", "Content weight α"),
        help=translate("Option", "Weight of the content loss. Only its ratio to β matters."),
        between=(0.0, 1e6),
        slider=(1e-3, 1e3),
        logarithmic=True,
        advanced=True,
    )
    lambda1: float = option(
        0.005,
        label=translate("Option", "Fine grain · λ₁"),
        help=translate("Option", "Share of the layer relu1_1 in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda2: float = option(
        0.03,
        label=translate("Option", "Texture · λ₂"),
        help=translate("Option", "Share of the layer relu2_1 in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda3: float = option(
        0.15,
        label=translate("Option", "Strokes · λ₃"),
        help=translate("Option", "Share of the layer relu3_1 in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda4: float = option(
        0.65,
        label=translate("Option", "Shapes · λ₄"),
        help=translate("Option", "Share of the layer relu4_1 in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda5: float = option(
        0.165,
        label=translate("Option", "Composition · λ₅"),
        help=translate("Option", "Share of the layer relu5_1 in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    smoothing: float = option(
        0.0,
        label=translate("Option", "Smoothing"),
        help=translate("Option", "Weight of the total variation: more is smoother."),
        between=(0.0, 1e6),
        slider=(0.0, 100.0),
        advanced=True,
    )
    unit: str = option(
        "",
        label=translate("Option", "Unit"),
        help=translate(
            "Option",
            "A unit that the painting should excite, such as conv4_1:12; conv4_1 is the whole layer.",
        ),
    )
    unit_weight: float = option(
        1.0,
        label=translate("Option", "Pull of the unit"),
        help=translate("Option", "1 pulls as hard as the content, 0 not at all."),
        between=(0.0, 100.0),
        slider=(0.0, 4.0),
    )
    network: str = option(
        "vgg16",
        label=translate("Option", "Network"),
        help=translate("Option", "VGG16 is on board; VGG19 has to be downloaded once."),
        choices={"vgg16": "VGG16", "vgg19": "VGG19"},
        advanced=True,
    )
    averaging: float = option(
        0.98,
        label=translate("Option", "Averaging"),
        help=translate("Option", "Shows the mean of the last iterates; nearer 1 is longer. Calms Adam."),
        between=(0.0, 0.999),
        advanced=True,
    )
    edges: str = option(
        "mirrored",
        label=translate("Option", "Beyond the edge"),
        help=translate(
            "Option", "What the network sees there: zeros, as in the paper, leave a rim around the painting."
        ),
        choices={
            "mirrored": translate("Option", "The picture mirrored"),
            "zeros": translate("Option", "Zeros"),
        },
        advanced=True,
    )
    precision: str = option(
        "fp32",
        label=translate("Option", "Precision"),
        help=translate(
            "Option", "Of the network. 16 bits are quicker where the processor has them; losses keep 32."
        ),
        choices={
            "fp32": translate("Option", "32 bits"),
            "bf16": translate("Option", "16 bits"),
            "auto": translate("Option", "16 bits where they are quicker"),
        },
        advanced=True,
    )
    tile: int = option(
        0,
        label=translate("Option", "Tile"),
        help=translate("Option", "Side of the tiles in pixels; 0 tiles only what does not fit into memory."),
        between=(0, 8192),
        advanced=True,
    )
    seed: int = option(
        0,
        label=translate("Option", "Seed"),
        help=translate("Option", "Chooses the noise. The same seed gives the same painting."),
        between=(0, 2**31 - 1),
        advanced=True,
    )
