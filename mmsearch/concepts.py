"""Concept words: the words of a fixed vocabulary that come nearest to a picture or a sound.

The stand-in without training for encoders that predict words (VDR, Zhou et al. 2024; LexLIP, Luo
et al. 2023). They say why something was found, and they are searched like words of a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmsearch.postings import Postings
from mmsearch.types import F32, Modality

N_CONCEPTS = 5
"""Words a segment. On Flickr8k dev, 5 find more than 8, 12 or 20 do."""
NO_CONCEPT = np.iinfo(np.uint16).max
_ROWS_AT_ONCE = 2048

Places = NDArray[np.uint16]
"""(n_segment, N_CONCEPTS) places in the vocabulary, nearest first; NO_CONCEPT where none."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Words with their vectors in the space of an encoder."""

    words: Sequence[str]
    vectors: F32
    """(n_word, dim)."""
    used_for: Mapping[Modality, NDArray[np.int64]]
    """The places of the words that describe segments of a kind, at least N_CONCEPTS of them."""
    means: Mapping[Modality, F32]
    """The mean vector (dim,) of many segments of a kind, taken away before comparing: otherwise
    the words that are near to every picture would be found in every picture."""
    priors: Mapping[Modality, F32]
    """How usual each word used for a kind is, on the scale of the cosine: (n_used,)."""
    fingerprint: str

    def nearest(self, kind: Modality, vectors: F32) -> Places:
        """The nearest words of segments of one kind. vectors: (n, dim) unit vectors."""
        if kind not in self.used_for:
            return np.full((len(vectors), N_CONCEPTS), NO_CONCEPT, np.uint16)
        used = self.used_for[kind]
        directions = _directions(self.vectors[used])
        places = np.zeros((len(vectors), N_CONCEPTS), np.uint16)
        for at in range(0, len(vectors), _ROWS_AT_ONCE):
            apart = vectors[at : at + _ROWS_AT_ONCE] - self.means[kind]
            scores = apart @ directions.T + self.priors[kind]
            places[at : at + _ROWS_AT_ONCE] = used[_largest(scores)]
        return places

    def in_block(self, block: slice, dim: int, kinds: Set[Modality]) -> Vocabulary:
        """The same words where the encoder's vectors are a block of (dim,) vectors.

        kinds: those that are still described; segments of the others lie in other blocks.
        """
        return replace(
            self,
            vectors=_widened(self.vectors, block, dim),
            used_for={kind: used for kind, used in self.used_for.items() if kind in kinds},
            means={kind: _widened(mean[None], block, dim)[0] for kind, mean in self.means.items()},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """The concept words of a gallery's segments."""

    vocabulary: Sequence[str]
    fingerprint: str
    places: Places
    words: Postings
    """Rows are segments."""

    def of(self, segment: int) -> tuple[str, ...]:
        """The words of one segment, nearest first."""
        return tuple(
            self.vocabulary[place] for place in self.places[segment].tolist() if place != NO_CONCEPT
        )


def _widened(vectors: F32, block: slice, dim: int) -> F32:
    """Vectors in a block of wider ones that are zero elsewhere: (n, dim)."""
    wide = np.zeros((len(vectors), dim), np.float32)
    wide[:, block] = vectors
    return wide


def _directions(vectors: F32) -> F32:
    """What tells each word from the mean of all: (n_word, dim), unit length."""
    apart = vectors - vectors.mean(axis=0)
    length = np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-12)
    return np.asarray(apart / length, np.float32)


def _largest(scores: NDArray[np.floating]) -> NDArray[np.int64]:
    """The places of the N_CONCEPTS largest of each row, largest first."""
    some = np.argpartition(-scores, N_CONCEPTS - 1, axis=1)[:, :N_CONCEPTS]
    order = np.argsort(-np.take_along_axis(scores, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)
