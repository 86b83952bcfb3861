"""Rerankers of the user's choice: what each has to provide, and which families there are."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from mmsearch.encode.towers.towers import Options
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8

Item = str | U8
"""A text, or a picture: (height, width, 3) uint8."""


class Judge(Protocol):
    """An open reranker."""

    sees: bool
    """Whether it judges pictures, rather than texts."""
    at_once: int
    """How many items it compares with each other in one reading; 1 for one whose score of an item
    does not depend on the others."""

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well each answers the query: (n_item,) float32, on a scale of the model's own.

        Higher is better. Of a judge that compares, scores of two readings say nothing together.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A way in which models of a family can read a query and what may answer it."""

    module: str
    """Its ``open_judge`` opens a folder."""
    sees: bool = False


_HERE = "mmsearch.encode.towers."
READINGS: Mapping[str, Mapping[str, Reading]] = {
    "cross_encoder": {
        "pairs": Reading(_HERE + "cross_encoder"),
        "packed": Reading(_HERE + "packed_pairs"),
    },
    "blip": {"pairs": Reading(_HERE + "blip_matching")},
    "codet5p_matching": {"pairs": Reading(_HERE + "codet5p_matching")},
    "causal_lm": {
        "listwise": Reading(_HERE + "first_token"),
        "attention": Reading(_HERE + "query_attention"),
    },
}
"""Family -> what it can do, the usual first. BLIP encodes, too (towers.py)."""


def reading_of(family: str, name: str) -> tuple[str, Reading]:
    """The way with this name, or the usual one for ""; raises ModelError for what it cannot do."""
    known = READINGS.get(family)
    if known is None:
        raise ModelError("This model encodes and does not rerank.", "Choose a reranker.")
    if name and name not in known:
        raise ModelError(f"This model cannot read “{name}”.", f"It can: {', '.join(known)}.")
    name = name or next(iter(known))
    return name, known[name]


def open_judge(family: str, folder: Path, options: Options, reading: str = "") -> Judge:
    """Open the reranker in a folder; raises ModelError with one clear line when that fails."""
    _, way = reading_of(family, reading)
    opened: Callable[[Path, Options], Judge] = importlib.import_module(way.module).open_judge
    return opened(folder, options)


def try_judge(family: str, folder: Path, options: Options) -> None:
    """Open a reranker and let it judge something; raises ModelError when that fails."""
    judge = open_judge(family, folder, options)
    items: list[Item] = ["a dog on a beach", "a list of numbers", "the sea at night"]
    if judge.sees:
        random = np.random.default_rng(0)
        items = [random.integers(0, 256, (48, 64, 3), np.uint8) for _ in items]
    scores = judge.score("a dog", items)
    if scores.shape != (len(items),):
        raise ModelError(f"The model answers with {scores.shape} instead of one number an item.")
    if not np.isfinite(scores).all():
        raise ModelError(
            "The model answers with what are no numbers (NaN or infinity).",
            "Its weights are damaged, or were trained to nothing.",
        )
