"""What a reranker sees for each word in pictures of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mmsearch.adapt.residual import Ints
from mmsearch.adapt.word_residual import Teacher
from mmsearch.adapting.pairs import MOST_FILES, Tell, Texts
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality

_AT_ONCE = 32
_SEED = 13


@dataclass(frozen=True, slots=True, eq=False)
class SeesWords:
    """A reranker by words, and how sentences are cut for it."""

    pieces: Ints
    """(n_word,) the tokens that it knows, ascending."""
    weight: float
    """What a unit of evidence is worth, as a dot product of vectors of this library."""
    evidence: Callable[[Sequence[int]], F32]
    """Of some assets: (n, n_word), NaN in the rows of those that cannot be read."""
    tokens: Callable[[str], Ints]
    """Of a sentence."""


def teacher_of(gallery: Gallery, named: Texts, sees: SeesWords, tell: Tell) -> Teacher:
    """What it sees in the named pictures, and in others where they are few.

    Most of the time goes here: about twenty milliseconds a picture.
    """
    rows = _more(gallery, named.rows)
    found = [np.zeros((0, len(sees.pieces)), np.float32)]
    for start in range(0, len(rows), _AT_ONCE):
        tell(start / len(rows))
        found.append(sees.evidence(rows[start : start + _AT_ONCE].tolist()))
    item_of = np.full(len(rows), -1)
    item_of[: len(named.rows)] = np.arange(len(named.rows))
    segments = gallery.first_segment[gallery.asset_content[rows]]
    pictures = gallery.vectors[segments]
    return Teacher(sees.pieces, sees.weight, pictures, np.concatenate(found), item_of)


def _more(gallery: Gallery, rows: Ints) -> Ints:
    """These assets, and other pictures up to as many as names are learned from."""
    images = gallery.asset_modality == MODALITIES.index(Modality.IMAGE)
    known = np.isin(gallery.asset_content, gallery.asset_content[rows])
    others = np.flatnonzero(images & gallery.is_indexed & ~known)
    mixed = np.random.default_rng(_SEED).permutation(others)
    return np.concatenate([rows, mixed[: max(MOST_FILES - len(rows), 0)]])
