"""Combines the segments of an asset, and ranks assets."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.types import F32


def content_logits(gallery: Gallery, logit: F32) -> F32:
    """The best logit of each content: (n_content,).

    A film is as good as its best shot: in films made of photographs, means, medoids and sums that
    the query weighs rank no better (MRR 0.396 for the maximum, 0.395 weighed, 0.396 for four
    medoids of four shots, 0.200 for the mean; tests/benchmarks/film_pooling.py).
    """
    starts = gallery.first_segment[:-1]
    if len(starts) == 0:
        return np.zeros(0, np.float32)
    return np.asarray(np.maximum.reduceat(logit, starts))


def asset_logits(gallery: Gallery, logit: F32, added: F32 | None = None) -> F32:
    """The logit of each asset, that of its best segment and what is added: (n_asset,).

    An asset without segments has -inf.
    """
    if gallery.is_one_each:
        return logit.copy() if added is None else logit + added
    of_content = np.append(content_logits(gallery, logit), np.float32(-np.inf))
    of_asset = of_content[gallery.asset_content]
    return of_asset if added is None else of_asset + added


def best_segment(gallery: Gallery, logit: F32, content: int) -> int:
    """The segment that a content's best logit comes from, the first of equals."""
    start, end = gallery.first_segment[content : content + 2].tolist()
    return int(start + logit[start:end].argmax())


def best_segments(gallery: Gallery, logit: F32, contents: NDArray[np.int64]) -> NDArray[np.int64]:
    """The segment that the best logit of each of some contents comes from: (n_content,)."""
    segments = gallery.first_segment[contents].copy()
    several = np.flatnonzero(gallery.first_segment[contents + 1] - segments > 1)
    for place in several.tolist():
        segments[place] = best_segment(gallery, logit, int(contents[place]))
    return np.asarray(segments)


def top_rows(score: F32, mask: NDArray[np.bool_], limit: int) -> NDArray[np.int64]:
    """The rows of the best ``limit`` that pass the mask, and all that equal the last, ascending.

    Of many rows a sample says above which score to look, which is ten times as fast as sorting
    parts of them all.
    """
    if limit <= 0:
        return np.zeros(0, np.int64)
    step = len(score) // _MOST_SAMPLED
    wanted = _SPARE * limit // max(step, 1) + _SPARE
    if step > 1 and wanted < _MOST_SAMPLED:
        sample = np.where(mask[::step], score[::step], -np.inf)
        cut = np.partition(sample, len(sample) - wanted)[len(sample) - wanted]
        rows = np.flatnonzero((score >= cut) & mask)
        if len(rows) >= limit:
            return rows[_is_top(score[rows], limit)]
    rows = np.flatnonzero(mask)
    return rows[_is_top(score[rows], limit)]


_MOST_SAMPLED, _SPARE = 16_384, 4


def _is_top(score: NDArray[Any], limit: int) -> NDArray[np.bool_]:
    if len(score) <= limit:
        return np.ones(len(score), bool)
    return np.asarray(score >= np.partition(score, len(score) - limit)[len(score) - limit])


def top_assets(
    gallery: Gallery, asset_logit: F32, mask: NDArray[np.bool_], limit: int
) -> list[int]:
    """The rows of the best ``limit`` assets that pass the mask, best first, ties by path."""
    return best_of(gallery, asset_logit, top_rows(asset_logit, mask, limit), limit)


def best_of(gallery: Gallery, score: F32, rows: NDArray[np.int64], limit: int) -> list[int]:
    """The best ``limit`` of some assets by their score, (n_asset,), best first, ties by path."""
    rows = rows[_is_top(score[rows], limit)] if limit > 0 else rows[:0]
    rows = rows[np.argsort(-score[rows], kind="stable")]
    is_next = score[rows][1:] == score[rows][:-1]
    is_tied = np.zeros(len(rows), bool)
    is_tied[1:] |= is_next
    is_tied[:-1] |= is_next
    # Paths are read only where they decide: each is somewhere else in a large file.
    paths = [
        gallery.relative_paths[row] if tied else ""
        for row, tied in zip(rows.tolist(), is_tied.tolist(), strict=True)
    ]
    keys = zip((-score[rows]).tolist(), paths, rows.tolist(), strict=True)
    return [row for _, _, row in sorted(keys)[:limit]]


def newest_assets(gallery: Gallery, mask: NDArray[np.bool_], limit: int) -> list[int]:
    """The newest ``limit`` assets that pass the mask: what a query of filters alone asks for."""
    if limit <= 0:
        return []
    rows = np.flatnonzero(mask)
    rows = rows[_is_top(gallery.asset_day[rows], limit)]
    if len(rows) > limit:  # many of the oldest day
        is_sure = gallery.asset_day[rows] > gallery.asset_day[rows].min()
        others = rows[~is_sure]
        newest = _is_top(gallery.asset_mtime_ns[others], limit - int(is_sure.sum()))
        rows = np.sort(np.concatenate([rows[is_sure], others[newest]]))
    age = np.lexsort((-gallery.asset_mtime_ns[rows], -gallery.asset_day[rows].astype(np.int64)))
    return [int(row) for row in rows[age][:limit]]
