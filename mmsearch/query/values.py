"""Reads the values of filters: kinds, dates, sizes, durations, names of languages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from mmsearch.errors import QueryError
from mmsearch.expression import Between, Field, Filter, OneOf
from mmsearch.media.language import LANGUAGES, language_of
from mmsearch.query.check import modality_from_name
from mmsearch.query.dates import DATE_HINT, FIRST_DAY, LAST_DAY, days

Range = tuple[int | None, int | None]
"""Lowest and highest, both included."""

_COMPARED = re.compile(r"(<=|>=|<|>|=)?\s*(.*)", re.DOTALL)
_UNITS_BYTES = {
    "": 1,
    "b": 1,
    "k": 10**3,
    "kb": 10**3,
    "kib": 2**10,
    "m": 10**6,
    "mb": 10**6,
    "mib": 2**20,
    "g": 10**9,
    "gb": 10**9,
    "gib": 2**30,
    "t": 10**12,
    "tb": 10**12,
    "tib": 2**40,
}
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)\s*([a-z]*)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2}(?:\.\d{1,3})?)")
_TIME = re.compile(
    r"(?:(\d{1,6}(?:\.\d{1,3})?)h(?:ours?)?)?(?:(\d{1,6}(?:\.\d{1,3})?)m(?:in)?)?"
    r"(?:(\d{1,9}(?:\.\d{1,3})?)(?:s(?:ec)?)?)?",
    re.IGNORECASE,
)
_OTHER_LANGUAGES = {"c++": "cpp", "c#": "csharp", "f#": "fsharp", "shell": "bash", "golang": "go"}


def filter_of(field: Field, value: str, today: date) -> Filter:
    """The filter that ``field:value`` means. Raises QueryError saying what is wrong with it."""
    match field:
        case Field.TYPE:
            return OneOf(field, _listed(value, lambda name: modality_from_name(name).value))
        case Field.EXTENSION:
            return OneOf(field, _listed(value, _extension))
        case Field.LANGUAGE:
            return OneOf(field, _listed(value, _language))
        case Field.TAG:
            return OneOf(field, _listed(value, _tag))
        case Field.DATE:
            low, high = _between(value, lambda text: days(text, today), DATE_HINT)
            if (low or 0) > LAST_DAY or (high or 0) < FIRST_DAY:
                raise QueryError("There are no dates beyond this one.", DATE_HINT)
            return Between(field, low, high)
        case Field.SIZE:
            return _measured(field, value, _bytes, _SIZE_HINT)
        case Field.DURATION:
            return _measured(field, value, _milliseconds, _DURATION_HINT)
        case Field.FOLDER | Field.CAMERA | Field.NAME:
            return OneOf(field, (value.strip(),))


def _listed(value: str, read: Callable[[str], str]) -> tuple[str, ...]:
    """One or more values with commas between, without repetition."""
    names = [read(name.strip()) for name in value.split(",") if name.strip()]
    if not all(names) or not names:
        raise QueryError("There is no value here.")
    return tuple(dict.fromkeys(names))


def _extension(name: str) -> str:
    return name.lower().removeprefix("*").lstrip(".")


def _tag(word: str) -> str:
    """Words are compared without case, and with single blanks."""
    return " ".join(word.lower().split())


def _language(name: str) -> str:
    """A programming language by its name or a file extension of it."""
    word = name.lower()
    known = _OTHER_LANGUAGES.get(word, word)
    if known in LANGUAGES:
        return known
    by_suffix = language_of(Path(f"a.{word.lstrip('.')}"))
    if by_suffix != "text":
        return by_suffix
    near = difflib.get_close_matches(word, sorted(LANGUAGES | set(_OTHER_LANGUAGES)), n=1)
    hint = f"Did you mean {near[0]}?" if near else "Write it as in lang:python, or use ext:."
    raise QueryError(f"There is no programming language called {name!r}.", hint)


_SIZE_HINT = "Write a size as >5MB, <=200kB or 1MB..2MB."
_DURATION_HINT = "Write a duration as <60, >5min, 1h30m or 0:30..2:00; without a unit in seconds."


def _between(value: str, read: Callable[[str], tuple[int, int] | None], hint: str) -> Range:
    """A range: ``a..b`` open at either end, a comparison, or one value as the range it stands for.

    ``read`` gives the first and last of what a text stands for, e.g. the days of a year.
    """
    if ".." in value:
        first, _, last = value.partition("..")
        low = _read(first, read, hint)[0] if first.strip() else None
        high = _read(last, read, hint)[1] if last.strip() else None
        if low is None and high is None:
            raise QueryError("A range needs a start or an end.", hint)
        if low is not None and high is not None and low > high:
            raise QueryError(f"{first.strip()} is after {last.strip()}.", "Swap the two.")
        return low, high
    compared = _COMPARED.fullmatch(value.strip())
    sign, text = compared.groups() if compared else (None, value)
    start, end = _read(text, read, hint)
    ranges: dict[str | None, Range] = {
        "<": (None, start - 1),
        "<=": (None, end),
        ">": (end + 1, None),
        ">=": (start, None),
    }
    return ranges.get(sign, (start, end))


def _read(text: str, read: Callable[[str], tuple[int, int] | None], hint: str) -> tuple[int, int]:
    found = read(text.strip())
    if found is None:
        raise QueryError(f"{text.strip()!r} is not understood here.", hint)
    return found


def _measured(field: Field, value: str, read: Callable[[str], int | None], hint: str) -> Between:
    """A size or duration. Exactly one size is hardly ever meant, so that is asked back."""

    def both(text: str) -> tuple[int, int] | None:
        number = read(text)
        return None if number is None else (number, number)

    low, high = _between(value, both, hint)
    if low == high and not value.strip().startswith("=") and ".." not in value:
        text = value.strip()
        raise QueryError(
            f"Should the {field.name.lower()} be above or below {text}?",
            f"Write {field.value}:>{text} or {field.value}:<{text}.",
        )
    if high is not None and high < 0:
        raise QueryError(f"No {field.name.lower()} is below 0.", hint)
    return Between(field, low, high)


def _bytes(text: str) -> int | None:
    found = _SIZE.fullmatch(text)
    if found is None or found[2].lower() not in _UNITS_BYTES:
        return None
    return int(Decimal(found[1]) * _UNITS_BYTES[found[2].lower()])


def _milliseconds(text: str) -> int | None:
    """``90``, ``90s``, ``1:30``, ``1:02:03``, ``2min``, ``1h30m``, ``500ms``."""
    if text.lower().endswith("ms") and text[:-2].isdecimal():
        return int(text[:-2])
    if (clock := _CLOCK.fullmatch(text)) is not None:
        hours, minutes, seconds = clock.groups("0")
    elif text and (time := _TIME.fullmatch(text)) is not None:
        hours, minutes, seconds = time.groups("0")
    else:
        return None
    in_seconds = Decimal(hours) * 3600 + Decimal(minutes) * 60 + Decimal(seconds)
    return int(in_seconds * 1000)
