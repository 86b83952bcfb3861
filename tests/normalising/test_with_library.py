"""Terms in the life of a real library: files come, go, and are searched meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch.library import Library, open_library
from mmsearch.normalising import library_terms
from mmsearch.settings import Settings
from mmsearch.types import Modality, QueryBanks
from tests.conftest import FakeEncoder
from tests.files import save_text

WORDS = [f"{one}{other}" for one in ("red", "blue", "old", "new") for other in "abcdefghijklmnopq"]
SETTINGS = Settings(decode_in_process=True, keep_searches=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place, word in enumerate(WORDS[:40]):
        half = "first" if place < 20 else "second"
        save_text(tmp_path / "texts" / half / f"{word}.txt", f"{word} {WORDS[place // 4]} thing")
    return tmp_path / "texts"


@pytest.fixture
def library(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    real = FakeEncoder().encode_texts([f"{word} thing" for word in WORDS])
    banks = QueryBanks({("text", Modality.CODE): np.unique(real, axis=0)})
    monkeypatch.setattr(library_terms, "shipped_banks", lambda spec: banks)
    with open_library(tmp_path / "library", encoder=FakeEncoder(), settings=SETTINGS) as library:
        library.add(folder / "first", folder / "second")
        library.index()
        yield library


def bank_terms(library: Library, method: str = "nnn") -> dict[str, float]:
    hits = library.search("old thing", normalise=method, limit=100, grouping=False)
    return {hit.path.name: hit.scores["bank"] for hit in hits}


def fitted_anew(library: Library, method: str = "nnn") -> dict[str, float]:
    """What a process says that finds nothing kept but the bank and the choices."""
    for kept in (library.path / "normalise").iterdir():
        if kept.is_dir():
            shutil.rmtree(kept)
    with open_library(library.path, encoder=FakeEncoder(), settings=SETTINGS) as other:
        return bank_terms(other, method)


@pytest.mark.parametrize("method", ["nnn", "auto", "dual-dis"])
def test_files_that_come_and_go_leave_the_terms_of_a_full_fit(
    library: Library, folder: Path, method: str
) -> None:
    before = bank_terms(library, method)
    assert len(before) == 40
    save_text(folder / "first" / "fresh.txt", "an old thing that is fresh")
    (folder / "first" / f"{WORDS[0]}.txt").unlink()
    library.index()

    after = bank_terms(library, method)
    assert "fresh.txt" in after
    assert after == pytest.approx(fitted_anew(library, method), abs=1e-5)


def test_a_folder_that_is_removed_takes_its_terms_along(library: Library, folder: Path) -> None:
    assert len(bank_terms(library)) == 40
    library.remove(folder / "second")

    after = bank_terms(library)
    assert len(after) == 20
    assert any(after.values())
    assert after == pytest.approx(fitted_anew(library), abs=1e-5)


def test_another_process_sees_new_files_with_their_terms(library: Library, folder: Path) -> None:
    with open_library(library.path, encoder=FakeEncoder(), settings=SETTINGS) as other:
        assert len(bank_terms(other)) == 40
        save_text(folder / "first" / "fresh.txt", "an old thing that is fresh")
        library.index()
        assert bank_terms(other) == pytest.approx(bank_terms(library), abs=1e-5)
        assert len(bank_terms(other)) == 41
