"""``mmsearch index``: add folders and index them."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

import click

from mmsearch.background.asking import Do, Wish
from mmsearch.background.foreground import index_in_foreground
from mmsearch.background.indexer import Indexer
from mmsearch.background.service import serve_library
from mmsearch.cli.app import (
    EXIT_ERROR,
    EXIT_INTERRUPTED,
    EXIT_SOME_UNREADABLE,
    chosen_library,
    library_option,
)
from mmsearch.library import Library, open_library
from mmsearch.settings import load_settings
from mmsearch.types import IndexReport, Progress

_NICENESS = 5
"""The window and the searches go first."""


@click.command("index")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@library_option
@click.option("--retry", is_flag=True, help="Try unreadable files again, even if unchanged.")
@click.option("--forget-missing", is_flag=True, help="Forget vanished files, however many.")
@click.option("--watch", is_flag=True, help="Then index what changes, until Ctrl-C.")
@click.option("--background", is_flag=True, help="Index in a process that goes on by itself.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--serve", is_flag=True, hidden=True)
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    library_path: Path | None,
    retry: bool,
    forget_missing: bool,
    watch: bool,
    background: bool,
    as_json: bool,
    serve: bool,
) -> int:
    """Add PATHS to the library and bring the library up to date.

    Without PATHS, the folders that were added before are looked through again; only new and
    changed files are read. Ctrl-C stops at once and loses nothing that was done.
    """
    if background and (watch or as_json):
        raise click.UsageError("--background goes with neither --watch nor --json.")
    with open_library(chosen_library(context, library_path)) as library:
        if serve:
            return _serve(library)
        library.add(*paths)
        wish = Wish(Do.INDEX, "", retry, forget_missing)
        if background:
            return _start(library.path, wish)
        shown = _Shown(as_json=as_json, every=watch)
        with _ctrl_c() as stopped, _progress_shown(not as_json) as show:
            index_in_foreground(
                library,
                wish,
                watch=watch,
                on_progress=show,
                on_report=shown.add,
                stopped=stopped.is_set,
            )
        was_cut_off = stopped.is_set() and not watch
        return shown.end(library.status().n_failed, stopped=was_cut_off)


def _serve(library: Library) -> int:
    """Be the indexing process that a window has started."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    return 0 if serve_library(library, load_settings) else EXIT_ERROR


def _start(library: Path, wish: Wish) -> int:
    Indexer(library).begin(wish)
    click.echo("Indexing goes on in the background; to see how far it is: mmsearch status")
    return 0


@dataclass(slots=True)
class _Shown:
    """Prints what runs have done: each of them, or only the last one with what failed in all."""

    as_json: bool
    every: bool
    _last: IndexReport | None = None

    def add(self, report: IndexReport) -> None:
        """One run has ended."""
        self._last = report
        if self.every and not report.stopped and (self.as_json or _has_news(report)):
            self._print(report, report.n_failed)

    def end(self, n_failed: int, *, stopped: bool) -> int:
        """All runs have ended; returns the exit code."""
        if self._last is not None and not self.every:
            self._print(self._last, n_failed)
        if stopped:
            return EXIT_INTERRUPTED
        return EXIT_SOME_UNREADABLE if n_failed else 0

    def _print(self, report: IndexReport, n_failed: int) -> None:
        as_json = json.dumps(asdict(report)) if self.as_json else ""
        click.echo(as_json or _in_words(report, n_failed))


def _has_news(report: IndexReport) -> bool:
    """Whether a run while watching has found anything to tell."""
    return bool(report.n_indexed or report.n_reused or report.n_removed or report.n_failed)


@contextmanager
def _ctrl_c() -> Iterator[threading.Event]:
    """The first Ctrl-C asks the run to stop; a second one kills it."""
    stopped = threading.Event()

    def on_interrupt(number: int, frame: FrameType | None) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress_shown(wanted: bool) -> Iterator[Callable[[Progress], None]]:
    """A live progress line on a terminal; nothing when the output goes elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield lambda progress: None
        return
    from rich.live import Live
    from rich.text import Text

    with Live(console=console, refresh_per_second=10, transient=True) as live:
        yield lambda progress: live.update(Text(progress_line(progress), no_wrap=True))


def progress_line(progress: Progress) -> str:
    """Progress in one line: how far, how fast, how long still, what now."""
    if progress.phase == "scanning":
        return f"Looking for files: {progress.n_found:,} found"
    if progress.phase == "finishing":
        return "Finishing"
    share = progress.n_done / progress.n_todo if progress.n_todo else 1.0
    doing = "Listening and looking: " if progress.phase == "describing" else ""
    bar = "━" * round(20 * share) + "─" * (20 - round(20 * share))
    parts = [
        f"{doing}{bar} {progress.n_done:,} of {progress.n_todo:,}",
        f"{progress.files_per_s:.1f} files/s",
    ]
    if progress.eta_s is not None:
        parts.append(f"{_duration(progress.eta_s)} left")
    if progress.n_failed:
        parts.append(f"{progress.n_failed:,} unreadable")
    return " · ".join([*parts, Path(progress.current).name])


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def _in_words(report: IndexReport, n_failed: int) -> str:
    lines = [
        f"{report.n_found:,} files found: {report.n_unchanged:,} unchanged, "
        f"{report.n_indexed:,} indexed ({report.n_segments:,} segments), "
        f"{report.n_reused:,} moved or copied, {report.n_removed:,} removed. "
        f"{_duration(report.elapsed_s)}."
    ]
    if n_failed:
        lines.append(f"{n_failed:,} could not be read; see: mmsearch errors")
    lines += report.notes
    if report.stopped:
        lines.append("Stopped. What was done is kept; the next run goes on from there.")
    return "\n".join(lines)
