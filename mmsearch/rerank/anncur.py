"""Finds what a slow scorer likes best from what it said of other queries.

Sources: ANNCUR (Yadav et al. 2022, "Efficient Nearest Neighbor Search for Cross-Encoder Models
using Matrix Factorization", arXiv:2210.12579) and its adaptive form ADACUR (Yadav et al. 2023,
arXiv:2305.02996). The scores of some *anchor queries* with all items are kept; a new query is
written as a mixture of them by asking for a few items.
"""

from __future__ import annotations

import numpy as np

from mmsearch.rerank.asking import Asked, shares
from mmsearch.rerank.budget import Ints, Score
from mmsearch.types import F32

N_ROUND = 5
_NOISE = 1e-3
"""Singular values below this share of the largest are left out of the pseudo-inverse: the last
ones fit what the anchors do not explain."""


def anncur(
    anchors: F32, first: F32, score: Score, budget: int, *, n_anchor_item: int, seed: int = 0
) -> tuple[Ints, F32]:
    """The items that were scored, best first, and their scores: both (at most budget,).

    anchors:       (n_anchor_query, n_item) the slow scorer's scores R of the anchor queries.
    first:         (n_item,) scores of the first stage; they choose half of the anchor items, the
                   other half is random, so that the mixture is right far from the query, too.
    n_anchor_item: calls spent on anchor items A. The rest goes to the items with the largest
                   ``f(q, A) pinv(R_A) R``.
    """
    asked = Asked(len(first), score)
    n_anchor_item = min(n_anchor_item, budget)
    asked.ask(first, -(-n_anchor_item // 2))
    chance = np.random.default_rng(seed).random(len(first)).astype(np.float32)
    asked.ask(chance, n_anchor_item - len(asked.rows))
    asked.ask(guessed(anchors, asked), budget - len(asked.rows))
    return asked.ranked()


def adaptive_anncur(
    anchors: F32, first: F32, score: Score, budget: int, *, n_round: int = N_ROUND
) -> tuple[Ints, F32]:
    """The same in rounds: each asks for what is guessed best, and all that was asked is an anchor.

    The first round goes by ``first`` alone.
    """
    asked, guess = Asked(len(first), score), first
    for n_call in shares(budget, n_round):
        asked.ask(guess, n_call)
        guess = guessed(anchors, asked)
    return asked.ranked()


def guessed(anchors: F32, asked: Asked) -> F32:
    """What the scorer would say of every item, by what it said of some: (n_item,).

    The mixture w of anchor queries that is nearest to the scores c asked for, w = c pinv(R_A),
    gives all: w R.
    """
    if len(asked.rows) == 0 or len(anchors) == 0:
        return np.zeros(asked.n_item, np.float32)
    known = anchors[:, asked.rows].astype(np.float64)
    mixture = np.linalg.lstsq(known.T, asked.scores.astype(np.float64), rcond=_NOISE)[0]
    return np.asarray(mixture @ anchors, np.float32)
