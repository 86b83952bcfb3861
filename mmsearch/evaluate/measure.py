"""Asks judged queries of a library, exactly as a user's search does, and measures the answers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mmsearch.evaluate.hubs import k_occurrence, skewness
from mmsearch.evaluate.metrics import (
    average_precision,
    is_located,
    ndcg,
    recall_at,
    reciprocal_rank,
)
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.library import Library
from mmsearch.types import Modality

_TOP = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one query went."""

    id: str
    kinds: str
    """The kinds it searched, e.g. "image", or "all"."""
    ranks: tuple[int, ...]
    """Ranks of the relevant files that were found."""
    n_relevant: int
    located: bool | None
    """Whether the best relevant hit has the right place; None if no place is known or found."""
    elapsed_ms: float
    top: tuple[str, ...]
    """The first ten answers."""


def ask(library: Library, judged: Iterable[JudgedQuery]) -> list[Outcome]:
    """Ask all queries, one after the other."""
    return [_ask_one(library, one) for one in judged]


def _ask_one(library: Library, judged: JudgedQuery) -> Outcome:
    started_s = time.perf_counter()
    hits = library.search(judged.query)
    elapsed_ms = (time.perf_counter() - started_s) * 1000
    relevant = [hit for hit in hits if hit.path in judged.relevant]
    located = None
    if judged.place is not None and relevant:
        located = is_located(relevant[0].locator, judged.place)
    return Outcome(
        id=judged.id,
        kinds=",".join(judged.query.modalities) or "all",
        ranks=tuple(hit.rank for hit in relevant),
        n_relevant=len(judged.relevant),
        located=located,
        elapsed_ms=elapsed_ms,
        top=tuple(str(hit.path) for hit in hits[:_TOP]),
    )


def summarise(
    outcomes: Sequence[Outcome], by_modality: Mapping[Modality, int]
) -> dict[str, dict[str, float]]:
    """Means over the queries of each kind: metric by name, by kind.

    by_modality: how many files of each kind the library holds, for the hubs. The median rank is
    that of the queries that found something; "found" is their share.
    """
    table = {}
    for kinds in dict.fromkeys(outcome.kinds for outcome in outcomes):
        mine = [one for one in outcomes if one.kinds == kinds]
        searched = [kind for kind in Modality if kinds == "all" or kind in kinds.split(",")]
        table[kinds] = _means(mine, sum(by_modality[kind] for kind in searched))
    return table


def _means(outcomes: Sequence[Outcome], n_items: int) -> dict[str, float]:
    def mean(values: Iterable[float]) -> float:
        return round(statistics.fmean(values), 4)

    means: dict[str, float] = {"queries": len(outcomes)}
    for k in (1, 5, 10):
        means[f"R@{k}"] = mean(recall_at(k, one.ranks, one.n_relevant) for one in outcomes)
    means["MRR"] = mean(reciprocal_rank(one.ranks) for one in outcomes)
    means["mAP"] = mean(average_precision(one.ranks, one.n_relevant) for one in outcomes)
    means["nDCG@10"] = mean(ndcg(one.ranks, one.n_relevant, 10) for one in outcomes)
    found_ranks = [min(one.ranks) for one in outcomes if one.ranks]
    means["found"] = round(len(found_ranks) / len(outcomes), 4)
    means["median rank"] = statistics.median(found_ranks) if found_ranks else float("nan")
    places = [one.located for one in outcomes if one.located is not None]
    if places:
        means["right place"] = mean(float(right) for right in places)
    counts = k_occurrence((one.top for one in outcomes), n_items)
    means["skewness"] = round(skewness(counts), 3)
    means["largest hub"] = int(counts.max())
    means["ms"] = round(statistics.median(one.elapsed_ms for one in outcomes), 1)
    return means
