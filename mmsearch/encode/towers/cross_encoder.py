"""Cross-encoders of transformers: how well a text answers a query, read together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.judge import Item
from mmsearch.encode.towers.pooling import longest_text
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.towers import Options
from mmsearch.encode.towers.transformers_folder import open_model, open_tokens
from mmsearch.errors import ModelError
from mmsearch.types import F32

LONGEST = 512
"""Tokens of a query and a text together."""


class CrossEncoder:
    """An open model; see Judge. Scores are its logits."""

    sees = False
    at_once = 1

    def __init__(self, runner: Runner, model: Any, tokens: Any, longest: int) -> None:
        self._runner = runner
        self._model, self._tokens = self._runner.place(model), tokens
        self._longest = longest
        self._batching = Batching(16)

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well each text answers the query: (n_text,) float32."""
        pairs = [(query, str(text)) for text in items]
        return self._batching.encode(pairs, self._score_pairs, 1)[:, 0]

    def _score_pairs(self, pairs: Sequence[tuple[str, str]]) -> F32:
        queries, texts = map(list, zip(*pairs, strict=True))
        made = self._tokens(
            queries, texts, padding=True, truncation="longest_first", max_length=self._longest,
            return_tensors="pt",
        )  # fmt: skip
        known = ("input_ids", "attention_mask", "token_type_ids")
        given = self._runner.tensors({name: made[name] for name in known if name in made})
        return self._runner.run(lambda: one_logit(self._model(**given).logits))


def open_judge(folder: Path, options: Options) -> CrossEncoder:
    """Open the model in a folder; raises ModelError."""
    tokens = open_tokens(folder)
    return CrossEncoder(
        Runner.of(options), open_classifier(folder), tokens, longest_text(folder, tokens, LONGEST)
    )


def open_classifier(folder: Path, **more: Any) -> Any:
    """The network in a folder, which answers with one number or two; raises ModelError."""
    model = open_model(folder, "AutoModelForSequenceClassification", **more)
    if model.config.num_labels not in (1, 2):
        raise ModelError(
            f"The model sorts into {model.config.num_labels} classes; it is no reranker.",
            "A reranker answers with one number, or with yes and no.",
        )
    return model


def one_logit(logits: Any) -> Any:
    """(n, 1) of (n, 1) or (n, 2): of two classes the second is "it answers"."""
    return logits[:, -1:] - logits[:, :1] if logits.shape[1] == 2 else logits[:, :1]
