"""Combines the parts of a query, and the segments of an asset."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.types import F32


def combine(wanted: Sequence[F32], avoided: Sequence[F32]) -> F32:
    """One logit a segment from those of all parts: (n_segment,) float32.

    What is wanted is averaged. What is to be avoided takes away as much as it surely matches
    (softplus), so that a part that is not there takes nothing away.
    """
    if not wanted:
        raise ValueError("a query needs at least one wanted part")
    total = wanted[0] if len(wanted) == 1 else np.mean(np.stack(wanted), axis=0)
    for logit in avoided:
        total = total - np.logaddexp(0, logit)
    return np.asarray(total, np.float32)


def content_logits(gallery: Gallery, logit: F32) -> F32:
    """The best logit of each content: (n_content,)."""
    starts = gallery.first_segment[:-1]
    if len(starts) == 0:
        return np.zeros(0, np.float32)
    return np.asarray(np.maximum.reduceat(logit, starts))


def asset_logits(gallery: Gallery, logit: F32, added: F32 | None = None) -> F32:
    """The logit of each asset, that of its best segment and what is added: (n_asset,).

    An asset without segments has -inf.
    """
    of_content = np.append(content_logits(gallery, logit), np.float32(-np.inf))
    of_asset = of_content[gallery.asset_content]
    return of_asset if added is None else of_asset + added


def best_segment(gallery: Gallery, logit: F32, content: int) -> int:
    """The segment that a content's best logit comes from, the first of equals."""
    start, end = gallery.first_segment[content : content + 2].tolist()
    return int(start + logit[start:end].argmax())


def top_assets(
    gallery: Gallery, asset_logit: F32, mask: NDArray[np.bool_], limit: int
) -> list[int]:
    """The rows of the best ``limit`` assets that pass the mask, best first, ties by path."""
    rows = np.flatnonzero(mask)
    if len(rows) == 0 or limit <= 0:
        return []
    score = asset_logit[rows]
    if len(rows) > limit:
        cut = np.partition(score, len(rows) - limit)[len(rows) - limit]
        kept = score >= cut
        rows, score = rows[kept], score[kept]
    pairs = zip(rows.tolist(), score.tolist(), strict=True)
    ordered = sorted(pairs, key=lambda pair: (-pair[1], gallery.relative_paths[pair[0]]))
    return [row for row, _ in ordered[:limit]]
