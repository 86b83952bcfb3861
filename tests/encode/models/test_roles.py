"""What models can be asked for beside encoding."""

from __future__ import annotations

import pytest

from mmsearch.encode.models.folder import folder_of
from mmsearch.encode.models.known import known_model
from mmsearch.encode.models.roles import Role, asked_models, check_role, roles_of
from mmsearch.errors import ModelError
from mmsearch.settings import Settings
from mmsearch.types import Modality
from tests.tiny_models import install


def test_what_is_known_before_anything_is_here() -> None:
    asked = {
        name: roles_of(known_model(name)) for name in ("whisper-tiny", "coca-b32", "clap-htsat")
    }
    assert asked == {
        "whisper-tiny": (Role.SPEECH,), "coca-b32": (Role.CAPTIONS,), "clap-htsat": ()
    }  # fmt: skip
    assert roles_of(known_model("blip-itc-base")) == (Role.RERANKER,)


def test_of_open_clip_only_a_coca_writes_captions() -> None:
    model = install("clip", Modality.IMAGE, family="open_clip")
    assert roles_of(model) == ()
    config = folder_of("clip") / "open_clip_config.json"
    config.write_text('{"model_cfg": {"embed_dim": 24}}')
    assert roles_of(model) == ()
    config.write_text('{"model_cfg": {"embed_dim": 24, "multimodal_cfg": {}}}')
    assert roles_of(model) == (Role.CAPTIONS,)


def test_the_settings_name_one_model_each() -> None:
    settings = Settings(speech_model="ears", reranker="judge")
    assert asked_models(settings) == {Role.SPEECH: "ears", Role.RERANKER: "judge"}


@pytest.mark.parametrize("role", Role)
def test_a_model_that_cannot_do_it_is_refused(role: Role) -> None:
    install("texts", Modality.CODE)
    with pytest.raises(ModelError):
        check_role("texts", role)


def test_a_damaged_model_is_refused() -> None:
    install("judge", family="cross_encoder")
    check_role("judge", Role.RERANKER)
    (folder_of("judge") / "weights").write_bytes(b"less")
    with pytest.raises(ModelError, match="damaged"):
        check_role("judge", Role.RERANKER)
