"""``mmsearch eval``: how well the library answers queries whose answers are known."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from mmsearch.cli.app import chosen_library, library_option
from mmsearch.errors import UserError
from mmsearch.evaluate.compare import compare
from mmsearch.evaluate.measure import Outcome, ask, summarise
from mmsearch.evaluate.metrics import reciprocal_rank
from mmsearch.evaluate.queries import read_judged_queries
from mmsearch.library import open_library


@click.command("eval")
@click.argument("queries", type=click.Path(path_type=Path))
@library_option
@click.option("--limit", default=100, show_default=True, help="How many hits to look at.")
@click.option("--save", type=click.Path(path_type=Path), help="Write each query's outcome here.")
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    help="Compare with the saved outcomes of an earlier run of the same queries.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the means as JSON.")
@click.pass_context
def command(
    context: click.Context,
    queries: Path,
    library_path: Path | None,
    limit: int,
    save: Path | None,
    before: Path | None,
    as_json: bool,
) -> None:
    """Ask the QUERIES of a file of the library and print how often the right file was found.

    QUERIES has one JSON object a line: the fields of search --batch, "relevant" with the paths
    that should be found, and optionally "segment" with the place in the file.
    """
    judged = read_judged_queries(queries, limit=limit)
    with open_library(chosen_library(context, library_path), create=False) as library:
        outcomes = ask(library, judged)
        means = summarise(outcomes, library.status().by_modality)
    if save:
        _save(save, outcomes)
    click.echo(json.dumps(means, indent=1) if as_json else as_markdown(means))
    if before:
        click.echo(_comparison(_read(before), outcomes))


def _save(path: Path, outcomes: list[Outcome]) -> None:
    lines = [json.dumps(asdict(outcome)) for outcome in outcomes]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _read(path: Path) -> dict[str, tuple[int, ...]]:
    """The ranks of an earlier run by query id."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return {row["id"]: tuple(row["ranks"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} holds no outcomes of an earlier run: {error!r}.") from error


def _comparison(before: dict[str, tuple[int, ...]], after: list[Outcome]) -> str:
    """Per kind the change of the mean reciprocal rank, and whether it may be chance."""
    lines = []
    for kind in dict.fromkeys(outcome.kinds for outcome in after):
        pairs = [one for one in after if one.kinds == kind and one.id in before]
        if not pairs:
            raise UserError("The earlier run had other queries.", "Compare runs of one file.")
        result = compare(
            [reciprocal_rank(before[one.id]) for one in pairs],
            [reciprocal_rank(one.ranks) for one in pairs],
        )
        lines.append(
            f"{kind}: MRR {result.mean_before:.4f} -> {result.mean_after:.4f}, "
            f"{result.n_better} better, {result.n_worse} worse of {result.n_queries}, "
            f"p = {result.p_value:.4f}"
        )
    return "\n".join(lines)


def as_markdown(means: dict[str, dict[str, float]]) -> str:
    """The means as a Markdown table, one row a kind."""
    columns = list(dict.fromkeys(name for row in means.values() for name in row))
    lines = [f"| kind | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for kind, row in means.items():
        cells = " | ".join(f"{row[name]:.4g}" if name in row else "" for name in columns)
        lines.append(f"| {kind} | {cells} |")
    return "\n".join(lines)
