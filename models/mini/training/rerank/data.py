"""Flickr8k's training pictures as features, their captions as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.mini.training.image.data import CAPTIONS, flickr8k
from models.mini.training.image.features import VIEWS, features_of
from models.mini.training.image.words import kept_texts

from .words import Ints, Words, known_words, tokens


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """What training needs."""

    words: Words
    features: Tensor
    """(n_view, n_picture, 1600) float16"""
    captions: list[Ints]
    """The words of each caption, five for each picture one after the other."""
    vectors: Tensor
    """(n_caption, 384) of the captions, which say what captions are alike."""
    has: Tensor
    """(n_picture, n_word) the share of a picture's captions that have a word."""


def load(data: Path, work: Path, least: int) -> Data:
    """Read or compute everything; features and vectors are kept in the work folder.

    least: how often a word has to occur to be known.
    """
    paths, captions = flickr8k(data, "train")
    rows = tokens(captions)
    words = known_words(rows, least)
    mine = [words.of(row) for row in rows]
    views = [features_of("train", paths, view, work).half() for view in VIEWS]
    return Data(
        words=words,
        features=torch.stack(views),
        captions=mine,
        vectors=kept_texts("captions", captions, work),
        has=torch.tensor(shares(mine, len(words.pieces))),
    )


def shares(captions: Sequence[Ints], n_word: int) -> NDArray[np.float32]:
    """The share of each picture's captions that have each word: (n_picture, n_word)."""
    has = np.zeros((len(captions) // CAPTIONS, n_word), np.float32)
    for place, words in enumerate(captions):
        has[place // CAPTIONS, np.unique(words)] += 1 / CAPTIONS
    return has
