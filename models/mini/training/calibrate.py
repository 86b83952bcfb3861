"""Where a cosine means a hit, for every pair of kinds: models/mini/calibration.json.

    python -m models.mini.training.calibrate [--data ../shared/data]

Run it after any tower has changed (two minutes). Right pairs are weighed as one in ten, so that
the midpoint is where a hit among ten candidates is as likely right as wrong. Pairs of kinds for
which no right answers are known (a sound that asks for code) take the place on their own
distribution of chance cosines that the known pairs have on theirs, on average. The rows in which
words or sounds ask for sound are fitted by audio/calibrate.py, on sounds that its student has not
heard; they stay as they are.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.types import F32, CodeText, Content, Frames, Modality, Samples, Segment

from .audio.calibrate import CALIBRATION, logistic

DATA = Path(__file__).parents[4] / "shared" / "data"
ALIKE = 0.65
"""Captions of two pictures above this cosine describe the same sort of scene."""

Pairs = tuple[F32, np.ndarray]


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the encoder makes of the dev data."""

    captions: F32
    pictures: F32
    names: F32
    named_pictures: F32
    picture_names: np.ndarray
    questions: F32
    functions: F32
    answers: np.ndarray
    sounds: F32


def embed(data: Path) -> Vectors:
    """Encode the dev splits: Flickr8k, Caltech-101, CoSQA and fold 4 of ESC-10."""
    encoder = open_encoder()
    flickr = _rows(data / "flickr8k" / "dev.jsonl")
    caltech = _rows(data / "caltech101" / "labels.jsonl")
    names = sorted({row["label"] for row in caltech})
    labels = {label: place for place, label in enumerate(names)}
    text_of = {index: text for text, index in _json(data / "cosqa" / "functions.json").items()}
    asked = _rows(data / "cosqa" / "dev.jsonl")
    functions = sorted({row["function"] for row in asked})
    sounds = [row for row in _rows(data / "esc10" / "labels.jsonl") if row["fold"] == 4]

    def contents(modality: Modality, paths: list[Path]) -> F32:
        vectors = [
            encoder.encode_contents(
                modality, [_first(path, modality) for path in paths[at : at + 16]]
            )
            for at in range(0, len(paths), 16)
        ]
        return np.concatenate(vectors)

    return Vectors(
        captions=encoder.encode_texts([caption for row in flickr for caption in row["captions"]]),
        pictures=contents(Modality.IMAGE, [data / "flickr8k" / row["file"] for row in flickr]),
        names=encoder.encode_texts([name.replace("_", " ") for name in names]),
        named_pictures=contents(
            Modality.IMAGE, [data / "caltech101" / row["file"] for row in caltech]
        ),
        picture_names=np.array([labels[row["label"]] for row in caltech]),
        questions=encoder.encode_texts([row["query"] for row in asked]),
        functions=encoder.encode_contents(
            Modality.CODE, [CodeText(text_of[index], "python") for index in functions]
        ),
        answers=np.array([functions.index(row["function"]) for row in asked]),
        sounds=contents(Modality.AUDIO, [data / "esc10" / row["file"] for row in sounds]),
    )


def _first(path: Path, modality: Modality) -> Content:
    for item in decode_file(path, modality, DecodeOptions()):
        if isinstance(item, Segment) and isinstance(item.content, Frames | Samples):
            return item.content
    raise ValueError(f"{path} has nothing to encode")


def text_and_pictures(vectors: Vectors) -> Pairs:
    """Captions with pictures of such scenes, and class names with pictures of the class."""
    own = vectors.captions.reshape(len(vectors.pictures), -1, vectors.captions.shape[1])
    asked = own[:, 0]
    alike = np.einsum("qd,pcd->qpc", asked, own).max(axis=2) >= ALIKE
    of_class = np.arange(len(vectors.names))[:, None] == vectors.picture_names
    cosines = [asked @ vectors.pictures.T, vectors.names @ vectors.named_pictures.T]
    right = [alike, of_class]
    return (
        np.concatenate([one.ravel() for one in cosines]),
        np.concatenate([one.ravel() for one in right]),
    )


