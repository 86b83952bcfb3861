"""A few of the kills of tests/kills.py, which can be run at length: python -m tests.kills."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import kills


@pytest.mark.skipif(os.name != "posix", reason="stops processes with signals")
def test_kills_and_power_cuts_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kills, "LONGEST_S", 1.5)
    done = [kills.one_round(tmp_path, seed) for seed in range(5)]
    assert {one.how for one in done} == {"kill", "power cut"}
    assert any(one.n_stored for one in done), "nothing was ever at stake"
