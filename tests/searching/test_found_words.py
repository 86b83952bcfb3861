"""Which words a hit has, and where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mmsearch.concepts import Concepts
from mmsearch.gallery import Gallery
from mmsearch.identifiers import terms
from mmsearch.searching.found_words import found_words
from mmsearch.store.postings_table import postings_of
from mmsearch.store.records import metadata_to_json
from mmsearch.types import FoundWord, Metadata, Modality
from tests.galleries import gallery_of

SAID = metadata_to_json(Metadata(title="Evening", tags=("harbour", "Otto")))


@pytest.fixture
def gallery() -> Gallery:
    """A picture that says much about itself, and two pieces of code in one file."""
    gallery = gallery_of(
        segments_per_content=[1, 2],
        kinds=[Modality.IMAGE, Modality.CODE],
        paths=["Dogs at sea/old dog.jpg", "src/load.py"],
        metadata=[SAID, "{}"],
    )
    pieces = {1: terms("def load_table(path)"), 2: terms("def write(rows)")}
    words = [(word, row) for row, some in pieces.items() for word in some]
    concepts = Concepts(
        ["dog", "sand"],
        "hand",
        np.uint16([[0, 1], [65535, 65535], [65535, 65535]]),
        postings_of(["dog", "sand"], [0, 0], 3),
    )
    return replace(
        gallery,
        words=postings_of([word for word, _ in words], [row for _, row in words], 3),
        concepts=concepts,
    )


def told(text: str, gallery: Gallery, row: int, segment: int) -> list[tuple[str, str]]:
    (words,) = found_words(text, gallery, [row], [segment])
    return [(found.word, found.where) for found in words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a Dog", [("Dog", "name"), ("Dog", "concepts")]),
        ("dogs at the sea", [("dogs", "name"), ("dogs", "concepts"), ("sea", "folder")]),
        ("Otto in the evening", [("Otto", "tags"), ("evening", "title")]),
        ("sandy beaches", []),
        ("jpg", [("jpg", "name")]),
        ("", []),
        ("the", []),
    ],
)
def test_words_of_a_picture(gallery: Gallery, text: str, words: list[tuple[str, str]]) -> None:
    assert told(text, gallery, 0, 0) == words


def test_words_of_the_piece_that_matched_and_not_of_its_neighbour(gallery: Gallery) -> None:
    query = "loading a table and writing rows"
    assert told(query, gallery, 1, 1) == [
        ("loading", "name"),
        ("loading", "text"),
        ("table", "text"),
    ]
    assert told(query, gallery, 1, 2) == [
        ("loading", "name"),
        ("writing", "text"),
        ("rows", "text"),
    ]


def test_an_identifier_is_one_word_of_the_query(gallery: Gallery) -> None:
    assert told("load_table", gallery, 1, 1) == [("load_table", "name"), ("load_table", "text")]


def test_many_hits_at_once(gallery: Gallery) -> None:
    words = found_words("dog table", gallery, [0, 1, 1], [0, 1, 2])
    assert [len(some) for some in words] == [2, 1, 0]
    assert words[1] == (FoundWord("table", "text"),)
    assert found_words("dog", gallery, [], []) == []


def test_of_a_gallery_that_knows_no_words_nothing_is_told(gallery: Gallery) -> None:
    bare = replace(gallery, words=None, names=None, concepts=None)
    assert found_words("dog", bare, [0], [0]) == [()]
