"""What becomes of the text and of the options of a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.errors import QueryError
from mmsearch.expression import And, Example, Field, Node, Not, OneOf, Or, Run, Weighted, Words
from mmsearch.query.understand import understand
from mmsearch.types import Query

FILM = OneOf(Field.TYPE, ("video",))
CAR = ("red car",)
HERE = OneOf(Field.FOLDER, ("here",))


@pytest.mark.parametrize(
    ("text", "wanted", "where"),
    [
        ("a dog", Words("a dog"), None),
        ("", None, None),
        ("type:video", None, FILM),
        ("a dog type:video on a beach", Words("a dog on a beach"), FILM),
        ('a man with a "red hat"', Words("a man with a red hat", phrases=("red hat",)), None),
        ("a dog -people type:video", Run((Words("a dog"), Not(Words("people")))), FILM),
        ("-type:video dog", Words("dog"), Not(FILM)),
        ("type:video in:here dog", Words("dog"), And((FILM, HERE))),
        ("type:video type:image", None, OneOf(Field.TYPE, ("video", "image"))),
        ("dog -(in:here in:there)", Words("dog"), Not(OneOf(Field.FOLDER, ("here", "there")))),
        ("type:video AND type:video", None, And((FILM, FILM))),
        ("a dog AND a cat type:video", Words("a dog and a cat"), FILM),
        (
            "a dog AND a cat -people AND like:/a.jpg",
            And((Words("a dog and a cat"), Not(Words("people")), Example("/a.jpg"))),
            None,
        ),
        (
            "(a OR b) AND c",
            And((Words("c"), Or((Words("a"), Words("b"))))),
            None,
        ),
        ("2:dog beach", Run((Words("dog beach"), Weighted(Words("dog"), 1))), None),
        (
            'a 3:"red car" here',
            Run((Words("a red car here", phrases=CAR), Weighted(Words("red car", phrases=CAR), 2))),
            None,
        ),
        ('dog AND "red car"', Words("dog and red car", phrases=CAR), None),
        ("0.5:dog beach", Run((Words("beach"), Weighted(Words("dog"), 0.5))), None),
        ("2:dog", Weighted(Words("dog"), 2), None),
        ("dog OR type:video", Or((Words("dog"), FILM)), None),
        ("dog OR cat type:video", Or((Words("dog"), Words("cat"))), FILM),
        (
            "(dog type:video) OR (cat in:here)",
            Or((Run((Words("dog"), FILM)), Run((Words("cat"), HERE)))),
            Or((FILM, HERE)),
        ),
        ("dog -(cat type:video)", Run((Words("dog"), Not(Run((Words("cat"), FILM))))), None),
    ],
)
def test_words_and_filters_part(text: str, wanted: Node | None, where: Node | None) -> None:
    query = understand(Query(text=text)).query
    assert query.wanted == wanted
    assert query.where == where


def test_the_flat_fields_list_the_parts() -> None:
    query = understand(
        Query(
            text="a dog like:/a.jpg -cat -like:/b.jpg OR mouse",
            like=(Path("/c.jpg"),),
            avoid=("people",),
            avoid_like=(Path("/d.jpg"),),
        )
    ).query
    assert query.text == "a dog mouse"
    assert query.like == (Path("/a.jpg"), Path("/c.jpg"))
    assert query.avoid == ("cat", "people")
    assert query.avoid_like == (Path("/b.jpg"), Path("/d.jpg"))
    assert isinstance(query.wanted, Run)
    assert query.wanted.parts[1:] == (
        Not(Words("cat")),
        Not(Example("/b.jpg")),
        Example("/c.jpg"),
        Not(Words("people")),
        Not(Example("/d.jpg")),
    )


def test_examples_of_the_text_are_full_paths(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert understand(Query(text="like:a.jpg")).query.like == (tmp_path / "a.jpg",)


def test_understanding_twice_changes_nothing() -> None:
    once = understand(Query(text='"a dog" type:video -people')).query
    assert understand(once).query is once


@pytest.mark.parametrize("text", ["type:vidoe", 'a "dog', "a AND (b", "-people"])
def test_a_literal_text_has_no_syntax(text: str) -> None:
    assert understand(Query(text=text, literal=True)).query.wanted == Words(text)


def test_several_lines_are_a_paste_without_syntax() -> None:
    text = 'def f(x):\n    """Doc."""\n    return -x AND (y'
    assert understand(Query(text=text)).query.wanted == Words(text)
    with pytest.raises(QueryError, match="never closed"):
        understand(Query(text="x AND (y\n"))


def test_too_many_parts_are_refused_in_words() -> None:
    with pytest.raises(QueryError, match="10,000 parts") as caught:
        understand(Query(text=" OR ".join(["load"] * 10_000)))
    assert "at most 64" in caught.value.hint


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        query = understand(Query(text=text)).query
    except QueryError:
        return
    assert query.is_understood
    assert (query.wanted is None and query.where is None) == (not text.strip())
