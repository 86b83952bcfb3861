"""Filters by concept words: what is seen in pictures and films, and heard in sounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.concepts import NO_CONCEPT
from mmsearch.gallery import Gallery

Mask = NDArray[np.bool_]


def with_tag(gallery: Gallery, words: Sequence[str]) -> Mask:
    """Assets of which a segment has one of the words among its concepts: (n_asset,) bool.

    Case and the endings of plurals do not matter; a word of several parts is meant as a whole.
    """
    if gallery.concepts is None:
        return np.zeros(gallery.n_asset, bool)
    is_wanted = np.zeros(NO_CONCEPT + 1, bool)
    is_wanted[_places(words, gallery.concepts.vocabulary)] = True
    segments = np.flatnonzero(is_wanted[gallery.concepts.places].any(axis=1))
    contents = np.zeros(len(gallery.first_segment), bool)  # the last is that of no content
    contents[np.searchsorted(gallery.first_segment, segments, side="right") - 1] = True
    return np.asarray(contents[gallery.asset_content])


def is_tag(word: str, gallery: Gallery) -> bool:
    """Whether there is such a word at all, in the vocabulary of this library."""
    return gallery.concepts is not None and bool(_places([word], gallery.concepts.vocabulary))


def used_tags(gallery: Gallery) -> list[str]:
    """The words that segments of this library have, in the order of the vocabulary."""
    _, places = gallery.concepts_by_content
    vocabulary = gallery.concepts.vocabulary if gallery.concepts else ()
    return [vocabulary[place] for place in np.unique(places).tolist()]


def n_by_tag(gallery: Gallery, mask: Mask) -> NDArray[np.int64]:
    """How many assets of a mask have each word of the vocabulary: (n_word,).

    mask: (n_asset,) of assets that have segments. Copies count each.
    """
    n_word = len(gallery.concepts.vocabulary) if gallery.concepts else 0
    contents, places = gallery.concepts_by_content
    n_asset = np.bincount(gallery.asset_content[mask], minlength=len(gallery.first_segment) - 1)
    return np.bincount(places, n_asset[contents], minlength=n_word).astype(np.int64)


def _places(words: Sequence[str], vocabulary: Sequence[str]) -> list[int]:
    """Where words are in a vocabulary, themselves, their plurals, or what they are plurals of."""
    typed = {word.lower() for word in words}
    plurals = {plural for word in typed for plural in _plurals(word)}
    return [
        place
        for place, word in enumerate(map(str.lower, vocabulary))
        if word in typed or word in plurals or not typed.isdisjoint(_plurals(word))
    ]


def _plurals(word: str) -> Iterator[str]:
    """What the plural of a word may be: dogs, boxes, puppies."""
    yield f"{word}s"
    yield f"{word}es"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"
