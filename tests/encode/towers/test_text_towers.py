"""Encoders of texts and code: tiny random ones of the real architectures, against slow oracles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import installed_models
from mmsearch.encode.models.known import known_model
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.pooling import pooled
from mmsearch.encode.towers.text_towers import open_towers
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from mmsearch.types import F32, CodeText, Modality
from tests.tiny_models import TEXTS, needs, save_tiny_codet5p, save_tiny_text

pytestmark = needs("torch", "transformers")
ARCHITECTURES = (
    "BertModel",  # all-MiniLM, Contriever
    "DistilBertModel",  # TAS-B
    "RobertaModel",  # UniXcoder
    "XLMRobertaModel",  # multilingual E5
    "NomicBertModel",  # CodeRankEmbed
    "MPNetModel",
)


def states_of(folder: Path, text: str) -> F32:
    """The slow oracle: the states of one text, without padding, by transformers alone."""
    torch, transformers = import_library("torch"), import_library("transformers")
    model = transformers.AutoModel.from_pretrained(folder).eval()
    tokens = transformers.AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    with torch.inference_mode():
        given = {name: tokens[name] for name in ("input_ids", "attention_mask")}
        return model(**given).last_hidden_state[0].numpy()


@pytest.mark.parametrize("class_name", ARCHITECTURES)
def test_architectures(class_name: str, tmp_path: Path) -> None:
    folder = save_tiny_text(tmp_path / "tiny", class_name, pooling="mean_tokens")
    found = open_towers(folder, {}).texts(TEXTS)
    expected = [states_of(folder, text).mean(axis=0) for text in TEXTS]
    np.testing.assert_allclose(found, expected, atol=2e-5)


@pytest.mark.parametrize(
    ("pooling", "oracle"),
    [
        ("mean_tokens", lambda states: states.mean(axis=0)),
        ("cls_token", lambda states: states[0]),
        ("max_tokens", lambda states: states.max(axis=0)),
        ("lasttoken", lambda states: states[-1]),
        ("mean_sqrt_len_tokens", lambda states: states.sum(axis=0) / np.sqrt(len(states))),
    ],
)
def test_poolings(pooling: str, oracle: Callable[[F32], F32], tmp_path: Path) -> None:
    folder = save_tiny_text(tmp_path / "tiny", pooling=pooling)
    found = open_towers(folder, {}).texts(TEXTS)
    expected = [oracle(states_of(folder, text)) for text in TEXTS]
    np.testing.assert_allclose(found, expected, atol=2e-5)


def test_the_last_token_of_texts_that_are_padded_in_front() -> None:
    torch = import_library("torch")
    states = torch.arange(12.0).reshape(1, 4, 3)
    for mask, row in (([0, 0, 1, 1], 3), ([1, 1, 0, 0], 1), ([1, 1, 1, 1], 3)):
        found = pooled(states, torch.tensor([mask]), "lasttoken")
        assert torch.equal(found, states[:, row])


def test_dense_layers_behind_the_pooling(tmp_path: Path) -> None:
    folder = save_tiny_text(tmp_path / "tiny", pooling="mean_tokens", dense=True)
    from safetensors.numpy import load_file

    layer = load_file(folder / "2_Dense" / "model.safetensors")
    mean = states_of(folder, TEXTS[0]).mean(axis=0)
    expected = np.tanh(layer["linear.weight"] @ mean + layer["linear.bias"])
    towers = open_towers(folder, {})
    assert towers.dim == 8
    np.testing.assert_allclose(towers.texts(TEXTS[:1])[0], expected, atol=2e-5)
    assert add_model(folder).dim == 8


def test_prefixes_stand_before_queries_and_passages(tmp_path: Path) -> None:
    folder = save_tiny_text(tmp_path / "tiny", pooling="mean_tokens")
    plain = open_towers(folder, {})
    prefixed = open_towers(folder, {"query_prefix": "the list ", "passage_prefix": "a red "})
    np.testing.assert_allclose(prefixed.texts(["dog"]), plain.texts(["the list dog"]), atol=1e-6)
    of_code = prefixed.contents(Modality.CODE, [CodeText("sort words")])
    np.testing.assert_allclose(of_code, plain.texts(["a red sort words"]), atol=1e-6)
    prompts = {"prompts": {"query": "the list ", "passage": "a red "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    np.testing.assert_allclose(open_towers(folder, {}).texts(["dog"]), prefixed.texts(["dog"]))


def test_unixcoder_is_told_what_to_do(tmp_path: Path) -> None:
    """The oracle is the recipe of UniXcoder's own code, one text at a time."""
    torch, transformers = import_library("torch"), import_library("transformers")
    folder = save_tiny_text(tmp_path / "tiny", "RobertaModel")
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModel.from_pretrained(folder).eval()
    found = open_towers(folder, {"kind": "unixcoder"}).texts(TEXTS)
    for text, vector in zip(TEXTS, found, strict=True):
        words = ["[CLS]", "<encoder-only>", "[SEP]", *tokens.tokenize(text), "[SEP]"]
        ids = torch.tensor([tokens.convert_tokens_to_ids(words)])
        with torch.inference_mode():
            expected = model(ids).last_hidden_state[0].mean(dim=0).numpy()
        np.testing.assert_allclose(vector, expected, atol=2e-5)


