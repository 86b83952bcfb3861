"""How alike two things of many vectors are: each vector of the one finds its best in the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32


def chamfer(query: F32, vectors: F32, starts: NDArray[np.int64]) -> F32:
    """The mean over the query's vectors of the best product with those of each item: (n_item,).

    query:   (n_query, dim)
    vectors: (n_vector, dim) of all items, one item after the other.
    starts:  (n_item,) where each begins; every item has at least one.
    It is not symmetric: a short query in a long film is found, whatever else the film shows.
    Source: late interaction (Khattab & Zaharia 2020, arXiv:2004.12832), there as a sum.
    """
    if len(starts) == 0 or len(query) == 0:
        return np.zeros(len(starts), np.float32)
    products = vectors @ query.T
    return np.asarray(np.maximum.reduceat(products, starts, axis=0).mean(axis=1), np.float32)
