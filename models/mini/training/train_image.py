"""Trains the head of the picture tower and ships it: models/mini/image_head.safetensors.

    python -m models.mini.training.train_image [--work .cache/image]

Features of the frozen EfficientNet-Lite0 are computed once and kept in the work folder (half an
hour on one core); an interrupted run goes on from there. What is learned: a linear map plus a
hidden layer, several of them from different seeds, joined into one wide layer; beside it stand the
label anchors, a vector for each ImageNet class, weighted by its probability, which know many more
things than Flickr8k shows. They start as the sentence vectors of the class and are fitted.

Beside Flickr8k it learns from named drawings in four Debian packages (image/sources.py), which
are fetched with apt-get into the work folder, or found in its subfolder "packages".

imagenet_labels.jsonl holds the names and definitions of the 1,000 classes (WordNet 3.0).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from mmsearch.errors import UserError

from .image.data import load
from .image.fit import train_head
from .image.head import Together
from .image.measure import measure
from .image.ship import ship
from .image.words import read_labels

DATA = Path(__file__).parents[4] / "shared" / "data"


def arguments() -> argparse.Namespace:
    """The command line; the defaults made the shipped file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/image"))
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--hidden", type=int, default=960)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--dropout", type=float, default=0.4)
    parser.add_argument("--noise", type=float, default=0.1)
    parser.add_argument("--soft", type=float, default=0.3)
    parser.add_argument("--mixing", type=float, default=0.4)
    parser.add_argument("--anchor-weight", type=float, default=0.8)
    parser.add_argument("--temperature", type=float, default=2.0)
    parser.add_argument("--anchor-rate", type=float, default=4e-4)
    parser.add_argument("--named", type=int, default=192, help="named pictures in a batch")
    parser.add_argument("--named-share", type=float, default=0.2, help="of their loss")
    parser.add_argument("--imagined-share", type=float, default=0.1)
    parser.add_argument("--caption-sharpness", type=float, default=10.0)
    parser.add_argument("--read-weight", type=float, default=0.9, help="of the anchors, shipped")
    parser.add_argument("--read-temperature", type=float, default=2.4, help="shipped")
    parser.add_argument("--power", type=float, default=0.3, help="of the length of the head")
    parser.add_argument("--dry", action="store_true", help="measure only, ship nothing")
    return parser.parse_args()


def main() -> None:
    """Train, measure, ship."""
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    try:
        data = load(options.data, options.work)
    except UserError as error:
        raise SystemExit(f"{error.message}\n{error.hint}") from error
    labels, heads = read_labels(), []
    for seed in range(options.first_seed, options.first_seed + options.heads):
        heads.append(train_head(data, labels, options, seed))
        alone = Together(heads[-1:], options, data.train[0])
        print(f"seed {seed}", measure(alone, data), flush=True)
    together = Together(heads, options, data.train[0])
    print(f"{len(heads)} heads", measure(together, data))
    if not options.dry:
        ship(together)


if __name__ == "__main__":
    main()
