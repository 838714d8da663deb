"""The classifiers that torchvision publishes weights for, as cards: downloaded when a person asks for one.

Importing torchvision takes a while, so that these functions are called only for a name that the manifest does
not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.models import CLASSIFIER, ModelCard

if TYPE_CHECKING:
    from torch import Tensor, nn

_PAPER = "https://docs.pytorch.org/vision/stable/models.html names the paper of each architecture"


def classifier_card(name: str) -> ModelCard | None:
    """Return the card of a torchvision classifier with its default weights, or None when there is none."""
    import torchvision.models as zoo

    if name not in zoo.list_models(module=zoo):
        return None
    weights: Any = zoo.get_model_weights(name).DEFAULT
    file = weights.url.rpartition("/")[2]
    digits = re.search(r"-([0-9a-f]{8,64})\.pth$", file)
    if digits is None:
        return None
    transform = weights.transforms()
    return ModelCard(
        id=name,
        task="features for Explain",
        architecture=CLASSIFIER + name,
        file=file,
        sha256=digits[1],
        bytes=0,
        precision="fp32",
        license="BSD-3-Clause",
        source=f"torchvision {type(weights).__name__}.{weights.name}",
        paper=_PAPER,
        preprocessing={
            "colour": "RGB",
            "range": [0.0, 1.0],
            "mean": [float(one) for one in transform.mean],
            "std": [float(one) for one in transform.std],
            "resize": int(transform.resize_size[0]),
            "crop": int(transform.crop_size[0]),
            "interpolation": str(transform.interpolation.value),
        },
        url=f"torchvision:{type(weights).__name__}.{weights.name}",
    )


def classifier_names() -> tuple[str, ...]:
    """Return the names of all classifiers that the installed torchvision knows."""
    import torchvision.models as zoo

    return tuple(zoo.list_models(module=zoo))


def build_classifier(name: str, tensors: Mapping[str, Tensor]) -> nn.Module:
    """Return a classifier with these weights; its last, fully connected layers may be missing or others.

    Raises:
        RuntimeError: a convolution's or a normalisation's weights are missing or have another shape.
    """
    import torchvision.models as zoo
    from torch import nn

    special: dict[str, Any] = {}
    if name in ("googlenet", "inception_v3"):  # their published weights want the input on another scale
        special = {"init_weights": False, "transform_input": True}
    network: nn.Module = zoo.get_model(name, **special)
    given = {_modern(key): value for key, value in tensors.items()}
    dense = [key for key, module in network.named_modules() if isinstance(module, nn.Linear)]
    own = network.state_dict()
    optional = {f"{key}.{part}" for key in dense for part in ("weight", "bias")} | {
        key for key in own if key.startswith(("aux", "AuxLogits")) or key.endswith("num_batches_tracked")
    }
    usable = {key: value for key, value in given.items() if key in own and value.shape == own[key].shape}
    missing = sorted(set(own) - set(usable) - optional)
    if missing:
        raise RuntimeError(f"{len(missing)} tensors are missing or have another shape, first {missing[0]}")
    network.load_state_dict(usable, strict=False)
    return network.eval()


def _modern(key: str) -> str:
    """Return today's name of a tensor: DenseNet's files still have dots where names have none now."""
    return re.sub(r"(denselayer\d+\.(?:norm|relu|conv))\.([12]\.)", r"\1\2", key)
