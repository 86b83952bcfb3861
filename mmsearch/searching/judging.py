"""Lets an installed reranker put the best candidates of a sentence in another order."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from mmsearch.fuse.combine import best_of, best_segments
from mmsearch.gallery import Gallery
from mmsearch.rerank.budget import Ints, score_within
from mmsearch.rerank.windows import rank_within
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.judges import Items, Judges, OpenJudge, is_readable
from mmsearch.searching.scored import Scored
from mmsearch.types import F32, Query

N_CANDIDATES = 50
_MOST_LOOKED_AT = 400
"""Of texts: few pictures may say anything about themselves."""


def judged(
    query: Query,
    sentence: str,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    root_paths: Mapping[str, Path],
    judges: Judges,
) -> Scored:
    """The scores after the installed reranker that the query names.

    The best candidates that it can read change places among those of their kind: each takes the
    odds of its new place. It stays inside ``query.rerank_s``; opening it, once, is not counted.
    Raises ModelError where it is not installed, or cannot be opened.
    """
    opened = judges.opened(query.rerank, _reading(query))
    rows = _candidates(gallery, scored, mask, sees=opened.judge.sees)
    kinds = gallery.asset_modality[rows]
    started_s, n_done, odds = time.perf_counter(), 0, scored.odds.copy()
    told: dict[int, float] = {}
    for kind in dict.fromkeys(kinds.tolist()):
        own = rows[kinds == kind]
        n_done += len(own)
        # What a kind has left over is the next one's.
        end_s = started_s + query.rerank_s * n_done / len(rows)
        items = _items(gallery, scored, root_paths, judges, own, sees=opened.judge.sees)
        scores = _scores(opened, sentence, items, end_s - time.perf_counter())
        _exchange(odds, own, scores)
        told |= {int(row): float(one) for row, one in zip(own, scores, strict=True) if one == one}
    return replace(scored, odds=odds, reranked=told, reranked_as="rerank model")


def _reading(query: Query) -> str:
    """How the model is to read; "" for the usual way."""
    return "" if query.rerank_how in ("auto", "top") else query.rerank_how


def _candidates(gallery: Gallery, scored: Scored, mask: Mask, *, sees: bool) -> Ints:
    """The best assets that a reranker can read, best first: (at most N_CANDIDATES,)."""
    rows = scored.candidates[mask[scored.candidates]]
    rows = np.array(best_of(gallery, scored.odds, rows, _MOST_LOOKED_AT), np.int64)
    rows = rows[gallery.is_indexed[rows]]
    return np.asarray(rows[is_readable(gallery, rows, sees=sees)][:N_CANDIDATES])


def _items(
    gallery: Gallery,
    scored: Scored,
    root_paths: Mapping[str, Path],
    judges: Judges,
    rows: Ints,
    *,
    sees: bool,
) -> Items:
    segments = best_segments(gallery, scored.logit, gallery.asset_content[rows])
    return Items(gallery, root_paths, judges, sees, rows, segments)


def _scores(opened: OpenJudge, sentence: str, items: Items, budget_s: float) -> F32:
    """What the reranker says of each, as far as the budget goes: (n_item,), NaN beyond."""

    def score(places: Ints) -> F32:
        return opened.score(sentence, items, places)

    n_item, at_once = len(items.rows), opened.judge.at_once
    if at_once > 1:
        return rank_within(n_item, score, budget_s, at_once)
    return score_within(n_item, score, budget_s)


def _exchange(odds: F32, rows: Ints, scores: F32) -> None:
    """Give the best of the odds of what was judged to the one that is judged best, and so on."""
    rows, scores = rows[np.isfinite(scores)], scores[np.isfinite(scores)]
    order = np.argsort(-scores, kind="stable")
    odds[rows[order]] = -np.sort(-odds[rows])
