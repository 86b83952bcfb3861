"""The text side of the training: vectors of captions, and the label anchors.

Everything here is read through the encoder that is shipped, so the picture head has to be trained
anew whenever the text tower has changed.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.bundle import open_encoder

from .features import keep

LABELS = Path(__file__).parents[1] / "imagenet_labels.jsonl"
_encoder = functools.cache(open_encoder)


def texts(sentences: list[str]) -> Tensor:
    """Vectors (n, 384) of sentences."""
    return torch.tensor(_encoder().encode_texts(sentences))


def kept_texts(name: str, sentences: list[str], work: Path) -> Tensor:
    """The same from the work folder; the name of the file says which text tower made it."""
    kept = work / f"{name} {text_tower_id()}.npy"
    if not kept.exists():
        keep(kept, texts(sentences).numpy())
    return torch.tensor(np.load(kept))


def text_tower_id() -> str:
    """Eight letters that change with any file of the text tower."""
    files = [file for file in read_catalog()["mini"].files if file.role.startswith("text")]
    return hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Labels:
    """The 1,000 ImageNet classes in words."""

    anchors: Tensor
    """(1000, 384): names, first name, meaning, first name in a sentence; less what all share."""
    synonyms: Tensor
    """(1000, 384), the mean of the names"""
    wordings: list[Tensor]
    """For each class (k, 384): its names, its meaning, its first name in a sentence"""


def read_labels() -> Labels:
    """Names and meanings of the classes, and the anchors that fitting starts from.

    What all classes have in common is taken out of the anchors: it pulled every picture of which
    the classifier is unsure to the same place.
    """
    rows = read_rows(LABELS)
    names = [texts(row["names"]) for row in rows]
    meanings = texts([row["definition"] for row in rows])
    sentences = texts([f"a photo of a {row['names'][0]}" for row in rows])
    synonyms = unit(torch.stack([some.mean(0) for some in names]))
    first = torch.stack([some[0] for some in names])
    anchors = unit(synonyms + first + 0.5 * meanings + sentences)
    return Labels(
        anchors=unit(anchors - anchors.mean(0)),
        synonyms=synonyms,
        wordings=[
            torch.cat([some, meaning[None], sentence[None]])
            for some, meaning, sentence in zip(names, meanings, sentences, strict=True)
        ],
    )


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def unit(vectors: Tensor) -> Tensor:
    """Rows scaled to unit length."""
    return functional.normalize(vectors, dim=-1)
