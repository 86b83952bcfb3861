"""Cross-encoders that read a query once and many texts beside it, in one pass.

Source: Uni-Encoder (Song et al. 2021, arXiv:2106.01263). The query and all texts are one sequence.
Each text has a first token of its own, whose state is its score, and the places it would have
behind the query alone; it sees the query and itself, and the query sees only itself. So scores do
not depend on what else is in the sequence. A cross-encoder that was not trained so differs from
itself in one thing: its query does not look at the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.cross_encoder import LONGEST, one_logit, open_classifier
from mmsearch.encode.towers.judge import Item
from mmsearch.encode.towers.pooling import longest_text
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.towers import Options
from mmsearch.encode.towers.transformers_folder import open_tokens
from mmsearch.errors import ModelError
from mmsearch.types import F32

_FROM_ZERO = ("bert", "electra")
_BEHIND_PADDING = ("roberta", "xlm-roberta", "camembert")
"""Where these count their places from is behind the number of the padding token."""
_MOST_TOKENS = 1024
"""Of a sequence: its attention is a square."""
_LONGEST_QUERY = 128


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """A query and texts as one sequence."""

    ids: NDArray[np.int64]
    """(n_token,)"""
    places: NDArray[np.int64]
    """(n_token,) where each token would stand behind the query alone, from 0."""
    types: NDArray[np.int64]
    """(n_token,) 0 for the query and first tokens, else what the tokens' maker says."""
    sees: NDArray[np.bool_]
    """(n_token, n_token) whether a token (row) looks at another (column)."""
    heads: NDArray[np.int64]
    """(n_text,) the first token of each text."""


class PackedPairs:
    """An open model; see Judge."""

    sees = False
    at_once = 1

    def __init__(self, runner: Runner, model: Any, tokens: Any, longest: int) -> None:
        self._runner = runner
        self._model, self._tokens = self._runner.place(model), tokens
        self._base = getattr(model, model.base_model_prefix)
        self._longest, self._first_place = longest, _first_place(model.config)
        self._has_types = int(getattr(model.config, "type_vocab_size", 0)) > 1
        self._batching = Batching(64)

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well each text answers the query: (n_text,) float32."""
        query = self._cut(query)
        return self._batching.encode(
            [str(text) for text in items], lambda texts: self._score_texts(query, texts), 1
        )[:, 0]

    def _score_texts(self, query: str, texts: Sequence[str]) -> F32:
        n_query, pairs = self._pairs(query, texts)
        found, start = [], 0
        while start < len(pairs):
            n_token, end = n_query, start
            while end < len(pairs) and (end == start or n_token < _MOST_TOKENS):
                n_token += len(pairs[end][0]) - n_query + 1
                end += 1
            found.append(self._score_packed(packed(n_query, pairs[start:end])))
            start = end
        return np.concatenate(found)

    def _pairs(self, query: str, texts: Sequence[str]) -> tuple[int, list[tuple[Any, Any]]]:
        """How many tokens the query has, the first among them; tokens and types of each pair."""
        n_query = self._n_query(query)
        made = [
            self._tokens(query, text, truncation="only_second", max_length=self._longest)
            for text in texts
        ]
        untyped = [0] * self._longest
        return n_query, [
            (one["input_ids"], one.get("token_type_ids") or untyped[: len(one["input_ids"])])
            for one in made
        ]

    def _n_query(self, query: str) -> int:
        """How many tokens stand before the text of a pair, the first of all among them."""
        owners = self._tokens(query, "a").sequence_ids(0)
        if owners[0] is not None or 1 not in owners:
            raise ModelError("The tokens of this model do not begin with one of their own.")
        return int(owners.index(1))

    def _score_packed(self, made: Packed) -> F32:
        given = {
            "input_ids": made.ids[None],
            "position_ids": made.places[None] + self._first_place,
            "attention_mask": made.sees[None, None],
        }
        if self._has_types:
            given["token_type_ids"] = made.types[None]
        tensors, heads = self._runner.tensors(given), self._runner.tensors({"at": made.heads})["at"]

        def run() -> Any:
            states = self._base(**tensors).last_hidden_state[0, heads][:, None]
            pooler = getattr(self._base, "pooler", None)
            return one_logit(self._model.classifier(pooler(states) if pooler else states))

        return self._runner.run(run)

    def _cut(self, query: str) -> str:
        made = self._tokens(query, add_special_tokens=False)["input_ids"]
        most = min(_LONGEST_QUERY, self._longest // 2)
        return query if len(made) <= most else str(self._tokens.decode(made[:most]))


def packed(n_query: int, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Packed:
    """Pairs that begin with the same ``n_query`` tokens as one sequence; tokens and types each."""
    first, query = pairs[0][0][:1], pairs[0][0][1:n_query]
    ids, places, types = [*query], [*range(1, n_query)], [*pairs[0][1][1:n_query]]
    owners, heads = [-1] * len(query), []
    for number, (tokens, kinds) in enumerate(pairs):
        heads.append(len(ids))
        ids += [*first, *tokens[n_query:]]
        places += [0, *range(n_query, len(tokens))]
        types += [*kinds[:1], *kinds[n_query:]]
        owners += [number] * (1 + len(tokens) - n_query)
    owner = np.array(owners)
    sees = (owner[None, :] == -1) | (owner[:, None] == owner[None, :])
    arrays = [np.array(one, np.int64) for one in (ids, places, types, heads)]
    return Packed(arrays[0], arrays[1], arrays[2], sees, arrays[3])


def open_judge(folder: Path, options: Options) -> PackedPairs:
    """Open the cross-encoder in a folder; raises ModelError, also for one that cannot read so."""
    tokens = open_tokens(folder)
    model = open_classifier(folder, attn_implementation="sdpa")
    _first_place(model.config)
    return PackedPairs(Runner.of(options), model, tokens, longest_text(folder, tokens, LONGEST))


def _first_place(config: Any) -> int:
    """Which place is the first; raises ModelError where places cannot be said."""
    if config.model_type in _FROM_ZERO:
        return 0
    if config.model_type in _BEHIND_PADDING:
        return int(config.pad_token_id) + 1
    raise ModelError(
        f"Models of the type {config.model_type} cannot read many texts in one pass.",
        f"It takes one of {', '.join((*_FROM_ZERO, *_BEHIND_PADDING))}; or read pairs.",
    )
