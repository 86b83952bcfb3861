"""Trains the head of the picture tower and ships it: models/mini/image_head.safetensors.

    python -m models.mini.training.train_image [--work .cache/image]

Features of the frozen EfficientNet-Lite0 are computed once and kept in the work folder (eight
minutes on two cores); an interrupted run goes on from there. What is learned: a linear map plus a
hidden layer, several of them from different seeds, joined into one wide layer; beside it stand the
label anchors, the sum of the sentence vectors of the ImageNet classes weighted by their
probability, which know many more things than Flickr8k shows.

imagenet_labels.jsonl holds the names and definitions of the 1,000 classes (WordNet 3.0).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .image.data import load
from .image.fit import train_head
from .image.head import Anchors
from .image.measure import measure
from .image.ship import ship
from .image.words import label_anchors

DATA = Path(__file__).parents[4] / "shared" / "data"


def arguments() -> argparse.Namespace:
    """The command line; the defaults made the shipped file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/image"))
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--hidden", type=int, default=640)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--dropout", type=float, default=0.4)
    parser.add_argument("--noise", type=float, default=0.1)
    parser.add_argument("--soft", type=float, default=0.3)
    parser.add_argument("--mixing", type=float, default=0.4)
    parser.add_argument("--anchor-weight", type=float, default=0.8)
    parser.add_argument("--temperature", type=float, default=2.0)
    parser.add_argument("--dry", action="store_true", help="measure only, ship nothing")
    return parser.parse_args()


def main() -> None:
    """Train, measure, ship."""
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    data = load(options.data, options.work)
    anchors = Anchors(label_anchors(), options.anchor_weight, options.temperature)
    heads = []
    for seed in range(options.first_seed, options.first_seed + options.heads):
        heads.append(train_head(data, anchors, options, seed))
        print(f"seed {seed}", measure(heads[-1:], anchors, data), flush=True)
    print(f"{len(heads)} heads", measure(heads, anchors, data))
    if not options.dry:
        ship(heads, anchors)


if __name__ == "__main__":
    main()
