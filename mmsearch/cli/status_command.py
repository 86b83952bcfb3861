"""``mmsearch status``: what the library holds."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from mmsearch.background.board import Notice, Phase
from mmsearch.background.indexer import Indexer
from mmsearch.cli.app import chosen_library, library_option
from mmsearch.cli.index_command import progress_line
from mmsearch.library import open_library
from mmsearch.types import LibraryStatus


@click.command("status")
@library_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(context: click.Context, library_path: Path | None, as_json: bool) -> None:
    """Show what the library holds and which of its folders are there."""
    with open_library(chosen_library(context, library_path), create=False) as library:
        status = library.status()
        click.echo(json.dumps(status.to_json()) if as_json else _in_words(library.path, status))
        notice = Indexer(library.path).notice()
    if notice is not None and not as_json:
        click.echo(_indexing_in_words(notice))


def _indexing_in_words(notice: Notice) -> str:
    since = time.strftime("%H:%M", time.localtime(notice.since_s))
    who = f"process {notice.pid}, since {since}"
    if notice.progress is not None:
        return f"Indexing ({who}): {progress_line(notice.progress)}"
    doing = "watches the folders" if notice.phase is Phase.WATCHING else notice.phase.value
    return f"Indexing ({who}): {doing}"


def _in_words(path: Path, status: LibraryStatus) -> str:
    kinds = ", ".join(f"{count:,} {kind.value}" for kind, count in status.by_modality.items())
    lines = [
        f"Library {path}",
        f"{status.n_indexed:,} files indexed ({kinds}), {status.n_segments:,} segments, "
        f"{status.n_failed:,} unreadable, {status.n_offline:,} offline",
        f"Encoder {', '.join(status.spaces)}",
    ]
    if status.n_outdated:
        n_done = status.n_indexed - status.n_outdated
        lines.append(
            f"The encoder has changed: {n_done:,} of {status.n_indexed:,} files are encoded anew; "
            f"until then {status.answering} answers. To go on: mmsearch index"
        )
    for root in status.roots:
        mark = "●" if root.online else "○"
        state = "" if root.online else " (offline)"
        lines.append(f"{mark} {root.path}: {root.n_indexed:,} indexed{state}")
    return "\n".join(lines)
