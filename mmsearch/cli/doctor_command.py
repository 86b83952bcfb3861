"""``mmsearch doctor``: is everything that mmsearch needs there and sound?"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from mmsearch import __version__
from mmsearch.cli.app import EXIT_ERROR, chosen_library, library_option
from mmsearch.errors import LibraryError, ModelError, UserError
from mmsearch.settings import cache_path, default_library_path, load_settings

_CURE = "Run: mmsearch doctor --repair"
Check = tuple[str, Callable[[], str]]


@click.command("doctor")
@library_option
@click.option("--repair", is_flag=True, help="Mend the library; your files are never touched.")
@click.option("--hubness", is_flag=True, help="Show which files turn up too often, and what helps.")
@click.option("--anew", is_flag=True, help="With --hubness: decide anew what is done about it.")
@click.option("--plot", type=click.Path(path_type=Path), help="With --hubness: draw it, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="With --hubness: print it as JSON.")
@click.pass_context
def command(
    context: click.Context,
    library_path: Path | None,
    repair: bool,
    hubness: bool,
    anew: bool,
    plot: Path | None,
    as_json: bool,
) -> int:
    """Check the installation and the library, and say what to do about what is wrong.

    --repair drops what is damaged in the library and can be made of your files again.
    """
    if hubness:
        _tell_hubness(chosen_library(context, library_path), anew, plot, as_json=as_json)
        return 0
    if anew or plot or as_json:
        raise click.UsageError("--anew, --plot and --json belong to --hubness.")
    if repair:
        _repair(chosen_library(context, library_path))
    n_wrong = 0
    for name, check in _checks(chosen_library(context, library_path)):
        try:
            click.echo(f"ok     {name}: {check()}")
        except UserError as error:
            n_wrong += 1
            click.echo(f"WRONG  {name}: {error}")
    return EXIT_ERROR if n_wrong else 0


def _repair(path: Path | None) -> None:
    from mmsearch.library import open_library

    with open_library(path, create=False) as library:
        done = library.repair()
    for line in done or ["nothing to repair"]:
        click.echo(f"mended {line}")


def _tell_hubness(path: Path | None, anew: bool, plot: Path | None, *, as_json: bool) -> None:
    """Print how often the same files answer, before and after normalising."""
    from mmsearch.cli.hubness_report import report_as_json, report_in_words, save_plot
    from mmsearch.library import open_library

    with open_library(path, create=False) as library:
        gallery, reports = library.hubness(decide_anew=anew)
    told = report_as_json if as_json else report_in_words
    click.echo(told(gallery, reports))
    if plot:
        save_plot(plot, reports)
        click.echo(f"Written: {plot}", err=True)


def _checks(library_path: Path | None) -> Iterator[Check]:
    yield "program", lambda: f"mmsearch {__version__}, Python {platform.python_version()}"
    yield "settings", lambda: f"{load_settings().worker_count()} decoding processes"
    yield "cache", _check_cache
    yield "encoder", _check_encoder
    yield "window", _check_window
    yield "library", lambda: _check_library(library_path)
    yield "index", lambda: _check_index(library_path)


def _check_cache() -> str:
    folder = cache_path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return f"{folder} can be written"
    except OSError as error:
        raise UserError(
            f"{folder} cannot be written: {error.strerror}.",
            "Name another folder in MMSEARCH_CACHE.",
        ) from error


def _check_encoder() -> str:
    from mmsearch.cli.models_command import find_problem
    from mmsearch.encode.catalog import read_catalog

    for entry in read_catalog().values():
        problem = find_problem(entry, verify=True)
        if problem:
            raise ModelError(problem)
    return f"{', '.join(entry.spec.space for entry in read_catalog().values())}, checksums right"


def _check_window() -> str:
    """In a process of its own: Qt that does not fit the system may end it."""
    loads = "import PySide6.QtWidgets, PySide6.QtMultimedia"
    ran = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=False)
    if ran.returncode:
        reason = (ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"])[-1]
        raise UserError(
            f"Qt cannot be loaded: {reason}.",
            "The window needs system libraries; python3 packaging/run.py names them.",
        )
    return "Qt loads"


def _check_library(path: Path | None) -> str:
    from mmsearch.library import open_library

    folder = path or default_library_path()
    if not os.path.lexists(folder):
        return f"none yet at {folder}"
    # What is asked here is no search of the user's, to be remembered.
    settings = replace(load_settings(), keep_searches=False)
    with open_library(folder, create=False, settings=settings) as library:
        status, found = library.status(), library.search("anything", limit=1)
    if status.n_segments and not found:
        raise LibraryError(
            f"{folder} holds {status.n_segments} segments, but nothing is found.",
            "Run: mmsearch index",
        )
    return f"{folder}, {status.n_indexed:,} files, {status.n_segments:,} segments"


def _check_index(path: Path | None) -> str:
    from mmsearch.library import open_library

    if not os.path.lexists(path or default_library_path()):
        return "nothing yet"
    with open_library(path, create=False) as library:
        if library.is_being_written():
            return "somebody is indexing; ask again when that has ended"
        found = library.check()
    if found:
        lines = "".join(f"\n         {line}" for line in found)
        raise LibraryError(
            f"{len(found)} things are not as they should be:{lines}\n        ", _CURE
        )
    return "tables, snapshot, terms and what you told it agree"
