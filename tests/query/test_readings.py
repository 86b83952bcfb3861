"""Plain words read as filters: what is applied, what is only offered, and what stays words."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.errors import QueryError
from mmsearch.query.language import parse
from mmsearch.query.readings import Reading, applied, readings_of
from mmsearch.query.understand import understand
from mmsearch.types import Query

TODAY = date(2024, 5, 17)


def found(text: str) -> tuple[Reading, ...]:
    return readings_of(text, parse(text, TODAY), TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("videos of dogs from 2023", "type:video dogs date:2023"),
        ("photos of a dog", "type:image a dog"),
        ("show me all my pictures of cats", "type:image cats"),
        ("photos from last summer", "type:image date:2023-06..2023-08"),
        ("photos 2023", "type:image date:2023"),
        ("Pictures of July 2023", "type:image date:2023-07"),
        ("video of 2023-07-14", "type:video date:2023-07-14"),
        ("beach last summer", "beach date:2023-06..2023-08"),
        ("the beach in july 2023", "the beach date:2023-07"),
        ("skiing in the winter of 2023", "skiing date:2023-12..2024-02"),
        ("my cat taken yesterday", "my cat date:2024-05-16"),
        ("a dog from last week", "a dog date:2024-05-06..2024-05-12"),
        ("a beach without people", "a beach -people"),
        ("a beach without people in 2020", "a beach -people date:2020"),
        ("photos of a man with no hat", "type:image a man -hat"),
        ("videos of cats larger than 5 MB", "type:video cats size:>5MB"),
        ("videos of cats shorter than 90 seconds", "type:video cats duration:<90s"),
        ("photos of dogs -cats", "type:image dogs -cats"),
        ("dogs ext:jpg without people", "dogs ext:jpg -people"),
    ],
)
def test_what_is_sure_is_applied(text: str, expected: str) -> None:
    result = applied(text, [one for one in found(text) if one.is_sure])
    assert result.split() == expected.split()


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("dog videos", ["type:video"]),
        ("python concatenate videos", ["type:video"]),
        ("videos", ["type:video"]),
        ("sound of rain", ["type:audio"]),
        ("2023", ["date:2023"]),
        ("christmas 2019", ["date:2019"]),
        ("invoice july 2023", ["date:2023-07"]),
        ("last summer", ["date:2023-06..2023-08"]),
        ("yesterday", ["date:2024-05-16"]),
        ("a man without a shirt", ["-shirt"]),
        ("python sort without losing order", ["-(losing order)"]),
        ("wait longer than 5 seconds", ["duration:>5s"]),
    ],
)
def test_what_may_be_meant_is_only_offered(text: str, meanings: list[str]) -> None:
    assert [one.meaning for one in found(text)] == meanings
    assert not any(one.is_sure for one in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "a video camera on a table",
        "a car from 1967",
        "blade runner 2049",
        "get yesterday date in python",
        "people today are busy",
        "photo album on a shelf",
        "a photo of",
        "the last summer house",
        "2019 was good",
        "in 2031",
        "month 2023-13-45 report",
        '"photos of" dogs "last summer"',
        "videos of dogs OR cats from 2023",
        "(videos of dogs) AND cats",
        "mayor 2020s",
        "",
    ],
)
def test_what_is_something_else_stays_words(text: str) -> None:
    assert found(text) == ()


def test_each_reading_knows_its_place() -> None:
    text = "videos of  dogs -cat from 2023"
    spans = [(one.words, text[slice(*one.span)]) for one in found(text)]
    assert spans == [("videos of", "videos of"), ("from 2023", "from 2023")]


SAID = ["photos", "videos", "of", "from", "in", "last", "this", "summer", "week", "year", "2023"]
SAID += ["july", "2023-07-14", "without", "people", "dog", "longer", "than", "5", "minutes", "-cat"]
SAID += ["ext:jpg", "taken", "yesterday", "sound", "code", "the"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(SAID),
        max_size=9,
    ).map(" ".join)
)
def test_readings_do_not_overlap_and_can_be_understood(text: str) -> None:
    readings = found(text)
    for one, other in pairwise(readings):
        assert one.span[1] <= other.span[0]
    for one in readings:
        assert text[slice(*one.span)] == one.words
    assert parse(applied(text, readings), TODAY) is not None or not text


def test_readings_can_be_turned_back_into_words() -> None:
    text = "videos of dogs from 2023"
    both = understand(Query(text=text), TODAY)
    assert [one.meaning for one in both.applied] == ["type:video", "date:2023"]
    assert both.query.text == "dogs"

    one = understand(Query(text=text, as_words=("from 2023",)), TODAY)
    assert [some.meaning for some in one.applied] == ["type:video"]
    assert [some.meaning for some in one.offered] == ["date:2023"]
    assert one.query.text == "dogs from 2023"

    none = understand(Query(text=text, literal=True), TODAY)
    assert none.applied == none.offered == ()
    assert none.query.text == text


@pytest.mark.data
def test_captions_and_questions_are_hardly_ever_read_as_filters(data_folder: Path) -> None:
    texts = []
    for line in (data_folder / "flickr8k" / "dev.jsonl").read_text("utf-8").splitlines():
        texts += json.loads(line)["captions"]
    for line in (data_folder / "cosqa" / "dev.jsonl").read_text("utf-8").splitlines():
        texts.append(json.loads(line)["query"])

    read = [text for text in texts if understand(Query(text=text), TODAY).applied]

    assert len(texts) == 5_500
    assert len(read) <= 5
    assert all(" of " in text for text in read), "a photo of …"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("tpye:video dog", "Did you mean type:"),
        ("foo:bar", ""),
        ("https://example.org", ""),
        ("собака на пляже", "Cyrillic"),
        ("海辺の犬", "names of files"),
        ("naïve café", ""),
        ("dog " * 10_000, "10,000 words"),
        ("🐶", ""),
    ],
)
def test_notes(text: str, note: str) -> None:
    notes = understand(Query(text=text), TODAY).notes
    assert (note in " ".join(notes)) if note else notes == ()


def test_any_wrong_text_is_still_wrong() -> None:
    with pytest.raises(QueryError, match="no kind of file"):
        understand(Query(text="photos of dogs type:vidoe"))
