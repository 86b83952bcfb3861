"""The shared vocabulary: plain frozen data that every stage may import.

Words as in ARCHITECTURE.md: a *library* holds *roots*, a root holds *assets* (files), an asset is
cut into *segments*, a segment has a *locator*; a *query* is matched against the segments of the
*gallery* and answers *hits*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mmsearch.expression import Node

F32: TypeAlias = NDArray[np.float32]
U8: TypeAlias = NDArray[np.uint8]

PAGE = 300
"""A longer list of hits is no page to look at."""
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
    notes: tuple[str, ...] = ()
    """Remarks of the decoder that a user may want to see, e.g. "only the first 4 hours"."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says about a file; unchanged stamp means unchanged file."""

    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search: what to look for, what to avoid, and where to look."""

    text: str = ""
    """In the query language; see README.md."""
    literal: bool = False
    """The text is words, nothing in it is syntax."""
    as_words: tuple[str, ...] = ()
    """Words of the text, in lower case, that are not to be read as filters (query/readings.py)."""
    filters: str = ""
    """More filters in the query language, which every hit passes besides those of the text."""
    like: tuple[Path, ...] = ()
    avoid: tuple[str, ...] = ()
    avoid_like: tuple[Path, ...] = ()
    modalities: tuple[Modality, ...] = ()
    """Empty means all."""
    folders: tuple[Path, ...] = ()
    extensions: tuple[str, ...] = ()
    """Lower case, without the dot; empty means all."""
    date_from: date | None = None
    date_to: date | None = None
    min_size_bytes: int | None = None
    max_size_bytes: int | None = None
    min_match: float = 0.0
    """Only hits with at least this match: how strict to be, from 0 to 1."""
    limit: int = 20
    normalise: str = "auto"
    rerank: str = "auto"
    feedback: str = "gradient"
    liked: tuple[Path, ...] = ()
    """Hits that were right and …"""
    disliked: tuple[Path, ...] = ()
    """… wrong: files of the library, which the query is refined by."""
    by_words: bool = True
    """Find files by the words of the text too, not by its meaning alone."""
    grouping: bool = True
    """Let no near-duplicates and no burst of photographs fill the page."""
    wanted: Node | None = None
    where: Node | None = None
    is_understood: bool = False
    """Set by query/understand.py: what to find and which filters to pass, read from the text;
    ``text``, ``like``, ``avoid`` and ``avoid_like`` then list the parts of ``wanted``."""

    @property
    def shows_groups(self) -> bool:
        """Whether a group of near-duplicates may take two places only before all others.

        Not where a person looks for what is like an example, and not in lists that are longer
        than a page: they are for whoever wants the whole ranking.
        """
        return self.grouping and bool(self.text.strip()) and self.limit <= PAGE


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of a film that answers a query, and how well."""

    range: TimeRange
    match: float
    """Match strength in [0, 1], as of a hit."""
    best: TimeRange
    """The shot of it that answers best; its middle is what to show."""

    def to_json(self) -> dict[str, Any]:
        """The moment as in a hit; see ARCHITECTURE.md, stable interfaces."""
        return {**(locator_to_json(self.range) or {}), "match": round(self.match, 4)}


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word of a query that a hit has."""

    word: str
    """As it was typed."""
    where: str
    """"name", "folder", a field of Metadata, "text" (of code), or "concepts"."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked result: a file, its best segment, and the trace of its scores."""

    rank: int
    path: Path
    modality: Modality
    match: float
    """Match strength in [0, 1], comparable between queries and kinds."""
    locator: Locator
    scores: dict[str, float]
    asset_id: str
    content_id: str
    size_bytes: int
    modified_at_s: float
    metadata: Metadata = field(default_factory=Metadata)
    offline: bool = False
    moments: tuple[Moment, ...] = ()
    """Of films: the parts that answer the query, best first; ``locator`` is the first's range."""
    group_id: str = ""
    """The asset that stands for a group of near-duplicates; empty for a file without any."""
    group_size: int = 1
    """How many of the best candidates are in the group."""
    words: tuple[FoundWord, ...] = ()
    """The words of the query that it has."""
    concepts: tuple[str, ...] = ()
    """The words of a fixed vocabulary that are nearest to what is seen or heard."""

    def to_json(self) -> dict[str, Any]:
        """The hit as the command line prints it; see ARCHITECTURE.md, stable interfaces."""
        told: dict[str, Any] = {
            "rank": self.rank,
            "path": str(self.path),
            "modality": self.modality.value,
            "match": round(self.match, 4),
            "segment": locator_to_json(self.locator),
            "scores": {name: round(value, 5) for name, value in self.scores.items()},
            "offline": self.offline,
        }
        if self.moments:
            told["moments"] = [one.to_json() for one in self.moments]
        if self.group_size > 1:
            told["group"] = {"id": self.group_id, "size": self.group_size}
        if self.words:
            told["words"] = [{"word": one.word, "where": one.where} for one in self.words]
        if self.concepts:
            told["concepts"] = list(self.concepts)
        return told