def test_codet5p_ends_in_a_projection_of_the_first_token(tmp_path: Path) -> None:
    folder = save_tiny_codet5p(tmp_path / "codet5p")
    torch, transformers = import_library("torch"), import_library("transformers")
    from safetensors.torch import load_file

    state = load_file(folder / "model.safetensors")
    config = transformers.T5Config(**json.loads((folder / "config.json").read_text()))
    model = transformers.T5EncoderModel(config).eval()
    model.load_state_dict(state, strict=False)
    tokens = transformers.PreTrainedTokenizerFast.from_pretrained(folder)
    with torch.inference_mode():
        first = model(tokens(TEXTS[0], return_tensors="pt")["input_ids"]).last_hidden_state[0, 0]
        expected = state["proj.weight"] @ first + state["proj.bias"]
    towers = open_towers(folder, {})
    assert towers.dim == 12
    np.testing.assert_allclose(towers.texts(TEXTS)[0], expected, atol=2e-5)


def test_long_texts_are_cut(tmp_path: Path) -> None:
    towers = open_towers(save_tiny_text(tmp_path / "tiny"), {})
    assert towers.contents(Modality.CODE, [CodeText("sort list " * 500)]).shape == (1, 32)


def test_a_model_of_the_catalogue_gets_what_is_known_of_it(tmp_path: Path) -> None:
    folder = save_tiny_text(tmp_path / "CodeRankEmbed", "NomicBertModel", pooling="cls_token")
    record = add_model(folder)
    known = known_model("coderankembed")
    assert (record.id, record.name, record.licence) == ("coderankembed", known.name, "MIT")
    assert record.text_option("query_prefix").startswith("Represent this query")
    assert record.modalities == (Modality.CODE,)
    vectors = TowersEncoder(record).encode_contents(Modality.CODE, [CodeText("sort a list")])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_only_the_first_dimensions_where_the_model_was_trained_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    folder = save_tiny_text(tmp_path / "tiny", pooling="mean_tokens")
    with pytest.raises(ModelError, match="It can keep all 32"):
        add_model(folder, dim=16)
    matryoshka = replace(known_model("all-minilm-l6"), id="nested", options={"least_dim": 8})
    with pytest.raises(ModelError, match="It can keep from 8 to 32"):
        add_model(folder, known=matryoshka, dim=4)
    record = add_model(folder, known=matryoshka, dim=16)
    vectors = TowersEncoder(record).encode_texts(TEXTS)
    whole = open_towers(folder, {}).texts(TEXTS)[:, :16]
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors, whole, atol=1e-5)


def spoil_pooling(folder: Path) -> None:
    flags = {"pooling_mode_cls_token": True, "pooling_mode_max_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(flags))


def change_config(folder: Path, **changes: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def drop_weights(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    state = load_file(folder / "model.safetensors")
    kept = {name: one for name, one in state.items() if "layer.1" not in name}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda f: (f / "tokenizer.json").unlink(), r"files of the tokens \(tokenizer\.json"),
        (lambda f: (f / "config.json").write_text("{"), "config.json cannot be read"),
        (lambda f: change_config(f, model_type="surprise"), "cannot open surprise"),
        (lambda f: change_config(f, hidden_size=48), "cannot open bert.*shape|size|mismatch"),
        (lambda f: change_config(f, hidden_size=10**6), "million parameters"),
        (
            lambda f: change_config(f, model_type="x", auto_map={"AutoModel": "evil.Evil"}),
            "code of its own",
        ),
        (drop_weights, "do not fit the architecture: 16 are missing"),
        (spoil_pooling, "joins tokens in a way"),
    ],
)
def test_bad_models_are_refused_in_one_line(
    spoil: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    folder = save_tiny_text(tmp_path / "tiny", pooling="mean_tokens")
    (folder / "evil.py").write_text("open('evil was here', 'w')")
    spoil(folder)
    with pytest.raises(ModelError, match=words) as caught:
        add_model(folder)
    assert "\n" not in str(caught.value)
    assert installed_models() == {}
    assert not Path("evil was here").exists()


def test_weights_in_parts(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = save_tiny_text(tmp_path / "tiny", pooling="mean_tokens")
    whole = open_towers(folder, {}).texts(TEXTS)
    state = load_file(folder / "model.safetensors")
    names = sorted(state)
    halves = {"a.safetensors": names[::2], "b.safetensors": names[1::2]}
    for part, some in halves.items():
        save_file({name: state[name] for name in some}, folder / part, metadata={"format": "pt"})
    (folder / "model.safetensors").unlink()
    places = {name: part for part, some in halves.items() for name in some}
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": places}))
    record = add_model(folder)
    np.testing.assert_allclose(
        TowersEncoder(record).encode_texts(TEXTS),
        whole / np.linalg.norm(whole, axis=1, keepdims=True),
        atol=1e-5,
    )
    (folder / "b.safetensors").unlink()
    with pytest.raises(ModelError, match=r"part b\.safetensors of the weights is missing"):
        add_model(folder, model_id="again")
    index.write_text(json.dumps({"weight_map": {"x": "../../evil"}}))
    with pytest.raises(ModelError, match="names no parts"):
        add_model(folder, model_id="again")
    shutil.rmtree(folder)
