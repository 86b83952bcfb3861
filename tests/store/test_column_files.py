from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.store.column_files import (
    Texts,
    load_numbers,
    load_some,
    load_widened,
    save_numbers,
    save_some,
    save_texts,
)


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [([0, 255], np.uint8), ([-1, 5], np.int8), ([0, 70_000], np.uint32), ([-(2**40)], np.int64)],
)
def test_whole_numbers_lie_as_narrow_as_they_are(
    tmp_path: Path, numbers: list[int], kind: type
) -> None:
    save_numbers(tmp_path / "some", np.array(numbers, np.int64))
    found = load_numbers(tmp_path / "some")
    assert found.dtype == kind
    assert found.tolist() == numbers


@pytest.mark.parametrize("numbers", [[], [7, 7, 7], [1, 2, 300]])
def test_a_column_is_read_as_what_it_was(tmp_path: Path, numbers: list[int]) -> None:
    save_numbers(tmp_path / "some", np.array(numbers, np.int64))
    found = load_widened(tmp_path / "some", np.int64)
    assert found.dtype == np.int64
    assert found.tolist() == numbers


def test_no_numbers_and_broken_ones_stay_what_they_are(tmp_path: Path) -> None:
    for numbers in (np.zeros(0, np.int64), np.float32([0.5, np.nan])):
        save_numbers(tmp_path / "some", numbers)
        np.testing.assert_array_equal(load_numbers(tmp_path / "some"), numbers)


def test_rows_of_nothing_take_no_room(tmp_path: Path) -> None:
    rows = np.full((1000, 2), np.nan)
    rows[[3, 999]] = [[0.0, 1.5], [2.25, 3.0]]
    save_some(tmp_path / "some", rows)
    np.testing.assert_array_equal(load_some(tmp_path / "some", 1000), rows)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1000


def test_texts_are_read_as_a_list(tmp_path: Path) -> None:
    texts = ["", "a", "日本", "long " * 100, ""]
    save_texts(tmp_path / "some", texts)
    found = Texts.load(tmp_path / "some")
    assert list(found) == texts
    assert (found[-2], found[1:3], len(found)) == (texts[-2], texts[1:3], 5)


@pytest.mark.parametrize("texts", [[], ["", ""]])
def test_texts_without_a_letter(tmp_path: Path, texts: list[str]) -> None:
    save_texts(tmp_path / "some", texts)
    assert list(Texts.load(tmp_path / "some")) == texts


def test_texts_that_were_cut_off_are_refused(tmp_path: Path) -> None:
    save_texts(tmp_path / "some", ["one", "two"])
    path = tmp_path / "some.utf8"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match="some"):
        Texts.load(tmp_path / "some")


@pytest.mark.parametrize("kept", ["", "a", "e", "abc", "bd", "abcde"])
def test_some_of_the_texts_are_kept(kept: str) -> None:
    texts = {"a": "one", "b": "", "c": "zwölf", "d": "日本", "e": "five"}
    is_kept = np.array([name in kept for name in texts])
    found = Texts.of(list(texts.values())).kept(is_kept)
    assert list(found) == [texts[name] for name in kept]
    assert found.whole() == "".join(texts[name] for name in kept)
