"""The folder of installed models: one folder each, named by the model's id."""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path, PurePosixPath

from mmsearch.encode.checksum import sha256_of_file
from mmsearch.encode.models.record import RECORD, ModelRecord, load_record
from mmsearch.errors import ModelError
from mmsearch.settings import models_path

EMBEDDED = "mini"
"""The id of the embedded encoder, which is always there."""
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_STAGING = ".staging"


def check_id(model_id: str) -> str:
    """Return an id that can name a folder; raises ModelError for any other."""
    if not _ID.fullmatch(model_id) or model_id == EMBEDDED:
        raise ModelError(
            f"{model_id!r} cannot be the id of a model.",
            "Use small letters, digits, dots and dashes; “mini” is taken by the embedded model.",
        )
    return model_id


def as_id(name: str) -> str:
    """The id that a folder or file of this name gets: "My Model_v2" becomes "my-model-v2"."""
    return re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")[:80] or "model"


def installed_models() -> dict[str, ModelRecord]:
    """Every installed model by id; a folder without a sound record is passed over."""
    folder = models_path()
    try:
        names = sorted(entry.name for entry in folder.iterdir() if (entry / RECORD).is_file())
    except OSError:
        return {}
    found: dict[str, ModelRecord] = {}
    for name in names:
        try:
            found[name] = load_record(folder / name)
        except ModelError:
            continue  # `verify` and `remove` name it
    return found


def installed_model(model_id: str) -> ModelRecord:
    """The record of one installed model; raises ModelError when it is not installed or damaged."""
    if not (folder_of(model_id) / RECORD).is_file():
        raise ModelError(
            f"The model {model_id!r} is not installed.",
            "See “mmsearch models list”; “mmsearch models get ID” downloads one, and "
            "“mmsearch models add FOLDER” takes one that you have.",
        )
    return load_record(folder_of(model_id))


def folder_of(model_id: str) -> Path:
    """Where a model lies, or would lie; raises ModelError for what is no id."""
    return models_path() / check_id(model_id)


def staging_folder(name: str = "") -> Path:
    """A folder beside the models for one that is not complete; ``name`` finds it again."""
    folder = models_path() / _STAGING / (name or uuid.uuid4().hex)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ModelError(f"The folder {folder} cannot be made: {reason}.") from error
    return folder


def remove_model(model_id: str) -> int:
    """Delete an installed model and return how many bytes that freed. Raises ModelError."""
    folder = folder_of(model_id)
    if not folder.is_dir():
        raise ModelError(f"The model {model_id!r} is not installed.")
    owners = [one.id for one in installed_models().values() if one.queries_by == model_id]
    if owners:
        raise ModelError(
            f"The model {model_id!r} encodes the queries of {owners[0]!r}.",
            f"First run: mmsearch models use {owners[0]} --queries {owners[0]}",
        )
    size_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        # Without its record it is no model any more, whatever happens to the rest.
        (folder / RECORD).unlink(missing_ok=True)
        shutil.rmtree(folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ModelError(f"The model {model_id!r} cannot be removed: {reason}.") from error
    return size_bytes


def verify_model(record: ModelRecord, *, deeply: bool = True) -> None:
    """Raise ModelError unless every file is there with its size and, deeply, its sha256."""
    folder = folder_of(record.id)
    cure = f"Run: mmsearch models remove {record.id}, and add or get it again."
    projection = (record.projection,) if record.projection else ()
    for file in (*record.files, *record.graphs, *projection):
        path = file_in(folder, file.path)
        try:
            size_bytes = path.stat().st_size
            digest = sha256_of_file(path) if deeply else file.sha256
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ModelError(f"The model file {path} cannot be read: {reason}.", cure) from error
        if size_bytes != file.size_bytes or digest != file.sha256:
            raise ModelError(f"The model file {path} was changed or is damaged.", cure)


def file_in(folder: Path, name: str) -> Path:
    """The path of a file of a model; raises ModelError for a name that leads out of its folder."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or not pure.parts:
        raise ModelError(f"{name!r} is no name for a file of a model.")
    return folder.joinpath(*pure.parts)
