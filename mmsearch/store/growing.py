"""Keeps the gallery of a writing session up to date commit by commit, without reading a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mmsearch.concepts import Vocabulary
from mmsearch.gallery import Gallery, empty_gallery
from mmsearch.postings import no_names, no_postings
from mmsearch.store.change import Change, applied, orphans
from mmsearch.store.columns import gallery_from_tables
from mmsearch.store.concept_columns import describe
from mmsearch.store.folder import State
from mmsearch.store.joining import joined
from mmsearch.store.postings_table import postings_from_table
from mmsearch.store.records import (
    INDEXED,
    AssetRecord,
    SegmentRecord,
    asset_schema,
    records_to_arrow,
    segments_to_arrow,
    words_to_arrow,
)
from mmsearch.store.snapshot import load_snapshot, save_change, save_snapshot
from mmsearch.store.vector_files import grown_vectors

if TYPE_CHECKING:
    import pyarrow

_MOST_BESIDE = 20_000
"""New assets and segments from which on a snapshot is taken in the middle of a session: it takes
two seconds for a million, and changes beside it take time at every commit."""
_SHARE_BESIDE = 0.25
"""The same for small libraries, as a share of what was there."""
_NOT_SAVED = -1


@dataclass(frozen=True, slots=True)
class Space:
    """What the vectors of a gallery are of, and what describes them."""

    name: str
    dim: int
    vocabulary: Vocabulary | None

    def nothing(self) -> Gallery:
        """A gallery without assets, with all that others have."""
        gallery = empty_gallery(self.name, self.dim)
        words, names = no_postings(0), no_names(0)
        concepts = describe(gallery, self.vocabulary, None) if self.vocabulary else None
        return replace(gallery, words=words, names=names, concepts=concepts)

    def is_described(self, gallery: Gallery) -> bool:
        """Whether a gallery has all that would have to be read from the tables otherwise."""
        described_by = gallery.concepts.fingerprint if gallery.concepts else None
        wanted = self.vocabulary.fingerprint if self.vocabulary else None
        return described_by == wanted and None not in (gallery.words, gallery.names)


def begun_growing(
    folder: Path, before: State, assets: pyarrow.Table, space: Space
) -> Growing | None:
    """The gallery with which a session begins; None where it has to be read from the tables.

    before: the state of the library before the session. assets: all, with status and space.
    """
    import pyarrow.compute as pc

    if before.writing or before.space not in ("", space.name):
        return None
    indexed = assets.filter(pc.equal(assets["status"], INDEXED))
    if set(indexed["space"].unique().to_pylist()) - {space.name}:
        return None
    if assets.num_rows == 0:
        return Growing(space)
    base = load_snapshot(folder, before.generation, space.name)
    if base is None or before.snapshot != before.generation or not space.is_described(base):
        return None
    return Growing(space, base, before.generation)


class Growing:
    """The gallery before the session, and what the session has changed. Needs the writer's lock.

    What is put and removed here has to be what is written to the tables, in the same order.
    """

    def __init__(self, space: Space, base: Gallery | None = None, generation: int = 0) -> None:
        """base: the snapshot of a generation; None in a library without files."""
        self._space = space
        self._nothing = space.nothing()
        self._waiting: dict[str, list[SegmentRecord]] = {}
        self._begin(base or self._nothing, generation if base else _NOT_SAVED)

    def _begin(self, base: Gallery, generation: int) -> None:
        self._base, self._since = base, generation
        self._most_beside = min(_MOST_BESIDE, _SHARE_BESIDE * base.n_asset)
        self._vectors = base.vectors
        self._new = self._nothing
        self._row_of: dict[str, int] = {}
        self._gone: set[str] = set()
        self._dead: list[int] = []

    def put(self, assets: Iterable[AssetRecord], segments: Iterable[SegmentRecord]) -> None:
        """Assets that came or changed; those that changed have been removed before.

        Segments may come before their asset.
        """
        for segment in segments:
            self._waiting.setdefault(segment.content_id, []).append(segment)
        fresh = self._gallery_of([asset for asset in assets if asset.status == INDEXED])
        for row, asset_id in enumerate(fresh.asset_ids, self._new.n_asset):
            self._row_of[asset_id] = row
        self._vectors = grown_vectors(self._vectors, fresh.vectors)
        self._new = joined(self._new, fresh, self._nothing.vectors)

    def remove(self, asset_ids: Iterable[str]) -> None:
        """Assets that went, or are put anew; ids of others do no harm."""
        for asset_id in asset_ids:
            row = self._row_of.pop(asset_id, None)
            if row is None:
                self._gone.add(asset_id)
            else:
                self._dead.append(row)

    def publish(self, folder: Path, generation: int) -> int:
        """Let readers see what there is; returns the generation of the snapshot that they need."""
        n_beside = self._new.n_asset + self._new.n_segment
        is_much = self._since == _NOT_SAVED or n_beside > self._most_beside
        if not (is_much and self._is_folded(folder, generation)):
            save_change(folder, self._change(), since=self._since, generation=generation)
        return self._since

    def _is_folded(self, folder: Path, generation: int) -> bool:
        """Whether all could go into a snapshot, to begin anew from there."""
        gallery = self.gallery()
        if gallery.n_segment < self._base.n_segment + self._new.n_segment:
            # What no file has now may be found under another name until the session ends.
            self._most_beside *= 2
            return False
        save_snapshot(folder, gallery, generation)
        base = load_snapshot(folder, generation, self._space.name)
        if base is None:
            raise OSError(f"the snapshot in {folder} cannot be read back")
        self._begin(base, generation)
        return True

    def gallery(self) -> Gallery:
        """The gallery as it is now."""
        return applied(self._base, self._change(), self._vectors)

    def orphans(self) -> set[str]:
        """Contents of which segments are stored, but that no asset has any more, or ever had."""
        return orphans(self._base, self._change()) | set(self._waiting)

    def _change(self) -> Change:
        return Change(self._new, self._gone, self._dead, len(self._vectors.codes))

    def _gallery_of(self, assets: Sequence[AssetRecord]) -> Gallery:
        """Assets with the segments that were waiting for them."""
        contents = dict.fromkeys(asset.content_id for asset in assets)
        segments = [one for content in contents for one in self._waiting.pop(content, ())]
        space = self._space
        table = segments_to_arrow(segments, space.dim)
        rows = records_to_arrow(list(assets), asset_schema())
        gallery = gallery_from_tables(rows, table, space=space.name, dim=space.dim)
        gallery = replace(gallery, words=postings_from_table(words_to_arrow(segments), gallery))
        if gallery.n_asset == 0:
            return self._nothing
        if space.vocabulary is None:
            return gallery
        return replace(gallery, concepts=describe(gallery, space.vocabulary, None))
