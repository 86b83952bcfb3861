"""Dates as people write them, as days since 1970."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from mmsearch.errors import QueryError

DATE_HINT = "Write a date as 2023, 2023-05 or 2023-05-17, or two with .. between."
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
"""First and last month, north of the equator."""

_EPOCH = date(1970, 1, 1).toordinal()
FIRST_DAY, LAST_DAY = 1 - _EPOCH, date.max.toordinal() - _EPOCH
"""Of the calendar."""
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The reverse of day_number."""
    return date.fromordinal(number + _EPOCH)


def days(text: str, today: date) -> tuple[int, int] | None:
    """The first and last day of a year, month or day, or of a word for some; None for others."""
    if (found := _DATE.fullmatch(text)) is None:
        named = named_days(text.lower().replace("-", " ").replace("_", " "), today)
        return None if named is None else (day_number(named[0]), day_number(named[1]))
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise QueryError(f"There is no date {text}.", DATE_HINT) from error
    last_month = month or 12
    last = date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    return day_number(first), day_number(last)


def named_days(words: str, today: date) -> tuple[date, date] | None:
    """First and last day of "yesterday", "last week", "this month", "last summer" and the like."""
    if words in ("today", "yesterday"):
        day = today - timedelta(days=words == "yesterday")
        return day, day
    which, _, unit = words.partition(" ")
    if which not in ("last", "this"):
        return None
    back = int(which == "last")
    if unit in SEASONS:
        return _season(*SEASONS[unit], today, is_over=which == "last")
    match unit:
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return monday, monday + timedelta(days=6)
        case "month":
            month = today.year * 12 + today.month - 1 - back
            return _months(month, month)
        case "year":
            return date(today.year - back, 1, 1), date(today.year - back, 12, 31)
    return None


def season_of_year(name: str, year: int) -> tuple[date, date]:
    """The season that begins in a year."""
    first, last = SEASONS[name]
    begin = year * 12 + first - 1
    return _months(begin, begin + (last - first) % 12)


def _season(first: int, last: int, today: date, *, is_over: bool) -> tuple[date, date]:
    """The season of this year, or the newest one that is over."""
    begin = today.year * 12 + first - 1
    if last < first and today.month <= last:
        begin -= 12  # a winter that began last year
    start, end = _months(begin, begin + (last - first) % 12)
    while is_over and end >= today:
        begin -= 12
        start, end = _months(begin, begin + (last - first) % 12)
    return start, end


def _months(first: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last of another, counted from year 0."""
    last_year, last_month = divmod(last, 12)
    n_days = calendar.monthrange(last_year, last_month + 1)[1]
    return date(first // 12, first % 12 + 1, 1), date(last_year, last_month + 1, n_days)