@dataclass(frozen=True, slots=True)
class RelevanceCurve:
    """How well each part of a film or sound answers a query, in the order of time."""

    parts: tuple[TimeRange, ...]
    """Shots of a film; windows of a sound, which overlap."""
    matches: tuple[float, ...]
    """Match strength in [0, 1] of each part, neighbours that are alike taken together."""
    moments: tuple[Moment, ...]
    key_parts: tuple[int, ...]
    """Places of the few parts that stand for all, whatever the query."""

    def to_json(self) -> dict[str, Any]:
        """The curve for programs."""
        return {
            "parts": [
                {**(locator_to_json(part) or {}), "match": round(match, 4)}
                for part, match in zip(self.parts, self.matches, strict=True)
            ],
            "moments": [one.to_json() for one in self.moments],
            "key_parts": list(self.key_parts),
        }


def locator_to_json(locator: Locator) -> dict[str, float] | dict[str, int] | None:
    """Render a locator as in the stable JSON interface."""
    match locator:
        case TimeRange(start_s, end_s):
            return {"start_s": round(start_s, 3), "end_s": round(end_s, 3)}
        case LineRange(first_line, last_line):
            return {"first_line": first_line, "last_line": last_line}
        case None:
            return None


@dataclass(frozen=True, slots=True)
class FailedFile:
    """One row of the error list."""

    path: Path
    kind: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indexing run is; yielded at most 30 times a second."""

    phase: str
    """"scanning", "indexing" or "finishing"."""
    n_found: int = 0
    n_unchanged: int = 0
    n_todo: int = 0
    n_done: int = 0
    n_failed: int = 0
    n_segments: int = 0
    files_per_s: float = 0.0
    eta_s: float | None = None
    current: str = ""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did."""

    n_found: int
    n_unchanged: int
    n_indexed: int
    n_reused: int
    """Files whose vectors were taken over because the content was already known."""
    n_removed: int
    n_failed: int
    n_offline: int
    n_segments: int
    elapsed_s: float
    stopped: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """What an encoder is, as data; a runner loads it."""

    id: str
    revision: str
    dim: int
    modalities: tuple[Modality, ...]
    image_px: int
    """Side of the square that pictures and frames are decoded to."""
    licence: str = ""
    source: str = ""

    @property
    def space(self) -> str:
        """Vectors of two spaces are never compared."""
        return f"{self.id}@{self.revision}"


@dataclass(frozen=True, slots=True, eq=False)
class QueryBanks:
    """What an encoder's vectors are asked for with, as learned vectors of its space."""

    queries: Mapping[tuple[str, Modality], F32] = field(default_factory=dict)
    """(kind of query, kind of what it asks for) -> (n_query, dim) unit vectors."""
    to_text: Mapping[Modality, tuple[F32, F32]] = field(default_factory=dict)
    """Weight (dim, dim) and bias (dim,) of the linear map from the vectors of a kind to where
    sentences for them lie."""


@dataclass(frozen=True, slots=True)
class RootStatus:
    """A folder of the library and how it stands."""

    root_id: str
    path: Path
    online: bool
    n_indexed: int
    n_failed: int


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds."""

    n_indexed: int
    n_failed: int
    n_offline: int
    n_segments: int
    spaces: tuple[str, ...]
    by_modality: dict[Modality, int]
    roots: tuple[RootStatus, ...]

    def to_json(self) -> dict[str, Any]:
        """The status as the command line prints it; see ARCHITECTURE.md, stable interfaces."""
        return {
            "assets": {
                "indexed": self.n_indexed,
                "failed": self.n_failed,
                "offline": self.n_offline,
            },
            "segments": self.n_segments,
            "spaces": list(self.spaces),
            "by_modality": {kind.value: count for kind, count in self.by_modality.items()},
            "roots": [
                {
                    "path": str(root.path),
                    "online": root.online,
                    "indexed": root.n_indexed,
                    "failed": root.n_failed,
                }
                for root in self.roots
            ],
        }
