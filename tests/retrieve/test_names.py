from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mmsearch.retrieve.names import NameMatches, match_names
from tests.galleries import gallery_of


def match(text: str, paths: Sequence[str]) -> NameMatches | None:
    return match_names(text, gallery_of(segments_per_content=[1] * len(paths), paths=paths))


def test_a_name_of_all_words_is_told_from_one_of_some() -> None:
    found = match("the red dogs", ["dog red.jpg", "red/dog 2.jpg", "dog.jpg", "cat.jpg"])

    assert found is not None
    assert found.n_terms == 2
    assert found.is_name.tolist() == [True, False, False, False]
    assert found.is_whole.tolist() == [True, True, False, False]
    assert found.scores[0] > found.scores[1] > found.scores[2] > found.scores[3] == 0


@pytest.mark.parametrize("text", ["dog.jpg", "Dog.JPG", "dog"])
def test_an_extension_may_be_named(text: str) -> None:
    found = match(text, ["dog.jpg", "dog.png", "cat.jpg"])

    assert found is not None
    assert found.is_name.tolist() == [True, text == "dog", False]


def test_a_word_that_all_paths_have_says_little() -> None:
    paths = [f"photos/{place}.jpg" for place in range(99)] + ["photos/dog.jpg"]
    common, rare = match("photos", paths), match("dog", paths)

    assert common is not None
    assert rare is not None
    assert rare.scores.max() > 100 * common.scores.max()


@pytest.mark.parametrize("text", ["", "  ", "elephant", '" * ^', "\x00"])
def test_where_no_name_has_a_word_nothing_is_said(text: str) -> None:
    assert match(text, ["dog.jpg", "._~"]) is None


def test_a_gallery_whose_names_are_not_known() -> None:
    gallery = gallery_of(segments_per_content=[1], paths=["dog.jpg"])
    assert match_names("dog", replace(gallery, names=None)) is None


def test_of_ten_thousand_words_the_first_count() -> None:
    found = match(" ".join(f"word{place}" for place in range(10_000)), ["word 0.jpg", "dog.jpg"])
    assert found is not None
    assert found.n_terms == 32
