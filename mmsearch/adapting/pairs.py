"""Sentences of a person, and the files of a library that they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from mmsearch.adapt.residual import Ints, Pairs
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.evidence import described
from mmsearch.normalise.probes import Judged
from mmsearch.normalise.terms import Terms
from mmsearch.types import F32, Modality

_MOST_FILES = 2000
_TEXTS_AT_ONCE = 64
_SEED = 11

EncodeTexts = Callable[[Sequence[str]], F32]


def pairs_of(
    gallery: Gallery,
    kind: Modality,
    encode_texts: EncodeTexts,
    judged: Sequence[Judged],
    terms: Terms,
    others: F32,
) -> Pairs:
    """What names the files of a kind: titles, names in words, and sentences they were liked for.

    Of each file the segment that its sentence is nearest to. others: as in Pairs.
    """
    chance = np.random.default_rng(_SEED)
    of_kind = gallery.asset_modality == MODALITIES.index(kind)
    rows = chance.permutation(np.flatnonzero(of_kind & gallery.is_indexed)).tolist()
    found = described(gallery.relative_paths, gallery.metadata, rows, least_words=1)
    named = [(text, int(gallery.asset_content[row])) for row, text in islice(found, _MOST_FILES)]
    place_of = {text: place for place, text in enumerate(dict.fromkeys(text for text, _ in named))}
    liked = _liked(gallery, rows, judged)
    vectors = _encoded(list(place_of), encode_texts, gallery.vectors.shape[1])
    texts = np.concatenate([vectors, *(one[None] for one, _ in liked)])
    pairs = [(place_of[text], content) for text, content in named]
    for place, (_, right) in enumerate(liked, len(place_of)):
        pairs += [(place, content) for content in right]
    text_of, content_of = np.array(pairs, np.int64).reshape(-1, 2).T
    contents, item_of = np.unique(content_of, return_inverse=True)
    segments = _segments(gallery, texts, text_of, content_of)
    own = np.zeros(len(contents), np.int64)
    own[item_of] = segments
    taken = sum(
        (one.term[own] for one in terms.factors.get("text", ()) if one.active is None),
        np.zeros(len(own), np.float32),
    )
    return Pairs(texts, gallery.vectors[own], taken, text_of, item_of, others)


def _encoded(texts: Sequence[str], encode_texts: EncodeTexts, dim: int) -> F32:
    batches = range(0, len(texts), _TEXTS_AT_ONCE)
    found = [encode_texts(texts[at : at + _TEXTS_AT_ONCE]) for at in batches]
    return np.concatenate([np.zeros((0, dim), np.float32), *found])


def _liked(
    gallery: Gallery, rows: Sequence[int], judged: Sequence[Judged]
) -> list[tuple[F32, list[int]]]:
    """Sentences with the contents, among those of these assets, that were liked for them."""
    place_of = {gallery.content_ids[row]: int(gallery.asset_content[row]) for row in rows}
    found = [
        (one.vector, [place_of[some] for some in one.liked if some in place_of]) for one in judged
    ]
    return [(vector, contents) for vector, contents in found if contents]


def _segments(gallery: Gallery, texts: F32, text_of: Ints, content_of: Ints) -> Ints:
    """Of the content of each pair the segment that its sentence is nearest to: (n_pair,)."""
    first = gallery.first_segment
    if (first[content_of + 1] - first[content_of] == 1).all():
        return first[content_of]
    found = [
        first[content]
        + int((gallery.vectors[first[content] : first[content + 1]] @ texts[text]).argmax())
        for text, content in zip(text_of, content_of, strict=True)
    ]
    return np.array(found, np.int64)
