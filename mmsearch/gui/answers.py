"""What can be told of an answer, and of two questions, without looking at the window."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from mmsearch.gui.search_session import Answer
from mmsearch.present.words import MatchWord, match_word
from mmsearch.types import Hit, Modality, Query


def is_far(answer: Answer) -> bool:
    """Whether nothing that was found is close."""
    if not answer.hits:
        return False
    # Diversity and example pictures put others than the best match first.
    return match_word(max(hit.match for hit in answer.hits)) is MatchWord.WEAK


def nearest(answer: Answer, n: int) -> list[Hit]:
    """The first few hits; where the best of each kind were asked for, of each kind."""
    taken: Counter[Modality | None] = Counter()
    found = []
    for hit in answer.hits:
        kind = hit.modality if answer.query.each_kind else None
        taken[kind] += 1
        if taken[kind] <= n:
            found.append(hit)
    return found


def has_more(answer: Answer) -> bool:
    """Whether more may be found than was asked for."""
    counts = Counter(hit.modality if answer.query.each_kind else None for hit in answer.hits)
    return max(counts.values(), default=0) >= answer.query.limit


def is_narrowed(query: Query) -> bool:
    """Whether more than its text says where to look."""
    return bool(query.modalities or query.folders or query.filters)


def asks_the_same(before: Query, now: Query) -> bool:
    """Whether only how many results are wanted differs, or what was said about them."""
    said = replace(before, liked=now.liked, disliked=now.disliked)
    return replace(said, limit=now.limit, each_kind=now.each_kind) == now


def judges_the_same(before: Query, now: Query) -> bool:
    """Whether the same was said about the results."""
    return (before.liked, before.disliked) == (now.liked, now.disliked)
