"""Inverted softmax, for every search (IS) or only where the first hit is a hub (DIS)."""

from __future__ import annotations

from mmsearch.normalise.method import METHODS, Method, soft_maximum
from mmsearch.types import F32

_BETA = 10.0
"""On unit vectors; with a bank of centroids 20 is already too sharp."""


def inverted_softmax_term(cosines: F32, *, beta: float = _BETA) -> F32:
    """(1/β) · ln(mean over bank queries u of e^(β·s(u, g))): (n_item,) float32.

    s(q, g) minus this ranks as e^(β·s(q, g)) / Σ e^(β·s(u, g)) does, and stays on the cosine scale.
    Source: Smith et al. 2017, "Offline bilingual word vectors, orthogonal transformations and the
    inverted softmax"; log form as in the code of DBSN. Dynamic: Bogolin et al. 2022, "Cross Modal
    Retrieval with Querybank Normalisation".
    """
    return soft_maximum(cosines, beta)


METHODS.register("is")(Method(inverted_softmax_term))
METHODS.register("dis")(Method(inverted_softmax_term, is_dynamic=True))
