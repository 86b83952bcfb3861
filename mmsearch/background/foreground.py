"""Indexing at a terminal, together with what windows do to the same library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mmsearch.background.asking import Wish
from mmsearch.background.board import Board
from mmsearch.background.indexer import Indexer
from mmsearch.background.service import Service
from mmsearch.library import Library
from mmsearch.types import IndexReport, Progress


def index_in_foreground(
    library: Library,
    wish: Wish,
    *,
    watch: bool,
    on_progress: Callable[[Progress], None],
    on_report: Callable[[IndexReport], None],
    stopped: Callable[[], bool],
) -> None:
    """Do what is wished, where windows can follow and stop it.

    Where the indexing process of a window is there already, it does the work, and is followed.

    watch: go on with what changes until ``stopped``; left out where that process does it.
    Raises UserError when the first run fails.
    """
    board = Board(library.path)
    if not board.take():
        on_report(_followed(library, wish, on_progress, stopped))
        return
    settings = replace(library.settings, watch=watch)
    service = Service(
        library,
        board,
        lambda: settings,
        alone=True,
        on_progress=on_progress,
        on_report=on_report,
        stopped=stopped,
    )
    try:
        service.serve(wish)
    finally:
        board.release()


def _followed(
    library: Library,
    wish: Wish,
    on_progress: Callable[[Progress], None],
    stopped: Callable[[], bool],
) -> IndexReport:
    steps = Indexer(library.path).indexing(
        stop=stopped, retry_failed=wish.retry_failed, forget_missing=wish.forget_missing
    )
    while True:
        try:
            on_progress(next(steps))
        except StopIteration as end:
            library.refresh()
            report: IndexReport = end.value
            return report
