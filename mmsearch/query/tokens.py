"""Cuts the text of a query into tokens: decides what is syntax and what is just text.

People paste paths, times, addresses and code. So a sign is syntax only where it can hardly be
anything else: at the start of a word, with something right behind it, and parentheses only in a
query that has an AND, OR or NOT in capitals (or a group behind "-" or a weight).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from mmsearch.errors import QueryError
from mmsearch.expression import Field, Span


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FILTER = auto()
    MINUS = auto()
    WEIGHT = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text. ``key`` is the name of a filter; ``text`` its value, or the words."""

    kind: Kind
    text: str
    span: Span
    key: str = ""
    value_span: Span = (0, 0)


LIKE = "like"
KEYS: frozenset[str] = frozenset(field.value for field in Field) | {LIKE}
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_QUOTES = {'"': '"', "“": '”"', "„": '“”"'}
_STOPS = ",.;:!?"
_CLOSING = '"”“'

_BLANK = re.compile(r"\s*")
_WORD = re.compile(r"\S+")
_ANY_SYNTAX = re.compile(r"[\"“„:]|(?<!\S)-|(?<![^\s(])(?:AND|OR|NOT)(?![^\s)])")
_LETTERS = re.compile(r"[^\W\d_]+(?!\S)")
_KEY = re.compile(rf"({'|'.join(sorted(KEYS))}):(?=[^\s:])", re.IGNORECASE)
_LETTER = r"(?:[^\W\d_]|[^\x00-\u206f\s])"  # of any script, or a picture character
# Not a time (12:30) or a scale (1:n): letters, at least two, or a quote or a group.
_WEIGHT = re.compile(rf"(\d+(?:\.\d+)?|\.\d+):(?=[\"“„(]|{_LETTER}{{2}})")
# Not a number (-5), an arrow (->) or an option of a program (--help).
_MINUS = re.compile(rf"-(?=[\"“„(]|{_LETTER}|{_WEIGHT.pattern})")
# What is avoided by a bare "-": a word, not the end of a line of code.
_AVOIDABLE = re.compile(rf"(?:[\w'’.\-]|{_LETTER})*(?:[\w'’]|{_LETTER})\)*(?!\S)")


