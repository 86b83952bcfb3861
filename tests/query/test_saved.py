from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mmsearch.errors import QueryError
from mmsearch.query.saved import query_from_json, query_to_json
from mmsearch.query.understand import understand
from mmsearch.types import Modality, Query

FULL = Query(
    text='"a dog" -cat',
    like=(Path("/a.jpg"),),
    avoid=("people",),
    modalities=(Modality.IMAGE, Modality.VIDEO),
    folders=(Path("/photos"),),
    extensions=("jpg",),
    date_from=date(2023, 5, 1),
    min_size_bytes=10,
    liked=(Path("/b.jpg"),),
    limit=7,
    grouping=False,
)


@pytest.mark.parametrize("query", [FULL, Query(), Query(text="dogs")])
def test_a_query_comes_back_as_it_was(query: Query) -> None:
    told = json.loads(json.dumps(query_to_json(query)))
    assert query_from_json(told) == query


def test_defaults_are_not_written() -> None:
    assert query_to_json(Query(text="dogs")) == {"text": "dogs"}


def test_only_what_was_asked_is_kept() -> None:
    with pytest.raises(ValueError, match="as it was asked"):
        query_to_json(understand(FULL).query)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"colour": "red"}, "unknown field 'colour'"),
        ({"wanted": None}, "unknown field 'wanted'"),
        ({"modalities": ["smell"]}, "damaged"),
        ({"date_from": "soon"}, "damaged"),
    ],
)
def test_damage_is_told(told: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query_from_json(told)
