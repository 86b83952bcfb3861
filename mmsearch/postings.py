"""Words turned round: which rows of the gallery have a word, and how often.

The rows are segments, for words that stand in them, or assets, for words of names and metadata.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Postings:
    """Columns of n_term words and n_posting pairs of a word and a row, sorted by both.

    The pairs of word t are ``ends[t - 1]:ends[t]``. Those of segments are made from the table that
    LanceDB's full-text index is made from, and give the same scores; see retrieve/lexical.py.
    """

    terms: Sequence[str]
    """Sorted, so that a word is found by bisection and no dictionary has to be built."""
    ends: NDArray[np.int64]
    """(n_term,) where the pairs of each word end."""
    rows: NDArray[np.int32]
    """(n_posting,) rows of the gallery, ascending within a word."""
    counts: NDArray[np.uint16]
    """(n_posting,) how often the word is in the row."""
    lengths: NDArray[np.int32]
    """(n_row,) words of each row; 0 for one that has none."""

    @cached_property
    def n_worded(self) -> int:
        """How many rows have words."""
        return int(np.count_nonzero(self.lengths))

    @cached_property
    def mean_length(self) -> float:
        """Words a row that has some."""
        return float(self.lengths.sum(dtype=np.int64)) / max(self.n_worded, 1)

    def of(self, term: str) -> slice:
        """Where the pairs of a word are; an empty slice for one that is nowhere."""
        place, is_known = self.place_of(term)
        if not is_known:
            return slice(0, 0)
        return slice(int(self.ends[place - 1]) if place else 0, int(self.ends[place]))

    def place_of(self, term: str) -> tuple[int, bool]:
        """Where a word is among the terms, or would be, and whether it is there."""
        place = bisect.bisect_left(self.terms, term)
        return place, place < len(self.terms) and self.terms[place] == term


@dataclass(frozen=True, slots=True, eq=False)
class AssetNames:
    """What assets are called, and what their metadata says, in words."""

    words: Postings
    """Rows are assets. A word of the file's own name counts more than one of a folder."""
    keys: NDArray[np.int64]
    """(n_asset,) name_key of each file's name without folders and extension."""


def name_key(words: Iterable[str]) -> int:
    """One number for a set of words, whatever their order; 0 for none."""
    different = sorted(set(words))
    if not different:
        return 0
    digest = blake2b(" ".join(different).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Segments found by words, as the database names them, with their BM25."""

    content_ids: Sequence[str] = ()
    ordinals: Sequence[int] = ()
    """The place of each segment within its content."""
    scores: Sequence[float] = ()


def no_postings(n_row: int) -> Postings:
    """Of rows without words."""
    return Postings(
        terms=(),
        ends=np.zeros(0, np.int64),
        rows=np.zeros(0, np.int32),
        counts=np.zeros(0, np.uint16),
        lengths=np.zeros(n_row, np.int32),
    )


def no_names(n_asset: int) -> AssetNames:
    """Of assets without names."""
    return AssetNames(no_postings(n_asset), np.zeros(n_asset, np.int64))
