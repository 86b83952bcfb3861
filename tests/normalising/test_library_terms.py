"""Columns over the life of a library: what is computed anew, what is carried over, what is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.gallery import Gallery
from mmsearch.normalise import fit
from mmsearch.normalise.library_bank import banks_of
from mmsearch.normalise.method import METHODS
from mmsearch.normalise.terms import NO_TERMS, Terms
from mmsearch.normalising import fitting, library_terms
from mmsearch.normalising.library_terms import AUTO, LibraryTerms
from mmsearch.store import term_files
from mmsearch.types import Modality, QueryBanks
from tests.normalising.conftest import SPEC, encode_nothing, gallery, unit_rows

KINDS = [Modality.IMAGE, Modality.IMAGE, Modality.CODE, Modality.AUDIO, Modality.VIDEO] * 100
NAMES = (AUTO, *METHODS)


def some(n: int, start: int = 0) -> Gallery:
    return gallery(unit_rows(500, 1)[start : start + n], KINDS[start : start + n])


def columns(terms: Terms) -> dict[str, list[np.ndarray]]:
    return {kind: [one.term for one in found] for kind, found in terms.factors.items()}


def assert_same(one: Terms, other: Terms) -> None:
    assert one.factors.keys() == other.factors.keys()
    for kind, factors in one.factors.items():
        assert len(factors) == len(other.factors[kind])
        for fast, slow in zip(factors, other.factors[kind], strict=True):
            assert fast.term == pytest.approx(slow.term, abs=1e-5)
            assert (fast.active is None) == (slow.active is None)
            if fast.active is not None and slow.active is not None:
                assert (fast.active == slow.active).all()


@pytest.mark.parametrize("name", NAMES)
def test_coming_and_going_gives_the_same_as_a_full_fit(
    name: str, terms: LibraryTerms, tmp_path: Path
) -> None:
    terms.refit(some(300), 1, encode_nothing)
    terms.terms(some(300), 1, name, is_at_rest=True)

    grown = terms.terms(some(320), 2, name, is_at_rest=True)
    shrunk = terms.terms(some(290, start=20), 3, name, is_at_rest=True)

    for folder in (tmp_path / "normalise").glob("*-3"):
        assert folder.name.startswith(name)
        for file in folder.iterdir():
            file.unlink()
    anew = LibraryTerms(tmp_path, SPEC, keep_searches=True)
    assert_same(shrunk, anew.terms(some(290, start=20), 3, name, is_at_rest=False))
    assert_same(grown, anew.terms(some(320), 2, name, is_at_rest=False))
    assert columns(grown), "something was normalised"


def test_only_new_segments_are_compared_with_the_banks(
    terms: LibraryTerms, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms.refit(some(300), 1, encode_nothing)
    asked: list[int] = []

    def fit_rows(vectors: object, rows: np.ndarray, *rest: object) -> np.ndarray:
        asked.append(len(rows))
        return fit.fit_rows(vectors, rows, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(fitting, "fit_rows", fit_rows)
    terms.terms(some(305), 2, AUTO, is_at_rest=True)

    assert max(asked) == 2, "of each kind at most two are new"


def test_a_search_opens_what_was_kept_and_computes_nothing(
    terms: LibraryTerms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms.refit(some(200), 7, encode_nothing)
    before = terms.terms(some(200), 7, AUTO, is_at_rest=True)

    def fail(*_: object) -> None:
        raise AssertionError("it was computed anew")

    monkeypatch.setattr(library_terms, "fit_columns", fail)
    after = LibraryTerms(tmp_path, SPEC, keep_searches=True)
    assert_same(before, after.terms(some(200), 7, AUTO, is_at_rest=True))


def test_damaged_files_cost_time_only(
    terms: LibraryTerms, tmp_path: Path, banks: QueryBanks
) -> None:
    terms.refit(some(200), 7, encode_nothing)
    before = terms.terms(some(200), 7, AUTO, is_at_rest=True)
    (column,) = (tmp_path / "normalise").glob("auto-7/raw text.npy")
    column.write_bytes(b"torn")

    after = LibraryTerms(tmp_path, SPEC, keep_searches=True)
    assert_same(before, after.terms(some(200), 7, AUTO, is_at_rest=True))

    for name in ("choices.json", *(p.name for p in (tmp_path / "normalise").glob("bank-*"))):
        (tmp_path / "normalise" / name).write_bytes(b"torn")
    anew = LibraryTerms(tmp_path, SPEC, keep_searches=True)
    assert columns(anew.terms(some(200), 7, AUTO, is_at_rest=True))


def test_other_banks_mean_a_new_fit(
    terms: LibraryTerms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms.refit(some(200), 7, encode_nothing)
    before = columns(terms.terms(some(200), 7, AUTO, is_at_rest=True))
    others = QueryBanks({("text", Modality.IMAGE): unit_rows(80, 999)}, {})
    monkeypatch.setattr(library_terms, "shipped_banks", lambda spec: others)
    monkeypatch.setattr(library_terms, "banks_identity", lambda spec: "other banks")

    after = LibraryTerms(tmp_path, SPEC, keep_searches=True)
    found = columns(after.terms(some(200), 7, AUTO, is_at_rest=True))
    assert np.abs(found["text"][0] - before["text"][0]).max() > 0.01


def test_raw_when_nothing_or_nobody_knows(terms: LibraryTerms) -> None:
    assert terms.terms(some(50), 1, "none", is_at_rest=True) is NO_TERMS
    assert terms.terms(some(0), 1, AUTO, is_at_rest=True) is NO_TERMS
    terms.refit(some(0), 1, encode_nothing)


def test_a_library_of_one_file(terms: LibraryTerms) -> None:
    terms.refit(some(1), 1, encode_nothing)
    for name in NAMES:
        assert columns(terms.terms(some(1), 1, name, is_at_rest=True)) == {}


def test_nobody_waits_for_many_new_segments_while_searching(
    terms: LibraryTerms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_terms, "_MOST_WHILE_SEARCHING", 50)
    assert terms.terms(some(100), 1, AUTO, is_at_rest=False) is NO_TERMS
    assert columns(terms.terms(some(100), 2, AUTO, is_at_rest=True))


def test_a_folder_that_cannot_be_written_is_searched_all_the_same(
    terms: LibraryTerms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    for name in ("save_columns", "save_bank", "save_choices", "add_search", "forget_searches"):
        monkeypatch.setattr(term_files, name, fail)
    terms.refit(some(100), 1, encode_nothing)
    assert columns(terms.terms(some(100), 1, AUTO, is_at_rest=True))
    terms.note_search(unit_rows(1, 5)[0])
    terms.close()


def test_searches_join_the_bank_when_the_library_is_next_looked_at(
    terms: LibraryTerms, tmp_path: Path
) -> None:
    terms.refit(some(200), 1, encode_nothing)
    before = columns(terms.terms(some(200), 1, AUTO, is_at_rest=True))
    axes = np.eye(16, dtype=np.float32)
    for axis in (axes[1], axes[2], axes[2] * 0.9 + axes[3] * 0.4358899, axes[4]):
        terms.note_search(axis)
    terms.close()

    kept = term_files.load_searches(tmp_path, 16)
    assert kept is not None
    assert len(kept) == 3, "what was typed on is one search"
    terms.refit(some(200), 2, encode_nothing)
    after = columns(terms.terms(some(200), 2, AUTO, is_at_rest=True))
    assert np.abs(after["text"][0] - before["text"][0]).max() > 1e-4


def test_searches_are_forgotten_when_the_user_wants_that(
    terms: LibraryTerms, tmp_path: Path
) -> None:
    terms.note_search(unit_rows(1, 5)[0])
    terms.close()
    silent = LibraryTerms(tmp_path, SPEC, keep_searches=False)
    silent.note_search(unit_rows(1, 6)[0])
    silent.close()
    loaded = term_files.load_searches(tmp_path, 16)
    assert loaded is not None
    assert len(loaded) == 1

    silent.refit(some(100), 1, encode_nothing)

    assert term_files.load_searches(tmp_path, 16) is None


def test_only_the_latest_searches_are_kept(tmp_path: Path) -> None:
    rows = unit_rows(1300, 1)
    for row in rows:
        term_files.add_search(tmp_path, row)
    found = term_files.load_searches(tmp_path, 16)
    assert found is not None
    assert len(found) == 512
    assert (tmp_path / "normalise" / "searches.f16").stat().st_size <= 1024 * 16 * 2
    assert {tuple(row) for row in found.tolist()} == {tuple(row) for row in rows[-512:].tolist()}


def test_the_guard_looks_again_only_when_much_has_changed(
    terms: LibraryTerms, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms.refit(some(300), 1, encode_nothing)
    first = terms.choices
    terms.refit(some(310), 2, encode_nothing)
    assert terms.choices is first
    terms.refit(some(310), 2, encode_nothing, anew=True)
    assert terms.choices is not first
    second = terms.choices
    terms.refit(some(450), 3, encode_nothing)
    assert terms.choices is not second


def test_nothing_is_to_be_done_when_nothing_has_changed(
    terms: LibraryTerms, tmp_path: Path
) -> None:
    assert not terms.is_fitted(1)
    terms.refit(some(100), 1, encode_nothing)
    assert terms.is_fitted(1)
    assert LibraryTerms(tmp_path, SPEC, keep_searches=True).is_fitted(1)
    assert not terms.is_fitted(2)


def test_a_bank_of_a_few_queries_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = QueryBanks({("text", Modality.IMAGE): unit_rows(5, 999)}, {})
    monkeypatch.setattr(library_terms, "shipped_banks", lambda spec: tiny)
    terms = LibraryTerms(tmp_path, SPEC, keep_searches=True)
    without = banks_of(("text", Modality.IMAGE), tiny, terms.library_bank)
    assert without.real is None
    assert without.own is None
    assert columns(terms.terms(some(50), 1, "nnn", is_at_rest=True)) == {}


def test_few_files_are_treated_with_care(terms: LibraryTerms) -> None:
    pair = ("text", Modality.IMAGE)
    terms.refit(some(50), 1, encode_nothing)
    careful = terms.choices.by_pair[pair]
    assert careful.setting.strength <= 0.5
    assert "few" in careful.reason
    terms.refit(some(500), 2, encode_nothing)
    assert "queries made of" in terms.choices.by_pair[pair].reason
