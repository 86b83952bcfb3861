"""``mmsearch eval``: how well queries are answered whose answers are known."""

from __future__ import annotations

import json
import math
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.errors import UserError
from mmsearch.settings import cache_path

if TYPE_CHECKING:
    from mmsearch.cli.eval_run import Run
    from mmsearch.evaluate.measure import Means
    from mmsearch.evaluate.outcomes import Outcome

_path = click.Path(path_type=Path)


@click.command("eval")
@click.argument("sources", nargs=-1, metavar="DATASET|QUERIES...")
@library_option
@click.option("--data", type=_path, help="The folder of the datasets (default: MMSEARCH_DATA).")
@click.option("--work", type=_path, help="Where folders and libraries of datasets are made.")
@click.option("--limit", type=click.IntRange(min=1), help="Ask about this many queries a dataset.")
@click.option("--hits", type=click.IntRange(min=1), help="How many hits of a query to look at.")
@click.option("--normalise", default="auto", show_default=True, help="auto, none or a method.")
@click.option("--ablate", is_flag=True, help="Ask again without each means of a search in turn.")
@click.option("--save", type=_path, help="Write how each query went, as JSON lines.")
@click.option("--before", type=_path, help="Compare with what an earlier run saved.")
@click.option("--report", type=_path, help="Write a report as Markdown, charts beside it.")
@click.option("--json", "as_json", is_flag=True, help="Print the means as JSON.")
@click.option("--list", "wants_list", is_flag=True, help="List the datasets and stop.")
@click.pass_context
def command(
    context: click.Context,
    sources: tuple[str, ...],
    library_path: Path | None,
    data: Path | None,
    work: Path | None,
    limit: int | None,
    hits: int | None,
    normalise: str,
    ablate: bool,
    save: Path | None,
    before: Path | None,
    report: Path | None,
    as_json: bool,
    wants_list: bool,
) -> None:
    """Ask queries whose answers are known, and print how well they are answered.

    \b
    mmsearch eval flickr8k esc10 --data DATA    datasets by name; "all" for all of them
    mmsearch eval esc10:4                       a part of one
    mmsearch eval QUERIES.jsonl                 your own queries, asked of your library
    mmsearch eval ITEMS.jsonl --work DIR        your own dataset, in a library of its own

    A dataset becomes a folder of plain files with a library beside it, below --work (default:
    the cache folder). Both stay, and an interrupted run goes on where it was.

    A line of your own file is a query, {"text": …, "relevant": ["a.jpg"]} with the other fields
    of search --batch and optionally "segment"; or it describes a file, {"file": "a.jpg",
    "captions": [...]} or {"file": "a.ogg", "label": "dog bark"}, or a text, {"content": "def …",
    "type": "py", "captions": [...]}.

    --before compares query by query; p is how often chance alone would change a mean as much
    (paired randomisation test). "–" is a median rank beyond the hits that were looked at.
    --ablate shows what each means is worth; a star marks what is more than chance (p < 0.05).
    """
    from mmsearch.cli.eval_run import Run, Wishes
    from mmsearch.evaluate.ablation import ablation_table
    from mmsearch.evaluate.outcomes import read_outcomes
    from mmsearch.query.check import check_normaliser

    check_normaliser(normalise)
    if wants_list:
        click.echo(_list_of_datasets())
        return
    if not sources:
        raise click.UsageError("Name a dataset or a file of queries; --list shows the datasets.")
    earlier = read_outcomes(before) if before else None
    library = chosen_library(context, library_path)
    data = data or _data_from_environment()
    work_folder = work or cache_path() / "eval"
    run = Run(Wishes(data, work_folder, work is not None, library, limit, hits, normalise, ablate))
    _ask(run, sources, save, as_json=as_json)
    if run.without:
        click.echo("\n" + ablation_table(run.outcomes, run.without), err=as_json)
    _tell_changes(context, run, earlier, report, as_json=as_json)


def _ask(run: Run, sources: tuple[str, ...], save: Path | None, *, as_json: bool) -> None:
    """Ask everything; the means of a dataset are printed when it is done."""
    from mmsearch.evaluate.measure import summarise
    from mmsearch.evaluate.outcomes import save_outcomes
    from mmsearch.evaluate.tables import means_table

    gap = ""
    try:
        for outcomes in run.ask_all(sources):
            for name, rows in summarise(outcomes).items():
                if not as_json:
                    click.echo(f"{gap}{name}\n\n{means_table(rows)}")
                    gap = "\n"
    finally:
        # Also after Ctrl-C: what was asked is not asked for nothing.
        if save and run.outcomes:
            save_outcomes(save, run.outcomes)
    if as_json:
        click.echo(json.dumps(_finite(summarise(run.outcomes)), indent=1, ensure_ascii=False))


def _tell_changes(
    context: click.Context,
    run: Run,
    earlier: list[Outcome] | None,
    report: Path | None,
    *,
    as_json: bool,
) -> None:
    """Print what changed, if there is something to compare with, and write the report."""
    from mmsearch.evaluate.changes import find_changes
    from mmsearch.evaluate.report import Circumstances, write_report
    from mmsearch.evaluate.tables import changes_table

    changes = find_changes(earlier, run.outcomes) if earlier is not None else []
    if changes:
        click.echo("\n" + changes_table(changes), err=as_json)
    if report:
        before = str(context.params["before"] or "")
        words = Circumstances(_command_line(context), run.spaces, before, run.without)
        paths = write_report(report, run.outcomes, changes, words)
        click.echo(f"Written: {', '.join(map(str, paths))}", err=True)
    if earlier is not None and not changes:
        raise UserError("The earlier run had other queries.", "Compare runs of the same datasets.")


def _command_line(context: click.Context) -> str:
    """What was typed, near enough to type it again."""
    words = ["mmsearch", "eval", *context.params["sources"]]
    for option in ("library_path", "data", "work", "limit", "hits", "normalise", "before"):
        value = context.params[option]
        if value is not None:
            words += [f"--{option.removesuffix('_path')}", str(value)]
    return shlex.join([*words, *(["--ablate"] if context.params["ablate"] else [])])


def _data_from_environment() -> Path | None:
    named = os.environ.get("MMSEARCH_DATA")
    return Path(named) if named else None


def _list_of_datasets() -> str:
    from mmsearch.evaluate.datasets import DATASETS, summary_of

    summaries = {name: summary_of(name) for name in DATASETS}
    width = max(map(len, summaries))
    return "\n".join(f"{name.ljust(width)}  {text}" for name, text in summaries.items())


def _finite(table: dict[str, dict[str, Means]]) -> dict[str, dict[str, dict[str, float | None]]]:
    """JSON knows no infinity: a median rank that was not reached becomes null."""
    return {
        dataset: {
            row: {name: value if math.isfinite(value) else None for name, value in means.items()}
            for row, means in rows.items()
        }
        for dataset, rows in table.items()
    }
