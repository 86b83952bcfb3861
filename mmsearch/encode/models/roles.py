"""What models are asked for beside encoding: one model each, which a setting names."""

from __future__ import annotations

from enum import StrEnum

from mmsearch.encode.describers.describer import CAPTIONS, SPEECH
from mmsearch.encode.describers.opening import (
    OPEN_CLIP,
    listening_record,
    looking_record,
    open_looker,
)
from mmsearch.encode.models.folder import folder_of, installed_model, verify_model
from mmsearch.encode.models.known import KnownModel
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.towers.judge import READINGS, reading_of
from mmsearch.encode.towers.open_clip_towers import CONFIG
from mmsearch.settings import Settings


class Role(StrEnum):
    """The value is the name of the setting."""

    SPEECH = "speech_model"
    CAPTIONS = "caption_model"
    RERANKER = "reranker"


def roles_of(model: ModelRecord | KnownModel) -> tuple[Role, ...]:
    """What a model can be asked for, as far as its files say without being opened."""
    able = {
        Role.SPEECH: model.family == SPEECH,
        Role.CAPTIONS: model.family == CAPTIONS or _is_coca(model),
        Role.RERANKER: model.family in READINGS,
    }
    return tuple(role for role, is_able in able.items() if is_able)


def check_role(model_id: str, role: Role) -> None:
    """Raise ModelError unless an installed model can do it.

    A model for captions has to look at a picture, which takes seconds.
    """
    if role is Role.SPEECH:
        listening_record(model_id)
    elif role is Role.CAPTIONS:
        open_looker(folder_of(looking_record(model_id).id))
    else:
        record = installed_model(model_id)
        reading_of(record.family, "")
        verify_model(record, deeply=False)


def asked_models(settings: Settings) -> dict[Role, str]:
    """The ids of the models that the settings name."""
    return {role: name for role in Role if (name := getattr(settings, role.value))}


def _is_coca(model: ModelRecord | KnownModel) -> bool:
    """CoCa has a decoder of texts, which writes captions; other models of open_clip have none."""
    if model.family != OPEN_CLIP:
        return False
    if isinstance(model, KnownModel):
        return str(model.options.get("architecture", "")).startswith("coca")
    try:
        return '"multimodal_cfg"' in (folder_of(model.id) / CONFIG).read_text("utf-8")
    except (OSError, ValueError):
        return False  # whoever opens the model says what is wrong with it
