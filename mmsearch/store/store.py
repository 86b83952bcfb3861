"""The store: one library folder, many readers, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from mmsearch.concepts import Vocabulary
from mmsearch.errors import LibraryError
from mmsearch.gallery import Gallery
from mmsearch.postings import WordMatches
from mmsearch.store.columns import gallery_from_tables
from mmsearch.store.concept_columns import describe
from mmsearch.store.folder import State, change_state, open_folder, read_state
from mmsearch.store.postings_table import postings_from_table
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.roots import read_roots, write_roots
from mmsearch.store.snapshot import is_snapshot_good, load_snapshot, save_snapshot
from mmsearch.store.tables import Tables
from mmsearch.types import Modality

if TYPE_CHECKING:
    import pyarrow


class Store:
    """Reads are free for everybody; writes need a session (``writing``), one at a time.

    Everything written is on disk when a method returns. A process that is killed in a session
    leaves at most segments that no asset owns; the next session deletes them.
    """

    def __init__(
        self,
        folder: Path,
        *,
        space: str,
        dim: int,
        create: bool = True,
        vocabulary: Callable[[], Vocabulary | None] = lambda: None,
    ) -> None:
        """Raises LibraryError when the folder is no library of ours; see folder.open_folder.

        vocabulary: the words that describe segments, asked for when something has been written.
        """
        self.folder = Path(folder)
        self._space = space
        self._dim = dim
        self._vocabulary = vocabulary
        open_folder(self.folder, create=create)
        self._lock = FileLock(self.folder / "writer.lock", thread_local=False)
        self._tables: Tables | None = None
        self._opening = threading.Lock()
        self._known_assets: set[str] = set()

    @property
    def generation(self) -> int:
        """Grows with every commit, by whichever process."""
        return read_state(self.folder).generation

    def is_at_rest(self, generation: int) -> bool:
        """Whether this generation is the newest and nobody is writing another."""
        state = read_state(self.folder)
        return state.snapshot == state.generation == generation and not state.writing

    def roots(self) -> list[RootRecord]:
        """All roots, in the order in which they were added."""
        return read_roots(self.folder)

    def assets(self, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """All assets, indexed and failed, as an Arrow table of (some of) AssetRecord's columns."""
        return self._fresh_tables().assets(columns)

    def twins(self, content_ids: Iterable[str]) -> dict[str, AssetRecord]:
        """For each content whose segments are stored, one of the assets that own it."""
        rows = self._fresh_tables().assets_with(content_ids).to_pylist()
        records = (AssetRecord(**row) for row in rows)
        return {
            record.content_id: record
            for record in records
            if (record.status, record.space) == (INDEXED, self._space)
        }

    def gallery(self) -> tuple[int, Gallery]:
        """The newest gallery and its generation, from the snapshot if that is up to date."""
        state = read_state(self.folder)
        if state.snapshot == state.generation and not state.writing:
            gallery = load_snapshot(self.folder, state.generation, self._space)
            if gallery is not None:
                return state.generation, gallery
        return state.generation, self._read_gallery()

    def _read_gallery(self) -> Gallery:
        tables = self._fresh_tables()
        # Assets first: an asset is written after its segments, so what it owns is there.
        assets, segments = tables.assets(), tables.segments()
        return gallery_from_tables(assets, segments, space=self._space, dim=self._dim)

    def _whole_gallery(self, before: State) -> Gallery:
        """With the words of the segments, which takes too long to do for every search."""
        gallery = self._read_gallery()
        gallery = replace(gallery, words=postings_from_table(self._fresh_tables().words(), gallery))
        vocabulary = self._vocabulary()
        if vocabulary is None:
            return gallery
        earlier = load_snapshot(self.folder, before.snapshot, self._space)
        return replace(gallery, concepts=describe(gallery, vocabulary, earlier))

    def match_words(self, terms: Sequence[str], limit: int) -> WordMatches:
        """The best segments by BM25 from the database's full-text index, newest commits included.

        ``terms`` are words as identifiers.terms makes them.
        """
        found = self._fresh_tables().match_words(terms, limit)
        if found.num_rows == 0:
            return WordMatches()
        columns = (found[name].to_pylist() for name in ("content_id", "ordinal", "_score"))
        return WordMatches(*columns)

    def _fresh_tables(self) -> Tables:
        with self._opening:
            if self._tables is None:
                self._tables = Tables(self.folder, self._space, self._dim)
            else:
                self._tables.refresh()
            return self._tables

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the library against other writers, for a change of its roots only.

        Raises LibraryError when another process is writing, or the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise LibraryError(
                f"The library {self.folder} is in use: another mmsearch is indexing into it.",
                "Wait until it has finished, or stop it. Searching works meanwhile.",
            ) from error
        except OSError as error:
            raise LibraryError(
                f"The library {self.folder} cannot be written: {error.strerror}."
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A writing session; on leaving it, files are merged and a snapshot is taken.

        Raises LibraryError as ``locked`` does.
        """
        with self.locked():
            yield from self._session()

    def _session(self) -> Iterator[None]:
        self._vocabulary()  # Better that it is missing before the work than after.
        before = change_state(self.folder, writing=True)
        tables = self._fresh_tables()
        self._known_assets = set(tables.assets()["asset_id"].to_pylist())
        tables.make_words()
        self._delete_orphans(tables)
        try:
            yield
        finally:
            self._delete_orphans(tables)
            if self.generation != before.generation or not self._has_snapshot(before):
                tables.upkeep()
                save_snapshot(self.folder, self._whole_gallery(before), self.generation)
            change_state(self.folder, writing=False, snapshot=self.generation)

    def _has_snapshot(self, state: State) -> bool:
        vocabulary = self._vocabulary()
        fingerprint = vocabulary.fingerprint if vocabulary else ""
        return state.snapshot == state.generation and is_snapshot_good(
            self.folder, state.generation, self._space, fingerprint
        )

    def contents(self) -> set[str]:
        """Contents whose segments are stored."""
        return self._in_session().segment_contents()

    def put_roots(self, roots: Sequence[RootRecord]) -> None:
        """Add or replace roots by their id."""
        self._demand_session()
        by_id = {root.root_id: root for root in (*self.roots(), *roots)}
        write_roots(self.folder, list(by_id.values()))
        change_state(self.folder, generation=self.generation + 1)

    def forget_root(self, root_id: str) -> None:
        """Forget a root with its assets; their segments go when the session ends."""
        tables = self._in_session()
        write_roots(self.folder, [root for root in self.roots() if root.root_id != root_id])
        tables.delete_assets_of_root(root_id)
        self._committed()

    def commit(self, assets: Sequence[AssetRecord], segments: Sequence[SegmentRecord]) -> None:
        """Write segments and their words, then the assets that own them."""
        tables = self._in_session()
        tables.add_segments(segments)
        tables.put_assets(assets, self._known_assets)
        self._known_assets.update(asset.asset_id for asset in assets)
        self._committed()

    def delete_assets(self, asset_ids: Iterable[str]) -> None:
        """Forget assets; segments that no other asset owns go when the session ends."""
        gone = set(asset_ids)
        self._in_session().delete_assets(gone)
        self._known_assets -= gone
        self._committed()

    def close(self) -> None:
        """Let go of the tables and of the writer's lock."""
        self._tables = None
        if self._lock.is_locked:
            self._lock.release()

    def forget_wordless(self, root_ids: Iterable[str]) -> None:
        """Forget code under these roots that older versions stored without its words.

        The run that asks for it meets the files again as new ones.
        """
        tables = self._in_session()
        code = Modality.CODE.value
        wordless = tables.segment_contents(code) - tables.word_contents()
        columns = ("asset_id", "root_id", "content_id")
        rows = zip(*(tables.assets()[name].to_pylist() for name in columns), strict=True)
        roots = set(root_ids)
        gone = [asset for asset, root, content in rows if content in wordless and root in roots]
        if gone:
            self.delete_assets(gone)
            self._delete_orphans(tables)

    def _delete_orphans(self, tables: Tables) -> None:
        """Delete segments that no asset owns: left by a kill, or by files that went.

        What assets own that were last read for another space is deleted too: for this one their
        files are read again, and would be stored twice.
        """
        columns = ("content_id", "status", "space")
        rows = zip(*(tables.assets()[name].to_pylist() for name in columns), strict=True)
        owned = {
            content for content, status, space in rows if (status, space) == (INDEXED, self._space)
        }
        orphans = (tables.segment_contents() | tables.word_contents()) - owned
        if orphans:
            tables.delete_contents(orphans)
            self._committed()

    def _committed(self) -> None:
        if self._tables is not None:
            self._tables.after_commit()
        change_state(self.folder, generation=self.generation + 1)

    def _demand_session(self) -> None:
        if not self._lock.is_locked:
            raise RuntimeError("writing to the store needs a session: with store.writing()")

    def _in_session(self) -> Tables:
        self._demand_session()
        if self._tables is None:
            self._tables = Tables(self.folder, self._space, self._dim)
        return self._tables
