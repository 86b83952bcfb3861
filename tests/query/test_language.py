"""From text to tree and back: round trips over generated trees, and over any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.errors import QueryError
from mmsearch.expression import (
    And,
    Between,
    Example,
    Field,
    Node,
    Not,
    OneOf,
    Or,
    Run,
    Weighted,
    Words,
    leaves,
)
from mmsearch.query.dates import day_number
from mmsearch.query.language import parse
from mmsearch.query.printing import plain_or_quoted, to_text

TODAY = date(2024, 5, 17)


def words(text: str) -> Words:
    return Words(text)


FILM = OneOf(Field.TYPE, ("video",))


def phrase(text: str) -> Words:
    return Words(text, quoted=True)


# Trees as the parser makes them: no joint of the same kind inside another, no two plain texts
# side by side, and no joint with a single part.
SIGNS = "\"“”„()-:;.,<>=*\\/'’#@+&|!?%{}[]~"
TEXTS = st.text(st.sampled_from("abzAB019 äßж日🐶" + SIGNS), min_size=1, max_size=8).filter(
    lambda text: text.strip()
)
RARE = st.sampled_from(["AND", "OR", "NOT", "type:video", "12:30", "2:dog", "-x", '"', "a ) b"])
WORDS = (TEXTS | RARE | st.text(min_size=1).filter(lambda text: text.strip())).map(plain_or_quoted)
PHRASES = TEXTS.map(lambda text: phrase(" ".join(text.split())))
VALUES = TEXTS.map(str.strip)


def _between(field: Field, lowest: int, highest: int) -> st.SearchStrategy[Node]:
    numbers = st.integers(lowest, highest)
    ends = st.tuples(st.none() | numbers, st.none() | numbers).filter(lambda two: any(two))
    ordered = ends.map(lambda two: two if None in two else tuple(sorted(two)))
    return ordered.map(lambda two: Between(field, *two))


FILTERS: st.SearchStrategy[Node] = st.one_of(
    st.lists(st.sampled_from(["image", "video", "audio", "code"]), min_size=1, unique=True).map(
        lambda kinds: OneOf(Field.TYPE, tuple(kinds))
    ),
    st.sampled_from([("python",), ("cpp", "c")]).map(lambda names: OneOf(Field.LANGUAGE, names)),
    st.sampled_from([("dog",), ("hot dog", "cat")]).map(lambda words: OneOf(Field.TAG, words)),
    st.sampled_from([("jpg",), ("tar.gz", "zip")]).map(lambda n: OneOf(Field.EXTENSION, n)),
    st.tuples(st.sampled_from([Field.FOLDER, Field.CAMERA, Field.NAME]), VALUES).map(
        lambda two: OneOf(two[0], (two[1],))
    ),
    _between(Field.DATE, day_number(date(1, 1, 1)), day_number(date(9999, 12, 31))),
    _between(Field.SIZE, 1, 10**15),
    _between(Field.DURATION, 1, 10**9),
)
ATOMS: st.SearchStrategy[Node] = st.one_of(WORDS, PHRASES, FILTERS, VALUES.map(Example))
WEIGHTS = st.floats(0.001, 100, exclude_min=True).map(lambda weight: round(weight, 6))


def _joined(kind: type[Or] | type[And] | type[Run], parts: list[Node]) -> Node:
    kept: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            continue
        is_plain = isinstance(part, Words) and not part.quoted
        if kind is Run and kept and is_plain and isinstance(kept[-1], Words):
            part = phrase(part.text)
        kept.append(part)
    return kind(tuple(kept)) if len(kept) > 1 else (kept or parts)[0]


TREES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: _joined(Or, parts)),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: _joined(And, parts)),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: _joined(Run, parts)),
        inner.map(Not),
        st.tuples(inner, WEIGHTS).map(lambda two: Weighted(*two)),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(TREES)
def test_tree_to_text_to_tree_is_the_identity(tree: Node) -> None:
    assert parse(to_text(tree), TODAY) == tree


@settings(deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        TEXTS
        | st.sampled_from(
            ["AND", "OR", "NOT", "(", ")", "-(", "2:(", '"', "“", "type:", "date:", "size:>5MB"]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_any_text_is_understood_or_refused_with_its_place(text: str) -> None:
    try:
        tree = parse(text, TODAY)
    except QueryError as error:
        _assert_points_into(text, error)
        return
    if tree is None:
        assert not text.strip()
        return
    assert parse(to_text(tree), TODAY) == tree
    for leaf in leaves(tree):
        start, end = leaf.span
        assert 0 <= start < end <= len(text)


def _assert_points_into(text: str, error: QueryError) -> None:
    assert error.hint
    assert error.place is not None
    start, end = error.place
    assert 0 <= start <= end <= len(text)
    assert "^" in error.pointer()


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a dog  on a beach", words("a dog on a beach")),
        ('"red car" at night', Run((phrase("red car"), words("at night")))),
        ("“red car”", phrase("red car")),
        ('say "a ""big"" dog"', Run((words("say"), phrase('a "big" dog')))),
        ("dog -people", Run((words("dog"), Not(words("people"))))),
        ('dog -"two people"', Run((words("dog"), Not(phrase("two people"))))),
        ("dog NOT a cat", Run((words("dog"), Not(words("a cat"))))),
        ("2:dog beach", Run((Weighted(words("dog"), 2.0), words("beach")))),
        ('0.5:"a phrase"', Weighted(phrase("a phrase"), 0.5)),
        ("like:pic.jpg", Example("pic.jpg")),
        (r'like:"C:\My Pictures\a b.jpg"', Example(r"C:\My Pictures\a b.jpg")),
        (r"in:C:\Users\me", OneOf(Field.FOLDER, (r"C:\Users\me",))),
        ("type:video,photos", OneOf(Field.TYPE, ("video", "image"))),
        ("TYPE:Video", OneOf(Field.TYPE, ("video",))),
        ("ext:.JPG,*.png", OneOf(Field.EXTENSION, ("jpg", "png"))),
        ("lang:c++,py", OneOf(Field.LANGUAGE, ("cpp", "python"))),
        ("tag:Dogs,cat", OneOf(Field.TAG, ("dogs", "cat"))),
        ('tag:"Hot  Dog"', OneOf(Field.TAG, ("hot dog",))),
        ('camera:"Canon EOS"', OneOf(Field.CAMERA, ("Canon EOS",))),
        ("dog OR cat AND mouse", Or((words("dog"), And((words("cat"), words("mouse")))))),
        ("(dog OR cat) AND mouse", And((Or((words("dog"), words("cat"))), words("mouse")))),
        ("a -(b c) d", Run((words("a"), Not(words("b c")), words("d")))),
        ("dog OR cat type:video", Run((Or((words("dog"), words("cat"))), FILM))),
        ("type:video dog OR cat", Run((Or((words("dog"), words("cat"))), FILM))),
        ("dog OR (cat type:video)", Or((words("dog"), Run((words("cat"), FILM))))),
        ("dog OR type:video", Or((words("dog"), FILM))),
        ("dog OR cat -people", Run((Or((words("dog"), words("cat"))), Not(words("people"))))),
        ("dog OR -cat", Or((words("dog"), Not(words("cat"))))),
        (
            "dog OR cat AND a type:video",
            Or((words("dog"), And((words("cat"), Run((words("a"), FILM)))))),
        ),
        ("type:video a dog", Run((FILM, words("a dog")))),
        ("2:(dog OR cat)", Weighted(Or((words("dog"), words("cat"))), 2.0)),
        ('-(-"a """)', Not(Not(phrase('a "')))),
        ("((dog)) OR cat", Or((words("dog"), words("cat")))),
        ("-type:video", Not(OneOf(Field.TYPE, ("video",)))),
        ("f(x) AND (g(y) OR z)", And((words("f(x)"), Or((words("g(y)"), words("z")))))),
        ("size:>5MB", Between(Field.SIZE, 5_000_001, None)),
        ("size:1MiB..2MB", Between(Field.SIZE, 1_048_576, 2_000_000)),
        ("duration:<60", Between(Field.DURATION, None, 59_999)),
        ("duration:>=1h30m", Between(Field.DURATION, 5_400_000, None)),
        ("duration:1:30..1:02:03", Between(Field.DURATION, 90_000, 3_723_000)),
    ],
)
def test_what_a_text_means(text: str, tree: Node) -> None:
    assert parse(text, TODAY) == tree


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("date:2023", "2023-01-01", "2023-12-31"),
        ("date:2024-02", "2024-02-01", "2024-02-29"),
        ("date:2023-05-17", "2023-05-17", "2023-05-17"),
        ("date:2023-05..2024", "2023-05-01", "2024-12-31"),
        ("date:..2023-05", None, "2023-05-31"),
        ("date:>2023", "2024-01-01", None),
        ("date:<=2023", None, "2023-12-31"),
        ("date:yesterday", "2024-05-16", "2024-05-16"),
        ("date:last-week", "2024-05-06", "2024-05-12"),
        ('date:"last month"', "2024-04-01", "2024-04-30"),
        ("date:last-year..", "2023-01-01", None),
        ("date:last-summer", "2023-06-01", "2023-08-31"),
        ("date:last-winter", "2023-12-01", "2024-02-29"),
        ("date:this-spring", "2024-03-01", "2024-05-31"),
        ("date:last-spring", "2023-03-01", "2023-05-31"),
    ],
)
def test_dates(text: str, low: str | None, high: str | None) -> None:
    def number(day: str | None) -> int | None:
        return None if day is None else day_number(date.fromisoformat(day))

    assert parse(text, TODAY) == Between(Field.DATE, number(low), number(high))


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "at 16:9 or 3:16",
        "a 1:n relation",
        "https://example.org/?q=type:video",
        r"C:\Users\me\dog.jpg",
        "std::vector<int> v(10); p->next = -x;",
        "if (a && b) { return (c); }",
        "foo:bar tpye:video",
        "type: name: in:",
        "in:://x like://host/share",
        '5" disk and 12" vinyl',
        'he said " hello " to me',
        "-5 degrees --help -> - -- x -= 1",
        "don't rock'n'roll",
        "🐶 👨‍👩‍👧 :-) :(",
        "state-of-the-art",
        "and or not",
        "print('a', \"b\")",
        "λόγος 日本 ไทย",
        "'' \"\"",
        "\x00load\x1b[31m",
    ],
)
def test_what_is_no_syntax_stays_words(text: str) -> None:
    assert parse(text, TODAY) == words(" ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "marked", "message", "hint"),
    [
        ("type:vidoe dog", "vidoe", "no kind of file", "Did you mean video?"),
        ("dog type:zzz", "zzz", "no kind of file", "Known: image"),
        ("lang:pyton", "pyton", "no programming language", "Did you mean python?"),
        ("date:2023-13", "2023-13", "no date", "2023-05"),
        ("date:soon", "soon", "not understood", "2023-05"),
        ("date:2024..2023", "2024..2023", "after", "Swap"),
        ("date:..", "..", "start or an end", "2023"),
        ("date:>9999", ">9999", "no dates beyond", "2023"),
        ("size:big", "big", "not understood", ">5MB"),
        ("size:5MB", "5MB", "above or below", "size:>5MB"),
        ("size:<0", "<0", "below 0", ">5MB"),
        ("duration:long", "long", "not understood", "<60"),
        ("ext:,", ",", "no value", ""),
        ("tag:,", ",", "no value", ""),
        ('"load', '"', "never closed", "at the end"),
        ("dog AND", "AND", "behind it", "quotes"),
        ("OR dog", "OR", "before it", "quotes"),
        ("dog OR AND cat", "AND", "before it", "quotes"),
        ("dog NOT", "NOT", "behind it", "quotes"),
        ("load AND (table", "(", "never closed", ")"),
        ("load OR table)", ")", "closes nothing", "quotes"),
        (") OR table", ")", "closes nothing", "quotes"),
        ("a OR ()", "(", "nothing in", "quotes"),
        ("(a OR )", "OR", "behind it", "quotes"),
        ("0:dog", "0:", "weight", "-word"),
        ("101:dog", "101:", "weight", "-word"),
        ("NOT " * 60 + "dog", "NOT", "too deeply", "fewer"),
        ("-(" * 60 + "dog", "-", "too deeply", "fewer"),
    ],
)
def test_wrong_syntax_is_pointed_at(text: str, marked: str, message: str, hint: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse(text, TODAY)
    error = caught.value
    assert error.text == text
    assert error.place is not None
    assert text[slice(*error.place)] == marked
    assert hint in error.hint
    assert "\n" not in error.message


def test_nothing_is_nothing() -> None:
    assert parse("", TODAY) is None
    assert parse(" \n ", TODAY) is None


def test_a_text_of_ten_thousand_words_is_read() -> None:
    tree = parse("load " * 10_000, TODAY)
    assert isinstance(tree, Words)
    assert parse(" OR ".join(["load"] * 10_000), TODAY) == Or((words("load"),) * 10_000)


def test_carets_stand_under_the_place_also_behind_wide_letters() -> None:
    with pytest.raises(QueryError) as caught:
        parse("日本 type:vidoe", TODAY)
    assert caught.value.pointer() == "日本 type:vidoe\n          ^^^^^"


def test_of_a_long_text_only_the_place_is_shown() -> None:
    with pytest.raises(QueryError) as caught:
        parse("word " * 100 + "type:vidoe " + "word " * 100, TODAY)
    line, carets = caught.value.pointer().splitlines()
    assert len(line) < 90
    assert line[carets.index("^") :].startswith("vidoe")
    assert carets.count("^") == 5
