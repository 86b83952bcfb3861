"""What fewer dimensions cost: neighbours that stay, and captions that still find their pictures.

    python -m tests.benchmarks.fewer_dimensions [--data ../shared/data]

Vectors of ``mini`` on Flickr8k dev: the main directions are learned from 1,000 pictures of the
training part, as ``mmsearch models use ID --dimension N`` learns them from a library, and judged on
the 1,000 of the dev part. "first": the first so many dimensions instead, for comparison.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from mmsearch.encode.everyday import everyday_sentences
from mmsearch.encode.frames import unit_rows
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.encode.models.projection import learned_projection, projected
from mmsearch.types import F32
from models.mini.training.banks.kept import Kept

DATA = Path(__file__).parents[3] / "shared" / "data"
_N_LEARNED = 1000
_N_NEAREST = 10


def main() -> None:
    """Encode, learn, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/dimensions"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = Kept(options.work, open_encoder())
    folder = options.data / "flickr8k"
    train, dev = (_rows(folder / f"{part}.jsonl") for part in ("train", "dev"))
    learned = kept.pictures([folder / row["file"] for row in train[:_N_LEARNED]])
    pictures = kept.pictures([folder / row["file"] for row in dev])
    captions = kept.texts([caption for row in dev for caption in row["captions"]])
    owner = np.repeat(np.arange(len(dev)), [len(row["captions"]) for row in dev])
    sentences = kept.texts(everyday_sentences())
    print("dimensions  neighbours of captions  of pictures  R@1    R@10   (first: R@1)")
    for dim in (384, 256, 192, 128, 96, 64, 32):
        matrix = learned_projection(learned, sentences, dim)
        small = projected(captions, matrix), projected(pictures, matrix)
        first = unit_rows(captions[:, :dim]), unit_rows(pictures[:, :dim])
        stay = [
            _same(captions, pictures, *small),
            _same(pictures, pictures, small[1], small[1]),
        ]
        recall = [_recall(*small, owner, k) for k in (1, 10)]
        cells = [f"{100 * one:.1f}" for one in (*stay, *recall, _recall(*first, owner, 1))]
        print(f"{dim:>10}  {cells[0]:>22}  {cells[1]:>11}  {cells[2]}   {cells[3]}   ({cells[4]})")


def _rows(path: Path) -> list[dict[str, list[str]]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _same(queries: F32, items: F32, small_queries: F32, small_items: F32) -> float:
    """The share of the ten nearest that stay."""
    pairs = zip(_nearest(queries, items), _nearest(small_queries, small_items), strict=True)
    return float(np.mean([len(set(one) & set(other)) for one, other in pairs])) / _N_NEAREST


def _nearest(queries: F32, items: F32) -> np.ndarray:
    return np.argpartition(-(queries @ items.T), _N_NEAREST, axis=1)[:, :_N_NEAREST]


def _recall(queries: F32, items: F32, owner: np.ndarray, k: int) -> float:
    scores = queries @ items.T
    right = scores[np.arange(len(scores)), owner]
    return float(((scores > right[:, None]).sum(axis=1) < k).mean())


if __name__ == "__main__":
    main()
