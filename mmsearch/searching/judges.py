"""Installed rerankers, opened when they are first asked, and what they are given to read."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mmsearch.encode.models.folder import (
    folder_of,
    installed_model,
    installed_models,
    verify_model,
)
from mmsearch.encode.towers.judge import READINGS, Item, Judge, open_judge, reading_of
from mmsearch.errors import UnreadableFileError
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.identifiers import name_words
from mmsearch.media.text import read_text
from mmsearch.rerank.budget import Ints
from mmsearch.store.records import metadata_from_json
from mmsearch.types import F32, LineRange, Metadata, Modality

if TYPE_CHECKING:
    from mmsearch.present.thumbnails import Thumbnails

_PICTURE_PX = 512
_MOST_CHARS = 8000
"""More than any reranker reads of one text."""
_MOST_SAID_CHARS = 200
_MOST_REMEMBERED = 50_000
_SEEN = (Modality.IMAGE, Modality.VIDEO)


def installed_judges() -> list[str]:
    """The ids of the rerankers that are installed."""
    return [one.id for one in installed_models().values() if one.family in READINGS]


@dataclass(slots=True)
class OpenJudge:
    """A reranker with what it has said, which is asked for once."""

    model_id: str
    name: str
    """Of the model with its revision, and of how it reads."""
    judge: Judge
    _told: dict[tuple[str, str, int], float] = field(default_factory=dict)

    def score(self, sentence: str, items: Items, places: Ints) -> F32:
        """How well the items at some places answer: (n,); NaN for what cannot be read."""
        keys = [(sentence, *items.key(place)) for place in places.tolist()]
        scores = np.array([self._told.get(key, np.nan) for key in keys], np.float32)
        if self.judge.at_once > 1:  # what it says of one depends on the others
            scores[:] = np.nan
        asked = [
            (place, item)
            for place in np.flatnonzero(np.isnan(scores)).tolist()
            if (item := items.read(int(places[place]))) is not None
        ]
        if asked:
            told = self.judge.score(sentence, [item for _, item in asked])
            for (place, _), one in zip(asked, told.tolist(), strict=True):
                scores[place] = one
                self._remember(keys[place], one)
        return scores

    def _remember(self, key: tuple[str, str, int], score: float) -> None:
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        if self.judge.at_once == 1:
            self._told[key] = score


class Judges:
    """Keeps the reranker that was asked last open. Thread-safe."""

    def __init__(self, cache_folder: Path, library: Path) -> None:
        """library: its folder, where scores are kept; see anchors.py."""
        self._cache_folder, self.library = cache_folder, library
        self._opening = threading.Lock()
        self._open: OpenJudge | None = None

    @cached_property
    def thumbnails(self) -> Thumbnails:
        """Where pictures are looked at."""
        # Pillow is not loaded for searches that rerank nothing.
        from mmsearch.present.thumbnails import Thumbnails

        return Thumbnails(self._cache_folder / "thumbnails")

    def opened(self, model_id: str, reading: str = "") -> OpenJudge:
        """The reranker with this id. reading: how, "" for the usual way. Raises ModelError."""
        record = installed_model(model_id)
        reading, _ = reading_of(record.family, reading)
        name = f"{record.spec.space} {reading}"
        with self._opening:
            if self._open is None or self._open.name != name:
                self._open = None  # two of them may be too much for the memory
                verify_model(record)
                folder = folder_of(record.id)
                judge = open_judge(record.family, folder, record.options, reading)
                self._open = OpenJudge(record.id, name, judge)
            return self._open

    def items(
        self,
        gallery: Gallery,
        root_paths: Mapping[str, Path],
        opened: OpenJudge,
        rows: Ints,
        segments: Ints,
    ) -> Items:
        """Assets, each by one of its segments, for a reranker to read: both (n_item,)."""
        return Items(gallery, root_paths, self, opened.judge.sees, rows, segments)


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Assets, each by one of its segments, as a reranker reads them."""

    gallery: Gallery
    root_paths: Mapping[str, Path]
    judges: Judges
    sees: bool
    rows: Ints
    """(n_item,) assets"""
    segments: Ints
    """(n_item,)"""

    def key(self, place: int) -> tuple[str, int]:
        """The content of an item, and the number of its segment in it, if it is read by it."""
        row = int(self.rows[place])
        kind = MODALITIES[self.gallery.asset_modality[row]]
        if kind is Modality.IMAGE or (kind is not Modality.CODE and not self.sees):
            return self.gallery.content_ids[row], 0
        first = self.gallery.first_segment[self.gallery.asset_content[row]]
        return self.gallery.content_ids[row], int(self.segments[place] - first)

    def read(self, place: int) -> Item | None:
        """The text or picture of an item; None where there is none, or it cannot be read."""
        try:
            return self._look(place) if self.sees else self._words(place)
        except UnreadableFileError:
            return None  # it keeps its place; the index names files that cannot be read

    def _look(self, place: int) -> Item:
        row = int(self.rows[place])
        return self.judges.thumbnails.get(
            self._path(row),
            MODALITIES[self.gallery.asset_modality[row]],
            self.gallery.locator(int(self.segments[place])),
            self.gallery.content_ids[row],
            size_px=_PICTURE_PX,
        )

    def _words(self, place: int) -> Item | None:
        row = int(self.rows[place])
        if MODALITIES[self.gallery.asset_modality[row]] is not Modality.CODE:
            return said_by(metadata_from_json(self.gallery.metadata[row])) or None
        lines = read_text(self._path(row)).split("\n")
        where = self.gallery.locator(int(self.segments[place]))
        if isinstance(where, LineRange):
            lines = lines[where.first_line - 1 : where.last_line]
        return "\n".join(lines)[:_MOST_CHARS]

    def _path(self, row: int) -> Path:
        root = self.root_paths[self.gallery.root_ids[self.gallery.asset_root[row]]]
        return root / self.gallery.relative_paths[row]


