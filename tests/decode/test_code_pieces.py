"""Lines cut into pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mmsearch.decode.code_pieces import Piece, windows

_LINES = st.lists(st.sampled_from(["", "a", "    b", "\tc", "}", "word " * 500]), min_size=1)


@given(
    lines=_LINES.map(lambda lines: lines * 7),
    max_lines=st.integers(1, 30),
    overlap=st.integers(0, 20),
    first=st.integers(0, 3),
)
def test_windows_cover_all_lines_in_order(
    lines: list[str], max_lines: int, overlap: int, first: int
) -> None:
    found = list(
        windows(Piece(first, len(lines) - 1, ("a",)), lines, max_lines=max_lines, overlap=overlap)
    )
    covered = {row for window in found for row in range(window.first, window.last + 1)}
    wanted = {row for row in range(first, len(lines)) if lines[row]}
    assert wanted <= covered
    assert covered <= set(range(first, len(lines)))
    assert all(window.last - window.first < max_lines + 5 for window in found)
    assert [window.last for window in found] == sorted({window.last for window in found})
    assert all(window.scope == ("a",) for window in found)


def test_windows_begin_at_blank_lines() -> None:
    lines = (["a"] * 9 + [""]) * 10
    found = list(windows(Piece(0, 99), lines, max_lines=24, overlap=4))
    assert len(found) == 5
    assert all(lines[window.last + 1] == "" for window in found[:-1])


def test_a_short_piece_is_left_alone() -> None:
    lines = ["", "a", "", "b", ""]
    assert list(windows(Piece(0, 4), lines, max_lines=5, overlap=2)) == [Piece(1, 3)]
    assert list(windows(Piece(2, 2), lines, max_lines=5, overlap=2)) == []
