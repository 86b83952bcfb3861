"""What may come next in a query."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.expression import Field
from mmsearch.query.completion import N_RECENT, completions, recent_with
from mmsearch.query.language import parse

VALUES = {
    Field.EXTENSION: ("jpg", "jpeg", "png"),
    Field.CAMERA: ("Canon EOS 5D", "NIKON"),
    Field.FOLDER: ("My Holiday",),
    Field.TAG: ("dog", "hot dog", "dolphin"),
}
RECENT = ["a dog on a beach", "A cat", "type:video rain"]


def offered(text: str, cursor: int | None = None) -> list[str]:
    at = len(text) if cursor is None else cursor
    return [one.shown for one in completions(text, at, RECENT, VALUES)]


def taken(text: str, place: int = 0, cursor: int | None = None) -> str:
    at = len(text) if cursor is None else cursor
    one = completions(text, at, RECENT, VALUES)[place]
    return f"{one.text[: one.cursor]}|{one.text[one.cursor :]}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dog ty", ["type:"]),
        ("dog -ca", ["camera:"]),
        ("beach ta", ["tag:"]),
        ("beach tag:do", ["dog", "dolphin"]),
        ("beach tag:dog,h", ['"hot dog"']),
        ("d", []),
        ("dog in", []),
        ("dog typewriter", []),
        ("dog type:v", ["video"]),
        ("dog type:video,", ["image", "audio", "code"]),
        ("ext:jp", ["jpg", "jpeg"]),
        ("camera:ca", ['"Canon EOS 5D"']),
        ("in:my", ['"My Holiday"']),
        ("lang:", []),
        ("https:", []),
        ("a d", ["a dog on a beach"]),
        ("A ", ["a dog on a beach", "A cat"]),
    ],
)
def test_what_is_offered(text: str, expected: list[str]) -> None:
    assert offered(text) == expected


def test_recent_searches_stand_below_filters() -> None:
    assert offered("ty") == ["type:", "type:video rain"]


def test_a_blank_text_offers_what_was_asked_last() -> None:
    assert offered("") == RECENT
    assert len(completions("", 0, [str(n) for n in range(50)], {})) == N_RECENT


@pytest.mark.parametrize(
    ("text", "cursor", "result"),
    [
        ("dog ty", None, "dog type:|"),
        ("dog type:v", None, "dog type:video |"),
        ("dog type:image,v", None, "dog type:image,video |"),
        ("dog -ext:pn", None, "dog -ext:png |"),
        ("camera:ca", None, 'camera:"Canon EOS 5D" |'),
        ("type:v dog", 6, "type:video| dog"),
        ("ty dog", 2, "type:| dog"),
    ],
)
def test_what_is_taken_stands_in_the_text(text: str, cursor: int | None, result: str) -> None:
    assert taken(text, 0, cursor) == result


def test_inside_a_word_no_filter_is_offered() -> None:
    assert offered("tyre", 2) == []


@given(st.sampled_from(["type:", "date:", "size:", "duration:", "ext:", "camera:", "in:", "tag:"]))
def test_every_value_offered_is_one(text: str) -> None:
    for one in completions(text, len(text), (), VALUES):
        assert parse(one.text, date(2024, 5, 17)) is not None


def test_recent_searches_hold_each_once_and_not_what_they_were_typed_from() -> None:
    recent = recent_with("a do", [], 3)
    recent = recent_with("a dog ", recent, 3)
    assert recent == ["a dog"]
    recent = recent_with("cat", recent, 3)
    recent = recent_with("A Dog", recent, 3)
    assert recent == ["A Dog", "cat"]
    assert recent_with("3", recent_with("2", recent, 3), 3) == ["3", "2", "A Dog"]
    assert recent_with("  ", recent, 3) == recent
