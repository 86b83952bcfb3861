"""The parts of a query: each embedded, each scored by itself, and all of them weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from mmsearch.adapt.adapter import Adapter
from mmsearch.encode.encoder import Encoder
from mmsearch.expression import Example, Words, signed_leaves
from mmsearch.fuse.calibrate import Calibration, logits
from mmsearch.fuse.compose import CERTAIN, compose
from mmsearch.fuse.sequence import with_order
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.terms import Terms, bank_term
from mmsearch.query.emoji import spelled_out
from mmsearch.query.order import steps_of
from mmsearch.retrieve.conditions import segments_passing
from mmsearch.retrieve.exact import cosines
from mmsearch.searching.examples import embed_example
from mmsearch.searching.picture_scores import token_ids
from mmsearch.searching.words import SentenceWords, WordSearch, sentence_words
from mmsearch.settings import Settings
from mmsearch.types import F32, Modality, Query

Adapters = Mapping[Modality, Adapter]
"""How sentences are bent to find a kind; kinds may be missing."""
NO_ADAPTERS: Adapters = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One thing that is wanted or to be avoided, as vectors."""

    name: str
    kind: str
    """"text" or the modality of an example's segments."""
    vectors: F32
    avoided: bool = False
    text: str = ""
    is_only_sentence: bool = False
    steps: F32 | None = None
    """(n_step, dim) of a sentence that tells of one thing after another."""
    phrases: tuple[str, ...] = ()
    """Of the text, those that are in quotes."""
    adapted: Mapping[int, F32] = field(default_factory=dict)
    """``vectors`` as they are compared with segments of some kinds, by the kind's code."""


def embedded_parts(
    query: Query, encoder: Encoder, settings: Settings, adapters: Adapters
) -> Iterator[Part]:
    """The wanted and avoided parts in the order of the query, each embedded; texts in one batch.

    What comes after each other (``steps``) is compared as it is.
    """
    found = list(signed_leaves(query.wanted))
    texts = [spelled_out(leaf.text) for leaf, _ in found if isinstance(leaf, Words)]
    is_only = sum(isinstance(leaf, Words) and not avoided for leaf, avoided in found) == 1
    sentences: Iterator[F32] = iter(encoder.encode_texts(texts)[:, None] if texts else ())
    counts: Counter[str] = Counter()
    for leaf, avoided in found:
        if isinstance(leaf, Words):
            name = _part_name("not" if avoided else "text", counts)
            steps = steps_of(spelled_out(leaf.text))
            vectors = encoder.encode_texts(steps) if steps else None
            sentence = next(sentences)
            bent = _bent(sentence, spelled_out(leaf.text), encoder, adapters)
            yield Part(
                name, "text", sentence, avoided, leaf.text, is_only, vectors, leaf.phrases, bent
            )
        elif isinstance(leaf, Example):
            name = _part_name("not like" if avoided else "like", counts)
            kind, vectors = embed_example(Path(leaf.path), encoder, settings)
            yield Part(name, kind, vectors, avoided)


def _bent(sentence: F32, text: str, encoder: Encoder, adapters: Adapters) -> dict[int, F32]:
    """A sentence, (1, dim), as each kind that has an adapter is compared with it, by its code."""
    needs_words = any(one.words is not None for one in adapters.values())
    tokens = [token_ids(encoder, text)] if needs_words else []
    return {MODALITIES.index(kind): one.bend(sentence, tokens) for kind, one in adapters.items()}


def _part_name(sort: str, counts: Counter[str]) -> str:
    """``text`` for the first sentence, then ``text:2``; ``like:1`` for the first example."""
    counts[sort] += 1
    return sort if sort == "text" and counts[sort] == 1 else f"{sort}:{counts[sort]}"


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPart:
    """How well each segment answers one part, by itself."""

    part: Part
    cosine: F32
    """(n_segment,)"""
    bank: F32 | None
    """(n_segment,) what was taken off the cosine against hubs; None for nothing."""
    meaning: F32
    """(n_segment,) the logit of what is left."""
    words: SentenceWords | None
    """Of a sentence; None where words say nothing."""
    logit: F32
    """(n_segment,) of the meaning with the words."""


def scored_part(
    part: Part,
    gallery: Gallery,
    calibration: Calibration,
    terms: Terms,
    by_words: WordSearch | None,
) -> ScoredPart:
    """What one part says about each segment, by its words too unless that is None."""
    cosine = _part_cosines(part, gallery)
    bank = bank_term(cosine, gallery.kind, terms, part.kind)
    normalised = cosine if bank is None else cosine - bank
    meaning = logits(normalised, gallery, part.kind, calibration)
    if part.steps is not None:
        meaning = with_order(meaning, _step_logits(part, gallery, calibration, terms), gallery)
    if by_words is None or not part.text:
        return ScoredPart(part, cosine, bank, meaning, None, meaning)
    words = sentence_words(part.text, part.phrases, gallery, by_words)
    if words is None:
        return ScoredPart(part, cosine, bank, meaning, None, meaning)
    logit = words.with_meaning(meaning, gallery.kind)
    return ScoredPart(part, cosine, bank, meaning, words, logit)


def _part_cosines(part: Part, gallery: Gallery) -> F32:
    """The cosine of each segment to a part, adapted to its kind: (n_segment,)."""
    only = gallery.only_kind
    if only is not None and only in part.adapted:
        return cosines(gallery, part.adapted[only])
    cosine = cosines(gallery, part.vectors)
    for code, vectors in part.adapted.items():
        if gallery.n_of_kind[code]:
            rows = gallery.kind == code
            cosine[rows] = cosines(gallery, vectors)[rows]
    return cosine


def exact_cosines(part: Part, vectors: F32, kind: NDArray[np.uint8]) -> F32:
    """The cosines of some segments to a part, from their vectors, (n, dim), and kinds: (n,)."""
    cosine = np.asarray((vectors @ part.vectors.T).max(axis=1), np.float32)
    for code, adapted_vectors in part.adapted.items():
        rows = kind == code
        cosine[rows] = (vectors[rows] @ adapted_vectors.T).max(axis=1)
    return cosine


def _step_logits(part: Part, gallery: Gallery, calibration: Calibration, terms: Terms) -> list[F32]:
    """How well each segment answers each step of a part, by meaning."""
    found = []
    for vector in part.steps if part.steps is not None else ():
        cosine = cosines(gallery, vector[None])
        bank = bank_term(cosine, gallery.kind, terms, part.kind)
        normalised = cosine if bank is None else cosine - bank
        found.append(logits(normalised, gallery, part.kind, calibration))
    return found


def composed(
    query: Query,
    logits_of_parts: Sequence[F32],
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    rows: NDArray[np.int64] | slice = slice(None),
) -> F32:
    """One logit a segment from all parts: (n_segment,), or (n_row,) of some segments only."""
    if query.wanted is None:
        return np.full(gallery.n_segment, CERTAIN, np.float32)[rows]
    left = iter(logits_of_parts)
    values = [
        next(left)
        if isinstance(leaf, Words | Example)
        else segments_passing(leaf, gallery, root_paths)[rows]
        for leaf, _ in signed_leaves(query.wanted)
    ]
    return compose(query.wanted, values)
