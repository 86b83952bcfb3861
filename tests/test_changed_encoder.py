"""When the encoder changes, the old vectors answer until everything is encoded anew."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode import opening
from mmsearch.errors import LibraryError
from mmsearch.indexing import ledger
from mmsearch.library import Library, open_library
from mmsearch.scan.touched import touched_trees
from mmsearch.settings import Settings
from mmsearch.types import F32, Content, Modality
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture, save_text

N_RED = 40


class NewEncoder(FakeEncoder):
    """Another space: asked for red, the old vectors would answer it with something else."""

    spec = replace(FakeEncoder.spec, revision="2")

    def encode_texts(self, texts: Sequence[str]) -> F32:
        return np.ascontiguousarray(super().encode_texts(texts)[:, ::-1])

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        return np.ascontiguousarray(super().encode_contents(modality, contents)[:, ::-1])


OLD, NEW = FakeEncoder.spec.space, NewEncoder.spec.space


def opened(path: Path, encoder: FakeEncoder | None = None) -> Library:
    settings = Settings(decode_in_process=True, grouping=False)
    return open_library(path, encoder=encoder or NewEncoder(), settings=settings)


@pytest.fixture
def old_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the old encoder, which can still be opened; commits come one by one."""
    for place in range(N_RED):
        save_picture(tmp_path / "files" / f"red{place}.png", RED, spot=place)
        save_picture(tmp_path / "files" / f"blue{place}.png", BLUE, spot=place)
    save_text(tmp_path / "files" / "needle.py", "def needle(hay):\n    return hay\n")
    with opened(tmp_path / "library", FakeEncoder()) as library:
        library.add(tmp_path / "files")
        library.index()
    monkeypatch.setattr(opening, "open_encoder_of", {OLD: FakeEncoder()}.get)
    monkeypatch.setattr(ledger, "_COMMIT_EVERY_SEGMENTS", 1)
    return tmp_path / "library"


def best(library: Library, n: int = N_RED) -> set[str]:
    return {hit.path.name.rstrip("0123456789.png") for hit in library.search("red", limit=n)}


def until_half_done(library: Library) -> None:
    """Index about half of the files and stop."""
    library.index(stop=lambda: library.status().n_outdated <= N_RED + 8)


def segment_tables(library: Path) -> list[str]:
    return sorted(path.stem for path in (library / "tables").glob("segments_*"))


def test_old_vectors_answer_before_and_while_everything_is_encoded_anew(
    old_library: Path,
) -> None:
    with opened(old_library) as library:
        assert best(library) == {"red"}
        assert library.status().n_outdated == 2 * N_RED + 1
        until_half_done(library)

        status = library.status()
        assert 0 < status.n_outdated < 2 * N_RED
        assert status.answering == OLD
        assert status.to_json()["reencoding"]["left"] == status.n_outdated
        assert best(library) == {"red"}
        assert len(library.search("red", limit=1000)) == 2 * N_RED + 1
    with opened(old_library) as again:
        assert best(again) == {"red"}
        assert len(again.search("red", limit=1000)) == 2 * N_RED + 1


def test_new_vectors_answer_once_all_are_there_and_the_old_ones_go(old_library: Path) -> None:
    with opened(old_library) as library:
        until_half_done(library)
        save_picture(old_library.parent / "files" / "red_new.png", RED, spot=999)
        library.index()

        status = library.status()
        assert (status.n_outdated, status.answering) == (0, NEW)
        assert "reencoding" not in status.to_json()
        assert len({hit.path for hit in library.search("red", limit=N_RED + 1)}) == N_RED + 1
        assert all("red" in hit.path.name for hit in library.search("red", limit=N_RED + 1))
        assert library._store.check() == []
    assert segment_tables(old_library) == ["segments_fake_2"]


def test_words_are_found_all_the_while_and_once(old_library: Path) -> None:
    with opened(old_library) as library:
        for _ in range(2):
            hits = library.search("needle", limit=5)
            assert hits[0].path.name == "needle.py"
            assert {word.word for word in hits[0].words} == {"needle"}
            library.index()
        words = library._store.fresh_tables().words()
        assert len(set(words["content_id"].to_pylist())) == 1
        assert library._store.check() == []


def test_a_kill_in_between_loses_nothing(old_library: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    with opened(old_library) as library:
        for progress in library.indexing():
            if progress.n_done > N_RED and not killed.exists():
                shutil.copytree(old_library, killed)

    with opened(killed) as library:
        n_left = library.status().n_outdated
        assert 0 < n_left < 2 * N_RED
        assert best(library) == {"red"}
        assert len(library.search("red", limit=1000)) == 2 * N_RED + 1
        report = library.index()
        assert report.n_indexed == n_left, "what was encoded anew before the kill is kept"
        assert library.status().answering == NEW
        assert best(library) == {"red"}
        assert library._store.check() == []
    assert segment_tables(killed) == ["segments_fake_2"]


def test_a_kill_before_the_old_vectors_are_dropped(
    old_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(old_library) as library:
        monkeypatch.setattr("mmsearch.store.tables.Tables.drop_other_spaces", lambda self: None)
        library.index()
        assert segment_tables(old_library) == ["segments_fake_1", "segments_fake_2"]
        monkeypatch.undo()
        library.index()
    assert segment_tables(old_library) == ["segments_fake_2"]


def test_without_the_old_encoder_the_new_one_answers_as_it_comes(
    old_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "open_encoder_of", {}.get)
    with opened(old_library) as library:
        with pytest.raises(LibraryError, match="another encoder"):
            library.search("red")
        until_half_done(library)
        n_found = len(library.search("red", limit=1000))
        assert 0 < n_found < 2 * N_RED
        library.index()
        assert len(library.search("red", limit=1000)) == 2 * N_RED + 1


def test_files_of_a_drive_that_is_away_keep_their_old_vectors(old_library: Path) -> None:
    away = old_library.parent / "away"
    save_picture(away / "red.png", RED, spot=500)
    with opened(old_library, FakeEncoder()) as library:
        library.add(away)
        library.index()
    away.rename(away.with_name("elsewhere"))
    with opened(old_library) as library:
        library.index()
        assert library.status().n_outdated == 1
        assert segment_tables(old_library) == ["segments_fake_1", "segments_fake_2"]
        away.with_name("elsewhere").rename(away)
        library.index()
        assert library.status().n_outdated == 0
    assert segment_tables(old_library) == ["segments_fake_2"]


def test_a_look_into_one_folder_is_not_all(old_library: Path) -> None:
    with opened(old_library) as library:
        save_picture(old_library.parent / "files" / "new" / "red.png", RED, spot=501)
        touched = touched_trees([old_library.parent / "files" / "new"])
        for _ in library.indexing(touched=touched):
            assert library.status().answering == OLD
        assert library.status().answering == OLD
        assert library.status().n_outdated == 2 * N_RED + 1
