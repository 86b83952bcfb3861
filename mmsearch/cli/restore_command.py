"""``mmsearch restore``: a library out of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.library import open_library, restore_library


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@library_option
@click.pass_context
def command(context: click.Context, file: Path, library_path: Path | None) -> None:
    """Make a library of FILE, which ``mmsearch backup`` wrote, where there is none yet."""
    folder = chosen_library(context, library_path)
    restore_library(file, folder)
    with open_library(folder, create=False) as library:
        status = library.status()
        click.echo(f"Restored: {library.path}, {status.n_indexed:,} files")
