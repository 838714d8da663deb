"""What a training run is made of. No torch: the window reads it at start."""

from __future__ import annotations

from dataclasses import dataclass

from engine.options import option
from engine.words import translate


@dataclass(frozen=True)
class TrainRecipe:
    """All settings of a training run. One recipe, data set and machine give one result."""

    loss: str = option(
        "triplet",
        label=translate("Option", "What is learned"),
        help=translate(
            "Option",
            "triplet: a distance; logistic, chi2: same or different, from two encodings; softmax: who of "
            "those seen in training.",
        ),
        choices={
            "triplet": translate("Option", "A distance (triplet loss)"),
            "logistic": translate("Option", "Same or different, from |f − f′|"),
            "chi2": translate("Option", "Same or different, from χ²"),
            "softmax": translate("Option", "Who it is (softmax)"),
        },
    )
    mining: str = option(
        "semihard",
        label=translate("Option", "Which negatives"),
        help=translate(
            "Option",
            "random: any other person; semihard: the nearest that is farther than the positive; hard: the "
            "nearest of all, with the farthest positive.",
        ),
        choices={
            "random": translate("Option", "Random"),
            "semihard": translate("Option", "Semi-hard"),
            "hard": translate("Option", "Hard"),
        },
    )
    start: str = option(
        "scratch",
        label=translate("Option", "Starting point"),
        help=translate(
            "Option",
            "scratch: a small network with random weights; onboard: the encoder on board, which hard "
            "negatives and a margin of 0.5 suit best.",
        ),
        choices={
            "scratch": translate("Option", "A small network from scratch"),
            "onboard": translate("Option", "The encoder on board"),
        },
    )
    layers: str = option(
        "last",
        label=translate("Option", "Layers that learn"),
        help=translate("Option", "Of the encoder on board: the last block, or all layers."),
        choices={"last": translate("Option", "The last block"), "all": translate("Option", "All layers")},
    )
    epochs: int = option(
        30,
        label=translate("Option", "Epochs"),
        help=translate("Option", "How often everybody in the training part is seen."),
        between=(1, 1000),
        slider=(1, 100),
    )
    margin: float = option(
        0.2,
        label=translate("Option", "Margin α"),
        help=translate("Option", "How much farther than the positive a negative has to be."),
        between=(0.01, 2.0),
    )
    people: int = option(
        32,
        label=translate("Option", "People in a batch (P)"),
        help=translate("Option", "More people bring harder negatives."),
        between=(2, 256),
        advanced=True,
    )
    photos: int = option(
        4,
        label=translate("Option", "Photos of each (K)"),
        help=translate("Option", "At most; a person with fewer brings those there are."),
        between=(2, 32),
        advanced=True,
    )
    rate: float = option(
        0.001,
        label=translate("Option", "Learning rate"),
        help=translate(
            "Option", "Of Adam, falling to 0 along a cosine. The encoder on board takes 3 % of it."
        ),
        between=(0.00001, 0.1),
        logarithmic=True,
        advanced=True,
    )
    seed: int = option(
        0,
        label=translate("Option", "Seed"),
        help=translate("Option", "Decides the split, the first weights and every draw."),
        between=(0, 999_999),
        advanced=True,
    )

    @property
    def frozen(self) -> bool:
        """Whether the encoder stays as it is and only the comparison of two encodings is learned."""
        return self.start == "onboard" and self.loss in ("logistic", "chi2")
