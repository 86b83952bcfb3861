"""The reading half of the store: free for everybody, at any time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from filelock import FileLock, Timeout

from mmsearch.concepts import Vocabulary
from mmsearch.gallery import Gallery
from mmsearch.postings import WordMatches
from mmsearch.store.columns import gallery_from_tables
from mmsearch.store.concept_columns import describe
from mmsearch.store.disk_trouble import damage_told, is_of_tables
from mmsearch.store.folder import State, open_folder, read_state
from mmsearch.store.mending import mend_tables
from mmsearch.store.migrations import migrate
from mmsearch.store.postings_table import postings_from_table
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord
from mmsearch.store.roots import read_roots
from mmsearch.store.snapshot import is_snapshot_good, load_changed, load_snapshot
from mmsearch.store.tables import Tables

if TYPE_CHECKING:
    import pyarrow

_log = logging.getLogger(__name__)
LOCK = "writer.lock"
_TRIES = 5
_PAUSE_S = 0.05
_T = TypeVar("_T")


class StoreReader:
    """What one space of a library holds.

    Tables that a power cut has left unreadable are taken back to their last good version.
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
        self.space = space
        self.dim = dim
        self._vocabulary = vocabulary
        migrate(self.folder, open_folder(self.folder, create=create))
        self._tables: Tables | None = None
        self._opening = threading.Lock()
        self._set_up()

    def _set_up(self) -> None:
        """What else a kind of reader needs."""

    @property
    def generation(self) -> int:
        """Grows with every commit, by whichever process."""
        return read_state(self.folder).generation

    @property
    def answering_space(self) -> str:
        """Whose vectors answer searches; empty in a library that nothing was written to."""
        return read_state(self.folder).space

    def is_at_rest(self, generation: int) -> bool:
        """Whether this generation is the newest and nobody is writing another."""
        state = read_state(self.folder)
        return state.snapshot == state.generation == generation and not state.writing

    def roots(self) -> list[RootRecord]:
        """All roots, in the order in which they were added."""
        return read_roots(self.folder)

    def assets(self, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """All assets, indexed and failed, as an Arrow table of (some of) AssetRecord's columns."""
        return self._read(lambda tables: tables.assets(columns))

    def twins(self, content_ids: Iterable[str]) -> dict[str, AssetRecord]:
        """For each content whose segments are stored, one of the assets that own it."""
        rows = self.fresh_tables().assets_with(content_ids).to_pylist()
        records = (AssetRecord(**row) for row in rows)
        return {
            record.content_id: record
            for record in records
            if (record.status, record.space) == (INDEXED, self.space)
        }

    def gallery(self) -> tuple[int, Gallery]:
        """The newest gallery and its generation, from the snapshot if that is up to date."""
        for _ in range(_TRIES):
            state = read_state(self.folder)
            gallery = self._from_files(state)
            if gallery is not None:
                return state.generation, gallery
            if read_state(self.folder) == state:
                break  # else a session went on meanwhile, and deleted what was looked for
        if state.writing:
            self._mend_if_cut_off()
        return state.generation, self.read_gallery()

    def _from_files(self, state: State) -> Gallery | None:
        """The gallery of a state without reading a table; None where that cannot be."""
        if not state.writing and state.snapshot != state.generation:
            return None
        if state.writing and not self.is_being_written():
            return None  # a session was cut off
        return load_changed(self.folder, state.snapshot, state.generation, self.space)

    def read_gallery(self) -> Gallery:
        """The gallery from the tables, without the words of its segments."""
        # Assets first: an asset is written after its segments, so what it owns is there.
        assets, segments = self._read(lambda tables: (tables.assets(), tables.segments()))
        is_whole = read_state(self.folder).space == self.space
        return gallery_from_tables(
            assets, segments, space=self.space, dim=self.dim, is_whole=is_whole
        )

    def is_being_written(self) -> bool:
        """Whether a session goes on, in this process or another."""
        try:
            with self._lock_of_its_own():
                return False
        except Timeout:
            return True
        except OSError:
            return False  # a disk that cannot be written

    def _mend_if_cut_off(self) -> None:
        """Make tables readable whose writer is gone without having said so."""
        try:
            with self._lock_of_its_own():
                # Who was writing may have come to the end just before.
                if read_state(self.folder).writing and mend_tables(self.folder):
                    self._tables = None
        except Timeout:
            return  # somebody is writing, as the state says
        except OSError as error:
            _log.info("%s cannot be mended: %s", self.folder, error)

    def _lock_of_its_own(self) -> AbstractContextManager[object]:
        """It is refused also while another thread of this process writes."""
        return FileLock(self.folder / LOCK, is_singleton=False).acquire(timeout=0)

    def whole_gallery(self, before: State) -> Gallery:
        """Read from the tables with the words of the segments, which takes too long for a search.

        before: the state of which concept words are taken over.
        """
        vocabulary = self._vocabulary()
        gallery = self.read_gallery()
        gallery = replace(gallery, words=postings_from_table(self.fresh_tables().words(), gallery))
        if vocabulary is None:
            return gallery
        earlier = load_snapshot(self.folder, before.snapshot, self.space)
        return replace(gallery, concepts=describe(gallery, vocabulary, earlier))

    def match_words(self, terms: Sequence[str], limit: int) -> WordMatches:
        """The best segments by BM25 from the database's full-text index, newest commits included.

        ``terms`` are words as identifiers.terms makes them.
        """
        found = self._read(lambda tables: tables.match_words(terms, limit))
        if found.num_rows == 0:
            return WordMatches()
        columns = (found[name].to_pylist() for name in ("content_id", "ordinal", "_score"))
        return WordMatches(*columns)

    def fresh_tables(self) -> Tables:
        """The tables as they are now, also if another process has written to them."""
        with self._opening:
            if self._tables is None or not self._tables.refresh():
                self._tables = Tables(self.folder, self.space, self.dim)
            return self._tables

    def _read(self, read: Callable[[Tables], _T]) -> _T:
        """What ``read`` makes of the newest tables. Raises LibraryError when they are damaged.

        Another process may drop or merge a table while it is read; then all are opened anew.
        """
        for n_tried in range(_TRIES):
            try:
                return read(self.fresh_tables())
            except (RuntimeError, ValueError, OSError) as error:
                if not (is_of_tables(error) and self._is_read_only()):
                    break
                _log.info("%s is read once more: %s", self.folder, error)
                self.close_tables()
                time.sleep(n_tried * _PAUSE_S)
        with damage_told(self.folder):
            return read(self.fresh_tables())

    def _is_read_only(self) -> bool:
        """Whether others may write now."""
        return True

    def has_snapshot(self, state: State) -> bool:
        """Whether the snapshot of this state is as this version would write it."""
        vocabulary = self._vocabulary()
        fingerprint = vocabulary.fingerprint if vocabulary else ""
        return state.snapshot == state.generation and is_snapshot_good(
            self.folder, state.generation, self.space, fingerprint
        )

    def close_tables(self) -> None:
        """Let go of the tables; they are opened anew when they are needed."""
        self._tables = None

    def close(self) -> None:
        """Let go of the library's files."""
        self.close_tables()
