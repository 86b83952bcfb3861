"""From a tree back to text: the reverse of language.parse, for messages, chips and saving."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mmsearch.expression import (
    And,
    Between,
    Example,
    Field,
    Filter,
    Node,
    Not,
    OneOf,
    Or,
    Run,
    Weighted,
    Words,
)
from mmsearch.query.dates import day_number, day_of, days
from mmsearch.query.tokens import LIKE, is_plain_query, reads_as_words

_QUOTE_OPENERS = '"“„'


def to_text(node: Node) -> str:
    """The text that parses into this tree.

    Words that would be read as syntax come out in quotes, so that the text never means more than
    the tree says; trees that were parsed, or made with ``plain_or_quoted``, come back as they are.
    """
    return _Printer(_has_groups(node)).text(node)


def plain_or_quoted(text: str) -> Words:
    """Words that come back from their text as they are: in quotes where they need some."""
    flat = " ".join(text.split())
    return Words(flat, quoted=not reads_as_words(flat))


def _has_groups(node: Node) -> bool:
    """Whether parentheses are syntax in the text of this tree."""
    match node:
        case Or() | And():
            return True
        case Run(parts):
            return any(_has_groups(part) for part in parts)
        case Not(part):
            return not _touches("-", part)
        case Weighted(part):
            return not _touches("2:", part)
        case _:
            return False


def _goes_for_all(part: Node) -> bool:
    return isinstance(part, Not | OneOf | Between)


def _touches(sign: str, part: Node) -> bool:
    """Whether a part can stand right behind a minus or a weight, without parentheses."""
    if isinstance(part, Words):
        return part.quoted or reads_as_words(part.text, sign)
    return isinstance(part, OneOf | Between | Example)


@dataclass(frozen=True, slots=True)
class _Printer:
    has_groups: bool

    def text(self, node: Node) -> str:
        match node:
            case Or(parts):
                return " OR ".join(self._alternative(part) for part in parts)
            case And(parts):
                return " AND ".join(self._inside(part, Run) for part in parts)
            case Run(parts):
                return " ".join(self._inside(part) for part in parts)
            case Not(part):
                return self._behind("-", part)
            case Weighted(part, weight):
                return self._behind(f"{_number(weight)}:", part)
            case Words(text, quoted):
                return _quoted(text) if quoted or not self._is_plain(text) else text
            case Example(path):
                return f"{LIKE}:{value_text(path)}"
            case OneOf() | Between():
                return _filter(node)

    def _is_plain(self, text: str) -> bool:
        return reads_as_words(text) if self.has_groups else is_plain_query(text)

    def _inside(self, part: Node, *bare: type[Node]) -> str:
        """A part of a larger one, in parentheses unless it binds more tightly than that."""
        text = self.text(part)
        joint = isinstance(part, Or | And | Run)
        return f"({text})" if joint and not isinstance(part, bare) else text

    def _alternative(self, part: Node) -> str:
        """A filter or a minus in it would go for all alternatives, were it not in parentheses."""
        has_signs = isinstance(part, Run) and any(map(_goes_for_all, part.parts))
        return f"({self.text(part)})" if has_signs else self._inside(part, And, Run)

    def _behind(self, sign: str, part: Node) -> str:
        text = self.text(part)
        touches = _touches(sign, part) or (isinstance(part, Words) and text[0] == '"')
        return f"{sign}{text}" if touches else f"{sign}({text})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def value_text(text: str) -> str:
    """The value of a filter as it is written: in quotes where it has to be."""
    plain = not any(letter.isspace() or letter in "()" for letter in text)
    return text if plain and text[:1] not in (*_QUOTE_OPENERS, ":", "/") else _quoted(text)


def _number(weight: float) -> str:
    """Without an exponent, and exact."""
    return format(Decimal(repr(weight)).normalize(), "f")


def _filter(node: Filter) -> str:
    match node:
        case OneOf(field, values):
            return f"{field.value}:{value_text(','.join(values))}"
        case Between(Field.DATE, low, high):
            return f"date:{_dates(low, high)}"
        case Between(field, low, high):
            return f"{field.value}:{_range(field, low, high)}"


def _dates(low: int | None, high: int | None) -> str:
    first = "" if low is None else _shortest(low, 0)
    last = "" if high is None else _shortest(high, 1)
    if low is None or high is None:
        return f"{first}..{last}"
    for text in (first, last, day_of(low).isoformat()):
        if days(text, day_of(low)) == (low, high):
            return text
    return f"{first}..{last}"


def _shortest(number: int, end: int) -> str:
    """The year or month that starts (0) or ends (1) with this day, or else the day."""
    day = day_of(number)
    for text in (f"{day.year:04}", f"{day.year:04}-{day.month:02}"):
        found = days(text, day)
        if found is not None and found[end] == day_number(day):
            return text
    return day.isoformat()


def _range(field: Field, low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return (
            f"={_measure(field, low)}"
            if low == high
            else (f"{_measure(field, low)}..{_measure(field, high)}")
        )
    if low is not None:
        above, exactly = _measure(field, low - 1), _measure(field, low)
        return f">{above}" if low > 0 and len(above) < len(exactly) else f">={exactly}"
    if high is not None:
        below, exactly = _measure(field, high + 1), _measure(field, high)
        return f"<{below}" if len(below) < len(exactly) else f"<={exactly}"
    return ".."


def _measure(field: Field, number: int) -> str:
    """A size in the largest unit that it is whole in, a duration in seconds."""
    if field is Field.DURATION:
        return f"{_number(number / 1000)}s"
    for unit, n_bytes in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number and number % n_bytes == 0:
            return f"{number // n_bytes}{unit}"
    return f"{number}B"
