"""``mmsearch models add | get | use | remove``: what changes which models are there or in use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mmsearch.cli.app import chosen_library
from mmsearch.cli.models_dimension import keep_dimensions
from mmsearch.cli.use_in_role import DESCRIBES, use_in_role
from mmsearch.encode.describers.describer import FAMILIES
from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.choosing import models_with
from mmsearch.encode.models.folder import (
    EMBEDDED,
    folder_of,
    installed_model,
    remove_model,
)
from mmsearch.encode.models.hub import get_model
from mmsearch.encode.models.known import known_model
from mmsearch.encode.models.pairing import pair
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.models.roles import asked_models
from mmsearch.encode.towers.judge import READINGS
from mmsearch.errors import ModelError
from mmsearch.settings import load_settings
from mmsearch.settings_file import save_setting


@click.command("add")
@click.argument("path", metavar="FILE_OR_FOLDER", type=click.Path(path_type=Path))
@click.option("--id", "model_id", default="", help="What to call it; else after the folder.")
@click.option("--architecture", default="", help="Of open_clip, for a bare file of weights.")
@click.option(
    "--dim", default=0, help="Keep only the first dimensions, if it was trained for that."
)
def add_command(path: Path, model_id: str, architecture: str, dim: int) -> None:
    """Install a model that you have: a folder as the hub has them, or a file of weights.

    It is copied; your own files stay as they are. No code in it is run.
    """
    record = add_model(path, model_id=model_id, architecture=architecture, dim=dim, say=_say)
    _tell_installed(record)


@click.command("get")
@click.argument("model_id", metavar="ID")
def get_command(model_id: str) -> None:
    """Download a model of the catalogue and install it. Nothing else is ever sent or fetched.

    Interrupt it with Ctrl-C; the same command goes on where it was.
    """
    known = known_model(model_id)
    licence = known.licence or "not stated on its page; see there"
    click.echo(f"{known.name}, about {known.about_bytes / 1e6:,.0f} MB, from {known.page}")
    click.echo(f"Licence: {licence}{', not for commercial use' * known.non_commercial}")
    shown = -1

    def show(there: int, size: int) -> None:
        nonlocal shown
        percent = 100 * there // max(size, 1)
        if percent != shown and sys.stderr.isatty():
            shown = percent
            click.echo(f"\r{percent:3d} % of {size / 1e6:,.0f} MB", nl=there == size, err=True)

    _tell_installed(get_model(known, say=_say, progress=show))


@click.command("use")
@click.argument("model_id", metavar="ID")
@click.option(
    "--queries",
    "small_id",
    metavar="ID",
    help="Let a smaller model of the same space encode queries; the model itself to end that.",
)
@click.option(
    "--dimension",
    type=click.IntRange(min=1),
    metavar="N",
    help="Keep fewer dimensions of its vectors (smaller libraries), or all of them again.",
)
@click.option("--captions", is_flag=True, help="Let it say what pictures show (CoCa, BLIP).")
@click.option(
    "--off", is_flag=True, help="Ask a model for speech, captions or a better order no more."
)
@click.pass_context
def use_command(
    context: click.Context,
    model_id: str,
    small_id: str | None,
    dimension: int | None,
    captions: bool,
    off: bool,
) -> None:
    """Encode with a model from now on: the kinds that it can; “mini” for the embedded one alone.

    A Whisper writes down what is said in sounds and films, a BLIP says what pictures show: after
    everything else was indexed, in the background. What they make of your files is searched too. A
    reranker mends the order of what the window has found.

    Models for different kinds can be in use together. Your files are encoded anew by the next
    indexing; until then they are found as before where that is possible.
    """
    if model_id != EMBEDDED and use_in_role(model_id, captions=captions, off=off):
        return
    before = load_settings().models
    chosen = () if model_id == EMBEDDED else models_with(installed_model(model_id), before)
    if dimension is not None:
        keep_dimensions(model_id, dimension, chosen_library(context, None))
    if small_id is not None:
        pair(installed_model(model_id), installed_model(small_id))
    save_setting("models", chosen)
    if not chosen:
        click.echo("All kinds of files are encoded by the embedded model.")
    for name in chosen:
        record = installed_model(name)
        by = f" (queries by {record.queries_by})" if record.queries_by else ""
        click.echo(f"{name}: {_kinds(record)}{by}")
        _tell_licence(record)
    if chosen != before or dimension is not None:
        click.echo("Now run: mmsearch index")


@click.command("remove")
@click.argument("model_id", metavar="ID")
def remove_command(model_id: str) -> None:
    """Delete an installed model. What was indexed with it has to be indexed again."""
    settings = load_settings()
    if model_id in (*settings.models, *asked_models(settings).values()):
        raise ModelError(
            f"The model {model_id!r} is in use.",
            "First use others (mmsearch models use ID), or the embedded one alone "
            "(mmsearch models use mini).",
        )
    freed_bytes = remove_model(model_id)
    click.echo(f"Removed {model_id}; {freed_bytes / 1e6:,.1f} MB are free.")


@click.command("export")
@click.option("--onnx", "as_onnx", is_flag=True, required=True, help="As graphs of ONNX Runtime.")
@click.argument("model_id", metavar="ID")
def export_command(as_onnx: bool, model_id: str) -> None:
    """Export an installed model as ONNX graphs, which are used where they are faster.

    They have to agree with the model (cosine 0.999 or more). Nothing has to be encoded anew.
    """
    from mmsearch.encode.models.exporting import GRAPHS, export_model

    for part in export_model(installed_model(model_id)):
        ratio = part.torch_s / part.graph_s
        runner = "ONNX Runtime" if part.is_faster else "torch"
        click.echo(
            f"{part.name}: cosine {part.cosine:.6f}, {ratio:.2f} times as fast; run by {runner}"
        )
    click.echo(f"The graphs lie in {folder_of(model_id) / GRAPHS}")


def _tell_installed(record: ModelRecord) -> None:
    size = f", {record.dim} dimensions" if record.is_encoder else ""
    click.echo(f"Installed {record.id}: {_kinds(record)}{size}.")
    _tell_licence(record)
    if record.family in FAMILIES:
        click.echo(f"To use it: mmsearch models use {record.id}")
    elif record.is_encoder:
        click.echo(f"To encode with it: mmsearch models use {record.id}")
    if record.family in READINGS:
        click.echo(f"To rerank with it: mmsearch search TEXT --rerank {record.id}")


def _tell_licence(record: ModelRecord) -> None:
    if record.non_commercial:
        click.echo(f"Its licence ({record.licence}) does not allow commercial use.")


def _kinds(record: ModelRecord) -> str:
    kinds = ", ".join(kind.value for kind in record.modalities)
    return kinds or DESCRIBES.get(record.family, "reranker")


def _say(text: str) -> None:
    click.echo(text, err=True)


COMMANDS = (add_command, get_command, use_command, remove_command, export_command)
