"""What reranking pictures by the words of a sentence is worth, and what it costs.

    python -m tests.benchmarks.rerank [--data ../shared/data] [--work .cache/hubness]

Dev data only: Flickr8k's captions, and Caltech-101's class names, which must not lose. The first
stage is normalised as in a search (cosines less what the guard chose); its best 50 are reranked,
with different weights of the reranker. Half of Flickr8k's pictures choose a weight for the other
half and the other way round, which says what a weight chosen on these data is worth on others.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mmsearch.encode.banks import shipped_banks
from mmsearch.encode.mini.bundle import MiniEncoder, open_encoder
from mmsearch.encode.mini.picture_words import F16, PictureWords
from mmsearch.searching.picture_scores import PictureFile, PictureScores
from mmsearch.searching.reranking import N_CANDIDATES
from mmsearch.types import F32, Frames, Modality
from models.mini.training.image.features import keep
from tests.benchmarks.hubness import DATA, raw_and_guarded
from tests.benchmarks.hubness_data import Collection, collections
from tests.benchmarks.report import print_report

_TIMES = (0.0, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0)
"""The shipped weight of the reranker, times this."""


def kept_features(words: PictureWords, paths: list[Path], kept: Path) -> F16:
    """(n, 1600) of pictures, from the file if there is one."""
    if not kept.exists():
        rows = []
        for start in range(0, len(paths), 16):
            some = [
                np.asarray(Image.open(path).convert("RGB")) for path in paths[start : start + 16]
            ]
            rows.append(words.features(some))
        keep(kept, np.concatenate(rows))
    return np.asarray(np.load(kept))


def reranked(first: F32, told: F32, times: float) -> NDArray[np.int64]:
    """All items of each query, best first; the first 50 by both scores: (n_query, n_item)."""
    order = np.argsort(-first, axis=1, kind="stable")
    top = order[:, :N_CANDIDATES]
    both = np.take_along_axis(first + times * told, top, axis=1)
    order[:, :N_CANDIDATES] = np.take_along_axis(
        top, np.argsort(-both, axis=1, kind="stable"), axis=1
    )
    return order


def told_by(words: PictureWords, texts: list[str], features: F16) -> F32:
    """What the reranker adds to every cosine: (n_query, n_item)."""
    evidence = words.evidence(features)
    sums = [evidence[:, words.words_of(text)].sum(axis=1) for text in texts]
    return np.asarray(words.weight * np.stack(sums), np.float32)


def figures(items: Collection, order: NDArray[np.int64]) -> dict[str, float]:
    """R@1, R@5 and R@10 of captions, or mAP of names, in points."""
    right = np.take_along_axis(items.right, order, axis=1)
    if items.measure == "R@1":
        return {
            f"R@{k}": round(100 * float(right[:, :k].any(axis=1).mean()), 2) for k in (1, 5, 10)
        }
    precision = right.cumsum(axis=1) / np.arange(1, right.shape[1] + 1)
    return {"mAP": round(100 * float(((precision * right).sum(1) / right.sum(1)).mean()), 2)}


def by_halves(items: Collection, first: F32, told: F32) -> float:
    """R@1 where each half of the pictures has the weight that is best for the other half."""
    half = items.right.argmax(axis=1) % 2
    hits = np.stack(
        [
            np.take_along_axis(items.right, reranked(first, told, times)[:, :1], axis=1)[:, 0]
            for times in _TIMES
        ]
    )
    chosen = [hits[:, half == part].mean(axis=1).argmax() for part in (0, 1)]
    return round(
        100 * float(np.concatenate([hits[chosen[1 - p], half == p] for p in (0, 1)]).mean()), 2
    )


def texts_and_paths(data: Path) -> dict[str, tuple[list[str], list[Path]]]:
    """The queries and the pictures of both collections, as hubness_data has them."""
    rows = {
        name: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for name, path in (
            ("captions", data / "flickr8k" / "dev.jsonl"),
            ("class names", data / "caltech101" / "labels.jsonl"),
        )
    }
    labels = sorted({row["label"] for row in rows["class names"]})
    return {
        "captions": (
            [caption for row in rows["captions"] for caption in row["captions"]],
            [data / "flickr8k" / row["file"] for row in rows["captions"]],
        ),
        "class names": (
            [label.replace("_", " ") for label in labels],
            [data / "caltech101" / row["file"] for row in rows["class names"]],
        ),
    }


def quality(data: Path, work: Path, encoder: MiniEncoder) -> dict[str, object]:
    words = encoder.open_picture_words()
    banks = shipped_banks(encoder.spec)
    found = collections(data, work, encoder, with_code=False)
    report: dict[str, object] = {}
    for name, (texts, paths) in texts_and_paths(data).items():
        items = found[name]
        features = kept_features(words, paths, work / f"mirrored {name}.npy")
        _, first, _ = raw_and_guarded(items, banks, encoder.spec)
        told = told_by(words, texts, features)
        report[items.name] = {
            f"weight x {times}": figures(items, reranked(first, told, times)) for times in _TIMES
        }
        if items.measure == "R@1":
            report[f"{items.name}, weights by halves"] = {"R@1": by_halves(items, first, told)}
    return report


def costs(data: Path, encoder: MiniEncoder) -> dict[str, float]:
    """Seconds for 50 pictures by what is kept of them, beside those that the picture tower takes to
    encode them; and of 100 pictures, under budgets.
    """
    texts, paths = texts_and_paths(data)["captions"]
    files = [PictureFile(path, path.name) for path in paths]
    pixels = [np.asarray(Image.open(path).convert("RGB"))[None] for path in paths[:N_CANDIDATES]]
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        pictures = PictureScores(Path(folder))
        pictures.scores(texts[0], files[-1:], encoder, 60.0)
        for name in ("nothing kept", "thumbnails kept", "features kept"):
            if name == "thumbnails kept":
                shutil.rmtree(Path(folder) / "features")
            seconds[name] = _seconds(pictures, encoder, texts[0], files[:N_CANDIDATES], 60.0)
        for place, budget_s in enumerate((0.05, 0.1, 0.2, 0.4)):
            fresh = files[100 * (place + 1) :][:100]
            seconds[f"budget {budget_s}"] = _seconds(pictures, encoder, texts[0], fresh, budget_s)
    started_s = time.perf_counter()
    encoder.encode_contents(Modality.IMAGE, [Frames(one) for one in pixels])
    seconds["picture tower"] = round(time.perf_counter() - started_s, 4)
    return seconds


def _seconds(
    pictures: PictureScores,
    encoder: MiniEncoder,
    text: str,
    files: list[PictureFile],
    budget_s: float,
) -> float:
    started_s = time.perf_counter()
    pictures.scores(text, files, encoder, budget_s)
    return round(time.perf_counter() - started_s, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    options = parser.parse_args()
    encoder = open_encoder()
    assert isinstance(encoder, MiniEncoder)
    print_report({"seconds": costs(options.data, encoder)})
    print_report(quality(options.data, options.work, encoder))


if __name__ == "__main__":
    main()
