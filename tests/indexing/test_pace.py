"""How long files take: what is expected, what was measured, and what is kept of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.indexing.pace import Laps, Pace, expected_bytes, expected_s
from mmsearch.types import Modality

MB = 2**20


def test_a_larger_file_takes_longer_and_more_room() -> None:
    for kind in Modality:
        assert 0 < expected_s(kind, 1000) < expected_s(kind, 100 * MB), kind
        assert 0 < expected_bytes(kind, 1000) <= expected_bytes(kind, 100 * MB), kind


def test_pictures_come_eighty_a_second() -> None:
    assert 1 / expected_s(Modality.IMAGE, 10_000) == pytest.approx(80, rel=0.05)


def test_of_a_huge_text_only_the_beginning_counts() -> None:
    assert expected_s(Modality.CODE, MB) == expected_s(Modality.CODE, 7 * MB)


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_only_laps_with_one_kind_count_and_not_the_first() -> None:
    """An empty lap is a part of the next."""
    clock = Clock()
    laps = Laps(clock)

    def lap(seconds: float, *kinds: Modality) -> None:
        for kind in kinds:
            laps.read(kind, 10_000)
        clock.now_s += seconds
        laps.end()

    lap(9, Modality.IMAGE)
    lap(2, Modality.IMAGE, Modality.IMAGE)
    lap(5, Modality.IMAGE, Modality.CODE)
    lap(7)
    lap(1, Modality.IMAGE)
    one_s = expected_s(Modality.IMAGE, 10_000)
    assert laps.measured == {Modality.IMAGE: (pytest.approx(3 * one_s), pytest.approx(10))}


def test_the_measured_ratio_lasts(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "pace.json"
    Pace(path).learn({Modality.IMAGE: (10.0, 30.0)})
    Pace(path).learn({Modality.IMAGE: (10.0, 10.0), Modality.CODE: (1.0, 1.5)})
    assert Pace(path).ratio(Modality.IMAGE) == pytest.approx(2)
    assert Pace(path).ratio(Modality.CODE) == 1, "too little to know"
    assert Pace(path).ratio(Modality.AUDIO) == 1


def test_what_is_long_ago_counts_little(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "pace.json")
    pace.learn({Modality.IMAGE: (360_000.0, 360_000.0)})
    pace.learn({Modality.IMAGE: (3600.0, 7200.0)})
    assert pace.ratio(Modality.IMAGE) == pytest.approx(1.5)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"image": 5}', '{"cat": [1, 2]}', '{"image": []}']
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pace.json"
    path.write_text(text)
    assert Pace(path).ratio(Modality.IMAGE) == 1
    Pace(path).learn({Modality.IMAGE: (10.0, 20.0)})
    assert Pace(path).ratio(Modality.IMAGE) == 2


def test_where_nothing_can_be_written_nothing_is_learned(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    pace = Pace(tmp_path / "file" / "pace.json")
    pace.learn({Modality.IMAGE: (10.0, 20.0)})
    assert pace.ratio(Modality.IMAGE) == 1
