"""Adds what the name of a file says about a query to what its content says."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

_SOME_WORDS = (0.2, 4.0)
_ALL_WORDS = (0.5, 6.0)
"""Slope and ceiling, in logits. Names are chosen by people and cannot be learned from data sets, so
the first pair was chosen on Flickr8k dev with names made up: words of another caption of the
picture, or false ones. The mean reciprocal rank, 0.384 by meaning, becomes 0.386 where a tenth of
the names are true, 0.390 where a third are true and a third false, and 0.383 where a third are
false and none is true; half and twice the slope gain less (tests/benchmarks/name_fusion.py). A
name with all words of the query says more. As with code, many words count less than their sum."""
_THE_NAME = 20.0
"""A query that is a file's name finds it first: more than meaning alone ever reaches, even against
kinds of file of which there are so few that each counts for more (match.py)."""


_PHRASE_STEP, _PHRASE_CEILING = 4.0, 12.0
"""What words in the order of the query say for each neighbour: chance brings two together now and
then, four hardly ever. With these, 100 of 100 made screenshots are found first by three words of a
line of theirs, without them 20 (tests/benchmarks/printed_text.py)."""


def name_logits(
    bm25: F32,
    n_terms: int,
    is_whole: NDArray[np.bool_],
    is_name: NDArray[np.bool_],
    is_phrase: NDArray[np.bool_],
    n_asset: int,
) -> F32:
    """What to add to the logit of some assets: (n,) float32, 0 where no word matches.

    bm25:     (n,) scores of the query's words in names, folders and metadata.
    is_whole: (n,) all words of the query are there.
    is_name:  (n,) the query is the name. The more files are called so, the less it says.
    is_phrase: (n,) a text of it says the words one after the other.
    n_asset:  how many assets there are in all.
    """
    evidence = bm25 / math.sqrt(n_terms)
    added = np.where(is_whole, bounded(evidence, *_ALL_WORDS), bounded(evidence, *_SOME_WORDS))
    n_name = int(np.count_nonzero(is_name))
    if n_name:
        added = added + is_name * _THE_NAME * (1 - math.log(n_name) / math.log(n_asset + 1))
    added = added + is_phrase * min(_PHRASE_STEP * (n_terms - 1), _PHRASE_CEILING)
    return np.asarray(added, np.float32)


def bounded(evidence: F32, slope: float, ceiling: float) -> F32:
    """Straight at first, and never above the ceiling."""
    return np.asarray(ceiling * (1 - np.exp(-slope / ceiling * evidence)), np.float32)
