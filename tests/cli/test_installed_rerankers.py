"""Rerankers of one's own on the command line: added, asked, and removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.towers.judge import open_judge
from mmsearch.media.picture import open_picture
from tests.files import BLUE, GREEN, RED, YELLOW, save_picture, save_text
from tests.tiny_judges import (
    save_matching_lm,
    save_tiny_bert,
    save_tiny_blip,
    save_tiny_codet5p_bimodal,
    save_tiny_lm,
    save_tiny_roberta,
)
from tests.tiny_models import needs

from .conftest import Run

pytestmark = needs("torch", "transformers")

CODE = {
    "one": "a dog on the beach",
    "two": "sort a list of words",
    "three": "a red cat",
    "four": "def sort the list",
}
PLENTY = ("--rerank-seconds", "60")


@pytest.fixture
def things(run: Run, tmp_path: Path) -> Path:
    """Four texts and four pictures, indexed."""
    folder = tmp_path / "things"
    for name, text in CODE.items():
        save_text(folder / f"{name}.txt", text + "\n")
    for name, colour in (("r", RED), ("g", GREEN), ("b", BLUE), ("y", YELLOW)):
        save_picture(folder / f"{name}.png", colour)
    assert run("index", folder).code == 0
    return folder


def found(run: Run, text: str, kind: str, *more: str) -> list[str]:
    ran = run("search", text, "--type", kind, "--no-words", "--no-grouping", "--json", *more)
    assert ran.code == 0, ran.err
    return [Path(hit["path"]).stem for hit in json.loads(ran.out)]


@pytest.mark.parametrize(
    ("save", "family", "how"),
    [
        (save_tiny_bert, "cross_encoder", "pairs"),
        (save_tiny_bert, "cross_encoder", "packed"),
        (save_tiny_roberta, "cross_encoder", "pairs"),
        (save_tiny_codet5p_bimodal, "codet5p_matching", "pairs"),
    ],
)
def test_texts_come_in_the_order_of_the_model(
    save: Callable[[Path], Path], family: str, how: str, run: Run, things: Path, tmp_path: Path
) -> None:
    folder = save(tmp_path / "tiny")
    judge = open_judge(family, folder, {}, how)
    orders = []
    assert run("models", "add", folder).out.startswith("Installed tiny: reranker.\nTo rerank")
    for text in ("a dog", "sort words", "red beach"):
        scores = judge.score(text, list(CODE.values()))
        expected = [list(CODE)[place] for place in np.argsort(-scores)]
        orders.append(found(run, text, "code", "--rerank", "tiny", "--rerank-how", how, *PLENTY))
        assert orders[-1] == expected
        plain = found(run, text, "code")
        assert sorted(plain) == sorted(expected)
        orders.append(plain)
    assert len(set(map(tuple, orders))) > 1
    assert run("models", "remove", "tiny").out.startswith("Removed tiny; ")
    ran = run("search", "a dog", "--rerank", "tiny")
    assert (ran.code, "no reranker called 'tiny'" in ran.err) == (1, True)


def test_few_calls_on_the_command_line(run: Run, things: Path, tmp_path: Path) -> None:
    run("models", "add", save_tiny_bert(tmp_path / "tiny"))
    expected = found(run, "a dog", "code", "--rerank", "tiny", *PLENTY)
    how = ("--rerank", "tiny", "--rerank-how")
    assert found(run, "a dog", "code", *how, "axn", *PLENTY) == expected
    ran = run("search", "a dog", *how, "anncur")
    assert (ran.code, "First run: mmsearch models anchors tiny" in ran.err) == (1, True)
    assert run("models", "anchors", "tiny", "--sentences", "4").out == (
        "tiny has scored 4 sentences.\nSearch with: --rerank tiny --rerank-how anncur\n"
    )
    assert found(run, "a dog", "code", *how, "anncur", *PLENTY) == expected


def test_pictures_come_in_the_order_of_blip(run: Run, things: Path, tmp_path: Path) -> None:
    folder = save_tiny_blip(tmp_path / "tiny")
    judge = open_judge("blip", folder, {})
    pictures = [np.asarray(open_picture(things / f"{name}.png")) for name in "rgby"]
    scores = dict(zip("rgby", judge.score("a dog", pictures).tolist(), strict=True))
    assert run("models", "add", folder).code == 0
    told = json.loads(
        run("search", "a dog", "--rerank", "tiny", "--no-words", "--json", *PLENTY).out
    )
    hits = [hit for hit in told if hit["modality"] == "image"]
    of_model = [hit["scores"]["rerank model"] for hit in hits]
    assert of_model == sorted(of_model, reverse=True)
    for hit in hits:  # from a thumbnail, hence not quite the same
        assert hit["scores"]["rerank model"] == pytest.approx(
            scores[Path(hit["path"]).stem], abs=0.01
        )
    assert all("rerank model" not in hit["scores"] for hit in told if hit["modality"] == "code")
    assert run("models", "remove", "tiny").code == 0


def test_attention_finds_the_words_of_the_query(run: Run, things: Path, tmp_path: Path) -> None:
    run("models", "add", save_matching_lm(tmp_path / "lm"))
    how = ("--rerank", "lm", "--rerank-how", "attention", *PLENTY)
    assert found(run, "cat red", "code", *how)[0] == "three"
    assert found(run, "beach dog", "code", *how)[0] == "one"
    assert found(run, "words sort", "code", *how)[0] == "two"


def test_a_language_model_ranks_by_its_first_token(run: Run, things: Path, tmp_path: Path) -> None:
    folder = save_tiny_lm(tmp_path / "lm", "Qwen2ForCausalLM")
    run("models", "add", folder)
    order = found(run, "dog", "code", "--rerank", "lm", *PLENTY)
    plain = found(run, "dog", "code")
    judge = open_judge("causal_lm", folder, {}, "listwise")
    # Two, then all four: as it read them in growing windows.
    for n in (2, 4):
        scores = judge.score("dog", [CODE[name] for name in plain[:n]])
        plain[:n] = [plain[place] for place in np.argsort(-scores, kind="stable")]
    assert order == plain


def test_what_a_model_cannot_do_is_said(run: Run, things: Path, tmp_path: Path) -> None:
    run("models", "add", save_tiny_lm(tmp_path / "lm"))
    ran = run("search", "a dog", "--rerank", "lm", "--rerank-how", "packed")
    assert (ran.code, ran.err) == (
        1, "Error: This model cannot read “packed”.\nHint: It can: listwise, attention.\n",
    )  # fmt: skip
