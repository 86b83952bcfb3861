"""Near-duplicates and bursts as a user of the library meets them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.cli.print_hits import hits_as_text
from mmsearch.errors import UserError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import Hit, Query
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four red pictures that look the same, a copy of one, a green and a blue one."""
    folder = tmp_path / "pictures"
    for number in range(4):
        save_picture(folder / f"red {number}.png", RED, spot=number)
    shutil.copy(folder / "red 0.png", folder / "zz copy.png")
    save_picture(folder / "green.png", GREEN)
    save_picture(folder / "blue.png", BLUE)
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(folder)
        library.index()
        yield library


def names(hits: list[Hit]) -> list[str]:
    return [hit.path.name for hit in hits]


def test_two_of_a_group_come_before_all_others(library: Library) -> None:
    hits = library.search("red", limit=4)

    assert names(hits)[:2] == ["red 0.png", "red 1.png"]
    assert {hit.path.name for hit in hits[2:]} == {"blue.png", "green.png"}
    assert hits[0].group_size == 5
    assert hits[0].to_json()["group"] == {"id": hits[0].asset_id, "size": 5}
    assert hits[1].group_id == hits[0].asset_id
    assert "group" not in hits[2].to_json()


def test_nothing_is_lost_when_there_is_room(library: Library) -> None:
    hits = library.search("red")

    assert len(hits) == 7
    assert {hit.group_id for hit in hits[4:]} == {hits[0].asset_id}
    assert [hit.rank for hit in hits] == list(range(1, 8))


def test_grouping_can_be_switched_off(library: Library) -> None:
    hits = library.search("red", grouping=False)
    assert all(name.startswith(("red", "zz")) for name in names(hits)[:5])
    assert {hit.group_size for hit in hits} == {1}


def test_a_setting_switches_it_off_too(
    tmp_path: Path, library: Library, fake_encoder: FakeEncoder
) -> None:
    settings = Settings(decode_in_process=True, grouping=False)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as other:
        assert other.search("red")[0].group_size == 1


def test_a_search_for_what_is_alike_keeps_the_order(library: Library, folder: Path) -> None:
    hits = library.search(like=(folder / "red 0.png",))
    assert all(name.startswith(("red", "zz")) for name in names(hits)[:5])
    assert hits[0].group_size == 5


def test_what_is_no_duplicate_stays_apart_for_good(
    tmp_path: Path, library: Library, folder: Path, fake_encoder: FakeEncoder
) -> None:
    library.say_different(folder / "red 0.png", folder / "red 2.png")

    with open_library(tmp_path / "library", encoder=fake_encoder) as again:
        shown = {hit.path.name: hit for hit in again.search("red", limit=5)}

    assert shown["red 0.png"].group_size == 4
    assert shown["red 2.png"].group_size == 1


def test_what_was_said_to_be_different_can_be_taken_back(library: Library, folder: Path) -> None:
    pair = (folder / "red 0.png", folder / "red 2.png")
    library.say_different(*pair)
    library.take_back_different(*pair)
    assert library.search("red", limit=5)[0].group_size == 5
    with pytest.raises(UserError, match="not in the library"):
        library.take_back_different(folder / "red 0.png", folder / "red 9.png")


def test_copies_and_unknown_files_cannot_be_told_apart(library: Library, folder: Path) -> None:
    with pytest.raises(UserError, match="byte by byte"):
        library.say_different(folder / "red 0.png", folder / "zz copy.png")
    with pytest.raises(UserError, match="not in the library"):
        library.say_different(folder / "red 0.png", folder / "red 9.png")


def test_a_line_stands_for_a_group(library: Library) -> None:
    query = Query(text="red")
    lines = hits_as_text(library.search(query), collapsed=query.shows_groups).splitlines()
    assert len(lines) == 4
    assert lines[1].strip() == "+4 similar"


def test_examples_are_reranked_by_their_neighbours(library: Library, folder: Path) -> None:
    example = folder / "red 0.png"
    assert "rerank" in library.search(like=(example,))[0].scores
    assert "rerank" not in library.search(like=(example,), rerank="none")[0].scores
    assert "rerank" not in library.search("red", like=(example,))[0].scores
