"""How much a word in a name may say: the figures behind the constants of fuse/names.py.

    python -m tests.benchmarks.name_fusion DATA [VECTORS.npz]

Flickr8k dev: captions ask, and the pictures get names of two words: true ones are words of another
caption of the same picture, false ones of a caption of any picture; the rest have numbers. Encodes
pictures and captions (a minute) unless VECTORS.npz has been written by an earlier run.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.fuse.calibrate import logits
from mmsearch.fuse.names import bounded
from mmsearch.identifiers import name_words
from mmsearch.retrieve.names import match_names
from mmsearch.types import F32, Modality, Segment
from tests.benchmarks.report import print_report
from tests.galleries import gallery_of

_N_ASKED = 4
_WORDS_A_NAME = 2
_TRUE_AND_FALSE = ((0.1, 0.0), (0.1, 0.1), (0.1, 0.3), (0.3, 0.3), (0.0, 0.3))
_SLOPES, _CEILINGS = (0.1, 0.2, 0.3, 0.5), (2.0, 4.0)


def embed(data: Path, rows: list[dict[str, Any]], kept: Path | None) -> tuple[F32, F32]:
    """The vectors of the pictures (n, dim) and of the captions that ask (4 n, dim)."""
    if kept is not None and kept.exists():
        with np.load(kept) as stored:
            return stored["pictures"], stored["captions"]
    encoder = open_encoder()
    options = DecodeOptions(image_px=encoder.spec.image_px)
    pictures = [
        encoder.encode_contents(
            Modality.IMAGE,
            [
                item.content
                for row in rows[at : at + 16]
                for item in decode_file(data / "flickr8k" / row["file"], Modality.IMAGE, options)
                if isinstance(item, Segment)
            ],
        )
        for at in range(0, len(rows), 16)
    ]
    asked = [caption for row in rows for caption in row["captions"][:_N_ASKED]]
    vectors = np.concatenate(pictures), encoder.encode_texts(asked)
    if kept is not None:
        np.savez(kept, pictures=vectors[0], captions=vectors[1])
    return vectors


def make_names(rows: list[dict[str, Any]], true: float, false: float) -> list[str]:
    """A name for each picture."""
    chance = random.Random(1)

    def some_of(caption: str) -> str:
        words = list(dict.fromkeys(name_words(caption)))
        return " ".join(chance.sample(words, min(_WORDS_A_NAME, len(words))))

    names = []
    for place, row in enumerate(rows):
        sort = chance.choices(("true", "false", "number"), (true, false, 1 - true - false))[0]
        other = chance.choice(chance.choice(rows)["captions"])
        name = {"true": some_of(row["captions"][_N_ASKED]), "false": some_of(other)}.get(sort, "")
        names.append(f"{name} {place}.jpg")
    return names


def measure(data: Path, kept: Path | None) -> dict[str, Any]:
    lines = (data / "flickr8k" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    pictures, captions = embed(data, rows, kept)
    gallery = gallery_of(segments_per_content=[1] * len(rows))
    calibration = open_encoder().calibration
    meaning = np.stack([logits(one, gallery, "text", calibration) for one in captions @ pictures.T])
    asked = [caption for row in rows for caption in row["captions"][:_N_ASKED]]
    answers = np.repeat(np.arange(len(rows)), _N_ASKED)
    figures: dict[str, Any] = {"meaning alone": _scored(meaning, answers)}
    for true, false in _TRUE_AND_FALSE:
        evidence = _evidence(make_names(rows, true, false), asked)
        figures[f"true {true:.0%}, false {false:.0%}"] = {
            f"slope {slope}, ceiling {ceiling}": _scored(
                meaning + bounded(evidence, slope, ceiling), answers
            )
            for slope, ceiling in itertools.product(_SLOPES, _CEILINGS)
        }
    return figures


def _evidence(names: list[str], asked: list[str]) -> F32:
    """(n_question, n_picture) BM25 in names over the root of the number of words."""
    gallery = gallery_of(segments_per_content=[1] * len(names), paths=names)
    found = [match_names(text, gallery) for text in asked]
    nothing = np.zeros(len(names), np.float32)
    return np.stack(
        [nothing if one is None else one.scores / np.sqrt(one.n_terms) for one in found]
    ).astype(np.float32)


def _scored(scores: F32, answers: NDArray[np.int64]) -> dict[str, float]:
    right = np.take_along_axis(scores, answers[:, None], axis=1)
    rank = 1 + (scores > right).sum(axis=1)
    return {"R@1": round(float((rank == 1).mean()), 4), "MRR": round(float((1 / rank).mean()), 4)}


def main() -> None:
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print_report(measure(Path(sys.argv[1]), kept))


if __name__ == "__main__":
    main()
