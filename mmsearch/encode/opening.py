"""Opens the encoders that the settings name, side by side with the embedded one."""

from __future__ import annotations

from collections.abc import Sequence

from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini import bundle
from mmsearch.encode.models.choosing import kinds_left, needed_models
from mmsearch.encode.models.folder import EMBEDDED, installed_model, verify_model
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.side_by_side import SideBySide
from mmsearch.errors import ModelError


def open_encoder(models: Sequence[str], device: str = "") -> Encoder:
    """The embedded encoder, or the installed models with it for the kinds that none of them does.

    models: ids; of two that encode a kind the first does it. device: where installed models are
    run (Settings.device); nothing for what config.toml says. Raises ModelError when a model is not
    there. Weights are opened when they are needed.
    """
    records = [record for record in map(_checked, models) if record is not None]
    return _side_by_side(records, device)


def _side_by_side(records: Sequence[ModelRecord], device: str) -> Encoder:
    needed = needed_models(records)
    if not needed:
        return bundle.open_encoder()
    from mmsearch.encode.towers.encoder import TowersEncoder

    members: list[Encoder] = [TowersEncoder(record, device=device) for record in needed]
    if kinds_left(needed):
        members.append(bundle.open_encoder())
    return SideBySide(members)


def open_encoder_of(space: str) -> Encoder | None:
    """The encoder whose vectors are of this space; None if it is not there as it was.

    So a library goes on answering with the model before until another has encoded everything; with
    all dimensions of the model too, until fewer are kept of everything.
    """
    ids = space.partition("@")[0].split("+")
    for opened in (open_encoder, _open_whole):
        try:
            encoder = opened(ids)
        except ModelError:
            return None
        if encoder.spec.space == space:
            return encoder
    return None


def _open_whole(models: Sequence[str]) -> Encoder:
    """The encoders with all their dimensions."""
    records = [record for record in map(_checked, models) if record is not None]
    return _side_by_side([record.whole for record in records], "")


def _checked(model_id: str) -> ModelRecord | None:
    if model_id == EMBEDDED:
        return None
    try:
        record = installed_model(model_id)
        verify_model(record, deeply=False)
    except ModelError as error:
        hint = "Or go back to the embedded model: mmsearch models use mini"
        raise ModelError(error.message, f"{error.hint} {hint}".strip()) from error
    return record
