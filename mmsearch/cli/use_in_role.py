"""``mmsearch models use`` for models that are asked for something else than encoding."""

from __future__ import annotations

import click

from mmsearch.encode.describers.describer import CAPTIONS, SPEECH
from mmsearch.encode.models.folder import installed_model
from mmsearch.encode.models.roles import Role, asked_models, check_role, roles_of
from mmsearch.settings import load_settings
from mmsearch.settings_file import save_setting

DESCRIBES = {SPEECH: "speech", CAPTIONS: "captions"}
"""What models of these families are for, in a word."""
_DOES = {
    Role.SPEECH: "writes down what is said in sounds and films.\nNow run: mmsearch index",
    Role.CAPTIONS: "says what pictures show.\nNow run: mmsearch index",
    Role.RERANKER: "mends the order of results in the window; here: mmsearch search --rerank {0}",
}


def use_in_role(model_id: str, *, captions: bool, off: bool) -> bool:
    """Use it, or no more, if it is one; whether it is. Raises ModelError."""
    if off:
        _use_no_more(model_id)
        return True
    record = installed_model(model_id)
    roles = (Role.CAPTIONS,) if captions else roles_of(record)
    if not roles or (record.is_encoder and not captions):
        return False
    check_role(model_id, roles[0])
    save_setting(roles[0].value, model_id)
    click.echo(f"{model_id} {_DOES[roles[0]].format(model_id)}")
    return True


def _use_no_more(model_id: str) -> None:
    roles = [role for role, name in asked_models(load_settings()).items() if name == model_id]
    if not roles:
        raise click.UsageError(f"{model_id} is not asked for speech or captions, nor to rerank.")
    for role in roles:
        save_setting(role.value, "")
    made = "" if roles == [Role.RERANKER] else "; what it made of your files stays"
    click.echo(f"{model_id} is asked no more{made}.")
