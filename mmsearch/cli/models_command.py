"""``mmsearch models``: the encoders that are there, and whether their files are sound."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from mmsearch.cli.app import EXIT_ERROR
from mmsearch.encode.catalog import CatalogEntry, read_catalog
from mmsearch.errors import ModelError


@click.command("models")
@click.option("--verify", is_flag=True, help="Also compute and compare the checksums.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(verify: bool, as_json: bool) -> int:
    """List the encoders of the catalogue and whether they are ready to use."""
    problems = {entry.id: find_problem(entry, verify=verify) for entry in read_catalog().values()}
    for entry in read_catalog().values():
        problem = problems[entry.id]
        if as_json:
            row = asdict(entry.spec) | {"space": entry.spec.space, "problem": problem}
            click.echo(json.dumps(row))
            continue
        kinds = ", ".join(kind.value for kind in entry.spec.modalities)
        click.echo(f"{entry.spec.space}: {problem or 'ready'}")
        click.echo(f"    {entry.spec.dim} dimensions; {kinds}")
        click.echo(f"    {entry.spec.licence}")
    return EXIT_ERROR if any(problems.values()) else 0


def find_problem(entry: CatalogEntry, *, verify: bool) -> str | None:
    """What is wrong with the files of an encoder; None if nothing is."""
    try:
        for file in entry.files:
            if verify:
                file.verify()
            else:
                file.locate()
    except ModelError as error:
        return str(error)
    return None
