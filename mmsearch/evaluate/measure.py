"""Asks judged queries of a library, exactly as a user's search does, and measures the answers."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mmsearch.evaluate.hubs import k_occurrence, skewness
from mmsearch.evaluate.metrics import (
    average_precision,
    is_located,
    ndcg,
    recall_at,
    reciprocal_rank,
)
from mmsearch.evaluate.moment_metrics import first_overlap, moment_precision
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.evaluate.reliability import calibration_error
from mmsearch.library import Library
from mmsearch.types import Hit, Locator, TimeRange

_TOP = 10
Means = dict[str, float]
COLUMNS = (
    *("queries", "files", "R@1", "R@5", "R@10", "MRR", "mAP", "nDCG@10", "median rank"),
    *("right place", "R1@0.5", "R1@0.7", "moment mAP", "ECE", "skewness", "largest hub", "ms"),
)
"""What is measured; a row whose right places are not known has no "right place", and one whose
places are no times has no moments."""


def ask(library: Library, judged: Iterable[JudgedQuery], *, dataset: str = "") -> list[Outcome]:
    """Ask all queries, one after the other."""
    return list(asking(library, judged, dataset=dataset))


def asking(
    library: Library, judged: Iterable[JudgedQuery], *, dataset: str = ""
) -> Iterator[Outcome]:
    """Ask one query after the other while being iterated."""
    n_items: dict[object, int] = {}
    for one in judged:
        filters = replace(one.query, text="", like=(), avoid=(), avoid_like=(), limit=1)
        if filters not in n_items:
            n_items[filters] = library.count(filters)
        yield _ask_one(library, one, dataset, n_items[filters])


def _ask_one(library: Library, judged: JudgedQuery, dataset: str, n_items: int) -> Outcome:
    started_s = time.perf_counter()
    hits = library.search(judged.query)
    elapsed_ms = (time.perf_counter() - started_s) * 1000
    relevant = [hit for hit in hits if hit.path in judged.relevant]
    located = None
    if judged.place is not None and relevant:
        located = is_located(relevant[0].locator, judged.place)
    return Outcome(
        dataset=dataset,
        row=judged.row,
        id=judged.id,
        ranks=tuple(hit.rank for hit in relevant),
        n_relevant=len(judged.relevant),
        n_items=n_items,
        n_looked_at=judged.query.limit,
        located=located,
        elapsed_ms=round(elapsed_ms, 2),
        top=tuple(str(hit.path) for hit in hits[:_TOP]),
        true_moment=_seconds(judged.place),
        moments=_moments(relevant[0]) if relevant else (),
        matches=tuple(round(hit.match, 4) for hit in hits[:_TOP]),
    )


def _seconds(place: Locator) -> tuple[float, float] | None:
    return (place.start_s, place.end_s) if isinstance(place, TimeRange) else None


def _moments(hit: Hit) -> tuple[tuple[float, float, float], ...]:
    """All moments that a hit names; of one that names none, its best segment."""
    if not hit.moments and isinstance(hit.locator, TimeRange):
        return ((hit.locator.start_s, hit.locator.end_s, hit.match),)
    return tuple((one.range.start_s, one.range.end_s, one.match) for one in hit.moments)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Means]]:
    """Means over the queries of each row: metric by name, by row, by dataset."""
    table: dict[str, dict[str, list[Outcome]]] = {}
    for outcome in outcomes:
        table.setdefault(outcome.dataset, {}).setdefault(outcome.row, []).append(outcome)
    return {
        dataset: {row: _means(mine) for row, mine in rows.items()}
        for dataset, rows in table.items()
    }


def _means(outcomes: Sequence[Outcome]) -> Means:
    def mean(values: Iterable[float]) -> float:
        return round(statistics.fmean(values), 4)

    means: Means = {"queries": len(outcomes), "files": max(one.n_items for one in outcomes)}
    for k in (1, 5, 10):
        means[f"R@{k}"] = mean(recall_at(k, one.ranks, one.n_relevant) for one in outcomes)
    means["MRR"] = mean(reciprocal_rank(one.ranks) for one in outcomes)
    means["mAP"] = mean(average_precision(one.ranks, one.n_relevant) for one in outcomes)
    means["nDCG@10"] = mean(ndcg(one.ranks, one.n_relevant, 10) for one in outcomes)
    means["median rank"] = statistics.median(min(one.ranks, default=math.inf) for one in outcomes)
    places = [one.located for one in outcomes if one.located is not None]
    if places:
        means["right place"] = mean(float(right) for right in places)
    means |= _moment_means(outcomes)
    means["ECE"] = round(calibration_error(*promises(outcomes)), 4)
    counts = hub_counts(outcomes)
    means["skewness"] = round(skewness(counts), 3)
    means["largest hub"] = int(counts.max(initial=0))
    means["ms"] = round(statistics.median(one.elapsed_ms for one in outcomes), 1)
    return means


def _moment_means(outcomes: Sequence[Outcome]) -> Means:
    """How well the moments fit; a film that was not found has no right moment."""
    overlaps, precisions = [], []
    for one in outcomes:
        if one.true_moment is not None:
            found = [(start_s, end_s) for start_s, end_s, _ in one.moments]
            matches = [match for *_, match in one.moments]
            overlaps.append(first_overlap(found, [one.true_moment]))
            precisions.append(moment_precision(found, matches, [one.true_moment]).mean())
    if not overlaps:
        return {}
    means = {f"R1@{iou}": float(np.mean(np.array(overlaps) >= iou)) for iou in (0.5, 0.7)}
    return {name: round(value, 4) for name, value in means.items()} | {
        "moment mAP": round(float(np.mean(precisions)), 4)
    }


def promises(outcomes: Iterable[Outcome]) -> tuple[list[float], list[bool]]:
    """The matches of the first ten answers to all queries, and which of them are relevant."""
    pairs = [
        (match, rank in one.ranks) for one in outcomes for rank, match in enumerate(one.matches, 1)
    ]
    return [match for match, _ in pairs], [is_right for _, is_right in pairs]


def hub_counts(outcomes: Sequence[Outcome]) -> NDArray[np.int64]:
    """How often each file is among the first ten answers: (n_file,), zeros included."""
    n_items = max(one.n_items for one in outcomes)
    # Queries of one row that search in different places can find more files together.
    n_named = len({name for one in outcomes for name in one.top})
    return k_occurrence((one.top for one in outcomes), max(n_items, n_named))
