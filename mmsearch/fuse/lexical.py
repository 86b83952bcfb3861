"""Adds what the words of a query say about a segment to what its meaning says."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.names import bounded
from mmsearch.gallery import MODALITIES
from mmsearch.types import F32, Modality

_MEANING = 0.77
_WORDS = 0.5
_EXPECTED = 1.46
"""Logistic regression on CoSQA dev, with the ratio of the first two chosen by the ranking, which
hardly changes from 0.5 to 0.8: each says in part what the other says, so that neither counts in
full, and code without any word of the query is less likely right than its meaning alone says.
tests/benchmarks/code_fusion.py finds them, and compares this sum with others: reciprocal rank
falls below meaning alone, because words alone find far less."""


def with_words(logit: F32, bm25: F32, n_terms: int, kind: NDArray[np.uint8]) -> F32:
    """The logits of code with the evidence of words: (n_segment,) float32, a new array.

    logit:   (n_segment,) from the cosines to a sentence; of other kinds it stays as it is.
    bm25:    (n_segment,) scores of the sentence's words, unbounded.
    kind:    (n_segment,) as in Gallery.
    n_terms: words of the sentence. They repeat one another's evidence: a long sentence must not
             be surer than a short one by as much as its sum is larger.
    """
    is_code = kind == MODALITIES.index(Modality.CODE)
    both = _MEANING * logit + _WORDS / math.sqrt(n_terms) * bm25 - _EXPECTED
    return np.asarray(np.where(is_code, both, logit), np.float32)


_SOME_SAID, _ALL_SAID = (0.2, 4.0), (0.5, 6.0)
"""Slope and ceiling in logits, as of names (names.py): what a model has heard or seen may be wrong,
and so may a name."""


def with_said(
    logit: F32, bm25: F32, n_terms: int, is_whole: NDArray[np.bool_] | None, kind: NDArray[np.uint8]
) -> F32:
    """The logits of films, sounds and pictures with the words that models made of them.

    bm25, n_terms, kind: as in with_words; code stays as it is. is_whole: (n_segment,) which have
    all words. Returns (n_segment,) float32, a new array.
    """
    rows = np.flatnonzero((bm25 > 0) & (kind != MODALITIES.index(Modality.CODE)))
    changed = np.array(logit, np.float32)
    evidence = bm25[rows] / math.sqrt(n_terms)
    whole = np.zeros(len(rows), bool) if is_whole is None else is_whole[rows]
    changed[rows] += np.where(whole, bounded(evidence, *_ALL_SAID), bounded(evidence, *_SOME_SAID))
    return changed


_CONCEPTS = 0.05
"""Small, because the words come from the same vectors as the cosine and add little to it: on
Flickr8k dev the mean reciprocal rank stays (.384), on Caltech-101 the mean average precision of
class names becomes .518 from .516; with four times the weight .377 and .523."""


def with_concepts(logit: F32, bm25: F32, n_terms: int) -> F32:
    """The logits with the evidence of concept words: (n_segment,) float32, a new array.

    bm25: (n_segment,) scores of the sentence's words among the words that describe a segment.
    """
    return np.asarray(logit + _CONCEPTS / math.sqrt(n_terms) * bm25, np.float32)


_LACKING_PHRASE = np.float32(4.0)
"""Who writes quotes means the words: more than a good meaning gains over a fair one."""


def without_phrase(logit: F32, lacking: NDArray[np.bool_]) -> F32:
    """The logits less what code loses that lacks a word in quotes: (n_segment,) float32."""
    return np.asarray(logit - _LACKING_PHRASE * lacking, np.float32)
