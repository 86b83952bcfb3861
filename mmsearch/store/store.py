"""The store: one library folder, many readers, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from mmsearch.store.checkup import Finding
from mmsearch.store.disk_trouble import disk_trouble, disk_trouble_told
from mmsearch.store.doctor import check_store, repair_store
from mmsearch.store.durable import sync_whole_folder
from mmsearch.store.folder import State, change_state, read_state
from mmsearch.store.growing import Growing, Space, begun_growing
from mmsearch.store.holder import in_use, sign
from mmsearch.store.mending import mend_tables, sweep
from mmsearch.store.orphans import (
    OWNERSHIP,
    orphan_segments,
    orphan_words,
    owned_contents,
    segmentless_assets,
    wordless_assets,
)
from mmsearch.store.reading import LOCK, StoreReader
from mmsearch.store.records import AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.roots import write_roots
from mmsearch.store.snapshot import (
    drop_changes,
    drop_other_snapshots,
    moved_snapshot,
    save_snapshot,
)
from mmsearch.store.tables import Tables

if TYPE_CHECKING:
    import pyarrow

_WAIT_S = 0.5
"""For a reader that looks whether anybody writes, or mends what was cut off."""
_MUCH = 0.1
"""Of all assets: when more than these went or changed, the tables are written anew without them."""


class Store(StoreReader):
    """Reads are free for everybody; writes need a session (``writing``), one at a time.

    Everything written is on disk when a method returns. A process that is killed in a session
    leaves at most segments that no asset owns; the next session deletes them.
    """

    def _set_up(self) -> None:
        self.answering: StoreReader = self
        """Whose gallery answers searches: that of an older space until this one is whole."""
        self._lock = FileLock(self.folder / LOCK, thread_local=False)
        self._known_assets: set[str] = set()
        self._n_removed = 0
        self._growing: Growing | None = None
        """What the session makes of the gallery; None where that has to be read when it ends."""
        self._outdated_words: set[str] = set()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the library against other writers, for a change of its roots only.

        Raises LibraryError when another process is writing, or the folder cannot be written, be
        it from the beginning or because the disk has become full.
        """
        with disk_trouble_told(self.folder):
            try:
                self._lock.acquire(timeout=_WAIT_S)
            except Timeout as error:
                raise in_use(self.folder) from error
            try:
                sign(self.folder)
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
        before = self._begin()
        try:
            yield
        except BaseException as error:
            if disk_trouble(error, self.folder) is None:
                self._end(before)
            raise
        self._end(before)

    def _begin(self) -> State:
        """Note that somebody writes, and clear away what a session left that was cut off."""
        before = read_state(self.folder)
        drop_changes(self.folder)
        if before.writing:
            # What was committed last may not have been counted: no snapshot can be trusted.
            before = change_state(self.folder, generation=before.generation + 1)
            if mend_tables(self.folder):
                self._tables = None
        change_state(self.folder, writing=True, space=before.space or self.space)
        sweep(self.folder)
        tables = self.fresh_tables()
        tables.make()
        tables.drop_replaced_files()
        assets = tables.assets(OWNERSHIP)
        self._known_assets = set(assets["asset_id"].to_pylist())
        self._n_removed = 0
        if before.writing and (lost := segmentless_assets(tables, assets, self.space)):
            self.delete_assets(lost)
            assets = tables.assets(OWNERSHIP)
        space = Space(self.space, self.dim, self._vocabulary())
        growing = begun_growing(self.folder, before, assets, space)
        self._outdated_words = set()
        if growing is None:
            self._delete_orphans(tables, assets)
            self._outdated_words = tables.word_contents_but(owned_contents(assets, self.space))
        self._growing = growing
        return before

    def _end(self, before: State) -> None:
        """Merge files and take a snapshot, if there is something new."""
        tables = self._in_session()
        growing, n_all = self._growing, len(self._known_assets)
        self._delete_orphans(tables)
        if self.generation != before.generation or not self.answering.has_snapshot(before):
            tables.upkeep(whole=growing is None or self._n_removed > _MUCH * n_all)
            gallery = growing.gallery() if growing else self.answering.whole_gallery(before)
            save_snapshot(self.folder, gallery, self.generation)
            sync_whole_folder(self.folder / "snapshot")
        self._growing = None
        change_state(self.folder, writing=False, snapshot=self.generation)
        drop_other_snapshots(self.folder, self.generation)

    def put_roots(self, roots: Sequence[RootRecord]) -> None:
        """Add or replace roots by their id."""
        self._demand_session()
        by_id = {root.root_id: root for root in (*self.roots(), *roots)}
        write_roots(self.folder, list(by_id.values()))
        self._counted()

    def forget_root(self, root_id: str) -> None:
        """Forget a root with its assets; their segments go when the session ends."""
        tables = self._in_session()
        write_roots(self.folder, [root for root in self.roots() if root.root_id != root_id])
        with self._changing() as growing:
            gone = tables.assets_of_root(root_id)
            tables.delete_assets_of_root(root_id)
            self._removed(gone, growing)

    def commit(self, assets: Sequence[AssetRecord], segments: Sequence[SegmentRecord]) -> None:
        """Write segments and their words, then the assets that own them.

        No asset is on the disk before its segments are, even if the power fails.
        """
        tables = self._in_session()
        renewed = self._outdated_words & {segment.content_id for segment in segments}
        with self._changing() as growing:
            tables.delete_words(renewed)
            self._outdated_words -= renewed
            tables.add_segments(segments)
            tables.sync()
            tables.put_assets(assets, self._known_assets)
            named = {asset.asset_id for asset in assets}
            self._removed(named & self._known_assets, growing)
            self._known_assets |= named
            if growing is not None:
                growing.put(assets, segments)

    def delete_assets(self, asset_ids: Iterable[str]) -> None:
        """Forget assets; segments that no other asset owns go when the session ends."""
        gone = set(asset_ids)
        tables = self._in_session()
        with self._changing() as growing:
            tables.delete_assets(gone)
            self._removed(gone, growing)

    def _removed(self, gone: set[str], growing: Growing | None) -> None:
        self._known_assets -= gone
        self._n_removed += len(gone)
        if growing is not None:
            growing.remove(gone)

    @contextmanager
    def _changing(self) -> Iterator[Growing | None]:
        """A change of the tables that ends as a commit, and what is to be told of it.

        A change that fails may be half done: what the tables hold is then read.
        """
        growing, self._growing = self._growing, None
        yield growing
        self._growing = growing
        self._committed()

    def close(self) -> None:
        """Let go of the tables and of the writer's lock."""
        super().close()
        if self._lock.is_locked:
            self._lock.release()

    def forget_wordless(self, root_ids: Iterable[str]) -> None:
        """Forget code under these roots that older versions stored without its words.

        The run that asks for it meets the files again as new ones.
        """
        tables = self._in_session()
        gone = wordless_assets(tables, tables.assets(OWNERSHIP), root_ids)
        if gone:
            self._growing = None  # their contents will come again
            self.delete_assets(gone)
            self._delete_orphans(tables)

    def worded_contents(self) -> set[str]:
        """Contents of which the words of at least one segment are stored."""
        return self.fresh_tables().word_contents()

    def put_said(self, words: Mapping[tuple[str, int], str], outdated: Iterable[str]) -> None:
        """Write what models made of contents, by content and place in it, instead of what was.

        outdated: more contents of which nothing is left.
        """
        tables = self._in_session()
        self._growing = None  # what was there has other words now, so everything is read
        tables.delete_words({content_id for content_id, _ in words}.union(outdated))
        tables.add_said(words)
        self._committed()

    def forget_contents(self, contents: Iterable[str], assets: Iterable[str]) -> None:
        """Forget contents with all files that have them, and some more files."""
        tables, gone, contents = self._in_session(), set(assets), set(contents)
        self._growing = None  # the same contents may come again
        gone.update(tables.assets_with(contents)["asset_id"].to_pylist())
        tables.delete_segments(contents)
        tables.delete_words(contents)
        self.delete_assets(gone)
        self._delete_orphans(tables)

    def check(self) -> list[Finding]:
        """What is wrong with the library; see doctor.py."""
        return check_store(self)

    def repair(self) -> list[str]:
        """Mend it, and say what was done; see doctor.py."""
        return repair_store(self)

    def answer_in_own_space(self) -> None:
        """From now on the vectors of this store's space answer; all that can be is encoded in it.

        To be called when a run has reached its end. Vectors of other spaces go when no asset has
        them any more: those of a drive that is away stay for as long as it is.
        """
        tables = self._in_session()
        if read_state(self.folder).space != self.space:
            change_state(self.folder, space=self.space)
            self._committed()
        self.answering = self
        others = set(tables.assets(["space"])["space"].unique().to_pylist()) - {self.space, ""}
        if not others:
            tables.drop_other_spaces()

    def _delete_orphans(self, tables: Tables, assets: pyarrow.Table | None = None) -> None:
        """Delete what no asset owns. assets: all there are, where they have just been read."""
        if self._growing is not None:
            segments = words = self._growing.orphans()
        else:
            assets = tables.assets(OWNERSHIP) if assets is None else assets
            segments = orphan_segments(tables, assets, self.space)
            words = orphan_words(tables, assets)
        if segments or words:
            tables.delete_segments(segments)
            tables.delete_words(words)
            self._committed()

    def _committed(self) -> None:
        if self._tables is not None:
            self._tables.sync()
            self._tables.after_commit()
        self._counted()

    def _counted(self) -> None:
        """Tell readers that something has changed, and in a session what."""
        state = read_state(self.folder)
        generation, snapshot = state.generation + 1, state.snapshot
        if self._growing is not None:
            snapshot = self._growing.publish(self.folder, generation)
        elif not state.writing:  # a folder was added: the gallery is what it was
            snapshot = moved_snapshot(self.folder, state, generation)
        change_state(self.folder, generation=generation, snapshot=snapshot)
        if snapshot != state.snapshot:
            drop_other_snapshots(self.folder, snapshot)

    def _demand_session(self) -> None:
        if not self._lock.is_locked:
            raise RuntimeError("writing to the store needs a session: with store.writing()")

    def _in_session(self) -> Tables:
        self._demand_session()
        if self._tables is None:
            self._tables = Tables(self.folder, self.space, self.dim)
        return self._tables

    def _is_read_only(self) -> bool:
        """While this process writes, nobody else changes what it reads."""
        return not self._lock.is_locked
