"""The rules by which plain words are read as filters; see readings.py.

Each finds a stretch of words (the group "said") and gives its meaning in the query language. A NUL
stands where another rule has taken words away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from mmsearch.expression import Between, Field, Not
from mmsearch.query.dates import SEASONS, day_number, named_days, season_of_year
from mmsearch.query.printing import plain_or_quoted, to_text

_FIRST_YEAR = 2000
"""Older years tell the age of what is shown as often as that of the file."""

_START = r"^[\0\s]*"
_END = r"(?=[\0\s]*$)"
_ASKING = r"(?:(?:show|find|give|get)(?: me)? )?(?:(?:all|any|some|my|our|the|a|an|of) )*"
_IMAGES = "photos|pictures|pics|photographs|images"
_IMAGE = "photo|picture|pic|photograph|image"
_VIDEOS = "videos|video clips|footage"
_VIDEO = "video|video clip"
_OTHERS = {
    "video": "films?|movies?|clips?",
    "audio": "sounds?|recordings?|songs?|audio",
    "code": "source code|code|scripts?",
}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_SEASON = "|".join(SEASONS)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MADE = "taken|made|shot|recorded|filmed"
_FROM = rf"(?:(?:{_MADE}) )?(?:in|from|during|on) (?:the )?"
_OF = rf"(?:{_FROM}|of (?:the )?)?"
_SURELY_FROM = rf"(?P<from>(?:(?:{_MADE}) )?(?:in|from|during) |(?:{_MADE}) )"
_NAMED = r"yesterday|today|(?:last|this) (?:week|month|year)"
_MORE = "larger|bigger|longer|more"
_LESS = "smaller|shorter|less"
_BYTES = "kb|mb|gb|kilobytes?|megabytes?|gigabytes?"
_TIME = "seconds?|sec|s|minutes?|min|hours?|h"

_TRIGGERS = re.compile(
    rf"\b(?:{_IMAGE}|{_IMAGES}|{_VIDEO}|{_VIDEOS}|{'|'.join(_OTHERS.values())}"
    r"|(?:19|20)\d\d|last|this|yesterday|today|without|no|than)\b",
    re.IGNORECASE,
)

Meaning = Callable[[re.Match[str], date], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with the group "said", and what it means; None if it means nothing after all."""

    pattern: re.Pattern[str]
    meaning: Meaning
    is_sure: bool
    at_start: bool = False


def may_say_something(text: str) -> bool:
    """Whether any rule may find something: quick, and false for nearly all queries."""
    return _TRIGGERS.search(text) is not None


def _kind(name: str) -> Meaning:
    return lambda match, today: f"type:{name}"


def _between(low: date, high: date) -> str:
    return to_text(Between(Field.DATE, day_number(low), day_number(high)))


def _month(match: re.Match[str], today: date) -> str | None:
    names = [name[:3] for name in _MONTHS]
    month = names.index(match["month"][:3].lower()) + 1
    return _past(f"date:{match['year']}-{month:02}", match, today)


def _season(match: re.Match[str], today: date) -> str | None:
    low, high = season_of_year(match["season"].lower(), int(match["year"]))
    return _past(_between(low, high), match, today)


def _year(match: re.Match[str], today: date) -> str | None:
    return _past(f"date:{match['year']}", match, today)


def _past(meaning: str, match: re.Match[str], today: date) -> str | None:
    """No file is from the future, and hardly any from before there were digital cameras."""
    return meaning if _FIRST_YEAR <= int(match["year"]) <= today.year else None


def _day(match: re.Match[str], today: date) -> str | None:
    try:
        return f"date:{date.fromisoformat(match['day'])}"
    except ValueError:
        return None


def _named(match: re.Match[str], today: date) -> str | None:
    found = named_days(" ".join(match["named"].lower().split()), today)
    return None if found is None else _between(*found)


def _without(match: re.Match[str], today: date) -> str:
    return to_text(Not(plain_or_quoted(match["what"])))


