"""Installs a model from files: copied, converted, opened and tried before it counts as there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from mmsearch.encode.models.folder import as_id, check_id, file_in, folder_of, staging_folder
from mmsearch.encode.models.known import KnownModel, known_by_name
from mmsearch.encode.models.recognise import OPEN_CLIP_CONFIG, Found, recognise
from mmsearch.encode.models.record import RECORD, ModelFile, ModelRecord, save_record
from mmsearch.encode.models.trying import Tried, try_model
from mmsearch.encode.towers.weights import SAFETENSORS, read_weights, write_weights
from mmsearch.errors import ModelError

Say = Callable[[str], None]
SPARE_BYTES = 64 * 1024**2


def add_model(
    path: Path,
    *,
    model_id: str = "",
    architecture: str = "",
    known: KnownModel | None = None,
    source: str = "",
    dim: int = 0,
    linked: bool = False,
    say: Say = lambda text: None,
) -> ModelRecord:
    """Install the model in a folder (or that a file in it belongs to) and return its record.

    The files are only read.

    model_id:     what it is to be called; else after the catalogue, or after the folder.
    architecture: of open_clip, for bare weights.
    dim:          keep this many dimensions; only for models that were trained for it.
    linked:       the files are our own and may share their blocks on the disk with the copies.
    Raises ModelError with one clear line; then nothing of it stays.
    """
    known = known or known_by_name(model_id) or _known_by_place(path.resolve())
    found = recognise(path, architecture=architecture, known=known)
    chosen = check_id(model_id or (known.id if known else as_id(found.name)))
    if folder_of(chosen).exists():
        raise ModelError(
            f"There is a model {chosen!r} already.",
            f"Remove it first (mmsearch models remove {chosen}), or choose another --id.",
        )
    if not linked:
        _check_room(found)
    staging = staging_folder()
    try:
        _bring_in(found, staging, _link if linked else _copy, say)
        say("Trying it …")
        options = dict(known.options) if known else {}
        tried = try_model(found.family, staging, options)
        record = _record(chosen, found, known, tried, dim, source or str(path), staging)
        save_record(staging, record)
        staging.rename(folder_of(chosen))
    except OSError as error:
        raise _no_write(error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return record


def _known_by_place(path: Path) -> KnownModel | None:
    """The model of the catalogue that a file or its folder, or a folder, is named after."""
    if path.is_dir():
        return known_by_name(path.name)
    return known_by_name(path.name) or known_by_name(path.parent.name)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system can
        shutil.copyfile(source, target)


def _bring_in(found: Found, staging: Path, take: Callable[[Path, Path], None], say: Say) -> None:
    """Copy the files; weights that are no safetensors become some."""
    for name, source in found.others.items():
        target = file_in(staging, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        take(source, target)
    if found.architecture:
        from mmsearch.encode.towers.open_clip_towers import config_of_architecture

        content = json.dumps(config_of_architecture(found.architecture), indent=1)
        (staging / OPEN_CLIP_CONFIG).write_text(content, "utf-8")
    if found.family == "open_clip":
        from mmsearch.encode.towers.open_clip_text import write_text_config

        write_text_config(staging)
    target = staging / found.weights_name
    if len(found.weights) == 1 and found.weights[0].suffix == SAFETENSORS:
        say(f"Copying {found.weights[0].name} …")
        take(found.weights[0], target)
        return
    say(f"Reading {found.weights[0].name} …")
    write_weights(
        target, {name: one for path in found.weights for name, one in read_weights(path).items()}
    )


def _record(
    model_id: str,
    found: Found,
    known: KnownModel | None,
    tried: Tried,
    dim: int,
    source: str,
    staging: Path,
) -> ModelRecord:
    return ModelRecord(
        id=model_id,
        name=known.name if known else found.name,
        family=found.family,
        modalities=tried.modalities,
        dim=_kept_dim(dim, tried.dim, known),
        full_dim=tried.dim if dim else 0,
        image_px=tried.image_px,
        files=_files(staging),
        licence=known.licence if known else "",
        non_commercial=known.non_commercial if known else False,
        languages=known.languages if known else "",
        source=source,
        options=dict(known.options) if known else {},
        per_s=tried.per_s,
        precision=tried.precision,
    )


def _kept_dim(wanted: int, full: int, known: KnownModel | None) -> int:
    """How many dimensions to keep. The first ones say most only if they were trained to."""
    if wanted in (0, full):
        return full
    least = int(known.options.get("least_dim", 0)) if known else 0
    if not least or not least <= wanted < full:
        allowed = f"from {least} to {full}" if least else f"all {full}"
        raise ModelError(
            f"{wanted} dimensions cannot be kept of this model.", f"It can keep {allowed}."
        )
    return wanted


def _files(staging: Path) -> tuple[ModelFile, ...]:
    """Every file with its sha256. Not from memory: the file has just been written."""
    found = []
    for path in sorted(path for path in staging.rglob("*") if path.is_file()):
        name = path.relative_to(staging).as_posix()
        if name != RECORD:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.append(ModelFile(name, digest, path.stat().st_size))
    return tuple(found)


def _check_room(found: Found) -> None:
    """Raise ModelError when the disk is too full; the folder of the models may not exist yet."""
    needed_bytes = sum(path.stat().st_size for path in (*found.weights, *found.others.values()))
    folder = folder_of("any").parent
    while not folder.exists():
        folder = folder.parent
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes + SPARE_BYTES:
        raise ModelError(
            f"The model takes {needed_bytes / 1e6:,.0f} MB, and {folder} has "
            f"{free_bytes / 1e6:,.0f} MB left.",
            "Make room, or let MMSEARCH_MODELS name a folder on another disk.",
        )


def _no_write(error: OSError) -> ModelError:
    reason = error.strerror or type(error).__name__
    hint = "Make room on the disk." if error.errno == errno.ENOSPC else ""
    place = f" {os.fsdecode(error.filename)}" if error.filename else ""
    return ModelError(f"The model cannot be installed:{place} {reason}.", hint)
