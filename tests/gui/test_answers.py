"""Whether an answer is all there is."""

from __future__ import annotations

from dataclasses import replace

from mmsearch.gui.answers import has_more, nearest
from mmsearch.gui.search_session import Answer
from mmsearch.types import Modality, Query
from tests.gui.fake_library import made_hits


def test_there_may_be_more_where_as_many_were_found_as_were_wanted() -> None:
    assert has_more(Answer(Query(text="a", limit=3), made_hits(3), 0.1))
    assert not has_more(Answer(Query(text="a", limit=4), made_hits(3), 0.1))
    assert not has_more(Answer(Query(text="a", limit=4), [], 0.1))


def test_of_each_kind_the_kind_with_the_most_counts() -> None:
    hits = made_hits(4)
    mixed = [*hits[:2], *(replace(hit, modality=Modality.AUDIO) for hit in hits[2:])]
    for limit, more in ((2, True), (3, False)):
        query = Query(text="a", limit=limit, each_kind=True)
        assert has_more(Answer(query, mixed, 0.1)) is more


def test_the_nearest_are_few_in_all_or_of_each_kind() -> None:
    hits = made_hits(6)
    mixed = [*hits[:3], *(replace(hit, modality=Modality.CODE) for hit in hits[3:])]
    for each_kind, ranks in ((False, [1, 2]), (True, [1, 2, 4, 5])):
        answer = Answer(Query(text="a", each_kind=each_kind), mixed, 0.1)
        assert [hit.rank for hit in nearest(answer, 2)] == ranks
