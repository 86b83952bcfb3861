"""``mmsearch backup``: the whole library in one file."""

from __future__ import annotations

from pathlib import Path

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.library import open_library


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@library_option
@click.pass_context
def command(context: click.Context, file: Path, library_path: Path | None) -> None:
    """Save the library to FILE, a new zip; also while something is being indexed.

    Your own files are not in it, only what mmsearch knows of them and what you told it.
    """
    with open_library(chosen_library(context, library_path), create=False) as library:
        saved = library.backup(file)
    click.echo(f"Saved: {saved}, {saved.stat().st_size / 1e6:,.1f} MB")
