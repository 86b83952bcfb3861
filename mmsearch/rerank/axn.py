"""Finds what a slow scorer likes best by fitting the query's vector to its answers, round by round.

Source: AXN (Yadav et al. 2024, "Adaptive Retrieval and Scalable Indexing for k-NN Search with
Cross-Encoders", arXiv:2405.03651). Item vectors are those of the first stage, so nothing has to be
computed beforehand.
"""

from __future__ import annotations

import numpy as np

from mmsearch.rerank.asking import Asked, shares
from mmsearch.rerank.budget import Ints, Score
from mmsearch.types import F32

N_ROUND = 5


def axn(
    query: F32,
    items: F32,
    score: Score,
    budget: int,
    *,
    n_round: int = N_ROUND,
    mix: float | None = None,
) -> tuple[Ints, F32]:
    """The items that were scored, best first, and their scores: both (at most budget,).

    query:  (dim,) the vector of the first stage.
    items:  (n_item, dim)
    score:  the slow scorer; it is asked for ``budget`` different items in ``n_round`` rounds.
    mix:    the lambda of the paper, the share of the query's own vector: without it, fewer calls
            than dimensions fit noise. None lets it shrink as answers come in: dim / (dim + n), as
            if the first stage had answered ``dim`` calls, but never more than a half.

    The first round asks for the items nearest to the query. Each further one solves
    ``u = argmin |V_A u - a|`` over the items A asked so far (V their vectors, a their scores,
    brought linearly to the spread of the first stage) and asks for the largest
    ``V ((1 - mix) u + mix query)`` that were not asked yet.
    """
    asked, vector = Asked(len(items), score), query.astype(np.float64)
    for n_call in shares(budget, n_round):
        asked.ask(np.asarray(items @ vector, np.float32), n_call)
        fitted = fitted_query(items[asked.rows], asked.scores, query)
        share = min(0.5, len(query) / (len(query) + len(asked.rows))) if mix is None else mix
        vector = (1 - share) * fitted + share * query
    return asked.ranked()


def fitted_query(vectors: F32, scores: F32, query: F32) -> F32:
    """The query whose products with vectors (n, dim) are nearest to the scores (n,): (dim,).

    The shortest one of several; scores are first brought to the mean and spread that the products
    with ``query`` have, so that both vectors can be mixed.
    """
    first, told = (vectors @ query).astype(np.float64), scores.astype(np.float64)
    if len(told) < 2 or told.std() == 0:
        return query
    wanted = (told - told.mean()) / told.std() * first.std() + first.mean()
    return np.asarray(np.linalg.lstsq(vectors.astype(np.float64), wanted, rcond=None)[0])
