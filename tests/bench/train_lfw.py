"""Learning on LFW: ``python -m tests.bench.train_lfw [--mining …] [--loss …] [--start …] [--epochs N]``.

Prints the area under the ROC on the people held out, before and after, by the same task as ``face train``.
Photos are searched for faces once and cached in the program's cache (``TRIPTYCH_HOME``); that time is printed
apart. Without LFW at ``TRIPTYCH_DATA`` it learns from drawn faces and says so.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from engine.faces.training.dataset import gather
from engine.faces.training.drawn import draw_people
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.train import train
from engine.jobs import run
from engine.models import Models
from engine.options import add_arguments, options_of
from engine.paths import ROOT, user_paths

DATA = Path(os.environ.get("TRIPTYCH_DATA", ROOT.parent / "shared" / "data"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, TrainRecipe)
    words = parser.parse_args()
    images = DATA / "faces" / "lfw" / "images"
    recipe = TrainRecipe(**{each.name: getattr(words, each.name) for each in options_of(TrainRecipe)})
    models = Models(user_paths().models)
    started = time.monotonic()
    if images.is_dir():
        faces = run(gather(models, images, user_paths().cache))
    else:
        print(f"no LFW at {images} (set TRIPTYCH_DATA): drawn faces instead")
        faces = run(draw_people())
    print(f"data set: {len(faces.people)} people, {len(faces)} faces, {time.monotonic() - started:.0f} s")
    outcome = run(train(models, recipe, faces)).outcome
    print(
        f"{recipe.loss}, {recipe.mining}, {recipe.start}: {len(outcome.steps)} steps, {outcome.seconds:.0f} s"
        f"; "
        f"people {outcome.people}, pairs {outcome.after.same_pairs} same, "
        f"{outcome.after.different_pairs} different"
    )
    for name, each in (("untrained", outcome.before), ("trained", outcome.after), ("plain", outcome.plain)):
        if each is None:
            continue
        rates = ", ".join(
            f"{rate.value:.3f} [{rate.low:.3f}, {rate.high:.3f}] at {far:g}"
            for far, rate in each.report.tar_at_far.items()
        )
        print(
            f"  {name}: AUC {each.auc:.4f}, EER {each.report.eer:.4f}, "
            f"accuracy {each.accuracy:.4f} ± {each.accuracy_se:.4f}, TAR {rates}"
        )
    print(f"  best epoch {outcome.best_epoch} of {recipe.epochs}")


if __name__ == "__main__":
    main()