def pictures_and_texts(vectors: Vectors) -> Pairs:
    """Pictures with captions of such scenes, which stand for texts."""
    own = vectors.captions.reshape(len(vectors.pictures), -1, vectors.captions.shape[1])
    asked = own[:, 0]
    alike = np.einsum("qd,pcd->qpc", asked, own).max(axis=2) >= ALIKE
    return (vectors.pictures @ asked.T).ravel(), alike.T.ravel()


def pictures_alike(vectors: Vectors) -> Pairs:
    """Pictures of one class."""
    upper = np.triu_indices(len(vectors.named_pictures), 1)
    same = vectors.picture_names[:, None] == vectors.picture_names
    return (vectors.named_pictures @ vectors.named_pictures.T)[upper], same[upper]


def questions_and_code(vectors: Vectors) -> Pairs:
    """Questions with the function that answers them."""
    right = vectors.answers[:, None] == np.arange(len(vectors.functions))
    return (vectors.questions @ vectors.functions.T).ravel(), right.ravel()


def by_chance(asking: F32, asked: F32) -> tuple[float, float]:
    """Mean and spread of the cosines of things that have nothing to do with each other."""
    chance = random.Random(1)
    pairs = [(chance.randrange(len(asking)), chance.randrange(len(asked))) for _ in range(20_000)]
    one, other = (np.array(side) for side in zip(*pairs, strict=True))
    different = (asking[one] * asked[other]).sum(axis=1)
    different = different[different < 0.999]  # not with itself
    return float(different.mean()), float(different.std())


def fit(vectors: Vectors, kept: dict[tuple[str, str], tuple[float, float]]) -> dict[Any, Any]:
    """(query kind, target kind) -> (midpoint, scale)."""
    fitted = {
        ("text", "image"): logistic(*text_and_pictures(vectors)),
        ("text", "code"): logistic(*questions_and_code(vectors)),
        ("image", "image"): logistic(*pictures_alike(vectors)),
        ("image", "code"): logistic(*pictures_and_texts(vectors)),
        **kept,
    }
    samples = {
        "text": np.concatenate([vectors.captions, vectors.questions]),
        "image": np.concatenate([vectors.pictures, vectors.named_pictures]),
        "code": vectors.functions,
        "audio": vectors.sounds,
    }
    chance = {
        (asking, asked): by_chance(samples[asking], samples[asked])
        for asking in samples
        for asked in ("image", "audio", "code")
    }
    places = [(fitted[pair][0] - chance[pair][0]) / chance[pair][1] for pair in fitted]
    widths = [fitted[pair][1] / chance[pair][1] for pair in fitted]
    for pair, (mean, spread) in chance.items():
        if pair not in fitted:
            midpoint = mean + float(np.mean(places)) * spread
            fitted[pair] = (round(midpoint, 4), round(float(np.median(widths)) * spread, 4))
    return fitted


def main() -> None:
    """Fit and write all rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    content = _json(CALIBRATION)
    kept = {
        (row["query"], row["target"]): (row["midpoint"], row["scale"])
        for row in content["pairs"]
        if row["target"] == "audio" and row["query"] in ("text", "audio")
    }
    fitted = fit(embed(parser.parse_args().data), kept)
    rows = ",\n".join(
        "    "
        + json.dumps({"query": asking, "target": asked, "midpoint": midpoint, "scale": scale})
        for (asking, asked), (midpoint, scale) in sorted(fitted.items())
    )
    meaning = json.dumps(content["meaning"])
    CALIBRATION.write_text(f'{{\n  "meaning": {meaning},\n  "pairs": [\n{rows}\n  ]\n}}\n', "utf-8")
    print(rows)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


if __name__ == "__main__":
    main()
