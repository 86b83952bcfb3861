"""The gallery: all stored segments and assets as columns in memory, ready to be searched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.concepts import NO_CONCEPT, Concepts
from mmsearch.postings import AssetNames, Postings
from mmsearch.types import LineRange, Locator, Modality, TimeRange
from mmsearch.vectors import Vectors

MODALITIES: tuple[Modality, ...] = tuple(Modality)
"""Kinds are stored in columns as their place in this tuple."""


@dataclass(frozen=True, eq=False)
class Gallery:
    """Columns of n_segment segments, n_asset assets and the contents that join them.

    A *content* is what one or more assets (copies) contain; segments belong to contents and are
    sorted by them. ``first_segment`` has n_content + 1 entries: the segments of content c are
    ``first_segment[c]:first_segment[c + 1]``. Every content has at least one segment.
    """

    space: str
    vectors: Vectors
    """(n_segment, dim) unit vectors."""
    kind: NDArray[np.uint8]
    """(n_segment,) which tower made the vector, as an index into MODALITIES."""
    locators: NDArray[np.float64]
    """(n_segment, 2) seconds or lines; NaN where the segment is the whole asset."""
    first_segment: NDArray[np.int64]
    asset_content: NDArray[np.int64]
    """(n_asset,) content of each asset; -1 for an asset without segments."""
    asset_modality: NDArray[np.uint8]
    asset_size_bytes: NDArray[np.int64]
    asset_mtime_ns: NDArray[np.int64]
    asset_root: NDArray[np.int32]
    """(n_asset,) index into root_ids."""
    asset_folder: NDArray[np.int32]
    """(n_asset,) index into folders."""
    asset_extension: NDArray[np.int32]
    """(n_asset,) index into extensions."""
    asset_day: NDArray[np.int32]
    """(n_asset,) days since 1970 of when it was taken, or else of the file's date."""
    asset_duration_ms: NDArray[np.int64]
    """(n_asset,) of film and sound; -1 where it is not known."""
    asset_camera: NDArray[np.int32]
    """(n_asset,) index into cameras."""
    asset_language: NDArray[np.int32]
    """(n_asset,) index into languages."""
    root_ids: tuple[str, ...]
    folders: Sequence[str]
    """Folders below a root, with "/" at the end; empty for the root itself."""
    extensions: Sequence[str]
    """Lower case, without the dot."""
    cameras: Sequence[str]
    languages: Sequence[str]
    """Of code; both empty where none is known."""
    file_names: str
    """The file names in lower case (NFC), one a line, in the order of the assets."""
    asset_ids: Sequence[str]
    relative_paths: Sequence[str]
    content_ids: Sequence[str]
    metadata: Sequence[str]
    """JSON of types.Metadata."""
    words: Postings | None = None
    """What the segments are found by in words; None where only the database knows."""
    names: AssetNames | None = None
    """What the assets are found by in words; None where they have not been read."""
    concepts: Concepts | None = None
    """The words that describe the segments; None where nobody has looked for them."""

    @property
    def n_segment(self) -> int:
        return len(self.kind)

    @property
    def n_asset(self) -> int:
        return len(self.asset_content)

    @cached_property
    def n_of_kind(self) -> NDArray[np.int64]:
        """How many segments of each of MODALITIES there are: (4,)."""
        return np.bincount(self.kind, minlength=len(MODALITIES))

    @cached_property
    def only_kind(self) -> int | None:
        """The kind of all segments; None where there are several, or no segment."""
        return (
            int(self.kind[0]) if self.n_segment and self.n_of_kind.max() == self.n_segment else None
        )

    @cached_property
    def is_one_each(self) -> bool:
        """Whether asset, content and segment are the same row: a folder of pictures, say."""
        return self.n_segment == self.n_asset == len(self.first_segment) - 1 and bool(
            (self.asset_content == np.arange(self.n_asset)).all()
        )

    @cached_property
    def n_of_root(self) -> NDArray[np.int64]:
        """How many assets each root has: (n_root,)."""
        return np.bincount(self.asset_root, minlength=len(self.root_ids))

    @cached_property
    def is_indexed(self) -> NDArray[np.bool_]:
        """(n_asset,) whether an asset has segments."""
        return np.asarray(self.asset_content >= 0)

    @cached_property
    def concepts_by_content(self) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
        """Each concept word of each content once, however many of its segments have it.

        (n_pair,) contents, ascending, and (n_pair,) places in the vocabulary.
        """
        if self.concepts is None:
            return np.zeros(0, np.int32), np.zeros(0, np.uint16)
        places = self.concepts.places
        contents = np.arange(len(self.first_segment) - 1)
        owners = np.repeat(contents, np.diff(self.first_segment) * places.shape[1])
        pairs = owners << 16 | places.ravel()
        pairs = np.sort(pairs[places.ravel() != NO_CONCEPT])
        once = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]  # np.unique is 30 times slower
        return (once >> 16).astype(np.int32), (once & 0xFFFF).astype(np.uint16)

    @cached_property
    def any_said(self) -> bool:
        """Whether models have made words of what is no code."""
        if self.words is None:
            return False
        is_code = self.kind == MODALITIES.index(Modality.CODE)
        return bool((self.words.lengths[~is_code] > 0).any())

    def sample_of_kind(self, kind: int, most: int) -> NDArray[np.int64] | slice:
        """At most so many segments of a kind, evenly spread; the same ones each time."""
        if kind == self.only_kind:
            return slice(None, None, -(-self.n_segment // most))
        if (kind, most) not in self._samples:
            rows = np.flatnonzero(self.kind == kind)
            self._samples[kind, most] = rows[:: max(-(-len(rows) // most), 1)]
        return self._samples[kind, most]

    @cached_property
    def _samples(self) -> dict[tuple[int, int], NDArray[np.int64]]:
        return {}

    def by_kind(self, values: NDArray[np.float32]) -> NDArray[np.float32] | np.float32:
        """The value of each segment's kind, (n_segment,), or the one that all of them have.

        values: of each of MODALITIES, (4,).
        """
        if self.only_kind is not None:
            return np.float32(values[self.only_kind])
        return np.asarray(values[self.kind])

    def locator(self, segment: int) -> Locator:
        """The locator of one segment: seconds for sound and film, lines for code."""
        start, end = self.locators[segment].tolist()
        if math.isnan(start):
            return None
        if MODALITIES[self.kind[segment]] is Modality.CODE:
            return LineRange(int(start), int(end))
        return TimeRange(start, end)


def empty_gallery(space: str, dim: int) -> Gallery:
    """A gallery without anything in it."""
    nothing: dict[str, Any] = {
        "folders": (),
        "extensions": (),
        "cameras": (),
        "languages": (),
        "file_names": "",
        "asset_ids": (),
        "relative_paths": (),
        "content_ids": (),
        "metadata": (),
    }
    return Gallery(
        space=space,
        vectors=Vectors.of(np.zeros((0, dim), np.float32)),
        kind=np.zeros(0, np.uint8),
        locators=np.zeros((0, 2)),
        first_segment=np.zeros(1, np.int64),
        asset_content=np.zeros(0, np.int64),
        asset_modality=np.zeros(0, np.uint8),
        asset_size_bytes=np.zeros(0, np.int64),
        asset_mtime_ns=np.zeros(0, np.int64),
        asset_root=np.zeros(0, np.int32),
        asset_folder=np.zeros(0, np.int32),
        asset_extension=np.zeros(0, np.int32),
        asset_day=np.zeros(0, np.int32),
        asset_duration_ms=np.zeros(0, np.int64),
        asset_camera=np.zeros(0, np.int32),
        asset_language=np.zeros(0, np.int32),
        root_ids=(),
        **nothing,
    )
