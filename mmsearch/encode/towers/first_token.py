"""A language model that ranks texts by the first token of its answer.

Source: FIRST (Reddy et al. 2024, arXiv:2406.15657). Texts are named A, B, C …; asked for the
ranking, the model would begin with the name of the best. The logits of all names at that place are
the ranking, so that nothing has to be written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.towers.causal_lm import CausalLm, open_lm
from mmsearch.encode.towers.judge import Item
from mmsearch.encode.towers.towers import Options
from mmsearch.errors import ModelError
from mmsearch.types import F32

NAMES = "ABCDEFGHIJKLMNOPQRST"
_LONGEST_TEXT, _LONGEST_QUERY = 300, 128
"""Tokens."""


class FirstToken:
    """An open model; see Judge. Scores are logits of names, good for one order only."""

    sees = False
    at_once = len(NAMES)

    def __init__(self, lm: CausalLm) -> None:
        self._lm = lm
        self._names = _name_ids(lm)

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well each of at most 20 texts answers: (n_text,) float32."""
        prompt = np.array([self.prompt(query, [str(item) for item in items])])
        given = self._lm.runner.tensors({"input_ids": prompt})

        def run() -> Any:
            return self._lm.model(**given, use_cache=False, logits_to_keep=1).logits[0, -1]

        return np.asarray(self._lm.runner.run(run)[self._names[: len(items)]])

    def prompt(self, query: str, texts: Sequence[str]) -> list[int]:
        """The tokens up to where a name would be written."""
        lm, n = self._lm, len(texts)
        asked = lm.tokens.decode(lm.ids(query)[:_LONGEST_QUERY])
        opening = lm.ids(
            f"Here are {n} passages, each named by a letter in brackets. Rank them by how well "
            f"they answer the search query: {asked}\n"
        )
        names = [lm.ids(f"\n[{name}] ") for name in NAMES[:n]]
        closing = lm.ids(
            f"\n\nSearch query: {asked}\nRank all {n} passages, the best first, by their letters, "
            "e.g. [B] > [A]. Answer with the ranking alone"
        )
        frame = [*lm.before, *opening, *closing, *lm.after, *lm.ids("[")]
        n_else = len(frame) + sum(map(len, names))
        cut = lm.cut([" ".join(text.split()) for text in texts], n_else, _LONGEST_TEXT)
        listed = [one for name, text in zip(names, cut, strict=True) for one in (*name, *text)]
        return [*lm.before, *opening, *listed, *closing, *lm.after, *lm.ids("[")]


def open_judge(folder: Path, options: Options) -> FirstToken:
    """Open the model in a folder; raises ModelError."""
    return FirstToken(open_lm(folder, options))


def _name_ids(lm: CausalLm) -> np.ndarray:
    """The token of each name behind a bracket: (20,). Raises ModelError where it is none."""
    bracket = lm.ids("[")
    found = [lm.ids(f"[{name}") for name in NAMES]
    ids = [one[-1] for one in found if one[:-1] == bracket]
    if len(set(ids) - {lm.tokens.unk_token_id}) < len(NAMES):
        raise ModelError("The tokens of this model have no single letters to name texts by.")
    return np.array(ids)
