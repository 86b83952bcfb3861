"""Which words of a query are in a hit, and where: why it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.identifiers import name_words, terms, typed_words
from mmsearch.postings import Postings
from mmsearch.store.records import metadata_from_json
from mmsearch.types import FoundWord, Modality

_MAX_WORDS = 64
_METADATA = ("title", "artist", "album", "camera", "caption", "tags", "printed")

DESCRIBED = ("speech", "description")
"""Where words are that models made: what is said in a film or sound, what a picture shows."""
_WORDED = {
    Modality.CODE: "text",
    Modality.IMAGE: "description",
    Modality.AUDIO: "speech",
    Modality.VIDEO: "speech",
}

Rows = NDArray[np.int64]


def found_words(
    text: str, gallery: Gallery, rows: Sequence[int], segments: Sequence[int]
) -> list[tuple[FoundWord, ...]]:
    """For each hit the words of the query that it has, in the order of the query.

    rows, segments: asset and best segment of each hit.
    """
    found: list[dict[FoundWord, None]] = [{} for _ in rows]
    if not text.strip():
        return [()] * len(rows)
    asset, segment = np.asarray(rows, np.int64), np.asarray(segments, np.int64)
    for word in typed_words(text)[:_MAX_WORDS]:
        for hit, where in _places(word, gallery, asset, segment):
            found[hit].setdefault(FoundWord(word, where))
    return [tuple(words) for words in found]


def _places(word: str, gallery: Gallery, asset: Rows, segment: Rows) -> Iterator[tuple[int, str]]:
    """Pairs of a hit and where in it the word is."""
    if gallery.names is not None:
        for term in _comparable(name_words, word):
            for hit in _having(gallery.names.words, term, asset):
                yield hit, _place_in_name(gallery, int(asset[hit]), term)
    if gallery.words is not None:
        for term in _comparable(terms, word):
            for hit in _having(gallery.words, term, segment):
                yield hit, _WORDED[MODALITIES[gallery.kind[segment[hit]]]]
    if gallery.concepts is not None:
        for term in _comparable(name_words, word):
            for hit in _having(gallery.concepts.words, term, segment):
                yield hit, "concepts"


def _comparable(cut: Callable[[str], list[str]], word: str) -> list[str]:
    """The forms of a word, which may be an identifier of several."""
    return list(dict.fromkeys(cut(word)))


def _having(words: Postings, term: str, rows: Rows) -> list[int]:
    """The hits whose row has a term."""
    having = words.rows[words.of(term)]
    if len(having) == 0:
        return []
    place = np.minimum(np.searchsorted(having, rows), len(having) - 1)
    return np.flatnonzero(having[place] == rows).tolist()


def _place_in_name(gallery: Gallery, row: int, term: str) -> str:
    """The most telling place: the file's own name, then what it says, then its folders."""
    folder, _, name = gallery.relative_paths[row].rpartition("/")
    if term in name_words(name):
        return "name"
    metadata = metadata_from_json(gallery.metadata[row])
    for field in _METADATA:
        said = getattr(metadata, field) or ""
        if term in name_words(said if isinstance(said, str) else " ".join(said)):
            return field
    return "folder" if term in name_words(folder) else "name"
