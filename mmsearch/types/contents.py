"""What a library is made of: files, what is in them, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

F32: TypeAlias = NDArray[np.float32]
U8: TypeAlias = NDArray[np.uint8]

AUDIO_RATE_HZ = 16_000
"""Every sound is decoded to mono samples at this rate."""


class Modality(StrEnum):
    """The four kinds of file."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A part of a video or sound, in seconds from its start."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class LineRange:
    """A part of a text, in lines counted from 1, both ends included."""

    first_line: int
    last_line: int


Locator: TypeAlias = TimeRange | LineRange | None


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Pictures to encode together as one segment: RGB, (n_frame, height, width, 3) uint8."""

    pixels: U8


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Mono sound to encode as one segment: (n_sample,) float32 in [-1, 1] at AUDIO_RATE_HZ."""

    samples: F32


@dataclass(frozen=True, slots=True)
class CodeText:
    """A piece of code or text with the names around it, e.g. ("class Reader", "def read")."""

    text: str
    language: str = ""
    scope: tuple[str, ...] = ()


Content: TypeAlias = Frames | Samples | CodeText


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """What is embedded: a whole picture, a shot, a window of sound, a piece of code."""

    content: Content
    locator: Locator = None


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a model made of a file: what is said in it, or what it shows."""

    text: str
    range: TimeRange | None = None
    """When it is said; None of a picture."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a model of the user's choice made of a content."""

    content_id: str
    by: str
    """The model and its version."""
    said: tuple[Said, ...] = ()
    failure: str = ""
    """Why there is nothing; empty where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself. Every field may be unknown."""

    width_px: int | None = None
    height_px: int | None = None
    duration_s: float | None = None
    taken_at: str | None = None
    """ISO 8601 local time without zone, e.g. 2023-07-14T18:03:11."""
    camera: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    language: str | None = None
    """Programming language of code, e.g. "python"."""
    n_lines: int | None = None
    title: str | None = None
    artist: str | None = None
    """Of a picture, who took or made it."""
    album: str | None = None
    caption: str | None = None
    """What somebody wrote about it, or its description."""
    tags: tuple[str, ...] = ()
    """Keywords, names of people, genres."""
    rating: int | None = None
    """Stars that somebody gave it, 1 to 5, or -1 where it was rejected."""
    printed: str = ""
    """What is written in a screenshot or a scanned page, line by line, as far as it was read."""
    notes: tuple[str, ...] = ()
    """Remarks of the decoder that a user may want to see, e.g. "only the first 4 hours"."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says about a file; unchanged stamp means unchanged file."""

    size_bytes: int
    mtime_ns: int


def locator_to_json(locator: Locator) -> dict[str, float] | dict[str, int] | None:
    """Render a locator as in the stable JSON interface."""
    match locator:
        case TimeRange(start_s, end_s):
            return {"start_s": round(start_s, 3), "end_s": round(end_s, 3)}
        case LineRange(first_line, last_line):
            return {"first_line": first_line, "last_line": last_line}
        case None:
            return None
