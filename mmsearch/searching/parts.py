"""The parts of a query: each embedded, each scored by itself, and all of them weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.expression import Example, Words, signed_leaves
from mmsearch.fuse.calibrate import Calibration, logits
from mmsearch.fuse.compose import CERTAIN, compose
from mmsearch.fuse.lexical import with_words
from mmsearch.gallery import Gallery
from mmsearch.retrieve.conditions import segments_passing
from mmsearch.retrieve.lexical import Lexical, MatchWords, lexical
from mmsearch.searching.examples import embed_example
from mmsearch.settings import Settings
from mmsearch.types import F32, Query


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


def embedded_parts(query: Query, encoder: Encoder, settings: Settings) -> Iterator[Part]:
    """The wanted and avoided parts in the order of the query, each embedded; texts in one batch."""
    found = list(signed_leaves(query.wanted))
    texts = [leaf.text for leaf, _ in found if isinstance(leaf, Words)]
    sentences: Iterator[F32] = iter(encoder.encode_texts(texts)[:, None] if texts else ())
    n_wanted = sum(isinstance(leaf, Words) and not avoided for leaf, avoided in found)
    counts: Counter[str] = Counter()
    for leaf, avoided in found:
        if isinstance(leaf, Words):
            name = _part_name("not" if avoided else "text", counts)
            yield Part(name, "text", next(sentences), avoided, leaf.text, n_wanted == 1)
        elif isinstance(leaf, Example):
            name = _part_name("not like" if avoided else "like", counts)
            kind, vectors = embed_example(Path(leaf.path), encoder, settings)
            yield Part(name, kind, vectors, avoided)


def _part_name(sort: str, counts: Counter[str]) -> str:
    """``text`` for the first sentence, then ``text:2``; ``like:1`` for the first example."""
    counts[sort] += 1
    return sort if sort == "text" and counts[sort] == 1 else f"{sort}:{counts[sort]}"


def part_logits(
    part: Part,
    cosine: F32,
    gallery: Gallery,
    calibration: Calibration,
    words: Lexical | None,
    match_words: MatchWords | None,
) -> F32:
    """What one part says about each segment: (n_segment,). ``words`` are of all sentences."""
    logit = logits(cosine, gallery, part.kind, calibration)
    if words is None or not part.text or part.avoided:
        return logit
    own = words if part.is_only_sentence else lexical(part.text, gallery, match_words)
    return logit if own is None else with_words(logit, own.scores, own.n_terms, gallery)


def composed(
    query: Query,
    logits_of_parts: Sequence[F32],
    gallery: Gallery,
    root_paths: Mapping[str, Path],
) -> F32:
    """One logit a segment from all parts: (n_segment,)."""
    if query.wanted is None:
        return np.full(gallery.n_segment, CERTAIN, np.float32)
    left = iter(logits_of_parts)
    values = [
        next(left)
        if isinstance(leaf, Words | Example)
        else segments_passing(leaf, gallery, root_paths)
        for leaf, _ in signed_leaves(query.wanted)
    ]
    return compose(query.wanted, values)
