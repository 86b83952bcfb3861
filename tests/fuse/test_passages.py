"""Other places of the same file, where they answer too."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.fuse.match import Null
from mmsearch.fuse.passages import passages
from mmsearch.gallery import Gallery
from mmsearch.types import LineRange, Modality
from tests.galleries import gallery_of

LINES = [(1, 10), (11, 20), (21, 30), (12, 18), (31, 40), (41, 50), (51, 60), (61, 70)]
NULL = Null(np.zeros(4, np.float32), np.ones(4, np.float32), np.ones(4, np.float32))


def file_of_code(*, kind: Modality = Modality.CODE) -> Gallery:
    """A file before it, and one of eight pieces, of which the fourth lies within the second."""
    locators = np.array([(1, 5), *LINES], np.float64)
    return gallery_of(segments_per_content=[1, 8], kinds=[kind, kind], locators=locators)


def found(logits: list[float], best: int) -> list[tuple[int, int]]:
    logit = np.array([9.0, *logits], np.float32)
    places = passages(file_of_code(), logit, 1 + best, NULL)
    return [(one.first_line, one.last_line) for one in places]


def test_what_answers_too_is_named_best_first() -> None:
    assert found([5, -9, 4, -9, 4.5, -9, -9, -9], 0) == [LINES[4], LINES[2]]


def test_what_is_far_off_is_left_out() -> None:
    assert found([5, -9, -9, -9, -9, -9, -9, -9], 0) == []


def test_lines_are_named_once() -> None:
    assert found([-9, 4, -9, 5, -9, -9, -9, -9], 3) == []
    assert found([5, 4, -9, 4.5, -9, -9, -9, -9], 0) == [LINES[3]]


def test_they_are_few() -> None:
    assert len(found([5.0] * 8, 0)) == 4


@pytest.mark.parametrize("kind", [Modality.IMAGE, Modality.VIDEO])
def test_what_has_no_lines_has_none(kind: Modality) -> None:
    assert passages(file_of_code(kind=kind), np.full(9, 5, np.float32), 1, NULL) == ()


def test_the_lines_are_those_of_code() -> None:
    assert file_of_code().locator(2) == LineRange(11, 20)
