"""Another process encodes everything anew; whoever has the library open answers all the while."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mmsearch.encode import opening
from mmsearch.errors import LibraryError
from mmsearch.library import Library
from mmsearch.store.reading import StoreReader
from mmsearch.store.tables import Tables
from mmsearch.types import Query
from tests.conftest import PATIENCE_S
from tests.files import BLUE, RED, save_picture, save_text
from tests.reencoding_indexer import opened, revised_encoder_of

N_PICTURES = 40
N_FILES = N_PICTURES + 1


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of revision 1."""
    for place in range(N_PICTURES):
        colour = RED if place % 2 else BLUE
        save_picture(tmp_path / "files" / f"{place}.png", colour, spot=place)
    save_text(tmp_path / "files" / "needle.py", "def needle(hay):\n    return hay\n")
    with opened(tmp_path / "library", "1") as made:
        made.add(tmp_path / "files")
        made.index()
    monkeypatch.setattr(opening, "open_encoder_of", revised_encoder_of)
    return tmp_path / "library"


@contextmanager
def encoded_elsewhere(library: Path, *revisions: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that encodes everything anew, time and again."""
    command = [sys.executable, "-m", "tests.reencoding_indexer", library, library.parent / "files"]
    process = subprocess.Popen([*map(str, command), *revisions])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def segment_tables(library: Path) -> list[str]:
    return sorted(path.stem for path in (library / "tables").glob("segments_*"))


def assert_answers(reader: Library, files: Path) -> None:
    """Everything that a window asks for is there, whatever goes on."""
    hits = reader.search("red", limit=1000)
    assert len({hit.path for hit in hits}) == len(hits) >= N_FILES
    assert reader.search("needle", limit=1)[0].path.name == "needle.py"
    assert reader.count(Query()) >= N_FILES
    assert [root.path for root in reader.roots()] == [files]
    assert reader.status().n_indexed >= N_FILES
    assert reader.errors() == []


def test_a_reader_answers_while_spaces_come_and_go(library: Path) -> None:
    answering = set()
    with (
        opened(library, "1") as reader,
        encoded_elsewhere(library, "2", "1", "3", "2") as process,
    ):
        deadline_s = time.monotonic() + 5 * PATIENCE_S
        while process.poll() is None:
            assert time.monotonic() < deadline_s, "it has hung"
            assert_answers(reader, library.parent / "files")
            answering.add(reader.status().answering)
        assert process.returncode == 0
        assert_answers(reader, library.parent / "files")
        assert reader.status().answering == "fake@2"
        assert len(reader.search("red", limit=1000)) == N_FILES + 1
        assert "fake@1" in answering
    assert segment_tables(library) == ["segments_fake_2"]


def test_a_reader_without_the_new_encoder_answers_from_what_it_has_open(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the window of an older version does when a newer one has encoded everything."""
    monkeypatch.setattr(opening, "open_encoder_of", {}.get)
    with opened(library, "1") as reader:
        assert len(reader.search("red", limit=1000)) == N_FILES
        with opened(library, "2") as other:
            other.index()
        assert reader.refresh()
        assert_answers(reader, library.parent / "files")
        assert not reader.refresh(), "it has seen what there is"
    with opened(library, "1") as late, pytest.raises(LibraryError, match="another encoder"):
        late.search("red")


def test_reading_makes_nothing(library: Path) -> None:
    before = sorted(path for path in (library / "tables").rglob("*"))
    with opened(library, "2") as reader:
        assert_answers(reader, library.parent / "files")
        assert reader.status().n_outdated == N_FILES
    assert sorted(path for path in (library / "tables").rglob("*")) == before


def once_before(
    monkeypatch: pytest.MonkeyPatch, kind: type, name: str, happens: Callable[[], None]
) -> list[None]:
    """Let something happen before a method is called for the first time; filled when it has."""
    real, happened = getattr(kind, name), []

    def method(self: object, *args: object) -> object:
        if not happened:
            happened.append(None)
            happens()
        return real(self, *args)

    monkeypatch.setattr(kind, name, method)
    return happened


def test_vectors_that_are_dropped_before_they_are_read(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had decided for the old space when the new one took over."""

    def encode_anew() -> None:
        with opened(library, "2") as other:
            other.index()

    with opened(library, "1") as reader:
        happened = once_before(monkeypatch, StoreReader, "gallery", encode_anew)
        assert len(reader.search("red", limit=1000)) == N_FILES
        assert happened
        assert reader.status().answering == "fake@2"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("assets", RuntimeError("lance error: Not found: segments_fake_1.lance/data/1.lance")),
        ("_open", ValueError("Table 'segments_fake_1' was not found")),
    ],
)
def test_tables_that_vanish_while_they_are_read_are_read_again(
    library: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: Exception
) -> None:
    def vanish() -> None:
        raise error

    with opened(library, "1") as reader:
        happened = once_before(monkeypatch, Tables, name, vanish)
        assert reader.status().n_indexed == N_FILES
        assert happened


def test_damaged_tables_are_told(library: Path) -> None:
    for path in (library / "tables" / "assets.lance" / "data").iterdir():
        path.write_bytes(b"")
    with opened(library, "1") as reader, pytest.raises(LibraryError, match="cannot be read"):
        reader.status()
