"""The best candidates in the order in which they are shown: reranked, grouped, diverse."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.expression import Example, Run, signed_leaves
from mmsearch.fuse.combine import best_of, best_segments, newest_assets
from mmsearch.fuse.diversity import diverse_order
from mmsearch.fuse.grouping import group_leaders
from mmsearch.fuse.likeness import file_likeness
from mmsearch.fuse.match import log_odds
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.rerank.superglobal import N_CANDIDATES, superglobal
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.scored import Scored
from mmsearch.searching.whole_likeness import by_whole
from mmsearch.settings import Settings
from mmsearch.types import F32, Modality, Query

_GROUPED_BEYOND = 200
_MOST_GROUPED = 400
_SHOWN_OF_GROUP = 2

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate at its place."""

    row: int
    segment: int
    reranked: float | None
    """Its score by neighbours, where it was reranked."""
    leader: int
    """The row that stands for its group; its own if there is none or it is the first."""
    group_size: int


def most_wanted(query: Query) -> int:
    """How many candidates are looked at, reranked and grouped for the ``limit`` that are shown."""
    is_by_example = any(isinstance(leaf, Example) for leaf, _ in signed_leaves(query.wanted))
    n_reranked = N_CANDIDATES if is_by_example else 0
    n_grouped = min(query.limit + _GROUPED_BEYOND, _MOST_GROUPED) if query.grouping else 0
    return max(query.limit, n_reranked, n_grouped)


def arrange(
    query: Query,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    settings: Settings,
    apart: Set[frozenset[str]] = frozenset(),
) -> list[Placed]:
    """The best ``limit`` assets that pass the mask, in the order in which they are shown; the
    newest of a query that has filters alone.

    apart: pairs of content ids that were said to be no duplicates.
    """
    is_grouped = query.grouping and settings.grouping
    examples = _examples(query, scored)
    n_wanted = query.limit
    if examples is not None:
        n_wanted = max(n_wanted, N_CANDIDATES)
    if is_grouped:
        n_wanted = max(n_wanted, min(query.limit + _GROUPED_BEYOND, _MOST_GROUPED))
    if query.wanted is None:
        rows = np.array(newest_assets(gallery, mask, n_wanted), np.int64)
    else:
        rows = scored.candidates[mask[scored.candidates]]
        rows = rows[scored.odds[rows] >= log_odds(query.min_match)]
        rows = np.array(best_of(gallery, scored.odds, rows, n_wanted), np.int64)
        rows = by_whole(query, gallery, scored, rows, mask)
    segments = best_segments(gallery, scored.logit, gallery.asset_content[rows])
    reranked = np.full(len(rows), np.nan, np.float32)
    if examples is not None:
        order, reranked = _reranked(gallery, segments, examples)
        rows, segments, reranked = rows[order], segments[order], reranked[order]
    leaders, order = np.arange(len(rows)), np.arange(len(rows))
    if is_grouped and len(rows) > 1:
        head = rows[:_MOST_GROUPED]
        leaders[: len(head)], order[: len(head)] = _grouped(
            query, gallery, head, scored, settings, apart
        )
    sizes = np.bincount(leaders, minlength=len(rows))
    return [
        Placed(
            int(rows[place]),
            int(segments[place]),
            None if np.isnan(reranked[place]) else float(reranked[place]),
            int(rows[leaders[place]]),
            int(sizes[leaders[place]]),
        )
        for place in order[: query.limit].tolist()
    ]


def arrange_each_kind(
    query: Query,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    settings: Settings,
    apart: Set[frozenset[str]] = frozenset(),
) -> list[Placed]:
    """As ``arrange``, but ``limit`` of each kind of file, kind after kind, the best kind first."""
    kinds = gallery.asset_modality
    found = [
        arrange(query, gallery, scored, mask & (kinds == kind), settings, apart)
        for kind in np.unique(kinds[mask]).tolist()
    ]
    by_best = sorted(
        filter(None, found), key=lambda of_kind: -max(scored.odds[one.row] for one in of_kind)
    )
    return [one for of_kind in by_best for one in of_kind]


def _examples(query: Query, scored: Scored) -> F32 | None:
    """The vectors of the pictures, if a query consists of pictures alone: (n_example, dim).

    Pictures that are weighed, or alternatives, are not alone: neighbours know nothing of that.
    """
    wanted = query.wanted.parts if isinstance(query.wanted, Run) else (query.wanted,)
    if not all(isinstance(part, Example) for part in wanted):
        return None
    pictures = [
        part.vectors
        for part in (one.part for one in scored.parts)
        if part.kind == Modality.IMAGE.value and not part.avoided and len(part.vectors) == 1
    ]
    is_alone = len(pictures) == len(scored.parts)
    return np.concatenate(pictures) if query.rerank != "none" and pictures and is_alone else None


def _reranked(gallery: Gallery, segments: Ints, examples: F32) -> tuple[Ints, F32]:
    """The order by neighbours, and the scores: both (n_candidate,), NaN for other kinds.

    Pictures and films change places among themselves; what else is between them stays.
    """
    seen = [MODALITIES.index(kind) for kind in (Modality.IMAGE, Modality.VIDEO)]
    places = np.flatnonzero(np.isin(gallery.kind[segments], seen))[:N_CANDIDATES]
    vectors = gallery.vectors[segments[places]]
    score = np.mean([superglobal(example, vectors) for example in examples], axis=0)
    scores = np.full(len(segments), np.nan, np.float32)
    scores[places] = score
    order = np.arange(len(segments))
    order[places] = places[np.argsort(-score, kind="stable")]
    return order, scores


def _grouped(
    query: Query,
    gallery: Gallery,
    rows: Ints,
    scored: Scored,
    settings: Settings,
    apart: Set[frozenset[str]],
) -> tuple[Ints, Ints]:
    """The leader of each candidate, and the order in which to show them: both (n_candidate,).

    Where groups are shown, two of each may come first, so that a copy is seen beside its like,
    and the others after all groups.
    """
    contents = gallery.asset_content[rows]
    similar = file_likeness(gallery, contents)
    leaders = group_leaders(
        contents,
        gallery.asset_modality[rows],
        similar,
        least=settings.duplicate_similarity,
        apart=_places_apart(gallery, rows, contents, apart),
    )
    if not query.shows_groups:
        return leaders, np.arange(len(rows))
    first = np.flatnonzero(_place_in_group(leaders) < _SHOWN_OF_GROUP)
    pictures = gallery.asset_modality[rows[first]] == MODALITIES.index(Modality.IMAGE)
    looks = np.where(pictures[:, None] & pictures, similar[np.ix_(first, first)], np.nan)
    shown = first[diverse_order(scored.odds[rows[first]], looks, query.limit)]
    others = np.setdiff1d(np.arange(len(rows)), shown)
    return leaders, np.concatenate([shown, others])


def _place_in_group(leaders: Ints) -> Ints:
    """How many of its group are before each candidate: (n_candidate,)."""
    order = np.argsort(leaders, kind="stable")
    starts = np.searchsorted(leaders[order], leaders[order])
    places = np.empty_like(leaders)
    places[order] = np.arange(len(leaders)) - starts
    return places


def _places_apart(
    gallery: Gallery, rows: Ints, contents: Ints, apart: Set[frozenset[str]]
) -> Set[tuple[int, int]]:
    if not apart:
        return frozenset()
    known = {
        gallery.content_ids[row]: content
        for row, content in zip(rows.tolist(), contents.tolist(), strict=True)
    }
    found = [[known[name] for name in pair if name in known] for pair in apart]
    return {(pair[0], pair[1]) for pair in found if len(pair) == 2}
