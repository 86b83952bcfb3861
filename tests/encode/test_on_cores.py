"""Batches side by side: results in order, errors told, and really at once."""

from __future__ import annotations

import threading

import pytest

from mmsearch.encode.on_cores import map_on_cores


def test_results_come_in_order() -> None:
    assert map_on_cores(lambda number: number * number, range(50), n_threads=4) == [
        number * number for number in range(50)
    ]
    assert map_on_cores(str, [], n_threads=4) == []


def test_as_many_at_once_as_told() -> None:
    meeting = threading.Barrier(3)
    map_on_cores(lambda _: meeting.wait(60), range(3), n_threads=3)


def test_one_item_needs_no_thread() -> None:
    assert map_on_cores(lambda _: threading.current_thread(), [1]) == [threading.current_thread()]


def test_an_error_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        map_on_cores(lambda number: 1 // number, [1, 0, 2], n_threads=2)
