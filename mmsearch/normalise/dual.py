"""Two banks: queries, and other items of the library (DualIS, DualDIS)."""

from __future__ import annotations

from mmsearch.normalise.inverted_softmax import inverted_softmax_term
from mmsearch.normalise.method import METHODS, Method, soft_maximum
from mmsearch.types import F32

_GALLERY_BETA = 50.0
_GALLERY_WEIGHT = 0.1
"""At full weight the term of the gallery ruins the ranking: it is that of the query bank that
says what a hub is; the nearness of other items is also that of items which belong together."""


def gallery_term(
    cosines: F32, *, beta: float = _GALLERY_BETA, weight: float = _GALLERY_WEIGHT
) -> F32:
    """The soft maximum of the cosines to other items, with a small weight: (n_item,) float32.

    Source: Wang et al. 2023, "Balance Act: Mitigating Hubness in Cross-Modal Retrieval with Query
    and Gallery Banks", in log form, with the small weight that the code of DBSN gives it.
    """
    return weight * soft_maximum(cosines, beta)


METHODS.register("dual-is")(Method(inverted_softmax_term, gallery_term))
METHODS.register("dual-dis")(Method(inverted_softmax_term, gallery_term, is_dynamic=True))
