from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mmsearch.errors import QueryError
from mmsearch.normalise.method import METHODS
from mmsearch.query.check import (
    NORMALISERS,
    check_query,
    modalities_from_names,
    modality_from_name,
)
from mmsearch.types import Modality, Query


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("image", Modality.IMAGE),
        ("Videos", Modality.VIDEO),
        (" photos ", Modality.IMAGE),
        ("music", Modality.AUDIO),
        ("text", Modality.CODE),
    ],
)
def test_everyday_names_of_kinds(name: str, kind: Modality) -> None:
    assert modality_from_name(name) is kind


def test_lists_of_kinds_with_commas_without_repetition() -> None:
    names = ("image,video", "image", "")
    assert modalities_from_names(names) == (Modality.IMAGE, Modality.VIDEO)


def test_an_unknown_kind_gets_a_suggestion() -> None:
    with pytest.raises(QueryError, match="vidoe") as caught:
        modality_from_name("vidoe")
    assert caught.value.hint == "Did you mean video?"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query(text="  "), "nothing to search for"),
        (Query(text="x", like=(Path("/no/such.jpg"),)), "does not exist"),
        (Query(text="x", avoid_like=(Path("/no/such.jpg"),)), "does not exist"),
        (Query(text="x", limit=0), "limit"),
        (Query(text="x", min_match=1.5), "least match"),
        (Query(text="x", date_from=date(2024, 1, 2), date_to=date(2024, 1, 1)), "after"),
        (Query(text="x", normalise="nonne"), "normaliser"),
        (Query(text="x", rerank="magic"), "reranker"),
        (Query(text="x", rerank_how="magic"), "way of reranking"),
    ],
)
def test_wrong_queries_are_told_in_one_line(query: Query, words: str) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        check_query(query)
    assert "\n" not in caught.value.message


def test_right_queries_pass(tmp_path: Path) -> None:
    check_query(Query(text="a dog"))
    check_query(Query(like=(tmp_path,)))


def test_the_normalisers_of_a_query_are_those_that_there_are() -> None:
    assert set(NORMALISERS) == {"auto", "none", *METHODS}
