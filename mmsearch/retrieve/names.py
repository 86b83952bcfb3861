"""Which assets are called what a query says, by name, folder or metadata."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.identifiers import name_words
from mmsearch.postings import AssetNames, name_key
from mmsearch.retrieve.lexical import bm25
from mmsearch.retrieve.phrases import said_in_order
from mmsearch.types import F32

_MAX_TERMS = 32
_B = 0.25
"""A long path is only a little less about each of its words than a short one."""


@dataclass(frozen=True, slots=True, eq=False)
class NameMatches:
    """What the words of a query say about each asset."""

    scores: F32
    """(n_asset,) BM25 over names, folders and metadata; 0 where no word matches."""
    n_terms: int
    """Of the query."""
    is_whole: NDArray[np.bool_]
    """(n_asset,) whether all words of the query are there."""
    is_name: NDArray[np.bool_]
    """(n_asset,) whether the file's name is made of just these words."""
    is_phrase: NDArray[np.bool_]
    """(n_asset,) whether a text of it has the words one after the other."""


def match_names(text: str, gallery: Gallery) -> NameMatches | None:
    """None where no asset has any of the words."""
    terms = list(dict.fromkeys(name_words(text)))[:_MAX_TERMS]
    if gallery.names is None or not terms:
        return None
    n_found = np.zeros(gallery.n_asset, np.uint8)
    for term in terms:
        n_found[gallery.names.words.rows[gallery.names.words.of(term)]] += 1
    if not n_found.any():
        return None
    scores, is_whole = bm25(gallery.names.words, terms, b=_B), n_found == len(terms)
    return NameMatches(
        scores=scores,
        n_terms=len(terms),
        is_whole=is_whole,
        is_name=_are_names(text, gallery, gallery.names),
        is_phrase=said_in_order(text, gallery, is_whole, scores),
    )


def _are_names(text: str, gallery: Gallery, names: AssetNames) -> NDArray[np.bool_]:
    """Assets of which the text is the name, with the extension or without: (n_asset,) bool."""
    found = names.keys == name_key(name_words(text))
    stem, _, extension = text.strip().rpartition(".")
    if stem and extension.lower() in gallery.extensions:
        place = gallery.extensions.index(extension.lower())
        own = names.keys == name_key(name_words(stem))
        found = found | (own & (gallery.asset_extension == place))
    return np.asarray(found & (names.keys != 0))
