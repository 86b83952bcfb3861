from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.gallery import Gallery
from mmsearch.postings import WordMatches, no_postings
from mmsearch.retrieve.lexical import lexical, query_terms
from mmsearch.store.postings_table import postings_from_table
from mmsearch.store.records import words_schema
from mmsearch.types import Modality
from tests.galleries import gallery_of

from .slow_bm25 import slow_bm25


def worded(texts: Sequence[str]) -> Gallery:
    """One piece of code for each text."""
    n_text = len(texts)
    gallery = gallery_of(segments_per_content=[1] * n_text, kinds=[Modality.CODE] * n_text)
    columns = {
        "content_id": [f"c{place}" for place in range(n_text)],
        "ordinal": [0] * n_text,
        "field": ["code"] * n_text,
        "text": list(texts),
    }
    words = pa.table(columns, schema=words_schema())
    return replace(gallery, words=postings_from_table(words, gallery))


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=8).map(" ".join), min_size=1),
    st.lists(st.sampled_from("bcdefg"), min_size=1, unique=True),
)
def test_scores_equal_the_slow_way(texts: list[str], query: list[str]) -> None:
    found = lexical(" ".join(query), worded(texts), None)

    if not any(texts):
        assert found is None
    else:
        assert found is not None
        assert found.n_terms == len(query)
        assert found.scores.tolist() == pytest.approx(slow_bm25(texts, query), rel=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "how do i", '"" * ^ ~ ( ) : \\', "\x00"])
def test_a_query_without_words_says_nothing(text: str) -> None:
    assert lexical(text, worded(["alpha"]), None) is None


def test_nothing_in_a_query_is_syntax() -> None:
    texts = ["alpha beta", "or and", "text beta"]
    found = lexical('text:"alpha" AND -beta^9', worded(texts), None)

    assert found is not None
    assert found.scores.tolist() == pytest.approx(
        slow_bm25(texts, ["text", "alpha", "and", "beta", "9"]), rel=1e-5
    )


def test_of_ten_thousand_words_the_first_count() -> None:
    text = " ".join(f"word{place}" for place in range(10_000))
    assert len(query_terms(text)) == 64
    found = lexical(text, worded(["word0", "word9999"]), None)
    assert found is not None
    assert found.scores[0] > found.scores[1]


def test_a_gallery_without_words_is_not_asked() -> None:
    gallery = gallery_of(segments_per_content=[1, 1])
    assert lexical("alpha", replace(gallery, words=no_postings(2)), None) is None


def test_the_database_is_asked_when_the_gallery_does_not_know() -> None:
    gallery = gallery_of(segments_per_content=[2, 1], kinds=[Modality.CODE] * 2)
    asked: list[tuple[Sequence[str], int]] = []

    def match_words(found: Sequence[str], limit: int) -> WordMatches:
        asked.append((found, limit))
        # One is of a newer commit than the gallery, one has grown since.
        return WordMatches(["c0", "new", "c1", "c1"], [1, 0, 0, 1], [2.5, 9.0, 1.5, 9.0])

    found = lexical("the alpha alpha", gallery, match_words)

    assert asked == [(["alpha"], 1000)]
    assert found is not None
    assert found.scores.tolist() == [0, 2.5, 1.5]
    assert lexical("alpha", gallery, None) is None