def is_readable(gallery: Gallery, rows: Ints, *, sees: bool) -> np.ndarray:
    """Whether there is something of each asset that a reranker can read: (n_row,) bool.

    sees: whether it reads pictures; else texts, and what a file says about itself is one. The name
    of a file is not: most pictures are named by a camera.
    """
    kinds = gallery.asset_modality[rows]
    if sees:
        return np.isin(kinds, [MODALITIES.index(kind) for kind in _SEEN])
    is_code = kinds == MODALITIES.index(Modality.CODE)
    return np.array(
        [
            code or bool(said_by(metadata_from_json(gallery.metadata[row])))
            for row, code in zip(rows.tolist(), is_code.tolist(), strict=True)
        ],
        bool,
    )


def said_by(metadata: Metadata) -> str:
    """What a picture, film or sound says about itself, as one text; empty for nothing."""
    said: Sequence[str | None] = (
        metadata.title, metadata.caption, ", ".join(metadata.tags), metadata.artist,
        metadata.album, metadata.printed,
    )  # fmt: skip
    return ". ".join(one.strip() for one in said if one and one.strip())[:_MOST_CHARS]


def everything_readable(gallery: Gallery, *, sees: bool) -> tuple[Ints, Ints]:
    """Assets and segments, once each, of all that a reranker reads: both (n_item,).

    Of code every piece; of the rest, which says one thing about itself, the first. Films are left
    out where pictures are read: each shot is one, and there are very many.
    """
    rows = np.flatnonzero(gallery.is_indexed)
    rows = rows[is_readable(gallery, rows, sees=sees)]
    kinds = gallery.asset_modality[rows]
    rows = rows[(kinds != MODALITIES.index(Modality.VIDEO)) | (not sees)]
    found = [
        (row, segment)
        for row in rows.tolist()
        for segment in _pieces(gallery, row, int(gallery.asset_content[row]))
    ]
    both = np.array(found, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _pieces(gallery: Gallery, row: int, content: int) -> range:
    start, end = gallery.first_segment[content : content + 2].tolist()
    is_code = MODALITIES[gallery.asset_modality[row]] is Modality.CODE
    return range(start, end if is_code else start + 1)


def sayings(gallery: Gallery, most: int) -> list[str]:
    """Sentences that somebody could search for here: titles and names of files, evenly spread."""
    rows = np.linspace(0, gallery.n_asset - 1, min(most, gallery.n_asset)).round().astype(int)
    found = []
    for row in dict.fromkeys(rows.tolist()):
        metadata = metadata_from_json(gallery.metadata[row])
        name = gallery.relative_paths[row].rpartition("/")[2]
        found.append(metadata.caption or metadata.title or " ".join(name_words(name)))
    return [one[:_MOST_SAID_CHARS] for one in dict.fromkeys(found) if one.strip()]
