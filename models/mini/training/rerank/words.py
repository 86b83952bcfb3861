"""The words that the reranker knows: pieces of the text tower's tokens that captions use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.picture_words import FIRST_WORD_PIECE
from mmsearch.encode.mini.text_tower import open_tokenizer

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What is known, and how usual it is."""

    pieces: Ints
    """(n_word,) the numbers of the tokens, rising."""
    share: NDArray[np.float32]
    """(n_word,) the share of captions that have the word."""

    def of(self, pieces: Ints) -> Ints:
        """The places of the words of one caption, in its order; unknown ones are left out."""
        places = np.searchsorted(self.pieces, pieces).clip(max=len(self.pieces) - 1)
        return np.asarray(places[self.pieces[places] == pieces])


def tokens(captions: Sequence[str]) -> list[Ints]:
    """The numbers of the tokens of each caption."""
    tokenizer = open_tokenizer(read_catalog()["mini"].file("text tokens").verify())
    return [np.array(one.ids, np.int64) for one in tokenizer.encode_batch(list(captions))]


def known_words(rows: Sequence[Ints], least: int) -> Words:
    """The tokens that occur at least ``least`` times, without those of the tokenizer itself."""
    counts = np.bincount(np.concatenate(rows))
    pieces = np.flatnonzero(counts >= least)
    pieces = pieces[pieces >= FIRST_WORD_PIECE]
    found = np.bincount(np.concatenate([np.unique(row) for row in rows]), minlength=len(counts))
    return Words(pieces, (found[pieces] / len(rows)).astype(np.float32))
