"""Datasets with known answers, one small adapter a file; importing this registers them all."""

from mmsearch.evaluate.datasets import (
    caltech101,
    cosqa,
    esc10,
    flickr8k,
    humaneval_x,
    mixed,
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
    "videos",
]
