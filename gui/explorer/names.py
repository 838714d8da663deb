"""How networks, layers and fields are named, the same on every page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.explorer.kinds import is_own, own_file
from engine.explorer.records import Layer

NAMES = {"alexnet": "AlexNet", "vgg16": "VGG16", "vgg19": "VGG19"}
"""Proper names, the same in every language."""


def network_name(network: str) -> str:
    """Return what people call a network; of a person's own file, the file's name."""
    if is_own(network):
        return own_file(network).name
    kinds = {
        "sface": QCoreApplication.translate("NetworkName", "Face encoder"),
        "planted-1d": QCoreApplication.translate("NetworkName", "Signals (1-D)"),
        "planted-3d": QCoreApplication.translate("NetworkName", "Volumes (3-D)"),
    }
    return kinds.get(network, NAMES.get(network, network))


def short_layer(name: str) -> str:
    """Return a layer's name without the ending that says what every layer here is."""
    for ending in (".convolution", ".conv"):
        name = name.removesuffix(ending)
    return name


def layer_facts(layer: Layer) -> str:
    """Return type, number of units, field and stride in one line."""
    words = QCoreApplication.translate("LayerFacts", "{kind}, {units} units, sees {size}, stride {stride}")
    return words.format(
        kind=f"Conv{len(layer.field.size)}d",
        units=layer.units,
        size=field_words(layer),
        stride=" × ".join(map(str, _alike(layer.field.stride))),
    )


def field_words(layer: Layer) -> str:
    """Return the receptive field's size, marked when it is only a bound."""
    words = {
        1: QCoreApplication.translate("LayerFacts", "{size} samples"),
        3: QCoreApplication.translate("LayerFacts", "{size} voxels"),
    }
    pixels = QCoreApplication.translate("LayerFacts", "{size} px")
    numbers = tuple(reversed(layer.field.size))
    cube = len(numbers) == 3 and len(set(numbers)) == 1
    shown = f"{numbers[0]}³" if cube else " × ".join(map(str, numbers))
    size = words.get(len(numbers), pixels).format(size=shown)
    return size if layer.field.exactness == "EXACT" else f"≤ {size}"


def _alike(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return one number where all dimensions have the same."""
    return numbers[:1] if len(set(numbers)) == 1 else numbers
