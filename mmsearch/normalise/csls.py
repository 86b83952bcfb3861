"""Cross-domain similarity local scaling."""

from __future__ import annotations

import numpy as np

from mmsearch.normalise.method import METHODS, Method, mean_of_largest
from mmsearch.types import F32

_NEIGHBOURS = 10


def local_scaling_term(cosines: F32, *, k: int = _NEIGHBOURS) -> F32:
    """Half the mean cosine to the k nearest bank queries: (n_item,) float32.

    CSLS = 2 s(q, g) - r(q) - r(g). Nothing about the query changes its ranking, so r(q) is left
    out, and half of the rest, s - r(g) / 2, stays on the cosine scale.
    Source: Conneau et al. 2018, "Word Translation Without Parallel Data".
    """
    return mean_of_largest(cosines, k) * np.float32(0.5)


METHODS.register("csls")(Method(local_scaling_term))
