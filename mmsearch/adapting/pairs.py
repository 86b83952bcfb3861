"""Sentences of a person, and the files of a library that they name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mmsearch.adapt.residual import Ints, Pairs
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.evidence import described
from mmsearch.normalise.probes import Judged
from mmsearch.normalise.terms import Terms
from mmsearch.types import F32, Modality

MOST_FILES = 2000
_TEXTS_AT_ONCE = 64
_SEED = 11
_STARS = 4
"""From so many on a person likes a file."""
_REJECTED = -1
"""What XMP calls a picture that is to be thrown away: its name was given in passing."""

EncodeTexts = Callable[[Sequence[str]], F32]
Tell = Callable[[float], None]
"""Told how much of it is done, from 0 to 1; may raise to end it."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Sentences and what they name."""

    pairs: Pairs
    texts: tuple[str, ...]
    """Of the pairs; empty for one that is known by its vector only."""
    rows: Ints
    """(n_item,) an asset that each item is the content of."""


def pairs_of(
    gallery: Gallery,
    kind: Modality,
    encode_texts: EncodeTexts,
    judged: Sequence[Judged],
    terms: Terms,
    others: F32,
    tell: Tell = lambda done: None,
) -> Texts:
    """What names the files of a kind: titles, names in words, and sentences they were liked for.

    Of each file the segment that its sentence is nearest to. Of more files than are learned from,
    those with stars come first; what was rejected is left out. others: as in Pairs.
    """
    rows = _rows(gallery, kind)
    found = described(gallery.relative_paths, gallery.metadata, rows, least_words=1)
    named = [(text, row) for text, row in islice(_turned(found), MOST_FILES)]
    place_of = {text: place for place, text in enumerate(dict.fromkeys(text for text, _ in named))}
    asked = _judged(gallery, rows, judged)
    vectors = _encoded(list(place_of), encode_texts, gallery.vectors.shape[1], tell)
    texts = np.concatenate([vectors, *(one.vector[None] for one, _, _ in asked)])
    pairs = [(place_of[text], row) for text, row in named]
    wrong: list[tuple[int, int]] = []
    for place, (_, liked, disliked) in enumerate(asked, len(place_of)):
        pairs += [(place, row) for row in liked]
        wrong += [(place, row) for row in disliked]
    items = _Items(gallery, texts, pairs, wrong, terms)
    return Texts(items.pairs(others), (*place_of, *(one.text for one, _, _ in asked)), items.rows)


def _rows(gallery: Gallery, kind: Modality) -> list[int]:
    """The indexed assets of a kind that are not rejected, mixed, those with stars first."""
    of_kind = gallery.asset_modality == MODALITIES.index(kind)
    chance = np.random.default_rng(_SEED)
    rows = chance.permutation(np.flatnonzero(of_kind & gallery.is_indexed)).tolist()
    stars = {row: _stars(gallery.metadata[row]) for row in rows}
    kept = [row for row in rows if stars[row] != _REJECTED]
    return sorted(kept, key=lambda row: stars[row] < _STARS)


def _stars(metadata: str) -> int:
    """0 where nobody gave any. metadata: JSON of types.Metadata."""
    return int(json.loads(metadata).get("rating") or 0) if '"rating"' in metadata else 0


def _turned(found: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    return ((text, row) for row, text in found)


def _encoded(texts: Sequence[str], encode_texts: EncodeTexts, dim: int, tell: Tell) -> F32:
    vectors = [np.zeros((0, dim), np.float32)]
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        tell(start / len(texts))
        vectors.append(encode_texts(texts[start : start + _TEXTS_AT_ONCE]))
    return np.concatenate(vectors)


def _judged(
    gallery: Gallery, rows: Sequence[int], judged: Sequence[Judged]
) -> list[tuple[Judged, list[int], list[int]]]:
    """Sentences with the assets, among these, that were liked for them, and disliked."""
    row_of = {gallery.content_ids[row]: row for row in rows}

    def known(contents: Sequence[str]) -> list[int]:
        return [row_of[some] for some in contents if some in row_of]

    found = [(one, known(one.liked), known(one.disliked)) for one in judged]
    return [(one, liked, disliked) for one, liked, disliked in found if liked]


class _Items:
    """Contents that are named or disliked, as rows of their own."""

    def __init__(
        self,
        gallery: Gallery,
        texts: F32,
        pairs: Sequence[tuple[int, int]],
        wrong: Sequence[tuple[int, int]],
        terms: Terms,
    ) -> None:
        self._gallery, self._texts, self._terms = gallery, texts, terms
        both = np.array([*pairs, *wrong], np.int64).reshape(-1, 2)
        contents = gallery.asset_content[both[:, 1]]
        self._contents, first, item_of = np.unique(contents, return_index=True, return_inverse=True)
        self.rows: Ints = both[first, 1]
        self._text_of, self._item_of = both[:, 0], item_of
        self._n_pair = len(pairs)

    def pairs(self, others: F32) -> Pairs:
        text_of, item_of = self._text_of[: self._n_pair], self._item_of[: self._n_pair]
        own = np.zeros(len(self._contents), np.int64)
        # The last one to write stays, and that is to be the first pair of an item.
        order = np.arange(len(self._item_of))[::-1]
        own[self._item_of[order]] = self._segments()[order]
        taken = sum(
            (one.term[own] for one in self._terms.factors.get("text", ()) if one.active is None),
            np.zeros(len(own), np.float32),
        )
        wrong = np.stack((self._text_of, self._item_of), axis=1)[self._n_pair :]
        vectors = self._gallery.vectors[own]
        return Pairs(self._texts, vectors, taken, text_of, item_of, others, wrong)

    def _segments(self) -> Ints:
        """Of the content of each pair the segment that its sentence is nearest to: (n_pair,)."""
        first = self._gallery.first_segment
        contents = self._contents[self._item_of]
        if (first[contents + 1] - first[contents] == 1).all():
            return first[contents]
        found = [
            first[content]
            + int(
                (
                    self._gallery.vectors[first[content] : first[content + 1]] @ self._texts[text]
                ).argmax()
            )
            for text, content in zip(self._text_of, contents, strict=True)
        ]
        return np.array(found, np.int64)
