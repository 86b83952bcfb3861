"""Filters by concept words over galleries made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from mmsearch.concepts import N_CONCEPTS
from mmsearch.gallery import Gallery, empty_gallery
from mmsearch.retrieve.tags import is_tag, n_by_tag, used_tags, with_tag
from tests.galleries import gallery_of

TAGS = [
    ("dog", "beach"),
    ("hot dog", "bus", "puppy"),
    ("beach", "dog"),
    ("dog",),
    (),
    ("pants", "beach"),
]
GALLERY = replace(
    gallery_of(segments_per_content=[1, 1, 3, 1], tags=TAGS),
    asset_content=np.array([0, 1, 2, 3, 2, -1]),
    relative_paths=["0", "1", "2", "3", "copy of 2", "broken"],
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["dog"], [0, 2, 4]),
        (["DOG"], [0, 2, 4]),
        (["dogs"], [0, 2, 4]),
        (["dog", "pants"], [0, 2, 3, 4]),
        (["pant"], [3]),
        (["Buses"], [1]),
        (["puppies"], [1]),
        (["hot dogs"], [1]),
        (["hot"], []),
        (["cat"], []),
    ],
)
def test_files_have_the_words_of_their_segments(words: list[str], expected: list[int]) -> None:
    assert np.flatnonzero(with_tag(GALLERY, words)).tolist() == expected


def slow_counts(gallery: Gallery, tags: Sequence[Sequence[str]], mask: np.ndarray) -> list[int]:
    assert gallery.concepts is not None
    found = dict.fromkeys(gallery.concepts.vocabulary, 0)
    for row in np.flatnonzero(mask):
        content = gallery.asset_content[row]
        first, end = gallery.first_segment[content : content + 2]
        for word in {word for words in tags[first:end] for word in words}:
            found[word] += 1
    return list(found.values())


def test_counts_equal_the_slow_way() -> None:
    chance = np.random.default_rng(1)
    words = [f"w{place}" for place in range(30)]
    sizes = chance.integers(1, 6, 50)
    tags = [
        tuple(chance.choice(words, chance.integers(0, N_CONCEPTS + 1), replace=False))
        for _ in range(sizes.sum())
    ]
    made = gallery_of(segments_per_content=sizes.tolist(), tags=tags)
    gallery = replace(made, asset_content=chance.integers(-1, 50, 80), relative_paths=[""] * 80)
    mask = (chance.random(80) < 0.5) & gallery.is_indexed

    assert mask.any()
    assert n_by_tag(gallery, mask).tolist() == slow_counts(gallery, tags, mask)
    for word in ("w3", "w17"):
        place = used_tags(gallery).index(word)
        assert with_tag(gallery, [word]).sum() == n_by_tag(gallery, gallery.is_indexed)[place]


def test_which_words_there_are() -> None:
    assert used_tags(GALLERY) == ["beach", "bus", "dog", "hot dog", "pants", "puppy"]
    assert is_tag("Dogs", GALLERY)
    assert not is_tag("cat", GALLERY)


@pytest.mark.parametrize("gallery", [empty_gallery("s", 4), gallery_of(segments_per_content=[2])])
def test_without_concepts_nothing_has_tags(gallery: Gallery) -> None:
    assert not with_tag(gallery, ["dog"]).any()
    assert n_by_tag(gallery, gallery.is_indexed).tolist() == []
    assert used_tags(gallery) == []
    assert not is_tag("dog", gallery)
