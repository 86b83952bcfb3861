"""Orders films, sounds and code by how much of an example of the same sort is found in each.

A search by example goes by the best pair of a part of the example and a part of a file, so that one
scene that is alike is enough. Files of the example's own sort are compared as wholes instead: each
part of the example finds its best in the file, and the mean of that counts (Chamfer; see
rerank/chamfer.py). In films made of photographs of three classes, the one of the same classes is
found at a mean reciprocal rank of 0.93 so, and at 0.03 by the best pair
(tests/benchmarks/multi_vector.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.expression import Example, Run
from mmsearch.fuse.combine import best_of, content_logits, top_rows
from mmsearch.fuse.match import log_odds
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.scored import Scored
from mmsearch.types import F32, Modality, Query

_LEAST_PARTS = 4
"""Of an example: with fewer there is no whole."""
_SORTS = {
    Modality.IMAGE.value: Modality.VIDEO,  # a film is looked for by its pictures
    Modality.AUDIO.value: Modality.AUDIO,
    Modality.CODE.value: Modality.CODE,
}

Ints = NDArray[np.int64]


def by_whole(query: Query, gallery: Gallery, scored: Scored, rows: Ints, mask: Mask) -> Ints:
    """The assets in their new order: (n_row,).

    rows: assets, best first. Those of the example's sort make room for the most alike ones that
    pass the mask, (n_asset,), and have the least match.
    """
    example = _example(query, scored)
    if example is None:
        return rows
    kind, vectors = example
    is_kind = gallery.asset_modality == MODALITIES.index(kind)
    places = np.flatnonzero(is_kind[rows])
    told = _likeness(gallery, vectors)
    allowed = mask & is_kind & gallery.is_indexed & (scored.odds >= log_odds(query.min_match))
    best = top_rows(told, allowed, len(places))
    changed = rows.copy()
    changed[places] = best_of(gallery, told, best, len(places))
    return changed


def _likeness(gallery: Gallery, vectors: F32) -> F32:
    """Of each asset as a whole, the mean of the best cosine of each vector: (n_asset,)."""
    total = np.zeros(len(gallery.first_segment) - 1, np.float32)
    for vector in vectors:
        total += content_logits(gallery, gallery.vectors.products(vector))
    of_content = np.append(total / len(vectors), np.float32(-np.inf))
    return np.asarray(of_content[gallery.asset_content])


def _example(query: Query, scored: Scored) -> tuple[Modality, F32] | None:
    """The sort and the vectors of the only thing that is asked for; None for anything else."""
    wanted = query.wanted.parts if isinstance(query.wanted, Run) else (query.wanted,)
    is_one = len(wanted) == len(scored.parts) == 1 and isinstance(wanted[0], Example)
    if not is_one or query.rerank == "none":
        return None
    part = scored.parts[0].part
    kind = _SORTS.get(part.kind)
    return (kind, part.vectors) if kind and len(part.vectors) >= _LEAST_PARTS else None
