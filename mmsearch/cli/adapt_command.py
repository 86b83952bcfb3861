"""``mmsearch adapt``: learn from what the files are called."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mmsearch.adapting.adaptation import Adaptation
from mmsearch.cli.app import chosen_library, library_option
from mmsearch.library import Library, open_library


@click.command("adapt")
@library_option
@click.option("--show", "what", flag_value="show", help="Only show what was learned.")
@click.option("--off", "what", flag_value="off", help="Search without it, and keep it.")
@click.option("--on", "what", flag_value="on", help="Search with it again.")
@click.option("--forget", "what", flag_value="forget", help="Throw it away.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(
    context: click.Context, library_path: Path | None, what: str | None, as_json: bool
) -> None:
    """Learn from titles, from names that are words, and from your verdicts how you call things.

    Pictures are looked at by the embedded reranker, about fifty a second, 2,000 at most. It is
    kept, for each kind of file, only if files that were held out are then found better. No vector
    changes, nothing is indexed again, and searches use it at once.
    """
    with open_library(chosen_library(context, library_path), create=False) as library:
        found = _done(library, what)
    if as_json:
        click.echo(json.dumps(None if found is None else found.to_json()))
    else:
        click.echo("Nothing is learned." if found is None else _in_words(found))


def _done(library: Library, what: str | None) -> Adaptation | None:
    match what:
        case "forget":
            library.forget_adaptation()
            return None
        case "on" | "off":
            return library.use_adaptation(what == "on")
        case "show":
            return library.adaptation()
        case _:
            return library.adapt()


def _in_words(found: Adaptation) -> str:
    lines = [
        f"{kind.value:<6} {'kept' if kind in found.adapters else 'refused'}: {verdict.reason}"
        for kind, verdict in found.verdicts.items()
    ]
    if found.adapters:
        lines.append("Searches use it." if found.is_on else "It is off.")
    return "\n".join(lines) or "The library is empty."
