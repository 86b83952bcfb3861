"""Rerankers that score each text or picture alone: tiny random ones, against transformers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import installed_models
from mmsearch.encode.towers.judge import open_judge
from mmsearch.encode.towers.torch_setup import import_library, quiet
from mmsearch.errors import ModelError
from tests.tiny_judges import (
    save_tiny_bert,
    save_tiny_blip,
    save_tiny_codet5p_bimodal,
    save_tiny_roberta,
)
from tests.tiny_models import TEXTS, needs, save_tiny_cross_encoder, save_tiny_text

pytestmark = needs("torch", "transformers")


@pytest.mark.parametrize("save", [save_tiny_bert, save_tiny_roberta])
def test_a_packed_text_has_the_score_that_it_has_alone(save: object, tmp_path: Path) -> None:
    assert callable(save)
    judge = open_judge("cross_encoder", save(tmp_path / "tiny"), {}, "packed")
    alone = [float(judge.score("a dog", [text])[0]) for text in TEXTS]
    assert np.ptp(alone) > 1e-4
    np.testing.assert_allclose(judge.score("a dog", TEXTS), alone, atol=1e-5)
    many = list(TEXTS) * 60  # more than fit into one sequence
    np.testing.assert_allclose(judge.score("a dog", many), alone * 60, atol=1e-5)


@pytest.mark.parametrize("save", [save_tiny_bert, save_tiny_roberta])
def test_alone_it_is_the_pair_whose_query_sees_only_itself(save: object, tmp_path: Path) -> None:
    """The plain sequence of transformers, with the same mask written out by hand."""
    assert callable(save)
    torch, transformers = import_library("torch"), import_library("transformers")
    folder = save(tmp_path / "tiny")
    with quiet():
        model = transformers.AutoModelForSequenceClassification.from_pretrained(
            folder, attn_implementation="sdpa"
        ).eval()
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    expected = []
    for text in TEXTS:
        pair = tokens("a dog", text, return_tensors="pt")
        n, n_query = pair["input_ids"].shape[1], tokens("a dog", "a").sequence_ids(0).index(1)
        sees = torch.ones(n, n, dtype=torch.bool)
        sees[1:n_query, n_query:] = False
        sees[1:n_query, 0] = False  # the first token reads the text
        pair["attention_mask"] = sees[None, None]
        with torch.inference_mode():
            expected.append(float(model(**pair).logits[0, 0]))
    found = open_judge("cross_encoder", folder, {}, "packed").score("a dog", TEXTS)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_what_has_no_places_cannot_be_packed(tmp_path: Path) -> None:
    torch, transformers = import_library("torch"), import_library("transformers")
    folder = save_tiny_text(tmp_path / "tiny", "DistilBertModel")
    torch.manual_seed(0)
    config = transformers.DistilBertConfig.from_pretrained(folder)
    config.num_labels = 1
    with quiet():
        transformers.DistilBertForSequenceClassification(config).save_pretrained(folder)
    with pytest.raises(ModelError, match="type distilbert cannot read many texts"):
        open_judge("cross_encoder", folder, {}, "packed")
    assert open_judge("cross_encoder", folder, {}).score("a dog", TEXTS).shape == (3,)


def test_blip_sees_what_transformers_sees(tmp_path: Path) -> None:
    torch, transformers = import_library("torch"), import_library("transformers")
    folder = save_tiny_blip(tmp_path / "tiny")
    with quiet():
        model = transformers.BlipForImageTextRetrieval.from_pretrained(folder).eval()
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    chance = np.random.default_rng(0)
    pictures = [chance.integers(0, 256, (32, 32, 3), np.uint8) for _ in range(3)]
    expected = []
    for picture in pictures:
        made = tokens("a dog", return_tensors="pt")
        pixels = (picture / 255 - [0.5, 0.4, 0.3]) / [0.2, 0.3, 0.4]
        with torch.inference_mode():
            logits = model(
                input_ids=made["input_ids"],
                attention_mask=made["attention_mask"],
                pixel_values=torch.tensor(pixels.transpose(2, 0, 1)[None], dtype=torch.float32),
            ).itm_score[0]
        expected.append(float(logits[1] - logits[0]))
    found = open_judge("blip", folder, {}).score("a dog", pictures)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_codet5p_matches_as_its_authors_do(tmp_path: Path) -> None:
    torch, transformers = import_library("torch"), import_library("transformers")
    from safetensors.torch import load_file

    folder = save_tiny_codet5p_bimodal(tmp_path / "tiny")
    config = transformers.T5Config(**json.loads((folder / "config.json").read_text()))
    with quiet():
        model = transformers.T5ForConditionalGeneration(config).eval()
    state = load_file(folder / "model.safetensors")
    model.load_state_dict(state, strict=False)
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    expected = []
    for text in TEXTS:
        said, code = (tokens(one, return_tensors="pt")["input_ids"] for one in ("a dog", text))
        code[:, 0] = tokens.convert_tokens_to_ids("[ENC]")
        with torch.inference_mode():
            heard = model.encoder(input_ids=said).last_hidden_state
            last = model.decoder(input_ids=code, encoder_hidden_states=heard).last_hidden_state
            logits = last[0, -1] @ state["itm_head.weight"].T + state["itm_head.bias"]
        expected.append(float(logits[1] - logits[0]))
    found = open_judge("codet5p_matching", folder, {}).score("a dog", TEXTS)
    np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("save", "family"),
    [
        (save_tiny_roberta, "cross_encoder"),
        (save_tiny_blip, "blip"),
        (save_tiny_codet5p_bimodal, "codet5p_matching"),
    ],
)
def test_it_is_recognised_by_its_configuration(save: object, family: str, tmp_path: Path) -> None:
    assert callable(save)
    record = add_model(save(tmp_path / "tiny"))
    assert (record.family, record.is_encoder) == (family, family == "blip")


@pytest.mark.parametrize(
    "save", [save_tiny_cross_encoder, save_tiny_blip, save_tiny_codet5p_bimodal]
)
@pytest.mark.parametrize("harm", ["nan", "shape", "pickle", "tokens", "cut", "huge"])
def test_bad_ones_are_refused_with_one_line(save: object, harm: str, tmp_path: Path) -> None:
    assert callable(save)
    folder = save(tmp_path / "tiny")
    _harm(folder, harm)
    with pytest.raises(ModelError) as told:
        add_model(folder)
    assert "\n" not in told.value.message
    assert installed_models() == {}


def _harm(folder: Path, harm: str) -> None:
    from safetensors.torch import load_file, save_file

    torch = import_library("torch")
    path, config = folder / "model.safetensors", folder / "config.json"
    state = load_file(path)
    if harm == "nan":
        head = next(name for name in state if name in ("classifier.bias", "itm_head.bias"))
        save_file(state | {head: state[head] * float("nan")}, path, metadata={"format": "pt"})
    elif harm == "shape":
        changed = {name: one[:-1].clone() if one.ndim == 2 else one for name, one in state.items()}
        save_file(changed, path, metadata={"format": "pt"})
    elif harm == "pickle":
        path.unlink()
        torch.save({"model": state, "evil": Path("x")}, folder / "pytorch_model.bin")
    elif harm == "tokens":
        for name in ("tokenizer.json", "tokenizer_config.json"):
            (folder / name).unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    else:
        content = json.loads(config.read_text())
        places = [content, content.get("text_config", {})]
        for place in places:
            place["vocab_size"] = 2_000_000_000
        config.write_text(json.dumps(content))
