"""The concept words of files as a filter, from the command line to the answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import FakeEncoder
from tests.vocabularies import vocabulary_of

from .conftest import Run

WORDS = ("red", "blue", *(f"other{place}" for place in range(30)))


@pytest.fixture
def described(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands on a library whose pictures have been described."""
    vectors = FakeEncoder().encode_texts(WORDS)
    monkeypatch.setattr(FakeEncoder, "vocabulary", vocabulary_of(WORDS, np.asarray(vectors)))
    run("index", folder)
    return run


def names(answer: str) -> list[str]:
    """Of the files in an answer as JSON, by itself or in a line of a batch."""
    said = json.loads(answer)
    hits = said["hits"] if isinstance(said, dict) else said
    return [Path(hit["path"]).name for hit in hits]


@pytest.mark.parametrize(
    "arguments", [("tag:Reds",), ("tag:red,other99",), ("--filter", "tag:red")]
)
def test_only_files_with_the_word_are_found(described: Run, arguments: tuple[str, ...]) -> None:
    assert names(described("search", *arguments, "--json").out) == ["red.png"]


def test_the_word_can_be_avoided(described: Run) -> None:
    found = names(described("search", "-tag:red", "type:image", "--json").out)
    assert found == ["blue sky.png"]


def test_an_unknown_word_is_told_with_the_nearest(described: Run) -> None:
    ran = described("search", "dog tag:rde")
    assert (ran.code, ran.out) == (0, "Nothing found.\n")
    assert ran.err == "There is no tag called rde. Did you mean tag:red?\n"


def test_a_batch_has_it_too(described: Run, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    lines = [{"id": 1, "text": "tag:red"}, {"id": 2, "text": "sky", "filter": "tag:blues"}]
    queries.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    ran = described("search", "--batch", queries)
    assert [names(line) for line in ran.out.splitlines()] == [["red.png"], ["blue sky.png"]]
