"""Cards for torchvision's classifiers, and their weights from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torchvision.models as zoo

from engine.classifiers import build_classifier, classifier_card, classifier_names
from engine.download import address
from engine.errors import EngineError, ErrorCode
from engine.models import Models


def test_every_classifier_has_a_card() -> None:
    names = classifier_names()
    assert len(names) > 70
    for name in names:
        card = classifier_card(name)
        assert card is not None, name
        assert card.file.endswith(".pth")
        assert address(card) == zoo.get_model_weights(name).DEFAULT.url
        assert card.preprocessing["crop"] >= 224


def test_unknown_names_are_refused(tmp_path: Path) -> None:
    assert classifier_card("resnet19") is None
    with pytest.raises(EngineError) as refused:
        Models(tmp_path).card("resnet19")
    assert refused.value.code is ErrorCode.MODEL_UNKNOWN
    with pytest.raises(EngineError) as missing:
        Models(tmp_path).network("resnet18")
    assert missing.value.code is ErrorCode.MODEL_MISSING
    assert "models download resnet18" in missing.value.detail


@pytest.mark.parametrize("name", ["squeezenet1_1", "shufflenet_v2_x0_5", "resnet18"])
def test_another_head_is_no_hindrance(name: str) -> None:
    torch.manual_seed(0)
    trained = zoo.get_model(name, num_classes=1000 if name == "squeezenet1_1" else 7).eval()
    built = build_classifier(name, trained.state_dict())
    for key, value in built.state_dict().items():
        if not key.startswith(("fc.", "classifier")):
            assert torch.equal(value, trained.state_dict()[key])
    state = trained.state_dict()
    first = next(iter(state))
    with pytest.raises(RuntimeError, match=first):
        build_classifier(name, {key: value for key, value in state.items() if key != first})


def test_old_names_of_densenet_are_read() -> None:
    old = {
        key.replace(".norm1.", ".norm.1.").replace(".conv2.", ".conv.2."): value
        for key, value in zoo.densenet121().state_dict().items()
    }
    built = build_classifier("densenet121", old)
    key = "features.denseblock1.denselayer1.norm1.weight"
    assert torch.equal(built.state_dict()[key], old[key.replace(".norm1.", ".norm.1.")])
