"""The parts of a query: what they mean, and the texts without them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.errors import QueryError
from mmsearch.expression import Between, Example, Field, Not, OneOf, Run, Words
from mmsearch.query.chips import Chip, ChipSort, chips_of
from mmsearch.query.divide import divided, run_of
from mmsearch.query.language import parse
from mmsearch.query.understand import understand
from mmsearch.types import Query

TODAY = date(2024, 5, 17)


def found(text: str) -> tuple[Chip, ...]:
    understood = understand(Query(text=text), TODAY)
    return chips_of(text, TODAY, applied=understood.applied, offered=understood.offered)


def test_filters_examples_and_what_is_avoided_are_parts() -> None:
    text = 'a dog type:video -"red hat" like:a.jpg size:>5MB cat'
    assert [chip.node for chip in found(text)] == [
        OneOf(Field.TYPE, ("video",)),
        Not(Words("red hat", quoted=True)),
        Example("a.jpg"),
        Between(Field.SIZE, 5_000_001),
    ]
    assert all(chip.words == text[slice(*chip.span)] for chip in found(text))


@pytest.mark.parametrize(
    ("text", "without_first"),
    [
        ("dog type:video cat", "dog cat"),
        ("type:video", ""),
        ('-"red hat" dog', "dog"),
        ("dog NOT people", "dog"),
        ("dog -(big cat) type:image", "dog type:image"),
        ("dog AND type:video", "dog"),
        ("type:video AND dog AND -cat", "dog AND -cat"),
        ('in:"my dir" (dog OR cat)', "(dog OR cat)"),
        ("videos of dogs", "dogs"),
    ],
)
def test_a_part_can_be_taken_out(text: str, without_first: str) -> None:
    assert found(text)[0].without == without_first


def test_parts_of_alternatives_are_no_chips() -> None:
    assert found("dog OR (cat type:video)") == ()


def test_words_that_were_read_can_be_written_out_or_stay_words() -> None:
    (chip,) = found("videos of dogs")
    assert chip.sort is ChipSort.READ
    assert (chip.words, chip.written) == ("videos of", "type:video dogs")
    assert understand(Query(text=chip.as_words), TODAY).applied == ()


def test_what_may_be_meant_is_offered_last() -> None:
    chips = found("sound of rain ext:wav")
    assert [chip.sort for chip in chips] == [ChipSort.WRITTEN, ChipSort.OFFERED]
    assert chips[1].written == "type:audio rain ext:wav"


def test_a_part_turned_into_words_is_searched_for() -> None:
    (chip,) = found("dog type:video")
    assert chip.as_words == 'dog "type:video"'
    assert parse(chip.as_words, TODAY) == Run((Words("dog"), Words("type:video", quoted=True)))


def test_a_text_of_a_thousand_parts_has_few_chips() -> None:
    assert len(chips_of(" ".join(f"-a{n}" for n in range(1000)), TODAY)) == 24


def test_wrong_syntax_is_told() -> None:
    with pytest.raises(QueryError):
        chips_of("type:vidjo", TODAY)


_PARTS = (
    "dog", "red hat", "type:video", "-cat", '-"big cat"', "NOT people", "ext:jpg", "date:2023",
    'in:"my dir"', "like:a.jpg", "-like:b.jpg", "size:>5MB", "2:beach", "-type:audio", '"a phrase"',
)  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=6), st.sampled_from((" ", " AND ")))
def test_without_a_part_the_rest_means_what_it_meant(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    tree = parse(text, TODAY)
    for chip in chips_of(text, TODAY):
        rest = parse(chip.without, TODAY)
        n_before = len(chips_of(text, TODAY))
        assert len(chips_of(chip.without, TODAY)) == n_before - 1
        if isinstance(tree, Run):
            places = [place for place, part in enumerate(tree.parts) if part == chip.node]
            lefts = [run_of((*tree.parts[:at], *tree.parts[at + 1 :])) for at in places]
            assert divided(rest) in [divided(left) for left in lefts]
