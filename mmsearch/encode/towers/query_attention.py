"""A language model that ranks texts by how much a query looks at them.

Source: ICR (Chen et al. 2024, arXiv:2410.02642). What the query's tokens attend to, summed over all
layers and heads, less what a query without content ("N/A") attends to at the same places, is how
much each token of a text has to do with the query.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.towers.causal_lm import CausalLm, open_lm
from mmsearch.encode.towers.judge import Item
from mmsearch.encode.towers.towers import Options
from mmsearch.errors import ModelError
from mmsearch.types import F32

_NO_QUERY = "N/A"
_FIND = "\n\nFind what answers the following query in the paragraphs above"
_LONGEST_TEXT, _LONGEST_QUERY = 300, 128
"""Tokens."""
_CUT = 2.0
"""Standard deviations below the mean of a text's tokens: what lies so low, as marks between
sentences do, was looked at by the empty query, and says nothing."""

Span = tuple[int, int]


class QueryAttention:
    """An open model; see Judge. Scores are sums of attention, good for one order only."""

    sees = False
    at_once = 40
    """It works the better, the more texts it has before it (METHODS: windows do it harm)."""

    def __init__(self, lm: CausalLm) -> None:
        self._lm = lm

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well each text answers: (n_text,) float32."""
        # The best candidates come last, nearest to the query, as in the authors' runs.
        texts = [str(item) for item in reversed(items)]
        tails = [self._tail(query), self._tail(_NO_QUERY)]
        head, spans = self._head(texts, n_else=max(map(len, tails)))
        asked, empty = self._attention(head, tails)
        return calibrated(asked, empty, spans)[::-1].copy()

    def _head(self, texts: Sequence[str], n_else: int) -> tuple[list[int], list[Span]]:
        """The tokens before the query, the same for both, and where among them each text is."""
        lm = self._lm
        opening = [*lm.before, *lm.ids("Here are some paragraphs")]
        closing = lm.ids(_FIND + "\n\nQuery:")
        names = [lm.ids(f"\n\n[{number}] ") for number in range(1, len(texts) + 1)]
        n_else += len(opening) + len(closing) + sum(map(len, names))
        cut = lm.cut([" ".join(text.split()) for text in texts], n_else, _LONGEST_TEXT)
        head, spans = opening, []
        for name, text in zip(names, cut, strict=True):
            head = [*head, *name]
            spans.append((len(head), len(head) + len(text)))
            head += text
        return [*head, *closing], spans

    def _tail(self, query: str) -> list[int]:
        """The query and what stands behind it; all of it looks back."""
        return [*self._lm.ids(f" {query}")[:_LONGEST_QUERY], *self._lm.after]

    def _attention(self, head: list[int], tails: Sequence[list[int]]) -> list[F32]:
        """What each tail looks at: the mean over its tokens, summed over heads and layers.

        Each (n_head,). The head is read once; its keys and values serve all tails.
        """
        lm, found = self._lm, []
        given = lm.runner.tensors({"input_ids": np.array([head])})
        with lm.runner.torch.inference_mode():
            read = lm.model(**given, use_cache=True, logits_to_keep=1).past_key_values
        for tail in tails:
            own = lm.runner.tensors({"input_ids": np.array([tail])})

            def run(own: dict[str, Any] = own) -> Any:
                made = lm.model(
                    **own,
                    past_key_values=copy.deepcopy(read),
                    use_cache=True,
                    output_attentions=True,
                    logits_to_keep=1,
                )
                layers = [one[0].float().mean(1).sum(0)[: len(head)] for one in made.attentions]
                if any(len(one) != len(head) for one in layers):
                    raise ModelError("The model looks back through a window; read it “listwise”.")
                return sum(layers)

            found.append(lm.runner.run(run))
        return found


def calibrated(asked: F32, empty: F32, spans: Sequence[Span]) -> F32:
    """The score of each text from what two queries attend to: (n_text,).

    asked, empty: (n_token,) of the query and of the empty one.
    """
    scores = []
    for start, end in spans:
        told = asked[start:end] - empty[start:end]
        kept = told >= told.mean() - _CUT * told.std() if len(told) else told > 0
        scores.append(told[kept].sum())
    return np.array(scores, np.float32)


def open_judge(folder: Path, options: Options) -> QueryAttention:
    """Open the model in a folder; raises ModelError. Only the plain implementation of attention
    says what it attends to."""
    return QueryAttention(open_lm(folder, options, attention="eager"))
