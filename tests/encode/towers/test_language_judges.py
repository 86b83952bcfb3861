"""Language models as rerankers: the first token and attention, against transformers in one go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import installed_models
from mmsearch.encode.towers.causal_lm import open_lm
from mmsearch.encode.towers.first_token import NAMES, FirstToken
from mmsearch.encode.towers.judge import open_judge
from mmsearch.encode.towers.query_attention import QueryAttention, calibrated
from mmsearch.encode.towers.torch_setup import import_library, quiet
from mmsearch.errors import ModelError
from tests.tiny_judges import save_matching_lm, save_tiny_lm
from tests.tiny_models import needs

pytestmark = needs("torch", "transformers")

TEXTS = ["a red bird", "some dog on the beach", "sort the words of a list", "night"]
kinds = pytest.mark.parametrize("class_name", ["LlamaForCausalLM", "Qwen2ForCausalLM"])


def plain(folder: Path, **more: Any) -> tuple[Any, Any]:
    transformers = import_library("transformers")
    with quiet():
        model = transformers.AutoModelForCausalLM.from_pretrained(folder, **more).eval()
    return model, transformers.AutoTokenizer.from_pretrained(folder)


@kinds
def test_scores_are_the_logits_of_the_names(class_name: str, tmp_path: Path) -> None:
    torch = import_library("torch")
    folder = save_tiny_lm(tmp_path / "tiny", class_name)
    judge = open_judge("causal_lm", folder, {}, "listwise")
    assert isinstance(judge, FirstToken)
    model, tokens = plain(folder)
    prompt = judge.prompt("a dog", TEXTS)
    with torch.inference_mode():
        logits = model(torch.tensor([prompt])).logits[0, -1]
    names = tokens.convert_tokens_to_ids(list(NAMES[: len(TEXTS)]))
    found = judge.score("a dog", TEXTS)
    assert np.ptp(found) > 1e-3
    np.testing.assert_allclose(found, logits[names].numpy(), atol=1e-4)


def test_the_prompt_names_every_text_and_leaves_a_bracket_open(tmp_path: Path) -> None:
    folder = save_tiny_lm(tmp_path / "tiny")
    judge = FirstToken(open_lm(folder, {}))
    _, tokens = plain(folder)
    said = tokens.decode(judge.prompt("a dog", TEXTS))
    assert said.startswith("<user>")
    assert said.endswith("<assistant> [")
    for name, text in zip("ABCD", TEXTS, strict=True):
        assert f"[ {name} ] {text}" in said


def test_long_texts_are_cut_so_that_all_fit(tmp_path: Path) -> None:
    judge = FirstToken(open_lm(save_tiny_lm(tmp_path / "tiny"), {}))
    prompt = judge.prompt("dog " * 500, ["bird " * 1000] * 20)
    assert 900 < len(prompt) <= 1024
    with pytest.raises(ModelError, match="too few for 20000 texts"):
        open_lm(save_tiny_lm(tmp_path / "other"), {}).cut([""] * 20000, 10, 300)


def _slow_attention(judge: QueryAttention, folder: Path, query: str, texts: list[str]) -> Any:
    """Whole prompts in one go, token by token as the formula is written."""
    torch = import_library("torch")
    model, _ = plain(folder, attn_implementation="eager")
    tails = {one: judge._tail(one) for one in (query, "N/A")}
    head, spans = judge._head(texts[::-1], n_else=max(map(len, tails.values())))
    told = {}
    for one, tail in tails.items():
        with torch.inference_mode():
            layers = model(torch.tensor([head + tail]), output_attentions=True).attentions
        own = [layer[0, :, len(head) :].double().numpy() for layer in layers]
        told[one] = sum(a[h, t] for a in own for h in range(a.shape[0]) for t in range(len(tail)))
        told[one] /= len(tail)
    scores = []
    for start, end in spans:
        difference = told[query][start:end] - told["N/A"][start:end]
        least = difference.mean() - 2 * difference.std()
        scores.append(sum(value for value in difference if value >= least))
    return scores[::-1]


@kinds
def test_attention_is_that_of_the_formula(class_name: str, tmp_path: Path) -> None:
    folder = save_tiny_lm(tmp_path / "tiny", class_name)
    judge = open_judge("causal_lm", folder, {}, "attention")
    assert isinstance(judge, QueryAttention)
    found = judge.score("a dog", TEXTS)
    assert np.ptp(found) > 1e-3
    np.testing.assert_allclose(found, _slow_attention(judge, folder, "a dog", TEXTS), atol=1e-4)


def test_texts_with_the_words_of_the_query_are_looked_at_most(tmp_path: Path) -> None:
    judge = open_judge("causal_lm", save_matching_lm(tmp_path / "tiny"), {}, "attention")
    texts = ["red bird tree", "dog beach road", "dog house road", "car road night"]
    order = np.argsort(-judge.score("dog beach", texts)).tolist()
    assert order[:2] == [1, 2]
    assert np.argmax(judge.score("night car", texts)) == 3


def test_what_the_empty_query_looks_at_counts_nothing() -> None:
    asked = np.array([1, 1, 1, 1, 1, 1, 1, 0.1, 5, 5], np.float32)
    empty = np.array([0, 0, 0, 0, 0, 0, 0, 9.1, 5, 4], np.float32)
    # The eighth token is far below the others of its text, and cut.
    assert calibrated(asked, empty, [(0, 8), (8, 10), (3, 3)]).tolist() == [7, 1, 0]


@kinds
def test_it_is_recognised_and_tried(class_name: str, tmp_path: Path) -> None:
    record = add_model(save_tiny_lm(tmp_path / "tiny", class_name, talks=False))
    assert (record.family, record.is_encoder) == ("causal_lm", False)


@pytest.mark.parametrize("harm", ["nan", "template", "letters", "code"])
def test_bad_ones_are_refused_with_one_line(harm: str, tmp_path: Path) -> None:
    folder = save_tiny_lm(tmp_path / "tiny")
    if harm == "nan":
        from safetensors.torch import load_file, save_file

        path = folder / "model.safetensors"
        state = load_file(path)
        state["lm_head.weight"] *= float("nan")
        save_file(state, path, metadata={"format": "pt"})
    elif harm == "template":
        path = folder / "chat_template.jinja"
        path.write_text("{{ messages[0]['content'] | no_such_filter }}")
    elif harm == "letters":
        path = folder / "tokenizer.json"
        content = json.loads(path.read_text())
        for letter in "BCD":
            del content["model"]["vocab"][letter]
        path.write_text(json.dumps(content))
    else:
        path = folder / "config.json"
        content = json.loads(path.read_text())
        content |= {"model_type": "evil", "auto_map": {"AutoModelForCausalLM": "evil.Model"}}
        path.write_text(json.dumps(content))
        (folder / "evil.py").write_text("raise SystemExit('this was run')")
    with pytest.raises(ModelError) as told:
        add_model(folder)
    assert "\n" not in told.value.message
    assert installed_models() == {}
