"""``mmsearch search``: one query, or many from a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mmsearch.cli.app import EXIT_ERROR, chosen_library, library_option
from mmsearch.cli.print_hits import hits_as_json, hits_as_text
from mmsearch.cli.say_understood import say_dimly, say_understood
from mmsearch.cli.shell_words import TextCommand, text_of
from mmsearch.errors import QueryError
from mmsearch.exporting import check_export, export_hits
from mmsearch.library import Library, open_library
from mmsearch.paths import full_path
from mmsearch.query.check import check_query, modalities_from_names
from mmsearch.query.understand import understand
from mmsearch.searching.judges import installed_judges
from mmsearch.types import Query

_path = click.Path(path_type=Path)


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date like 2023-07-14") from error


@click.command("search", cls=TextCommand)
@click.argument("text", nargs=-1)
@library_option
@click.option("--like", multiple=True, type=_path, help="An example file of any kind.")
@click.option("--not", "avoid", multiple=True, metavar="TEXT", help="What must not be in it.")
@click.option("--not-like", multiple=True, type=_path, help="An example of what to avoid.")
@click.option("--liked", multiple=True, type=_path, help="A hit that was right: more like it.")
@click.option("--disliked", multiple=True, type=_path, help="A hit that was wrong.")
@click.option("--type", "types", multiple=True, help="image, video, audio, code; commas allowed.")
@click.option("--filter", "filters", default="", help="Only what passes, e.g. 'camera:canon'.")
@click.option("--in", "folders", multiple=True, type=_path, help="Only in or below this folder.")
@click.option("--ext", "extensions", multiple=True, help="Only with this file extension.")
@click.option("--since", callback=_day, help="Only from this day on, e.g. 2023-07-14.")
@click.option("--until", callback=_day, help="Only up to this day.")
@click.option("--min-size", type=int, metavar="BYTES", help="Only files of at least this size.")
@click.option("--max-size", type=int, metavar="BYTES", help="Only files of at most this size.")
@click.option("--min-match", default=0.0, help="Only hits with at least this match, 0 to 1.")
@click.option("--limit", default=20, show_default=True, help="How many results.")
@click.option("--normalise", default="auto", show_default=True, help="auto, none or a method.")
@click.option(
    "--rerank", default="auto", show_default=True, help="auto, none, a method, or a model."
)
@click.option("--rerank-how", default="auto", show_default=True, help="How a model is asked.")
@click.option("--rerank-seconds", default=0.5, show_default=True, help="How long it may take.")
@click.option("--no-words", is_flag=True, help="Search by meaning alone, not by words too.")
@click.option("--no-grouping", is_flag=True, help="Show near-duplicates and bursts one by one.")
@click.option("--literal", is_flag=True, help="Search for TEXT as it is: nothing is syntax.")
@click.option("--explain", is_flag=True, help="Say of each result why it was found.")
@click.option("--save", "new_name", metavar="NAME", help="Keep this search under a name.")
@click.option("--saved", metavar="NAME", help="Search again as it was kept.")
@click.option("--export", type=_path, help="Write the results to a .csv, .jsonl or .parquet file.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("--batch", type=_path, help="Many queries, one JSON object a line; - for input.")
@click.pass_context
def command(
    context: click.Context,
    text: tuple[str, ...],
    library_path: Path | None,
    like: tuple[Path, ...],
    avoid: tuple[str, ...],
    not_like: tuple[Path, ...],
    liked: tuple[Path, ...],
    disliked: tuple[Path, ...],
    types: tuple[str, ...],
    filters: str,
    folders: tuple[Path, ...],
    extensions: tuple[str, ...],
    since: date | None,
    until: date | None,
    min_size: int | None,
    max_size: int | None,
    min_match: float,
    limit: int,
    normalise: str,
    rerank: str,
    rerank_how: str,
    rerank_seconds: float,
    literal: bool,
    no_words: bool,
    no_grouping: bool,
    explain: bool,
    new_name: str | None,
    saved: str | None,
    export: Path | None,
    as_json: bool,
    batch: Path | None,
) -> int:
    """Search by TEXT, by example (--like), or by both together.

    \b
    mmsearch search "a dog on a beach" --type image
    mmsearch search --like song.mp3
    mmsearch search "at night" --like street.jpg --not people
    mmsearch search a dog -people type:video date:2023

    \b
    TEXT is a small language; quote it for your shell:
      "exact phrase"  -word  -"some words"  2:important  0.5:"less so"
      like:photo.jpg  type:video,image  in:holiday  ext:jpg  name:IMG_*
      date:2023  date:2023-05..2024  date:>2023-07-14  date:last-week
      size:>5MB  duration:<60  duration:1:30..1h  camera:canon  lang:python  tag:dog
      dog OR cat  (dog OR cat) AND beach  NOT people
    Words that mean a filter beyond doubt ("videos of dogs from 2023") are taken for
    one; --literal takes all of TEXT for words.
    """
    query = Query(
        text=" ".join(text) if literal else text_of(text),
        like=tuple(map(full_path, like)),
        avoid=avoid,
        avoid_like=tuple(map(full_path, not_like)),
        liked=tuple(map(full_path, liked)),
        disliked=tuple(map(full_path, disliked)),
        modalities=modalities_from_names(types),
        filters=filters,
        folders=tuple(map(full_path, folders)),
        extensions=extensions,
        date_from=since,
        date_to=until,
        min_size_bytes=min_size,
        max_size_bytes=max_size,
        min_match=min_match,
        limit=limit,
        normalise=normalise,
        rerank=rerank,
        rerank_how=rerank_how,
        rerank_s=rerank_seconds,
        literal=literal,
        by_words=not no_words,
        grouping=not no_grouping,
    )
    if export is not None:
        check_export(export)
        if batch is not None:
            raise click.UsageError("--batch answers in JSON lines; --export is for one search.")
    if batch is None and saved is None:  # a wrong query is told before the library is opened
        understood = understand(query)
        check_query(understood.query, installed_judges)
        say_understood(understood)
    with open_library(chosen_library(context, library_path), create=False) as library:
        if batch is not None:
            return _run_batch(library, batch, query)
        if saved is not None:
            query = library.saved_search(saved)
        if new_name is not None:
            library.save_search(new_name, query)
        query = understand(query).query
        hits = library.search(query)
        for reason in () if hits else library.why_nothing(query):
            say_dimly(reason)
    if export is not None:
        export_hits(hits, full_path(export))
        click.echo(f"Written: {export}, {len(hits)} results", err=True)
    elif as_json:
        click.echo(hits_as_json(hits))
    else:
        click.echo(hits_as_text(hits, collapsed=query.shows_groups, explained=explain))
    return 0


def _run_batch(library: Library, batch: Path, defaults: Query) -> int:
    """Answer every line; one that is wrong gets an ``error`` in its answer and the rest go on."""
    from mmsearch.cli.batch import answer_line

    try:
        file = click.open_file(str(batch), encoding="utf-8")
    except OSError as error:
        raise QueryError(f"The queries {batch} cannot be read: {error.strerror}.") from error
    n_wrong = 0
    with file:
        for number, line in enumerate(file, 1):
            if line.strip():
                answer, right = answer_line(library, line, number, defaults)
                click.echo(answer)
                n_wrong += not right
    if n_wrong:
        click.echo(f'Error: {n_wrong} queries were wrong; see "error" in their answers.', err=True)
    return EXIT_ERROR if n_wrong else 0
