from __future__ import annotations

import pytest

from mmsearch.normalise.evidence import described, name_in_words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("holiday/Red_car at-night 2.jpg", "red car at night"),
        ("twoDogsOnABeach.JPG", "two dogs on beach"),
        ("IMG_20230714_180311.jpg", ""),
        ("WhatsApp Image 2023-07-14 at 18.03.11.jpeg", ""),
        ("Screenshot from 2024-01-01.png", ""),
        ("dog.jpg", ""),
        ("667626_18933d713e.jpg", ""),
        (".", ""),
    ],
)
def test_names_that_say_what_is_there(path: str, words: str) -> None:
    assert name_in_words(path) == words


def test_a_title_comes_before_the_name() -> None:
    paths = ["a/red car at night.jpg", "b.jpg", "c.jpg", "old barn door.jpg"]
    metadata = ["{}", '{"title": "Two dogs on a beach"}', '{"title": "0017"}', "{}"]

    found = dict(described(paths, metadata, [0, 1, 2]))

    assert found == {0: "red car at night", 1: "Two dogs on a beach"}
