"""A library whose indexing happens in a process of its own; all else is as in Library."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from pathlib import Path

from mmsearch.background.board import Phase
from mmsearch.background.indexer import Indexer
from mmsearch.background.starting import Starter, start_process
from mmsearch.encode.encoder import Encoder
from mmsearch.errors import UserError
from mmsearch.library import Library
from mmsearch.scan.touched import Touched
from mmsearch.settings import Settings, load_settings
from mmsearch.types import IndexReport, Progress, RootStatus

_log = logging.getLogger(__name__)


class LibraryInBackground(Library):
    """What a window opens: it searches here, and the indexing outlives it.

    starter: starts the indexing process.
    """

    def __init__(
        self,
        path: Path,
        encoder: Encoder,
        settings: Settings,
        *,
        create: bool = True,
        starter: Starter = start_process,
    ) -> None:
        super().__init__(path, encoder, settings, create=create)
        self._indexer = Indexer(path, starter)
        self._leaves = False
        self._changing = threading.Lock()
        """What writes does not go on while the models change."""

    def add(self, *folders: Path | str) -> list[RootStatus]:
        """As in Library; a run that goes on makes room first, until ``indexing``."""
        self._indexer.rest()
        with self._changing:
            return super().add(*folders)

    def remove(self, folder: Path | str) -> None:
        """As in Library; a run that goes on makes room first, until ``indexing``."""
        self._indexer.rest()
        with self._changing:
            super().remove(folder)

    def use_settings(self, settings: Settings) -> None:
        """As in Library; may be called while another thread adds or removes folders."""
        with self._changing:
            super().use_settings(settings)

    def catch_up(self) -> None:
        """Encode queries with the models that another program has chosen since.

        As long as they cannot be read or opened, all stays as it is.
        """
        try:
            models = load_settings().models
            if models != self.settings.models:
                self.use_settings(replace(self.settings, models=models))
        except UserError as error:
            _log.info("the models stay as they are: %s", error)

    def indexing(
        self,
        *,
        stop: Callable[[], bool] | None = None,
        retry_failed: bool | Iterable[Path | str] = False,
        forget_missing: bool | Iterable[Path | str] = False,
        touched: Touched | None = None,
    ) -> Generator[Progress, None, IndexReport]:
        """As in Library, by the indexing process, which is started if need be.

        With ``touched`` it happens here. Raises IndexerLostError when the process dies.
        """
        if touched is not None:
            return (yield from super().indexing(stop=stop, touched=touched))
        self._indexer.attend()
        report = yield from self._indexer.indexing(
            stop=stop or (lambda: False),
            leave=lambda: self._leaves,
            retry_failed=_all_or_some(retry_failed),
            forget_missing=_all_or_some(forget_missing),
        )
        self.refresh()
        return report

    def following(self, *, stop: Callable[[], bool]) -> Generator[Progress, None, IndexReport]:
        """Follow a run that another window, a command or a changed file has begun."""
        self._indexer.attend()
        report = yield from self._indexer.following(stop=stop, leave=lambda: self._leaves)
        self.refresh()
        return report

    def is_indexed_elsewhere(self) -> bool:
        """Whether the indexing process is at work, whoever asked for it."""
        notice = self._indexer.notice()
        return notice is not None and notice.phase is Phase.RUNNING

    def is_abandoned(self) -> bool:
        """Whether the indexing process has died while it watched the folders."""
        return self._settings.watch and self._indexer.has_died_watching()

    def leave_indexing(self) -> None:
        """Follow no run to its end; it goes on without this library."""
        self._leaves = True

    def close(self) -> None:
        """Let go of the library's files; the indexing process ends when it is done."""
        self._indexer.leave_it_alone()
        super().close()


def _all_or_some(given: bool | Iterable[Path | str]) -> bool | tuple[str, ...]:
    return given if isinstance(given, bool) else tuple(map(str, given))
