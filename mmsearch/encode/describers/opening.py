"""Opens the models that the settings name for speech and for captions."""

from __future__ import annotations

from pathlib import Path

from mmsearch.encode.describers.describer import CAPTIONS, SPEECH, Listens, Looks
from mmsearch.encode.models.folder import installed_model, verify_model
from mmsearch.encode.models.record import ModelRecord
from mmsearch.errors import ModelError

OPEN_CLIP = "open_clip"
"""Among its models are some (CoCa) that also write captions."""


def listening_record(model_id: str) -> ModelRecord:
    """The installed model that writes down speech; raises ModelError."""
    record = _checked(model_id)
    if record.family != SPEECH:
        raise ModelError(f"{model_id} cannot write down speech.")
    return record


def looking_record(model_id: str) -> ModelRecord:
    """The installed model that says what pictures show; raises ModelError."""
    record = _checked(model_id)
    if record.family not in (CAPTIONS, OPEN_CLIP):
        raise ModelError(f"{model_id} cannot say what pictures show.")
    return record


def open_listener(folder: Path) -> Listens:
    """Open the model in a folder; raises ModelError."""
    from mmsearch.encode.describers.whisper import open_whisper

    return open_whisper(folder)


def open_looker(folder: Path) -> Looks:
    """Open the model in a folder; raises ModelError."""
    from mmsearch.encode.describers.captions import open_captioner

    return open_captioner(folder)


def open_describer(family: str, folder: Path) -> Listens | Looks:
    """Open a model of one of the families, as a trial; raises ModelError."""
    return open_listener(folder) if family == SPEECH else open_looker(folder)


def _checked(model_id: str) -> ModelRecord:
    record = installed_model(model_id)
    verify_model(record, deeply=False)
    return record
