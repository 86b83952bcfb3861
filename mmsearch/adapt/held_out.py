"""Whether what is learned from some of the named files helps to find the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.named import Named, Way
from mmsearch.adapt.residual import Ints, learn
from mmsearch.adapt.word_residual import learn_words
from mmsearch.types import F32

LEAST_FILES = 60
LEAST_TEXTS = 12
"""Fewer different ones say nothing about the next."""
_PART_HELD_OUT = 1 / 3
_LEAST_GAIN = 0.01
"""In reciprocal rank: less is not worth another product per search. Names dealt out at random gain
0.002, as learning also draws sentences to what there is most of; 2 of 50 such trials passed the
test by chance alone, with 0.007 and 0.008."""
_MOST_CHANCE = 0.01
_N_FLIPS = 10_000
_SEED = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the held-out files say."""

    is_better: bool
    reason: str
    """For people."""
    n_file: int = 0
    n_text: int = 0
    """Different sentences that name them."""
    before: float = 0.0
    """Mean reciprocal rank of held-out files, over their sentences."""
    after: float = 0.0
    chance: float = 1.0
    """How often chance alone would give such a gain."""
    way: Way = "names"
    """What it was that was tried, and of several what was best."""


def learned(pairs: Named, way: Way) -> Adapter:
    """Learn from all that is given."""
    return Adapter(
        learn(pairs.pairs) if way != "words" else None,
        learn_words(pairs.teacher) if way != "names" and pairs.teacher is not None else None,
    )


def judge(named: Named) -> Verdict:
    """Learn from two thirds of the items, and see how the sentences of the others find them.

    An item is looked for among all items but others of the same name, and names count once,
    however many files have them. Of several ways the one that gains most has to pass a test that
    is harder in their number (Bonferroni).
    """
    pairs, ways = named.pairs, named.ways
    n_file, n_text = len(np.unique(pairs.item_of)), len(np.unique(pairs.text_of))
    if n_file < LEAST_FILES or n_text < LEAST_TEXTS:
        told = f"too few: {n_file:,} files with {n_text:,} names"
        return Verdict(
            False, f"{told}, {LEAST_FILES} with {LEAST_TEXTS} are needed", n_file, n_text
        )
    is_held = np.random.default_rng(_SEED).random(len(pairs.items)) < _PART_HELD_OUT
    kept = named.without(is_held)
    asked = is_held[pairs.item_of]
    held = pairs.text_of[asked], pairs.item_of[asked]
    before = _ranks(named, None, held)
    after = {way: _ranks(named, learned(kept, way), held) for way in ways}
    best = max(ways, key=lambda way: float(after[way].mean()))
    return _verdict(before, after[best], best, len(ways), (n_file, n_text))


def _ranks(named: Named, adapter: Adapter | None, held: tuple[Ints, Ints]) -> NDArray[np.float64]:
    pairs = named.pairs
    texts = pairs.texts if adapter is None else adapter.bend(pairs.texts, named.tokens)
    return _by_name(texts @ pairs.items.T - pairs.terms, pairs.is_right, *held)


def _by_name(
    scores: F32, is_right: NDArray[np.bool_], texts: Ints, items: Ints
) -> NDArray[np.float64]:
    """The mean reciprocal rank of the held-out items of each sentence that has some."""
    own = scores[texts, items]
    wrong = np.where(is_right, -np.inf, scores)
    ranks = np.array(
        [1 + int((wrong[text] >= one).sum()) for text, one in zip(texts, own, strict=True)]
    )
    sums = np.bincount(texts, weights=1 / ranks)
    counts = np.bincount(texts)
    return np.asarray(sums[counts > 0] / counts[counts > 0])


def _verdict(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    way: Way,
    n_way: int,
    counts: tuple[int, int],
) -> Verdict:
    gain = float((after - before).mean())
    chance = min(by_chance(after - before) * n_way, 1.0)
    told = f"held-out files: reciprocal rank {before.mean():.3f} → {after.mean():.3f}"
    told += f" by {len(before):,} names, p = {chance:.4f}"
    is_better = gain >= _LEAST_GAIN and chance < _MOST_CHANCE
    reason = ("better on " if is_better else "no better on ") + told
    means = float(before.mean()), float(after.mean())
    return Verdict(is_better, reason, *counts, *means, chance, way)


def by_chance(gains: NDArray[np.float64]) -> float:
    """How often chance alone gives as large a mean gain: (n,) gains whose signs are coin flips.

    A paired randomisation test (Fisher), one-sided.
    """
    chance = np.random.default_rng(_SEED)
    n_as_large = 0
    for _ in range(0, _N_FLIPS, 1000):
        signs = chance.integers(0, 2, size=(1000, len(gains))) * 2 - 1
        n_as_large += int((signs @ gains >= gains.sum() - 1e-12).sum())
    return (n_as_large + 1) / (_N_FLIPS + 1)
