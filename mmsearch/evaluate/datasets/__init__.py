"""Datasets with known answers, one small adapter a file; importing this registers them all."""

from mmsearch.evaluate.datasets import (
    caltech101,
    cosqa,
    esc10,
    flickr8k,
    humaneval_x,
    mixed,
    moments,
    videos,
)
from mmsearch.evaluate.datasets.adapter import DATASETS

__all__ = [
    "DATASETS",
    "caltech101",
    "cosqa",
    "esc10",
    "flickr8k",
    "humaneval_x",
    "mixed",
    "moments",
    "summary_of",
    "videos",
]


def summary_of(name: str) -> str:
    """One line about a dataset, or a part of one; nothing for a user's own."""
    dataset = name.partition(":")[0]
    documentation = DATASETS.get(dataset).__doc__ if dataset in DATASETS else None
    return (documentation or "").partition("\n")[0]
