"""Lets an installed reranker put the best candidates of a sentence in another order."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from mmsearch.errors import QueryError
from mmsearch.fuse.combine import best_of, best_segments, top_rows
from mmsearch.gallery import Gallery
from mmsearch.query.check import BUDGETED
from mmsearch.rerank.budget import Ints, score_within
from mmsearch.rerank.budgeted import Pool, find_within
from mmsearch.rerank.windows import rank_within
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.anchors import Anchors, load_anchors
from mmsearch.searching.judges import Items, Judges, OpenJudge, is_readable
from mmsearch.searching.parts import Part
from mmsearch.searching.scored import Scored
from mmsearch.types import F32, Query

N_CANDIDATES = 50
_MOST_LOOKED_AT = 400
"""Of texts: few pictures may say anything about themselves."""
N_POOL = 2000
"""Of a kind, among which a few calls look for the best; see budgeted.py."""


def judged(
    query: Query,
    sentence: Part,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    root_paths: Mapping[str, Path],
    judges: Judges,
) -> Scored:
    """The scores after the installed reranker that the query names.

    The best candidates that it can read change places among those of their kind: each takes the
    odds of its new place. With a way of searching under a budget, candidates are the best few
    thousand, of which it is asked for a few hundred. It stays inside ``query.rerank_s``; opening
    it, once, is not counted. Raises ModelError where it is not installed or cannot be opened, and
    QueryError where it cannot be asked so.
    """
    opened = judges.opened(query.rerank, _reading(query))
    search = _Search(query.rerank_how, sentence, gallery, opened, judges)
    rows = _candidates(gallery, scored, mask, sees=opened.judge.sees)
    kinds = gallery.asset_modality[rows]
    started_s, n_done, odds = time.perf_counter(), 0, scored.odds.copy()
    told: dict[int, float] = {}
    for kind in dict.fromkeys(kinds.tolist()):
        own = rows[kinds == kind]
        n_done += len(own)
        # What a kind has left over is the next one's.
        end_s = started_s + query.rerank_s * n_done / len(rows)
        if search.is_budgeted:
            own = top_rows(scored.odds, mask & (gallery.asset_modality == kind), N_POOL)
            own = own[is_readable(gallery, own, sees=opened.judge.sees)]
        items = _items(gallery, scored, root_paths, judges, own, sees=opened.judge.sees)
        scores = search.scores(items, scored.odds[own], end_s - time.perf_counter())
        _exchange(odds, own, scores)
        told |= {int(row): float(one) for row, one in zip(own, scores, strict=True) if one == one}
    candidates = np.union1d(scored.candidates, np.array(list(told), np.int64))
    return replace(
        scored, odds=odds, candidates=candidates, reranked=told, reranked_as="rerank model"
    )


def _reading(query: Query) -> str:
    """How the model is to read; "" for the usual way."""
    return "" if query.rerank_how in ("auto", "top", *BUDGETED) else query.rerank_how


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


class _Search:
    """Asks an open reranker about items of one kind, in the way that a query wants."""

    def __init__(
        self, how: str, sentence: Part, gallery: Gallery, opened: OpenJudge, judges: Judges
    ) -> None:
        self._how, self._sentence, self._gallery = how, sentence, gallery
        self._opened = opened
        self._anchors: Anchors | None = None
        self.is_budgeted = how in BUDGETED
        if self.is_budgeted and opened.judge.at_once > 1:
            raise QueryError(
                f"{opened.model_id} compares texts with each other; “{how}” needs one that scores "
                "each alone.",
                "Search with --rerank-how top.",
            )
        if how.endswith("anncur"):
            self._anchors = load_anchors(judges.library, opened.name)
            if len(self._anchors.sentences) == 0:
                raise QueryError(
                    f"There is nothing yet for {how} to go by in this library.",
                    f"First run: mmsearch models anchors {opened.model_id}",
                )

    def scores(self, items: Items, first: F32, budget_s: float) -> F32:
        """What the reranker says of each, as far as the budget goes: (n_item,), NaN beyond.

        first: (n_item,) scores of the first stage.
        """

        def score(places: Ints) -> F32:
            return self._opened.score(self._sentence.text, items, places)

        n_item, at_once = len(items.rows), self._opened.judge.at_once
        if at_once > 1:
            return rank_within(n_item, score, budget_s, at_once)
        if not self.is_budgeted:
            return score_within(n_item, score, budget_s)
        known, anchors = self._known(items)
        scores, places = np.full(n_item, np.nan, np.float32), np.flatnonzero(known)
        pool = self._pool(items.segments[places], first[places], anchors)
        scores[places] = find_within(self._how, pool, lambda own: score(places[own]), budget_s)
        return scores

    def _known(self, items: Items) -> tuple[Mask, F32]:
        """Items of which the anchors say something, and what: (n_item,), (n_sentence, n_known)."""
        if self._anchors is None:
            return np.ones(len(items.rows), bool), np.zeros((0, len(items.rows)), np.float32)
        return self._anchors.of([items.key(place) for place in range(len(items.rows))])

    def _pool(self, segments: Ints, first: F32, anchors: F32) -> Pool:
        kind = int(self._gallery.kind[segments[0]]) if len(segments) else -1
        query = self._sentence.adapted.get(kind, self._sentence.vectors)[0]
        vectors = np.asarray(self._gallery.vectors[segments], np.float32)
        return Pool(np.asarray(query, np.float32), vectors, np.asarray(first, np.float32), anchors)


def _exchange(odds: F32, rows: Ints, scores: F32) -> None:
    """Give the best of the odds of what was judged to the one that is judged best, and so on."""
    rows, scores = rows[np.isfinite(scores)], scores[np.isfinite(scores)]
    order = np.argsort(-scores, kind="stable")
    odds[rows[order]] = -np.sort(-odds[rows])