def _measure(match: re.Match[str], today: date) -> str:
    field, unit = ("size", match["size"]) if match["size"] else ("duration", match["time"])
    short = {"k": "kB", "m": "MB", "g": "GB"} if field == "size" else {"m": "min"}
    sign = ">" if match["more"] else "<"
    return f"{field}:{sign}{match['number']}{short.get(unit[0].lower(), unit[0].lower())}"


def _rule(pattern: str, meaning: Meaning, *, sure: bool) -> Rule:
    """A blank in the pattern stands for any stretch of them."""
    flexible = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    return Rule(
        re.compile(flexible, re.IGNORECASE), meaning, sure, at_start=pattern.startswith(_START)
    )


def _kind_rules() -> Iterator[Rule]:
    """Asked for with "of" at the start they are meant as kinds, at the end they often are not."""
    dated = (
        rf"(?= (?:{_OF})(?:{_NAMED}|(?:last|this) (?:{_SEASON})"
        rf"|(?:(?:{_MONTH}|{_SEASON}) (?:of )?)?(?:19|20)\d\d){_END})"
    )
    sure = (("image", _IMAGE, _IMAGES), ("video", _VIDEO, _VIDEOS))
    for kind, one, many in sure:
        asked = rf"{_START}(?P<said>{_ASKING}(?:{many}|{one}) (?:of|showing)) (?=[^\s\0])"
        yield _rule(asked, _kind(kind), sure=True)
        yield _rule(rf"{_START}(?P<said>{_ASKING}(?:{many})){dated}", _kind(kind), sure=True)
    for kind, names in _OTHERS.items():
        asked = rf"{_START}(?P<said>{_ASKING}(?:{names}) (?:of|for|showing)) (?=[^\s\0])"
        yield _rule(asked, _kind(kind), sure=False)
    at_end = [(kind, f"{many}|{one}") for kind, one, many in sure] + list(_OTHERS.items())
    for kind, names in at_end:
        yield _rule(rf"\b(?P<said>{names}){_END}", _kind(kind), sure=False)


def _date_rules() -> Iterator[Rule]:
    month, season = (
        rf"(?P<month>{_MONTH}) (?:of )?{_YEAR}",
        rf"(?P<season>{_SEASON}) (?:of )?{_YEAR}",
    )
    day = r"(?P<day>\d{4}-\d\d-\d\d)"
    for form, meaning in ((month, _month), (season, _season), (day, _day)):
        yield _rule(rf"\b(?P<said>{_FROM}{form})\b", meaning, sure=True)
        # "invoice july 2023" may well be the name of a file.
        yield _rule(rf"\b(?P<said>{form})\b", meaning, sure=False)
    last_season = rf"(?P<said>{_OF}(?P<named>(?:last|this) (?:{_SEASON})))"
    yield _rule(rf"\b{last_season}{_END}", _named, sure=True)
    yield _rule(rf"\b(?P<said>{_SURELY_FROM}{_YEAR}){_END}", _year, sure=True)
    yield _rule(
        rf"\b(?P<said>(?:{_MADE}|from)(?: in| from)? (?P<named>{_NAMED})){_END}", _named, sure=True
    )
    yield _rule(rf"\b(?P<said>{_OF}(?P<named>{_NAMED})){_END}", _named, sure=False)
    yield _rule(rf"\b(?P<said>{_YEAR}){_END}", _year, sure=False)


def _other_rules() -> Iterator[Rule]:
    nobody = r"people|persons|humans|anyone|anybody"
    without = r"(?:(?:but|and) )?(?:without|with no)"
    yield _rule(rf"\b(?P<said>{without} (?:any )?(?P<what>{nobody})){_END}", _without, sure=True)
    yield _rule(
        rf"\b(?P<said>{without} (?:any |an? |the )?(?P<what>\w+(?: \w+)?)){_END}",
        _without,
        sure=False,
    )
    yield _rule(
        rf"\b(?P<said>(?:(?P<more>{_MORE})|{_LESS}) than (?P<number>\d+(?:\.\d+)?) ?"
        rf"(?:(?P<size>{_BYTES})|(?P<time>{_TIME})))\b",
        _measure,
        sure=False,
    )


RULES: tuple[Rule, ...] = (*_kind_rules(), *_date_rules(), *_other_rules())
