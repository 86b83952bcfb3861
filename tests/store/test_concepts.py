"""Concept words in the store: made when something was written, kept, and taken over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch.concepts import Vocabulary
from mmsearch.retrieve.lexical import match_concepts
from mmsearch.store.store import Store
from mmsearch.types import F32, Modality
from tests.vocabularies import vocabulary_of

from .conftest import DIM, asset, segment

WORDS = ["dog", "red car", "sea", "tree", "car", "snow", "night", "music"]


class Counting(Vocabulary):
    """A vocabulary that knows how many segments it was asked for."""

    asked = 0

    def nearest(self, kind: Modality, vectors: F32) -> np.ndarray:
        Counting.asked += len(vectors)
        return Vocabulary.nearest(self, kind, vectors)


def counting(fingerprint: str) -> Counting:
    made = vocabulary_of(WORDS, np.eye(DIM), fingerprint=fingerprint)
    return Counting(
        made.words, made.vectors, made.used_for, made.means, made.priors, made.fingerprint
    )


def opened(folder: Path, fingerprint: str = "one") -> Store:
    vocabulary = counting(fingerprint)
    return Store(folder, space="fake@1", dim=DIM, vocabulary=lambda: vocabulary)


@pytest.fixture
def worded(tmp_path: Path) -> Iterator[Store]:
    Counting.asked = 0
    store = opened(tmp_path / "library")
    with store.writing():
        store.commit(
            [asset(f"{place}.jpg", f"c{place}") for place in range(4)],
            [
                *(segment(f"c{place}", direction=place) for place in range(3)),
                segment("c3", 0, Modality.VIDEO, direction=3),
                segment("c3", 1, Modality.VIDEO, direction=4),
            ],
        )
    yield store
    store.close()


def first_words(store: Store) -> dict[str, list[str]]:
    """The nearest word of each segment of each content."""
    _, gallery = store.gallery()
    assert gallery.concepts is not None
    return {
        content_id: [
            gallery.concepts.of(segment)[0]
            for segment in range(*gallery.first_segment[content : content + 2])
        ]
        for content_id, content in zip(
            gallery.content_ids, gallery.asset_content.tolist(), strict=True
        )
    }


def test_segments_are_described_when_a_session_ends(worded: Store) -> None:
    assert first_words(worded) == {
        "c0": ["dog"],
        "c1": ["red car"],
        "c2": ["sea"],
        "c3": ["tree", "car"],
    }


def test_segments_are_found_by_their_words(worded: Store) -> None:
    _, gallery = worded.gallery()

    found = match_concepts("the dogs", gallery)

    assert found is not None
    assert found.n_terms == 1
    assert gallery.concepts is not None
    for row, score in enumerate(found.scores.tolist()):
        assert (score > 0) == ("dog" in gallery.concepts.of(row))
    assert match_concepts("elephant", gallery) is None
    assert match_concepts("", gallery) is None


def test_only_what_is_new_is_looked_at(worded: Store) -> None:
    assert Counting.asked == 5
    before = first_words(worded)
    with worded.writing():
        worded.delete_assets(["id-0.jpg"])
        worded.commit([asset("new.jpg", "c9")], [segment("c9", direction=5)])

    assert Counting.asked == 6
    after = first_words(worded)
    assert after.pop("c9") == ["snow"]
    assert after == {name: words for name, words in before.items() if name != "c0"}


def test_another_vocabulary_describes_everything_anew(worded: Store) -> None:
    worded.close()
    other = opened(worded.folder, "two")
    with other.writing():
        pass

    assert Counting.asked == 10
    with other.writing():
        pass
    assert Counting.asked == 10, "an unchanged library is left as it is"
    assert first_words(other)["c2"] == ["sea"]
    other.close()


def test_an_encoder_without_words(tmp_path: Path) -> None:
    store = Store(tmp_path / "library", space="fake@1", dim=DIM)
    with store.writing():
        store.commit([asset("a.jpg", "c0")], [segment("c0")])

    assert store.gallery()[1].concepts is None
    assert match_concepts("dog", store.gallery()[1]) is None
    store.close()


@pytest.mark.parametrize("name", ["concepts.npy", "vocabulary.utf8", "concept_words_rows.npy"])
def test_damaged_concepts_are_made_again(worded: Store, name: str) -> None:
    for path in worded.folder.glob(f"snapshot/*/{name}"):
        path.unlink()
    assert worded.gallery()[1].n_segment == 5, "out of the tables"

    with worded.writing():
        worded.commit([asset("new.jpg", "c9")], [segment("c9", direction=5)])

    assert first_words(worded)["c2"] == ["sea"]
    assert Counting.asked == 11
