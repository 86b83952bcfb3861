"""What is said about filters by words that let nothing through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mmsearch.gallery import Gallery
from mmsearch.query.language import parse
from mmsearch.searching.empty_filters import empty_filters
from tests.galleries import gallery_of

TAGS = [("dog", "beach"), ("hot dog", "dogfish"), ("boat",)]
TAGGED = gallery_of(segments_per_content=[1, 1, 1], tags=TAGS)


def said(text: str, gallery: Gallery = TAGGED) -> list[str]:
    return list(empty_filters(parse(text), gallery, {}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag:dgo", "There is no tag called dgo. Did you mean tag:dog?"),
        ("tag:hotdog", 'There is no tag called hotdog. Did you mean tag:"hot dog", tag:dog?'),
        ("tag:zebra,xylophone", "There is no tag called zebra, xylophone."),
        ("tag:dogs AND tag:boat AND tag:xxx", "There is no tag called xxx."),
        ("tag:dog AND tag:boat", "No file passes all of the filters."),
    ],
)
def test_an_unknown_tag_is_told_with_those_that_are_near(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_tag_that_no_file_has_is_not_called_unknown() -> None:
    assert TAGGED.concepts is not None
    concepts = replace(TAGGED.concepts, vocabulary=[*TAGGED.concepts.vocabulary, "dove"])
    gallery = replace(TAGGED, concepts=concepts)
    assert said("tag:doves", gallery) == ["tag:doves lets no file through."]


def test_without_any_tags_nothing_is_wrong_with_the_word() -> None:
    gallery = gallery_of(segments_per_content=[1])
    assert said("tag:dog", gallery) == ["tag:dog lets no file through."]
