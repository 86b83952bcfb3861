"""``mmsearch index``: add folders and index them."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import click

from mmsearch.cli.app import (
    EXIT_INTERRUPTED,
    EXIT_SOME_UNREADABLE,
    chosen_library,
    library_option,
)
from mmsearch.library import open_library
from mmsearch.types import IndexReport, Progress


@click.command("index")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@library_option
@click.option("--retry", is_flag=True, help="Try unreadable files again, even if unchanged.")
@click.option("--forget-missing", is_flag=True, help="Forget vanished files, however many.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    library_path: Path | None,
    retry: bool,
    forget_missing: bool,
    as_json: bool,
) -> int:
    """Add PATHS to the library and bring the library up to date.

    Without PATHS, the folders that were added before are looked through again; only new and
    changed files are read. Ctrl-C stops at once and loses nothing that was done.
    """
    with open_library(chosen_library(context, library_path)) as library, _ctrl_c() as stopped:
        library.add(*paths)
        with _progress_shown(not as_json) as show:
            report = library.index(
                on_progress=show,
                stop=stopped.is_set,
                retry_failed=retry,
                forget_missing=forget_missing,
            )
        n_failed = library.status().n_failed
    click.echo(json.dumps(asdict(report)) if as_json else _in_words(report, n_failed))
    if report.stopped:
        return EXIT_INTERRUPTED
    return EXIT_SOME_UNREADABLE if n_failed else 0


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
def _progress_shown(wanted: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A live progress line on a terminal; nothing when the output goes elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield None
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
    bar = "━" * round(20 * share) + "─" * (20 - round(20 * share))
    parts = [
        f"{bar} {progress.n_done:,} of {progress.n_todo:,}",
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
