"""``mmsearch models anchors``: let a reranker get to know a library."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.library import open_library


@click.command("anchors")
@click.argument("model_id", metavar="ID")
@library_option
@click.option("--sentences", default=50, show_default=True, help="How many to score.")
@click.pass_context
def anchors_command(
    context: click.Context, model_id: str, library_path: Path | None, sentences: int
) -> None:
    """Score sentences against all files with a reranker, for --rerank-how anncur.

    It takes long, mostly a night. Interrupt it with Ctrl-C; the same command goes on where it was.
    """
    done, total, shown = 0, 0, -1
    with open_library(chosen_library(context, library_path), create=False) as library:
        for done, total in library.score_anchors(model_id, n_sentence=sentences):
            percent = 100 * done // max(total, 1)
            if percent != shown and sys.stderr.isatty():
                shown = percent
                click.echo(f"\r{percent:3d} % of {total:,} scores", nl=done == total, err=True)
    click.echo(f"{model_id} has scored {sentences} sentences." if total else "Nothing to score.")
    if total:
        click.echo(f"Search with: --rerank {model_id} --rerank-how anncur")
