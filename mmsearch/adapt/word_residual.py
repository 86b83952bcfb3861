"""A residual for each word of a sentence, learned from what a reranker sees in the pictures.

A reranker (the teacher) says of every word it knows how much likelier it is for a picture than for
any: the evidence. Here the evidence of a word is fitted by a vector in the space of the pictures,
so that its dot product with a picture's vector is near what the teacher says. A sentence is then
moved by the vectors of its words, and its first stage follows in part the order that the teacher
would put the best pictures into, at the cost of adding a few vectors up.

Distilling the order among hard negatives into one matrix for all sentences (CPRD) does not work
with vectors of these sizes: a matrix cannot tell the words of a sentence apart, which is all that
the teacher does (tests/benchmarks/adapt.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

RIDGE = 0.03
SHARE = 0.5
"""Of the teacher's weight: vectors that were fitted say part of it, and err in more.

On halves of Flickr8k dev R@1 changes by 1.3 to 1.6 with any ridge from 0.03 to 0.1 and any share
from 0.3 to 0.7; with a ridge of 1 by 0.6."""
LEAST_PICTURES = 200
"""Fewer fit only themselves."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Teacher:
    """What a reranker says about pictures."""

    pieces: Ints
    """(n_word,) the tokens that it knows, ascending."""
    weight: float
    """What a unit of evidence is worth, as a cosine of the first stage."""
    pictures: F32
    """(n_picture, dim) unit vectors."""
    evidence: F32
    """(n_picture, n_word); NaN in the rows of pictures that cannot be read."""
    item_of: Ints
    """(n_picture,) which item of the pairs a picture is; -1 for one that nobody named."""

    def without(self, items: NDArray[np.bool_]) -> Teacher:
        """Without the pictures that are some of the items: (n_item,) bool."""
        stays = (self.item_of < 0) | ~np.append(items, False)[self.item_of]
        chosen = self.pictures[stays], self.evidence[stays], self.item_of[stays]
        return Teacher(self.pieces, self.weight, *chosen)

    @property
    def n_read(self) -> int:
        """How many pictures it has seen."""
        return int(np.isfinite(self.evidence).all(axis=1).sum())


@dataclass(frozen=True, slots=True, eq=False)
class WordResidual:
    """How a sentence is moved by each of its words."""

    pieces: Ints
    """(n_word,) tokens, ascending."""
    moves: F32
    """(n_word, dim)"""

    def moved(self, tokens: Ints) -> F32:
        """What is added to the unit vector of a sentence with these tokens: (dim,)."""
        places = np.searchsorted(self.pieces, tokens).clip(max=len(self.pieces) - 1)
        known = places[self.pieces[places] == tokens]
        return np.asarray(self.moves[known].sum(axis=0), np.float32)

    def all_moved(self, tokens: Sequence[Ints]) -> F32:
        """Of several sentences: (n_sentence, dim)."""
        rows = [self.moved(some) for some in tokens]
        return np.asarray(rows, np.float32).reshape(len(rows), self.moves.shape[1])


def learn_words(teacher: Teacher) -> WordResidual:
    """Fit the evidence of every word by ridge regression, solved over the pictures.

    The moves are at right angles to the mean picture, so that cosines with pictures do not become
    larger as such, whatever the sentence: what a cosine means stays as it is.
    """
    read = np.isfinite(teacher.evidence).all(axis=1)
    pictures, evidence = teacher.pictures[read], teacher.evidence[read]
    mean = pictures.mean(axis=0)
    straight = mean / max(float(np.linalg.norm(mean)), 1e-12)
    apart = pictures - mean
    apart = apart - np.outer(apart @ straight, straight)
    alike = (apart @ apart.T).astype(np.float64) + RIDGE * np.eye(len(apart))
    fitted = np.linalg.solve(alike, (evidence - evidence.mean(axis=0)).astype(np.float64))
    moves = SHARE * teacher.weight * (apart.T @ fitted).T
    return WordResidual(teacher.pieces, np.asarray(moves, np.float32))