def may_have_syntax(text: str) -> bool:
    """False for nearly all queries, which are words and nothing else."""
    return _ANY_SYNTAX.search(text) is not None


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query. Raises QueryError for a quote that is never closed."""
    try:
        plain = list(_scan(text, grouping=False))
        if not _has_operators(plain, text):
            return list(_settled(plain, has_groups=False))
    except QueryError:
        # A quote may be closed right before a parenthesis that closes a group.
        if not _has_operators(found := list(_scan(text, grouping=True)), text):
            raise
        return list(_settled(found, has_groups=True))
    return list(_settled(_scan(text, grouping=True), has_groups=True))


def _settled(tokens: Iterable[Token], has_groups: bool) -> Iterator[Token]:
    """Words that might be read otherwise in another place of the query become phrases.

    So that every tree can be written down again, wherever its parts then stand.
    """
    sign = ""
    for token in tokens:
        if sign or (token.kind is Kind.WORD and not token.text.isalpha()):
            token = _settled_word(token, sign, has_groups)
        yield token
        sign = _sign_text(token)


def _settled_word(token: Token, sign: str, has_groups: bool) -> Token:
    if token.kind is not Kind.WORD and token.kind not in _OPERATORS.values():
        return token
    in_any_place = has_groups or bool(sign)
    is_plain = reads_as_words(token.text, sign) if in_any_place else is_plain_query(token.text)
    return token if is_plain else replace(token, kind=Kind.PHRASE)


def _sign_text(token: Token) -> str:
    match token.kind:
        case Kind.MINUS:
            return "-"
        case Kind.WEIGHT:
            return f"{token.text}:"
        case _:
            return ""


def _has_operators(tokens: list[Token], text: str) -> bool:
    """Whether parentheses are syntax in this query."""
    for token in tokens:
        if token.kind in (Kind.AND, Kind.OR, Kind.NOT):
            return True
        behind = token.span[1]
        if token.kind in (Kind.MINUS, Kind.WEIGHT) and text[behind : behind + 1] == "(":
            return True
    return False


def _scan(text: str, *, grouping: bool) -> Iterator[Token]:
    place, depth = _after_blank(text, 0), 0
    while place < len(text):
        if grouping and text[place] == "(":
            token = Token(Kind.OPEN, "(", (place, place + 1))
            depth += 1
        elif grouping and text[place] == ")":
            token = Token(Kind.CLOSE, ")", (place, place + 1))
            depth -= 1
        else:
            token = _simple_word(text, place) or (
                _sign(text, place)
                or _filter(text, place, grouping)
                or _phrase(text, place, ")" if grouping else "")
                or _word(text, place, grouping)
            )
        yield token
        place = _after_blank(text, token.span[1])


def _simple_word(text: str, place: int) -> Token | None:
    """Letters alone, as nearly all words are: the short way."""
    found = _LETTERS.match(text, place)
    if found is None or found[0] in _OPERATORS:
        return None
    return Token(Kind.WORD, found[0], found.span())


def _after_blank(text: str, place: int) -> int:
    blank = _BLANK.match(text, place)
    return blank.end() if blank else place


def _sign(text: str, place: int) -> Token | None:
    """A minus or a weight, which belong to what stands right behind them."""
    if (weight := _WEIGHT.match(text, place)) is not None:
        return Token(Kind.WEIGHT, weight[1], weight.span())
    if _MINUS.match(text, place) is None:
        return None
    is_plain = text[place + 1] not in '"“„(' and not _KEY.match(text, place + 1)
    is_plain = is_plain and not _WEIGHT.match(text, place + 1)
    if is_plain and not _AVOIDABLE.match(text, place + 1):
        return None
    return Token(Kind.MINUS, "-", (place, place + 1))


def _filter(text: str, place: int, grouping: bool) -> Token | None:
    """``key:value`` of a known key; an unknown one (https:, std:) is a word like any other."""
    key = _KEY.match(text, place)
    if key is None:
        return None
    value = _phrase(text, key.end(), None) or _word(text, key.end(), grouping)
    if value.kind is Kind.WORD and value.text.startswith("//"):
        return None
    return Token(
        Kind.FILTER, value.text, (place, value.span[1]), key[1].lower(), (key.end(), value.span[1])
    )


def _phrase(text: str, place: int, also_behind: str | None) -> Token | None:
    """A quoted text; a quote inside is written twice. A quote before a blank is a character.

    So is one in the middle of something: behind a phrase stands a blank, a stop or one of
    ``also_behind``; None lets anything stand there.
    """
    closers = _QUOTES.get(text[place])
    if closers is None or not text[place + 1 : place + 2].strip():
        return None
    end = _closing(text, place + 1, closers)
    if end is None:
        raise QueryError(
            "This quote is never closed.",
            'Put a " at the end of the phrase.',
            text=text,
            place=(place, place + 1),
        )
    behind, inside = text[end + 1 : end + 2], text[place + 1 : end]
    if also_behind is not None and behind.strip() and behind not in _STOPS + also_behind:
        return None
    whole = inside.replace('""', '"') if text[place] == '"' else inside
    return Token(Kind.PHRASE, whole, (place, end + 1)) if inside.strip() else None


def _closing(text: str, place: int, closers: str) -> int | None:
    """Where the quote ends; two straight quotes in a row are one inside."""
    while place < len(text):
        if text[place] == '"' and text[place + 1 : place + 2] == '"' and closers == '"':
            place += 2
        elif text[place] in closers:
            return place
        else:
            place += 1
    return None


def _word(text: str, place: int, grouping: bool) -> Token:
    """Everything up to the next blank; in a query with groups, also up to what closes one."""
    found = _WORD.match(text, place)
    whole = found[0] if found else text[place]
    if grouping:
        whole = _without_closers(whole)
    kind = _OPERATORS.get(whole, Kind.WORD)
    return Token(kind, whole, (place, place + len(whole)))


def _without_closers(word: str) -> str:
    """``b)`` without the parenthesis, which closes a group; ``f(x)`` whole, which has both."""
    surplus = word.count(")") - word.count("(")
    while surplus > 0 and len(word) > 1 and word.endswith(")"):
        word = word[:-1]
        surplus -= 1
    return word


def reads_as_words(text: str, behind: str = "") -> bool:
    """Whether this is plain words wherever it stands in a query, also in a group.

    ``behind`` is a sign that a single word stands right behind: "-" or a weight.
    """
    words = text.split()
    may_be_several = not behind
    return (may_be_several or len(words) == 1) and all(
        _reads_as_word(word, behind) for word in words
    )


def _reads_as_word(word: str, behind: str) -> bool:
    if word.isalpha() and word not in _OPERATORS and len(word) > 1:
        return True
    try:
        tokens = list(_scan(f"({behind}{word})", grouping=True))
    except QueryError:
        return False
    signs = {"": (Kind.OPEN,), "-": (Kind.OPEN, Kind.MINUS)}
    before = signs.get(behind, (Kind.OPEN, Kind.WEIGHT))
    kinds = tuple(token.kind for token in tokens)
    return kinds == (*before, Kind.WORD, Kind.CLOSE) and tokens[-2].text == word


def is_plain_query(text: str) -> bool:
    """Whether a query of this text is words and nothing else."""
    try:
        return all(token.kind is Kind.WORD for token in _scan(text, grouping=False))
    except QueryError:
        return False
