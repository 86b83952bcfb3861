"""What a run has done and not yet stored; small commits, so that a kill loses seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from mmsearch.indexing.asset_rows import reused_row
from mmsearch.indexing.batches import Batches
from mmsearch.indexing.todo_list import Todo
from mmsearch.store.records import AssetRecord
from mmsearch.store.store import Store

_COMMIT_EVERY_S = 1.5
"""Less the time that a commit takes itself. What is read and what is looked up in between takes up
to half a second, so that a kill loses two seconds at most."""
_LEAST_PAUSE_S = 0.25
_COMMIT_EVERY_SEGMENTS = 256
_COMMIT_EVERY_REUSED = 4096


class Ledger:
    """Rows of files that wait for the next commit. The store must be in a writing session."""

    def __init__(self, store: Store, batches: Batches) -> None:
        self._store = store
        self._batches = batches
        self._assets: list[AssetRecord] = []
        self._reused: list[tuple[Todo, str]] = []
        self._kept: dict[str, AssetRecord] = {}
        self.reused_contents: set[str] = set()
        """What was found again at another place."""
        self._committed_s = time.monotonic()
        self._pause_s = _COMMIT_EVERY_S
        self._is_encoded: Callable[[], bool] | None = None
        """While a commit is due: whether that is encoded which it waits for."""

    def keep_twins(self, content_ids: Iterable[str]) -> None:
        """Remember the owners of contents, because this run may give them another content.

        Their vectors stay until the session ends, for a file that was moved.
        """
        self._kept = self._store.twins(content_ids)

    def add(self, asset: AssetRecord) -> None:
        """A file that is done."""
        self._assets.append(asset)

    def add_reused(self, todo: Todo, content_id: str) -> None:
        """A file whose content is known; what is known about it is looked up at the commit."""
        self._reused.append((todo, content_id))
        self.reused_contents.add(content_id)

    def is_ready(self) -> bool:
        """Whether to commit now: it is time, and what then waited for a full batch is encoded."""
        if self._is_encoded is None and self._is_due():
            self._is_encoded = self._batches.hurry()
        return self._is_encoded is not None and self._is_encoded()

    def _is_due(self) -> bool:
        return (
            len(self._batches.encoded) >= _COMMIT_EVERY_SEGMENTS
            or len(self._reused) >= _COMMIT_EVERY_REUSED
            or time.monotonic() - self._committed_s > self._pause_s
        )

    def commit(self) -> None:
        """Store everything."""
        started_s = time.monotonic()
        segments, assets = self._batches.take_encoded(), self._assets
        self._assets = []
        if segments or assets:
            self._store.commit(assets, segments)
        if self._reused:
            self._commit_reused()
        self._is_encoded = None
        self._committed_s = time.monotonic()
        took_s = self._committed_s - started_s
        self._pause_s = max(_LEAST_PAUSE_S, _COMMIT_EVERY_S - took_s)

    def _commit_reused(self) -> None:
        """The twins are stored by now, at the latest by this very commit."""
        reused, self._reused = self._reused, []
        wanted = {content_id for _, content_id in reused}
        twins = self._kept | self._store.twins(wanted - self._kept.keys())
        self._store.commit([reused_row(todo, twins[content]) for todo, content in reused], [])
