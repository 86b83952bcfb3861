"""Trains the reranker of pictures and ships it: models/mini/reranker.safetensors.

    python -m models.mini.training.rerank [--work .cache/image]

It reads the work folder of train_image.py, or makes what it needs of it: features of Flickr8k's
training pictures (half an hour on one core). The training itself takes a minute.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from models.mini.training.train_image import DATA

from .data import load
from .fit import train_network
from .ship import ship, write


def arguments() -> argparse.Namespace:
    """The command line; the defaults made the shipped file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/image"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="a network for each")
    parser.add_argument("--least", type=int, default=5, help="captions a known word is in")
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--hidden", type=int, default=640)
    parser.add_argument("--dropout", type=float, default=0.4)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--batch", type=int, default=384)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--soft", type=float, default=0.3)
    parser.add_argument("--caption-sharpness", type=float, default=10.0)
    parser.add_argument("--word-share", type=float, default=0.3, help="of the loss by word")
    parser.add_argument("--weight", type=float, default=0.012, help="of a score, as a cosine")
    parser.add_argument("--out", type=Path, help="write here, and leave what is shipped alone")
    return parser.parse_args()


def main() -> None:
    """Train and ship."""
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    data = load(options.data, options.work, options.least)
    print(f"{len(data.words.pieces)} words", flush=True)
    networks = [train_network(data, options, seed) for seed in options.seeds]
    if options.out is not None:
        write(networks, data.words, options.weight, options.out)
    else:
        ship(networks, data.words, options.weight)


if __name__ == "__main__":
    main()
