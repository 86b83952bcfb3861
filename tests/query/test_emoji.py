from __future__ import annotations

import pytest

from mmsearch.query.emoji import spelled_out


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("a dog", "a dog"),
        ("🐶", "dog face"),
        ("a 🐶 on a 🏖️", "a dog face on a beach with umbrella"),
        ("👋🏽hello", "waving hand sign hello"),
        ("👨‍👩‍👧", "man woman girl"),
        ("日本 naïve", "日本 naïve"),
        ("नमस्ते ‍", "नमस्ते ‍"),
        ("50 °C © →", "50 °C © →"),
    ],
)
def test_picture_characters_become_their_names(text: str, spelled: str) -> None:
    assert spelled_out(text) == spelled
