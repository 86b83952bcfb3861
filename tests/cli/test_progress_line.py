from __future__ import annotations

import pytest

from mmsearch.cli.index_command import progress_line
from mmsearch.types import Progress


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("scanning", n_found=12_410), ["12,410 found"]),
        (Progress("finishing"), ["Finishing"]),
        (
            Progress(
                "indexing",
                n_todo=200,
                n_done=50,
                n_failed=3,
                files_per_s=12.34,
                eta_s=125,
                current="/a/b/dog.jpg",
            ),
            ["━━━━━─", "50 of 200", "12.3 files/s", "2 min 05 s left", "3 unreadable", "dog.jpg"],
        ),
        (Progress("indexing", n_todo=9, eta_s=7300, n_done=1), ["2 h 01 min left"]),
    ],
)
def test_progress_says_how_far_how_fast_how_long(progress: Progress, words: list[str]) -> None:
    line = progress_line(progress)
    for word in words:
        assert word in line
    assert "\n" not in line
