"""The catalogue of models that one may get."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.encode.describers import describer
from mmsearch.encode.models.folder import check_id
from mmsearch.encode.models.known import known_by_name, known_model, known_models
from mmsearch.encode.towers.judge import READINGS
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.encode.towers.towers import FAMILIES
from mmsearch.errors import ModelError
from tests.tiny_models import needs

REPOSITORIES_OF_OPEN_CLIP = {"timm", "laion", "apple"}


def test_the_shipped_rows_are_complete() -> None:
    known = known_models()
    assert len(known) >= 35
    for model_id, model in known.items():
        assert check_id(model_id) == model.id
        assert model.family in (*FAMILIES, *READINGS, *describer.FAMILIES)
        assert model.is_encoder == (model.family in FAMILIES)
        assert model.is_encoder == (model.family in FAMILIES)
        assert model.n_parameters > 10_000_000
        assert model.page.startswith("https://")
        assert model.page.count("/") == 4
        has_weights = any("safetensors" in name for name in model.files)
        assert has_weights != bool(model.own_file), model_id


def test_the_kinds_that_are_asked_for_are_there() -> None:
    ids = " ".join(known_models())
    for name in (
        "openai-clip-l14", "datacomp-clip-b16", "siglip2-so400m", "i18n", "mobileclip2", "eva02",
        "coca", "clap", "coderankembed", "codet5p", "unixcoder", "all-minilm", "tas-b",
        "contriever", "multilingual", "mcip", "clip-moe", "clip-xlm-roberta", "blip",
        "msmarco-minilm", "bge-reranker", "codet5p-bimodal", "qwen",
    ):  # fmt: skip
        assert name in ids


@needs("torch", "open_clip")
def test_rows_of_open_clip_say_what_open_clip_says() -> None:
    open_clip = import_library("open_clip")
    by_repository = {
        str(config.get("hf_hub", "")).rstrip("/"): (name, config)
        for name, tag in open_clip.list_pretrained()
        if (config := open_clip.get_pretrained_cfg(name, tag))
    }
    models = [model for model in known_models().values() if model.family == "open_clip"]
    assert len(models) >= 25
    for model in models:
        name, _ = by_repository[model.repository]
        config = open_clip.get_model_config(name)
        assert model.options.get("architecture", name) == name
        assert model.dim == config["embed_dim"], model.id
        assert model.image_px == config["vision_cfg"]["image_size"], model.id
        wants_tokens = "hf_tokenizer_name" in config["text_cfg"]
        assert wants_tokens == ("tokenizer.json" in model.files), model.id


def test_a_model_is_found_by_the_name_of_its_repository() -> None:
    assert known_by_name("ViT-B-16-SigLIP2-256") is known_model("siglip2-b16")
    assert known_by_name("all-MiniLM-L6-v2") is known_model("all-minilm-l6")
    assert known_by_name("holiday pictures") is None


@pytest.mark.parametrize(
    "text", ["model = 3", "[[model]]\nid = 'x'", "[[model]", "[[model]]\nid='x'\nfiles='y'"]
)
def test_damaged_catalogues(text: str, tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"catalog\.toml"):
        known_models(path)
    with pytest.raises(ModelError, match="cannot be read"):
        known_models(tmp_path / "gone.toml")
