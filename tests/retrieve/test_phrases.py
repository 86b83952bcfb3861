from __future__ import annotations

import numpy as np
import pytest

from mmsearch.retrieve.phrases import said_in_order
from tests.galleries import gallery_of

SAID = [
    '{"printed": "the winter train\\nstation"}',
    '{"printed": "winter station and a train"}',
    '{"caption": "A winter train in snow"}',
    '{"title": "Winter", "caption": "train"}',
    "{}",
]


def said(text: str, *, whole: list[int] | None = None) -> list[int]:
    gallery = gallery_of(segments_per_content=[1] * len(SAID), metadata=SAID)
    is_whole = np.isin(np.arange(len(SAID)), range(len(SAID)) if whole is None else whole)
    scores = np.arange(len(SAID), dtype=np.float32)
    return np.flatnonzero(said_in_order(text, gallery, is_whole, scores)).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("winter train", [0, 2]),
        ("the Winter Trains", [0, 2]),
        ("train station", [0]),
        ("train winter", []),
        ("winter", []),
        ("", []),
    ],
)
def test_neighbours_in_one_text(text: str, expected: list[int]) -> None:
    assert said(text) == expected


def test_only_who_has_all_the_words_is_read() -> None:
    assert said("winter train", whole=[2, 3]) == [2]
