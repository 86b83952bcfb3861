"""The door as a user of the Python API meets it, with an encoder without weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import LibraryError, QueryError
from mmsearch.library import Library, open_library
from mmsearch.scanning import products_by_numpy
from mmsearch.settings import Settings
from mmsearch.types import Modality
from tests.conftest import FakeEncoder, found_names
from tests.files import BLUE, save_picture


def test_add_index_search(library: Library, folder: Path) -> None:
    library.add(folder)
    report = library.index()

    assert (report.n_found, report.n_indexed, report.n_failed) == (4, 4, 0)
    best = library.search("red")[0]
    assert (best.rank, best.path, best.modality) == (1, folder / "red.png", Modality.IMAGE)
    assert best.match > 0.99
    assert best.scores["cosine"] == pytest.approx(1, abs=1e-3)
    assert found_names(library, "sort items")[0] == "sorting.py"
    assert found_names(library, "green", modalities=(Modality.IMAGE,), limit=1) == ["grün.png"]


def test_results_are_filtered_by_folder(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()

    assert set(found_names(library, "red", folders=(folder / "deep",))) == {"grün.png", "blue.jpg"}


def test_an_example_alone_and_with_text_and_with_what_to_avoid(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.add(folder)
    library.index()
    example = save_picture(tmp_path / "outside.png", BLUE)

    assert found_names(library, "", like=(example,))[0] == "blue.jpg"
    with_text = library.search("red", like=(example,))
    assert {hit.path.name for hit in with_text[:2]} == {"red.png", "blue.jpg"}
    assert {"cosine text", "cosine like:1"} <= set(with_text[0].scores)
    assert found_names(library, "red blue", avoid=("red",))[0] == "blue.jpg"


def test_examples_that_cannot_be_used(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    (folder / "empty.jpg").touch()
    (folder / "data.xyz").write_text("?")

    with pytest.raises(QueryError, match=r"empty\.jpg cannot be read"):
        library.search(like=(folder / "empty.jpg",))
    with pytest.raises(QueryError, match=r"data\.xyz cannot be an example"):
        library.search(like=(folder / "data.xyz",))


def test_searching_an_empty_library_answers_nothing(library: Library) -> None:
    assert library.search("red") == []


def test_status_as_in_the_stable_interface(library: Library, folder: Path) -> None:
    (folder / "empty.jpg").touch()
    library.add(folder)
    library.index()

    status = library.status().to_json()

    assert status["assets"] == {"indexed": 4, "failed": 1, "offline": 0}
    assert status["segments"] == 4
    assert status["spaces"] == ["fake@1"]
    assert status["by_modality"] == {"image": 3, "video": 0, "audio": 0, "code": 1}


def test_not_a_library(tmp_path: Path, fake_encoder: FakeEncoder) -> None:
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(LibraryError, match="not an mmsearch library"):
        open_library(tmp_path, encoder=fake_encoder)


def test_other_settings_hold_from_the_next_search_on(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    library.use_settings(Settings(decode_in_process=True, normalise="sinkhorns"))
    with pytest.raises(QueryError, match="sinkhorns"):
        library.search("red")
    assert found_names(library, "red", normalise="none")[0] == "red.png", (
        "a query may say it itself"
    )
    library.use_settings(Settings(decode_in_process=True, ignore=("deep/",)))
    assert library.index().n_removed == 2
    assert "blue.jpg" not in found_names(library, "blue")


def test_past_searches_are_forgotten_at_once(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    for text in ("red", "something else", "blue"):
        library.search(text)
        library.note_recent(text)
    vectors = library.path / "normalise" / "searches.f16"
    assert vectors.exists()
    assert library.recent_searches() == ["blue", "something else", "red"]
    library.use_settings(Settings(decode_in_process=True, keep_searches=False))
    assert not vectors.exists()
    library.use_settings(Settings(decode_in_process=True))
    assert library.recent_searches() == []


def test_the_map_is_kept_until_the_library_changes(library: Library, folder: Path) -> None:
    assert len(library.library_map().rows) == 0
    library.add(folder)
    library.index()

    drawn = library.library_map()
    assert {drawn.hit(point).path.name for point in range(4)} == {
        "red.png", "grün.png", "blue.jpg", "sorting.py",
    }  # fmt: skip
    (kept,) = library.path.glob("map/*.npz")
    before = kept.read_bytes()
    assert library.library_map().is_same(drawn)
    assert kept.read_bytes() == before

    (folder / "red.png").unlink()
    library.index(forget_missing=True)
    assert not library.library_map().is_same(drawn)
    assert len(library.library_map().rows) == 3


def test_preparing_loads_the_scan_of_a_large_library(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(folder)
    library.index()
    before = found_names(library, "red")
    scanned: list[int] = []

    def products(codes: np.ndarray, scales: np.ndarray, query: np.ndarray) -> np.ndarray:
        scanned.append(len(codes))
        return products_by_numpy(codes, scales, query)

    monkeypatch.setattr("mmsearch.vectors._MOST_WHOLE", 0)
    monkeypatch.setattr("mmsearch.vectors.code_products", products)
    library.prepare()
    assert scanned == [4, 4]
    assert found_names(library, "red") == before
