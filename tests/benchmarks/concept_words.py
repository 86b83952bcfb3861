"""How true the concept words are: the figures of models/mini/concepts.md.

    python -m tests.benchmarks.concept_words DATA

Flickr8k dev: which of a picture's five words are in one of its captions. Caltech-101: how many
pictures have the words of their class among the five, of all and of those whose class the
vocabulary can name. Encodes 2,200 pictures (a minute).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.concepts import Vocabulary
from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.identifiers import name_words
from mmsearch.types import F32, Modality, Segment
from tests.benchmarks.report import print_report


def embed(encoder: Encoder, paths: list[Path]) -> F32:
    """The vectors of pictures: (n, dim)."""
    options = DecodeOptions(image_px=encoder.spec.image_px)
    parts = []
    for start in range(0, len(paths), 16):
        items = [
            item
            for path in paths[start : start + 16]
            for item in decode_file(path, Modality.IMAGE, options)
        ]
        contents = [item.content for item in items if isinstance(item, Segment)]
        parts.append(encoder.encode_contents(Modality.IMAGE, contents))
    return np.concatenate(parts)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def concepts_of(vocabulary: Vocabulary, vectors: F32) -> list[list[set[str]]]:
    """The comparable words of each concept of each picture."""
    places = vocabulary.nearest(Modality.IMAGE, vectors).tolist()
    return [[set(name_words(vocabulary.words[place])) for place in some] for some in places]


def measure(data: Path) -> dict[str, Any]:
    encoder = open_encoder()
    vocabulary = encoder.vocabulary
    assert vocabulary is not None
    dev = rows_of(data / "flickr8k" / "dev.jsonl")
    found = concepts_of(
        vocabulary, embed(encoder, [data / "flickr8k" / row["file"] for row in dev])
    )
    said = [{word for text in row["captions"] for word in name_words(text)} for row in dev]
    is_said = np.array(
        [[concept <= words for concept in some] for some, words in zip(found, said, strict=True)]
    )
    caltech = rows_of(data / "caltech101" / "labels.jsonl")
    pictures = [data / "caltech101" / row["file"] for row in caltech]
    labels = [set(name_words(row["label"].replace("_", " "))) for row in caltech]
    named = np.array(
        [
            any(concept <= label or label <= concept for concept in some)
            for some, label in zip(
                concepts_of(vocabulary, embed(encoder, pictures)), labels, strict=True
            )
        ]
    )
    known = [set(name_words(vocabulary.words[at])) for at in vocabulary.used_for[Modality.IMAGE]]
    can_be_named = np.array([any(label <= words for words in known) for label in labels])
    return {
        "flickr8k, first word in a caption": _share(is_said[:, 0]),
        "flickr8k, words in a caption": _share(is_said),
        "caltech101, class among the words": _share(named),
        "caltech101, class among the words where it can be": _share(named[can_be_named]),
    }


def _share(of: np.ndarray) -> float:
    return round(float(of.mean()), 3)


def main() -> None:
    print_report(measure(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
