"""What the tags of a sound say, as far as they can be trusted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST_TAG_CHARS = 300
# In order of trust: Apple writes the local time of the recording, others the time in UTC, music
# the day of release. A bare year says nothing about a day and is not used.
_DATE_KEYS = ("com.apple.quicktime.creationdate", "creation_time", "originaldate", "date")
_CAPTION_KEYS = ("description", "synopsis", "comment")
# Clocks that were never set.
_ZERO_DAYS = ("1904-01-01", "1970-01-01")


@dataclass(frozen=True, slots=True)
class SoundTags:
    """Cleaned tags; any may be unknown."""

    title: str | None
    artist: str | None
    album: str | None
    caption: str | None
    genres: tuple[str, ...]
    taken_at: str | None
    """ISO 8601 local time without zone."""


def tags_of(raw: Mapping[str, str]) -> SoundTags:
    """Pick the known tags. Keys in any case; undecodable bytes of values as lone surrogates."""
    tags = {key.casefold(): _clean(value) for key, value in raw.items()}
    genres = re.split("[;,/]", tags.get("genre", ""))
    return SoundTags(
        title=tags.get("title") or None,
        artist=tags.get("artist") or tags.get("album_artist") or None,
        album=tags.get("album") or None,
        caption=next((tags[key] for key in _CAPTION_KEYS if tags.get(key)), None),
        genres=tuple(dict.fromkeys(filter(None, map(str.strip, genres)))),
        taken_at=_first_date(tags.get(key, "") for key in _DATE_KEYS),
    )


def _clean(value: str) -> str:
    """Return one line of bounded length without control characters."""
    value = value[: 4 * _LONGEST_TAG_CHARS]
    if any("\udc80" <= char <= "\udcff" for char in value):
        # Not UTF-8, so it was written in the code page of somebody's machine.
        value = value.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in value)
    return " ".join("".join(kept).split())[:_LONGEST_TAG_CHARS]


def _first_date(texts: Iterable[str]) -> str | None:
    return next((date for date in map(_local_time, texts) if date), None)


def _local_time(text: str) -> str | None:
    """Return the wall clock time; only UTC is brought to the zone of this machine."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.date().isoformat() in _ZERO_DAYS or not 1900 <= moment.year <= 2100:
            return None
        if moment.tzinfo is not None and moment.utcoffset() == UTC.utcoffset(None):
            moment = moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None  # junk, or a day that the clock of this system cannot express
    return moment.replace(tzinfo=None, microsecond=0).isoformat()
