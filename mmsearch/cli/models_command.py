"""``mmsearch models``: the encoders that are there, and those that one may get."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from mmsearch.cli import models_change
from mmsearch.cli.app import EXIT_ERROR
from mmsearch.cli.models_anchors import anchors_command
from mmsearch.cli.use_in_role import DESCRIBES
from mmsearch.encode.catalog import CatalogEntry, read_catalog
from mmsearch.encode.models.folder import EMBEDDED, installed_model, installed_models, verify_model
from mmsearch.encode.models.known import KnownModel, known_model
from mmsearch.encode.models.overview import ModelRow, ModelState, all_models
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.models.roles import asked_models
from mmsearch.errors import ModelError
from mmsearch.settings import load_settings
from mmsearch.types import Modality

_NON_COMMERCIAL = "not for commercial use"


@click.group("models", invoke_without_command=True)
@click.option("--verify", "deeply", is_flag=True, help="Also compute and compare the checksums.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(context: click.Context, deeply: bool, as_json: bool) -> None:
    """List the embedded encoder and whether it is ready; models of your choice, see the commands.

    Without a command, only the encoder that comes with mmsearch is shown.
    """
    if context.invoked_subcommand is not None:
        return
    problems = {entry.id: find_problem(entry, verify=deeply) for entry in read_catalog().values()}
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
    # Answered through the context: what a group returns goes to its subcommands.
    context.exit(EXIT_ERROR if any(problems.values()) else 0)


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


@command.command("list")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Modality]),
    help="Only models that encode this kind of file.",
)
@click.option("--installed", "only_installed", is_flag=True, help="Only models that are here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_command(kind: str | None, only_installed: bool, as_json: bool) -> None:
    """List the models that are here and those that one may get."""
    settings = load_settings()
    rows = all_models(settings.models, asked_models(settings))
    rows = [row for row in rows if _is_wanted(row, kind)]
    for row in rows:
        if row.is_here or not only_installed:
            click.echo(json.dumps(asdict(row)) if as_json else _line(row))
    if not as_json:
        click.echo("\n* in use. More about one: mmsearch models show ID")


def _is_wanted(row: ModelRow, kind: str | None) -> bool:
    return kind is None or kind in row.kinds


def _line(row: ModelRow) -> str:
    mark = "*" if row.state is ModelState.IN_USE else " "
    kinds = ",".join(kind.value for kind in row.kinds) or DESCRIBES.get(row.family, "reranker")
    kinds = "all" if set(row.kinds) == set(Modality) else kinds
    size = f"{row.size_bytes / 1e6:,.0f} MB"
    licence = row.licence.partition(";")[0] or "licence not stated"
    forbids = f" ({_NON_COMMERCIAL})" if row.non_commercial else ""
    return f"{mark} {row.id:<22}{row.state.value:<11}{size:>9}  {kinds:<13}{licence}{forbids}"


@command.command("show")
@click.argument("model_id", metavar="ID")
def show_command(model_id: str) -> None:
    """Show what is known of a model."""
    record = installed_models().get(model_id)
    model = record if record is not None else known_model(model_id)
    about = _of_installed(record) if record is not None else _of_known(known_model(model_id))
    kinds = ", ".join(kind.value for kind in model.modalities)
    lines = [
        ("kinds", kinds or "none: it orders results anew"),
        ("dimensions", str(model.dim) if model.dim else ""),
        ("pictures", f"{model.image_px} pixels" if model.image_px else ""),
        ("languages", model.languages),
        ("licence", _licence_of(model)),
        ("", _NON_COMMERCIAL if model.non_commercial else ""),
        ("loader", model.family),
        *((name.replace("_", " "), repr(value)) for name, value in model.options.items()),
        *about,
    ]
    click.echo(f"{model_id}: {model.name}")
    for name, value in lines:
        if value:
            click.echo(f"    {name:<14}{value}")


def _licence_of(model: ModelRecord | KnownModel) -> str:
    told = model.licence or "not stated"
    if isinstance(model, KnownModel) and not model.is_checked:
        told += " (as is commonly said; see its page)"
    return told


def _of_installed(record: ModelRecord) -> list[tuple[str, str]]:
    speeds = [f"{kind} {per_s:g}" for kind, per_s in record.per_s.items()]
    return [
        ("installed", f"{record.size_bytes / 1e6:,.1f} MB in {len(record.files)} files"),
        ("space", record.spec.space),
        ("a second", ", ".join(speeds)),
        ("from", record.source),
    ]


def _of_known(known: KnownModel) -> list[tuple[str, str]]:
    return [
        ("size", f"about {known.about_bytes / 1e6:,.0f} MB"),
        ("page", known.page),
        ("to get it", f"mmsearch models get {known.id}"),
    ]


@command.command("verify")
@click.argument("model_id", metavar="[ID]", required=False)
def verify_command(model_id: str | None) -> int:
    """Compute the checksums of a model's files, or of all models that are here."""
    problems = 0
    if model_id in (None, EMBEDDED):
        problem = find_problem(read_catalog()[EMBEDDED], verify=True)
        click.echo(f"{EMBEDDED}: {problem or 'sound'}")
        problems += problem is not None
    names = [model_id] if model_id else list(installed_models())
    for name in names:
        if name == EMBEDDED:
            continue
        try:
            verify_model(installed_model(name))
            click.echo(f"{name}: sound")
        except ModelError as error:
            click.echo(f"{name}: {error}")
            problems += 1
    return EXIT_ERROR if problems else 0


for _more in (*models_change.COMMANDS, anchors_command):
    command.add_command(_more)
