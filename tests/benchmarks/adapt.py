"""What learning from names is worth, and whether its own check says so.

    python -m tests.benchmarks.adapt [--data ../shared/data] [--work .cache/hubness]

Dev data only. Halves: learned from the names of one half of the pictures, asked for the other half
among all pictures, both ways round; cosines less what the guard chose, as in a search. Of Flickr8k
the captions are names; of Caltech-101 class names, which come again, asked for mAP of the pictures
that were not learned. ``others`` is R@1 of Flickr8k's captions with what Caltech-101 taught: what
it costs sentences that are not like the names. With permuted names nothing is to be learned. "kept"
is what the check said of each half, from that half alone.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.adapt.held_out import Verdict, judge
from mmsearch.adapt.residual import Pairs, adapted, learn
from mmsearch.encode.banks import shipped_banks
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.types import F32, Modality
from tests.benchmarks.hubness import DATA, raw_and_guarded
from tests.benchmarks.hubness_data import Collection, collections
from tests.benchmarks.report import print_report

_N_SHUFFLED = 20
_SEED = 0


class Bench:
    """One collection in halves."""

    def __init__(self, items: Collection, terms: F32, others: F32) -> None:
        self.items, self.terms, self.others = items, terms, others
        chance = np.random.default_rng(_SEED)
        self.half = chance.permutation(len(items.items)) % 2

    def pairs(self, half: int, *, with_terms: bool = True) -> Pairs:
        """What the sentences of a half's items name."""
        items = self.items
        text_of, item_of = np.nonzero(items.right)
        terms = self.terms if with_terms else np.zeros_like(self.terms)
        every = Pairs(items.queries, items.items, terms, text_of, item_of, self.others)
        return every.part(self.half == half)

    def learned(self, half: int, *, with_terms: bool) -> F32:
        return learn(self.pairs(half, with_terms=with_terms))

    def shuffled(self, half: int, chance: np.random.Generator) -> Verdict:
        """The verdict where names are anybody's."""
        pairs = self.pairs(half)
        return judge(replace(pairs, item_of=chance.permutation(len(pairs.items))[pairs.item_of]))

    def quality(self, half: int, residual: F32 | None, *, with_terms: bool) -> float:
        """Of a half's items: R@1 among all items, or mAP among those not learned; in points."""
        wanted = self.half == half
        items = self.items
        queries = items.queries if residual is None else adapted(items.queries, residual)
        scores = queries @ items.items.T - (self.terms if with_terms else 0)
        asked = items.right[:, wanted].any(axis=1)
        if items.measure == "R@1":
            return 100 * float(items.right[asked, scores[asked].argmax(axis=1)].mean())
        part = items.part(np.flatnonzero(wanted))
        return 100 * part.quality(scores[asked][:, wanted])


def in_halves(bench: Bench, *, with_terms: bool) -> dict[str, Any]:
    """Before and after, the mean of both ways round."""
    before, after, seconds = [], [], []
    for half in (0, 1):
        started_s = time.perf_counter()
        residual = bench.learned(half, with_terms=with_terms)
        seconds.append(time.perf_counter() - started_s)
        before.append(bench.quality(1 - half, None, with_terms=with_terms))
        after.append(bench.quality(1 - half, residual, with_terms=with_terms))
    change = np.mean(after) - np.mean(before)
    return {
        "before": round(float(np.mean(before)), 2),
        "after": round(float(np.mean(after)), 2),
        "change": round(float(change), 2),
        "seconds_to_learn": round(float(np.mean(seconds)), 1),
    }


def cosines_of_right(bench: Bench, half: int) -> dict[str, float]:
    """What calibration looks at: cosines of right pairs and of all, of the half not learned."""
    residual = bench.learned(half, with_terms=True)
    right = bench.items.right & (bench.half != half)
    found = {}
    for name, queries in (
        ("before", bench.items.queries),
        ("after", adapted(bench.items.queries, residual)),
    ):
        cosines = queries @ bench.items.items.T
        found[f"right {name}"] = round(float(cosines[right].mean()), 3)
        found[f"all {name}"] = round(float(cosines.mean()), 3)
        found[f"spread of all {name}"] = round(float(cosines.std()), 3)
    return found


def report(bench: Bench) -> dict[str, Any]:
    chance = np.random.default_rng(_SEED)
    shuffled = [bench.shuffled(0, chance) for _ in range(_N_SHUFFLED)]
    verdicts = [judge(bench.pairs(half)) for half in (0, 1)]
    return {
        "measure": bench.items.measure,
        "with terms": in_halves(bench, with_terms=True),
        "raw cosines": in_halves(bench, with_terms=False),
        "kept": [one.is_better for one in verdicts],
        "reasons": [one.reason for one in verdicts],
        "cosines": cosines_of_right(bench, 0),
        f"kept of {_N_SHUFFLED} with permuted names": sum(one.is_better for one in shuffled),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    options = parser.parse_args()
    encoder = open_encoder()
    banks = shipped_banks(encoder.spec)
    found = collections(options.data, options.work, encoder, with_code=False)
    benches = {}
    for name in ("captions", "class names"):
        raw, after, _ = raw_and_guarded(found[name], banks, encoder.spec)
        terms = np.asarray((raw - after)[0], np.float32)
        benches[name] = Bench(found[name], terms, banks.queries["text", Modality.IMAGE])
    figures = {bench.items.name: report(bench) for bench in benches.values()}
    captions, names = benches["captions"], benches["class names"]
    residual = names.learned(0, with_terms=True)
    figures["others"] = {
        "before": round(captions.quality(0, None, with_terms=True), 2),
        "after": round(captions.quality(0, residual, with_terms=True), 2),
    }
    print_report(figures)


if __name__ == "__main__":
    main()
