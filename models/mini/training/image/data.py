"""Features, captions and labels of the splits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from .features import VIEWS, features_of, seen_by
from .named import N_WORDING, NAMED_VIEWS, NamedPicture, look_named, named_pictures
from .words import kept_texts, read_rows, texts

CAPTIONS = 5


@dataclass(frozen=True)
class Data:
    """What training and measuring need."""

    train: Tensor
    """(n_view, 6000, 1600)"""
    train_text: Tensor
    """(6000, 5, 384)"""
    dev: Tensor
    """(1000, 1600)"""
    dev_text: Tensor
    """(5000, 384), the five captions of a picture one after the other"""
    caltech: Tensor
    """(1200, 1600)"""
    caltech_names: Tensor
    """(100, 384)"""
    caltech_labels: Tensor
    """(1200,) rows of caltech_names"""
    named: Tensor
    """(n_view, n, 1600), the named pictures of the packages"""
    named_text: Tensor
    """(n, 6, 384)"""
    named_dev: Tensor
    """(m, 1600), pictures of other names"""
    named_dev_names: Tensor
    """(k, 384)"""
    named_dev_labels: Tensor
    """(m,) rows of named_dev_names"""


def load(data: Path, work: Path) -> Data:
    """Read or compute everything."""
    train, train_captions = flickr8k(data, "train")
    dev, dev_captions = flickr8k(data, "dev")
    caltech = read_rows(data / "caltech101" / "labels.jsonl")
    caltech_paths = [data / "caltech101" / row["file"] for row in caltech]
    names = sorted({row["label"] for row in caltech})
    return Data(
        train=torch.stack([features_of("train", train, view, work) for view in VIEWS]),
        train_text=kept_texts("captions", train_captions, work).reshape(-1, CAPTIONS, 384),
        dev=features_of("dev", dev, "whole", work),
        dev_text=kept_texts("dev captions", dev_captions, work),
        caltech=features_of("caltech", caltech_paths, "whole", work),
        caltech_names=texts([name.replace("_", " ") for name in names]),
        caltech_labels=torch.tensor([names.index(row["label"]) for row in caltech]),
        **named(named_pictures(work), train, work),
    )


def named(pictures: list[NamedPicture], grounds: list[Path], work: Path) -> dict[str, Tensor]:
    """The part of Data about named pictures; they are put on training pictures of Flickr8k."""

    def view(number: int) -> Tensor:
        name, paths = NAMED_VIEWS[number], [picture.path for picture in pictures]
        return seen_by(
            f"named {name}",
            paths,
            lambda path, chance: look_named(path, name, chance, grounds),
            500 + number,
            work,
        )

    views = torch.stack([view(number) for number in range(len(NAMED_VIEWS))])
    is_dev = torch.tensor([picture.is_dev for picture in pictures])
    wordings = [text for picture in pictures for text in picture.texts()]
    vectors = kept_texts("named", wordings, work).reshape(-1, N_WORDING, 384)
    dev_names = [picture.name.lower() for picture in pictures if picture.is_dev]
    names = sorted(set(dev_names))
    return {
        "named": views[:, ~is_dev],
        "named_text": vectors[~is_dev],
        "named_dev": views[0, is_dev],
        "named_dev_names": texts(names),
        "named_dev_labels": torch.tensor([names.index(name) for name in dev_names]),
    }


def flickr8k(data: Path, split: str) -> tuple[list[Path], list[str]]:
    """Pictures of a split, and all their captions one after the other."""
    rows = read_rows(data / "flickr8k" / f"{split}.jsonl")
    captions = [caption for row in rows for caption in row["captions"]]
    return [data / "flickr8k" / row["file"] for row in rows], captions
