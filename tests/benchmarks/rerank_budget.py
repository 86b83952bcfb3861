"""Do rerankers of real size stay inside their time?

    python -m tests.benchmarks.rerank_budget

Weights are random, which takes as long as any: a cross-encoder of the size of MiniLM-L6, read by
pairs and packed, and a small language model of the architecture of Qwen 2 (8 layers of 512). Asked
are 2,000 texts of 40 to 120 words, each way with several budgets. Told is the time that was taken
as a share of the budget, and how many texts were read.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mmsearch.encode.towers.judge import Judge, open_judge
from mmsearch.encode.towers.torch_setup import import_library, quiet
from mmsearch.rerank.budget import Ints, score_within
from mmsearch.rerank.budgeted import Pool, find_within
from mmsearch.rerank.windows import rank_within
from mmsearch.types import F32
from tests.benchmarks.report import print_report
from tests.tiny_judges import save_talking_tokens
from tests.tiny_models import save_tokens

_N_TEXT, _BUDGETS_S = 2000, (0.5, 1.0, 3.0)
_WORDS = ("dog", "cat", "beach", "sea", "list", "sort", "words", "red", "gold", "bird", "tree")


def cross_encoder(folder: Path) -> Path:
    transformers = import_library("transformers")
    sizes = {"vocab_size": save_tokens(folder), "pad_token_id": 2, "num_labels": 1}
    sizes |= {"hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12}
    with quiet():
        config = transformers.BertConfig(**sizes, intermediate_size=1536)
        transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def language_model(folder: Path) -> Path:
    transformers = import_library("transformers")
    sizes = {"vocab_size": save_talking_tokens(folder), "hidden_size": 512}
    sizes |= {"num_hidden_layers": 8, "num_attention_heads": 8, "num_key_value_heads": 2}
    with quiet():
        config = transformers.Qwen2Config(**sizes, intermediate_size=1536, bos_token_id=0)
        transformers.Qwen2ForCausalLM(config).save_pretrained(folder)
    return folder


def texts() -> list[str]:
    chance = np.random.default_rng(0)
    return [" ".join(chance.choice(_WORDS, chance.integers(40, 120))) for _ in range(_N_TEXT)]


def measured(work: Callable[[], F32], budget_s: float) -> dict[str, float]:
    before_s = time.perf_counter()
    scores = work()
    share = (time.perf_counter() - before_s) / budget_s
    return {"share of the budget": round(share, 3), "read": int(np.isfinite(scores).sum())}


def ways(judge: Judge, said: list[str]) -> dict[str, Callable[[float], F32]]:
    known: dict[int, float] = {}

    def score(places: Ints) -> F32:
        new = [place for place in places.tolist() if judge.at_once > 1 or place not in known]
        if new:
            told = judge.score("a dog on the beach", [said[place] for place in new])
            known.update(zip(new, told.tolist(), strict=True))
        return np.array([known[place] for place in places.tolist()], np.float32)

    def top(budget_s: float) -> F32:
        known.clear()
        if judge.at_once > 1:
            return rank_within(100, score, budget_s, judge.at_once)
        return score_within(_N_TEXT, score, budget_s)

    def few_calls(budget_s: float) -> F32:
        known.clear()
        chance = np.random.default_rng(0)
        vectors = chance.standard_normal((_N_TEXT, 384)).astype(np.float32)
        pool = Pool(vectors[0], vectors, vectors @ vectors[0], np.zeros((0, 0), np.float32))
        return find_within("axn", pool, score, budget_s)

    return {"top": top} | ({"axn": few_calls} if judge.at_once == 1 else {})


def main() -> None:
    said, report = texts(), {}
    with tempfile.TemporaryDirectory() as folder:
        made = {
            "cross_encoder": cross_encoder(Path(folder) / "pairs"),
            "causal_lm": language_model(Path(folder) / "lm"),
        }
        for family, how in (
            ("cross_encoder", "pairs"), ("cross_encoder", "packed"), ("causal_lm", "listwise"),
            ("causal_lm", "attention"),
        ):  # fmt: skip
            judge = open_judge(family, made[family], {}, how)
            judge.score("a dog", said[:3])  # the first time also prepares things
            for name, way in ways(judge, said).items():
                for budget_s in _BUDGETS_S:
                    report[f"{how}, {name}, {budget_s} s"] = measured(
                        lambda way=way, budget_s=budget_s: way(budget_s), budget_s
                    )
    print_report(report)


if __name__ == "__main__":
    main()
