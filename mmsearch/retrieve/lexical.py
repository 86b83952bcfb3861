"""Lexical search: BM25 of the query's words in the words of each segment.

LanceDB's full-text index holds the words and answers while a library is being written, when the
gallery comes out of the database anyway. A search of a library at rest reads the postings in the
snapshot, which are made of the same table and give the same scores. Importing LanceDB and opening
its table would cost such a search 1.1 s of processor time, on top of 0.4 s (and 1.7 s on top of
0.7 s by the clock, on two busy cores); it cannot be hidden behind the loading of the encoder,
because both need the interpreter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.identifiers import name_words, terms
from mmsearch.postings import Postings, WordMatches
from mmsearch.types import F32, Modality

MatchWords = Callable[[Sequence[str], int], WordMatches]
"""Terms and a limit to the best segments: how the database is asked."""

_MAX_TERMS = 64
"""Of a text pasted as a query the first words have to do; more would cost time and add little."""
_MAX_MATCHES = 1000
_K1 = 1.2
_B = 0.75
"""As in LanceDB."""
_B_OF_SHORT_TEXTS = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """What the words of a query say about each segment."""

    scores: F32
    """(n_segment,) BM25, 0 where no word matches."""
    n_terms: int
    """Of the query."""
    is_whole: NDArray[np.bool_] | None = None
    """(n_segment,) which have all words of it; None where that is not known."""

    def of_rows(self, rows: NDArray[np.int64]) -> Lexical:
        """What they say about some segments."""
        is_whole = None if self.is_whole is None else self.is_whole[rows]
        return Lexical(self.scores[rows], self.n_terms, is_whole)


def query_terms(text: str) -> list[str]:
    """The different words of a query, as they are stored; nothing in it is syntax."""
    return list(dict.fromkeys(terms(text)))[:_MAX_TERMS]


def lexical(text: str, gallery: Gallery, match_words: MatchWords | None) -> Lexical | None:
    """The BM25 of each segment; None where words say nothing.

    That is: a query without any, or a gallery without. ``match_words`` is asked when the gallery
    does not know its words itself.
    """
    found = query_terms(text)
    if not found:
        return None
    if gallery.words is not None:
        if len(gallery.words.terms) == 0:
            return None
        scores, n_found = bm25(gallery.words, found), _n_found(gallery.words, found)
        return Lexical(scores, len(found), n_found == len(found))
    if match_words is None:
        return None
    matches = match_words(found, _MAX_MATCHES)
    scores = np.zeros(gallery.n_segment, np.float32)
    rows = _rows(gallery, matches)
    scores[rows[rows >= 0]] = np.asarray(matches.scores, np.float32)[rows >= 0]
    return Lexical(scores, len(found))


def lacking_phrases(phrases: Sequence[str], gallery: Gallery) -> NDArray[np.bool_] | None:
    """Code in which a word of a phrase is missing: (n_segment,) bool.

    The order of words is not kept, so that a phrase is taken to be there when all its words are.
    None where there is no phrase, or the gallery does not know its words.
    """
    wanted = {term for phrase in phrases for term in query_terms(phrase)}
    if not wanted or gallery.words is None or len(gallery.words.terms) == 0:
        return None
    n_found = _n_found(gallery.words, wanted)
    is_code = gallery.kind == MODALITIES.index(Modality.CODE)
    return np.asarray(is_code & (n_found < len(wanted)))


def _n_found(words: Postings, wanted: Iterable[str]) -> NDArray[np.uint8]:
    """How many of some words each row has: (n_row,)."""
    n_found = np.zeros(len(words.lengths), np.uint8)
    for term in wanted:
        n_found[words.rows[words.of(term)]] += 1
    return n_found


def match_concepts(text: str, gallery: Gallery) -> Lexical | None:
    """The BM25 of each segment by the words that describe it; None where none of them is asked."""
    if gallery.concepts is None:
        return None
    found = list(dict.fromkeys(name_words(text)))[:_MAX_TERMS]
    words = gallery.concepts.words
    if not any(words.of(term) != slice(0, 0) for term in found):
        return None
    return Lexical(bm25(words, found, b=_B_OF_SHORT_TEXTS), len(found))


def bm25(words: Postings, query: Sequence[str], *, b: float = _B) -> F32:
    """Sum over the query's words of idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / mean)).

    idf = ln(1 + (N − n + ½) / (n + ½)) with n of the N rows having the word.
    Returns (n_row,) float32. Source: Robertson and Zaragoza 2009, with the idf of Lucene.
    """
    scores = np.zeros(len(words.lengths), np.float32)
    for term in query:
        pairs = words.of(term)
        rows, count = words.rows[pairs], words.counts[pairs].astype(np.float64)
        share = 1 - b + b * words.lengths[rows] / words.mean_length
        idf = np.log(1 + (words.n_worded - len(rows) + 0.5) / (len(rows) + 0.5))
        scores[rows] += idf * count * (_K1 + 1) / (count + _K1 * share)
    return scores


def _rows(gallery: Gallery, matches: WordMatches) -> NDArray[np.int64]:
    """The gallery's row of each match: (n_match,); -1 for one that the gallery does not have."""
    wanted = set(matches.content_ids)
    content_of = {
        content_id: content
        for content_id, content in zip(
            gallery.content_ids, gallery.asset_content.tolist(), strict=True
        )
        if content_id in wanted and content >= 0
    }
    rows = np.full(len(matches.ordinals), -1, np.int64)
    for place, (content_id, ordinal) in enumerate(
        zip(matches.content_ids, matches.ordinals, strict=True)
    ):
        content = content_of.get(content_id)
        if content is not None:
            row = int(gallery.first_segment[content]) + ordinal
            rows[place] = row if row < gallery.first_segment[content + 1] else -1
    return rows
