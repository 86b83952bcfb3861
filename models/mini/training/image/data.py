"""Features, captions and labels of the splits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from .features import VIEWS, features_of
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
    )


def flickr8k(data: Path, split: str) -> tuple[list[Path], list[str]]:
    """Pictures of a split, and all their captions one after the other."""
    rows = read_rows(data / "flickr8k" / f"{split}.jsonl")
    captions = [caption for row in rows for caption in row["captions"]]
    return [data / "flickr8k" / row["file"] for row in rows], captions
