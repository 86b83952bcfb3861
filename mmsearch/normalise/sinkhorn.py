"""Sinkhorn duals: inverted softmax with a bank whose queries are balanced first."""

from __future__ import annotations

import numpy as np

from mmsearch.normalise.inverted_softmax import inverted_softmax_term
from mmsearch.normalise.method import METHODS, Method, soft_maximum
from mmsearch.types import F32

_BETA = 10.0
_N_ITERATION = 10


def sinkhorn_potentials(
    cosines: F32, *, beta: float = _BETA, n_iteration: int = _N_ITERATION
) -> F32:
    """The dual potential of each bank query: (n_query,) float32.

    cosines: (n_item, n_query) of a sample of items. In turns, items and queries are given
    potentials that let all have the same share of the other side. Given those of the queries, that
    of any item is an inverted softmax of its own row, so items come and go without a new fit.
    Source: Dual Bank Sinkhorn Normalisation (code ppanzx/DBSN), with cost 1 - s and temperature
    1/β; the iteration is that of Cuturi 2013, "Sinkhorn Distances".
    """
    queries = np.zeros(cosines.shape[1], np.float32)
    for _ in range(n_iteration):
        items = soft_maximum(cosines - queries, beta)
        queries = soft_maximum((cosines - items[:, None]).T, beta)
    return queries


METHODS.register("sinkhorn")(Method(inverted_softmax_term, potentials=sinkhorn_potentials))
