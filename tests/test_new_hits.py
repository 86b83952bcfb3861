"""What a kept search finds that nobody has seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import Query
from tests.conftest import FakeEncoder
from tests.files import save_text


@pytest.fixture
def library(tmp_path: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    save_text(tmp_path / "texts" / "boat.txt", "a boat in the harbour")
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(tmp_path / "texts")
        library.index()
        yield library


def names(library: Library, search: str) -> list[str]:
    return sorted(hit.path.name for hit in library.new_hits(search))


def test_hits_are_new_until_they_are_seen(library: Library, tmp_path: Path) -> None:
    library.save_search("all", Query(filters="type:code"))
    assert names(library, "all") == [], "nobody has looked yet"
    save_text(tmp_path / "texts" / "ship.txt", "a ship in the harbour")
    library.index()
    assert names(library, "all") == ["ship.txt"]
    assert names(library, "all") == ["ship.txt"], "asking is not looking"
    library.mark_seen("all")
    assert names(library, "all") == []


def test_what_was_seen_outlives_the_program(
    library: Library, tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    library.save_search("all", Query(filters="type:code"))
    library.mark_seen("all")
    library.close()
    save_text(tmp_path / "texts" / "ship.txt", "a ship")
    with open_library(tmp_path / "library", encoder=fake_encoder) as again:
        again.index()
        assert names(again, "all") == ["ship.txt"]


def test_only_what_is_close_is_new(library: Library, tmp_path: Path) -> None:
    library.save_search("strict", Query(text="zzz", min_match=1.0))
    library.mark_seen("strict")
    save_text(tmp_path / "texts" / "ship.txt", "a ship")
    library.index()
    assert names(library, "strict") == []


def test_a_forgotten_search_starts_anew(library: Library, tmp_path: Path) -> None:
    library.save_search("all", Query(filters="type:code"))
    library.mark_seen("all")
    library.forget_search("all")
    save_text(tmp_path / "texts" / "ship.txt", "a ship")
    library.index()
    library.save_search("all", Query(filters="type:code"))
    assert names(library, "all") == []


def test_an_unknown_name_is_told(library: Library) -> None:
    with pytest.raises(UserError, match="No search is kept"):
        library.new_hits("none")
    with pytest.raises(UserError, match="No search is kept"):
        library.mark_seen("none")


def test_searches_are_remembered_unless_the_settings_keep_none(
    library: Library, tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    library.note_recent("a boat")
    library.note_recent("a boat at sea")
    library.note_recent("rain")
    assert library.recent_searches() == ["rain", "a boat at sea"]
    library.close()
    none = Settings(decode_in_process=True, keep_searches=False)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=none) as again:
        assert again.recent_searches() == []
        again.note_recent("snow")
        assert again.recent_searches() == []
    with open_library(tmp_path / "library", encoder=fake_encoder) as again:
        assert again.recent_searches() == [], "what was kept is gone"
        again.note_recent("snow")
        again.forget_recent()
        assert again.recent_searches() == []


def test_damaged_recent_searches_are_none(library: Library, tmp_path: Path) -> None:
    (tmp_path / "library" / "recent.json").write_text("{")
    assert library.recent_searches() == []
