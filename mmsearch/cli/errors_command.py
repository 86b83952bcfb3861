"""``mmsearch errors``: the files that could not be read."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.library import open_library


@click.command("errors")
@library_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(context: click.Context, library_path: Path | None, as_json: bool) -> None:
    """List every file that could not be read, with the reason."""
    with open_library(chosen_library(context, library_path), create=False) as library:
        failures = library.errors()
    if as_json:
        rows = [asdict(failed) | {"path": str(failed.path)} for failed in failures]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif not failures:
        click.echo("Every file could be read.")
    else:
        for failed in failures:
            click.echo(f"{failed.path}\n    {failed.kind}: {failed.reason} {failed.hint}".rstrip())
