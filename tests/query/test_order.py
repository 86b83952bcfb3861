from __future__ import annotations

import pytest

from mmsearch.query.order import steps_of


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        ("a dog, then a car", ("a dog", "a car")),
        ("a dog then a car and then the sea", ("a dog", "a car", "the sea")),
        ("a dog followed by a car", ("a dog", "a car")),
        ("A dog; THEN, a car", ("A dog", "a car")),
        ("a dog and a car", ()),
        ("then a car", ()),
        ("until then", ()),
        ("authentication", ()),
        ("", ()),
        ("a then b then c then d then e then f", ()),
    ],
)
def test_steps(sentence: str, steps: tuple[str, ...]) -> None:
    assert steps_of(sentence) == steps
