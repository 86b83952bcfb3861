"""Cross-encoders of transformers: how well a text answers a query, read together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.transformers_folder import open_model, open_tokens
from mmsearch.errors import ModelError
from mmsearch.types import F32

_LONGEST = 512


class CrossEncoder:
    """An open model. Scores are its logits: higher is better, on a scale of the model's own."""

    def __init__(self, model: Any, tokens: Any) -> None:
        self._runner = Runner()
        self._model, self._tokens = self._runner.place(model), tokens
        self._longest = min(_LONGEST, int(tokens.model_max_length))
        self._batching = Batching(16)

    def score(self, query: str, texts: Sequence[str]) -> F32:
        """How well each text answers the query: (n_text,) float32."""
        pairs = [(query, text) for text in texts]
        return self._batching.encode(pairs, self._score_pairs, 1)[:, 0]

    def _score_pairs(self, pairs: Sequence[tuple[str, str]]) -> F32:
        queries, texts = map(list, zip(*pairs, strict=True))
        made = self._tokens(
            queries, texts, padding=True, truncation="longest_first", max_length=self._longest,
            return_tensors="pt",
        )  # fmt: skip
        known = ("input_ids", "attention_mask", "token_type_ids")
        given = self._runner.tensors({name: made[name] for name in known if name in made})
        logits = self._runner.run(lambda: self._model(**given).logits)
        # Of two classes the second is "it answers", as in models trained to tell the two apart.
        return logits[:, -1:] - logits[:, :1] if logits.shape[1] == 2 else logits[:, :1]


def open_cross_encoder(folder: Path) -> CrossEncoder:
    """Open the model in a folder and let it score once; raises ModelError."""
    model = open_model(folder, "AutoModelForSequenceClassification")
    if model.config.num_labels not in (1, 2):
        raise ModelError(
            f"The model sorts into {model.config.num_labels} classes; it is no reranker.",
            "A reranker answers with one number, or with yes and no.",
        )
    opened = CrossEncoder(model, open_tokens(folder))
    if not np.isfinite(opened.score("a dog", ["a dog on a beach", "a list of numbers"])).all():
        raise ModelError("The model answers with what are no numbers (NaN or infinity).")
    return opened
