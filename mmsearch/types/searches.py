"""What is asked, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mmsearch.expression import Node
from mmsearch.types.contents import (
    LineRange,
    Locator,
    Metadata,
    Modality,
    Said,
    TimeRange,
    locator_to_json,
)

PAGE = 300
"""A longer list of hits is no page to look at."""


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
    each_kind: bool = False
    """``limit`` is meant for each kind of file; hits come kind after kind, the best kind first."""
    normalise: str = "auto"
    rerank: str = "auto"
    """"auto", "none", "superglobal", "words", or the id of an installed reranker."""
    rerank_s: float = 0.5
    """How long a reranker may take; what it has not reached keeps its place."""
    rerank_how: str = "auto"
    """How an installed reranker is asked; see --rerank-how."""
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
    """In [0, 1], as of a hit."""
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
    """"name", "folder", a field of Metadata, "text" (of code), "speech" or "description" (made by
    models), or "concepts"."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked result: a file, its best segment, and the trace of its scores."""

    rank: int
    path: Path
    modality: Modality
    match: float
    """Probability in [0, 1] that it is what was asked for, comparable between queries and kinds."""
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
    passages: tuple[LineRange, ...] = ()
    """Of code: other lines of the file that answer the query too, best first."""
    group_id: str = ""
    """The asset that stands for a group of near-duplicates; empty for a file without any."""
    group_size: int = 1
    """How many of the best candidates are in the group."""
    words: tuple[FoundWord, ...] = ()
    """The words of the query that it has."""
    concepts: tuple[str, ...] = ()
    """The words of a fixed vocabulary that are nearest to what is seen or heard."""
    said: Said | None = None
    """What a model has heard or seen in it, where words of the query are in that."""

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
        if self.passages:
            told["passages"] = [locator_to_json(one) for one in self.passages]
        if self.group_size > 1:
            told["group"] = {"id": self.group_id, "size": self.group_size}
        if self.words:
            told["words"] = [{"word": one.word, "where": one.where} for one in self.words]
        if self.concepts:
            told["concepts"] = list(self.concepts)
        if self.said is not None:
            told["said"] = {"text": self.said.text, **(locator_to_json(self.said.range) or {})}
        return told


@dataclass(frozen=True, slots=True)
class RelevanceCurve:
    """How well each part of a film or sound answers a query, in the order of time."""

    parts: tuple[TimeRange, ...]
    """Shots of a film; windows of a sound, which overlap."""
    matches: tuple[float, ...]
    """In [0, 1] of each part, as of a hit; neighbours that are alike are taken together."""
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
