"""``mmsearch export``: the index as Parquet."""

from __future__ import annotations

from pathlib import Path

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.library import open_library


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@library_option
@click.pass_context
def command(context: click.Context, folder: Path, library_path: Path | None) -> None:
    """Write the index to FOLDER: assets.parquet, and segments.parquet with all vectors."""
    with open_library(chosen_library(context, library_path), create=False) as library:
        for path in library.export_index(folder):
            click.echo(f"Written: {path}")
