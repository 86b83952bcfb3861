"""Thumbs up and down, and kept searches, as a user of the library meets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.cli.batch import answer_line
from mmsearch.errors import QueryError, UserError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store.told import Told
from mmsearch.types import Modality, Query
from tests.conftest import FakeEncoder
from tests.files import save_text

TEXTS = {
    "boat.txt": "harbour boat sail wind",
    "ship.txt": "harbour boat sail storm",
    "crane.txt": "harbour crane steel container",
    "truck.txt": "harbour truck steel container",
    "tree.txt": "forest tree leaf",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        save_text(tmp_path / "texts" / name, text)
    return tmp_path / "texts"


@pytest.fixture
def library(tmp_path: Path, folder: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(folder)
        library.index()
        yield library


def order(library: Library, query: Query | str = "harbour", **fields: object) -> list[str]:
    return [hit.path.stem for hit in library.search(query, normalise="none", **fields)]


@pytest.mark.parametrize("method", ["gradient", "rocchio"])
def test_a_like_brings_what_is_like_it(library: Library, folder: Path, method: str) -> None:
    ships = order(library, liked=[folder / "boat.txt"], feedback=method)
    steel = order(library, liked=[folder / "crane.txt"], feedback=method)
    assert set(ships[:2]) == {"boat", "ship"}
    assert set(steel[:2]) == {"crane", "truck"}


def test_a_dislike_sends_away_what_is_like_it(library: Library, folder: Path) -> None:
    left = order(library, disliked=[folder / "boat.txt"])
    assert left.index("boat") > left.index("crane")
    assert left.index("ship") > left.index("truck")


def test_hits_can_be_given_as_they_are(library: Library) -> None:
    hits = {hit.path.stem: hit for hit in library.search("harbour")}
    liked = library.search("harbour", liked=[hits["truck"]])
    assert liked[0].path.stem == "truck"
    assert liked[0].scores["feedback"] > 0
    assert "feedback" not in hits["truck"].scores


def test_verdicts_stay_for_the_session(library: Library, tmp_path: Path, folder: Path) -> None:
    before = order(library)
    library.judge("harbour", liked=[folder / "truck.txt"])

    assert order(library)[0] == "truck"
    assert order(library, "harbour boat") != order(library, "harbour")

    library.judge("harbour")
    assert order(library) == before


def test_verdicts_are_kept_for_the_guard_and_the_bank(
    library: Library, tmp_path: Path, folder: Path, fake_encoder: FakeEncoder
) -> None:
    for _ in range(2):  # as when a page is shown again
        library.search("harbour", liked=[folder / "boat.txt"], disliked=[folder / "tree.txt"])

    [kept] = Told(tmp_path / "library").verdicts()

    assert (kept.space, kept.text) == ("fake@1", "harbour")
    assert kept.vector == pytest.approx(fake_encoder.encode_texts(["harbour"])[0], abs=1e-4)
    liked = next(hit for hit in library.search("harbour") if hit.path.stem == "boat")
    assert kept.liked == ((liked.content_id, 0),)
    assert len(kept.disliked) == 1


def test_a_damaged_row_of_verdicts_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").write_text('{"text": "of another version"}\n')
    assert Told(tmp_path).verdicts() == []


def test_what_is_not_in_the_library_cannot_be_judged(library: Library, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="not in the library"):
        library.search("harbour", liked=[tmp_path / "other.txt"])


def test_a_hit_is_liked_or_disliked(library: Library, folder: Path) -> None:
    path = folder / "boat.txt"
    with pytest.raises(QueryError, match="both liked and disliked"):
        library.search("harbour", liked=[path], disliked=[path])
    with pytest.raises(QueryError, match="way of feedback"):
        library.search("harbour", liked=[path], feedback="magic")


def test_batches_know_verdicts(library: Library, folder: Path) -> None:
    line = json.dumps({"text": "harbour", "liked": [str(folder / "truck.txt")]})
    answer, is_right = answer_line(library, line, 1, Query())
    assert is_right
    assert json.loads(answer)["hits"][0]["path"].endswith("truck.txt")


def test_a_search_is_kept_with_its_verdicts(
    library: Library, tmp_path: Path, folder: Path, fake_encoder: FakeEncoder
) -> None:
    query = Query(text="harbour type:code", modalities=(Modality.CODE,), limit=3)
    library.judge(query, liked=[folder / "truck.txt"])
    library.save_search(" ships ", query)

    with open_library(tmp_path / "library", encoder=fake_encoder) as again:
        assert again.saved_searches() == {"ships": library.saved_search("ships")}
        kept = again.saved_search("ships")
        assert order(again, kept)[0] == "truck"
        again.forget_search("ships")

    assert (kept.text, kept.limit) == (query.text, 3)
    assert library.saved_searches() == {}


def test_unknown_searches_are_told(library: Library) -> None:
    with pytest.raises(UserError, match="None is kept"):
        library.saved_search("ships")
    with pytest.raises(UserError, match="No search is kept"):
        library.forget_search("ships")
    with pytest.raises(UserError, match="needs a name"):
        library.save_search(" ", "harbour")
