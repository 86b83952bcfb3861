"""``mmsearch models use`` for models that say something in words."""

from __future__ import annotations

import click

from mmsearch.encode.describers.describer import CAPTIONS, SPEECH
from mmsearch.encode.describers.opening import looking_record, open_looker
from mmsearch.encode.models.folder import folder_of, installed_model
from mmsearch.settings import Settings, load_settings
from mmsearch.settings_file import save_setting

DESCRIBES = {SPEECH: "speech", CAPTIONS: "captions"}
"""What models of these families are for, in a word."""


def use_describer(model_id: str, *, captions: bool, off: bool) -> bool:
    """Use it, or no more, if it is one; whether it is. Raises ModelError."""
    settings = load_settings()
    if off and model_id not in in_use(settings):
        raise click.UsageError(f"{model_id} is not asked for speech or captions.")
    if off:
        for name in ("speech_model", "caption_model"):
            if getattr(settings, name) == model_id:
                save_setting(name, "")
        click.echo(f"{model_id} is asked no more; what it made of your files stays.")
        return True
    family = installed_model(model_id).family
    if not captions and family not in DESCRIBES:
        return False
    if family == SPEECH:
        save_setting("speech_model", model_id)
        click.echo(f"{model_id} writes down what is said in sounds and films.")
    else:
        open_looker(folder_of(looking_record(model_id).id))
        save_setting("caption_model", model_id)
        click.echo(f"{model_id} says what pictures show.")
    click.echo("Now run: mmsearch index")
    return True


def in_use(settings: Settings) -> tuple[str, ...]:
    """The models for speech and captions."""
    return tuple(name for name in (settings.speech_model, settings.caption_model) if name)
