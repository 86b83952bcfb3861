"""What learning from names is worth, and whether its own check says so.

    python -m tests.benchmarks.adapt [--data ../shared/data] [--work .cache/hubness]

Dev data only. Halves: learned from the names of one half of the pictures, asked for the other half
among all pictures, both ways round; cosines less what the guard chose, as in a search. Of Flickr8k
the captions are names; of Caltech-101 class names, which come again, asked for mAP of the pictures
that were not learned. ``others`` is R@1 of Flickr8k's captions with what Caltech-101 taught: what
it costs sentences that are not like the names. With permuted names nothing is to be learned. "kept"
is what the check said of each half, from that half alone. "words" are moves of words, fitted to
what the reranker of pictures sees; in the pictures of one half, or in all, which are in the library
whether anybody named them or not.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.held_out import Verdict, judge, learned
from mmsearch.adapt.named import WAYS, Named, Way
from mmsearch.adapt.residual import Ints, Pairs
from mmsearch.adapt.word_residual import Teacher
from mmsearch.encode.banks import shipped_banks
from mmsearch.encode.mini.bundle import MiniEncoder, open_encoder
from mmsearch.types import F32, Modality
from tests.benchmarks.hubness import DATA, raw_and_guarded
from tests.benchmarks.hubness_data import Collection, collections
from tests.benchmarks.report import print_report
from tests.benchmarks.rerank import kept_features, texts_and_paths

_N_SHUFFLED = 20
_SEED = 0


class Bench:
    """One collection in halves."""

    def __init__(
        self, items: Collection, terms: F32, others: F32, tokens: tuple[Ints, ...], seen: Teacher
    ) -> None:
        self.items, self.terms, self.others = items, terms, others
        self.tokens, self.seen = tokens, seen
        chance = np.random.default_rng(_SEED)
        self.half = chance.permutation(len(items.items)) % 2

    def named(self, half: int, *, with_terms: bool = True, all_seen: bool = False) -> Named:
        """What the sentences of a half's items name, and what is seen in these or in all."""
        items = self.items
        text_of, item_of = np.nonzero(items.right)
        terms = self.terms if with_terms else np.zeros_like(self.terms)
        every = Pairs(items.queries, items.items, terms, text_of, item_of, self.others)
        teacher = self.seen if all_seen else self.seen.without(self.half != half)
        asked = np.unique(text_of[self.half[item_of] == half])
        own = np.flatnonzero(self.half == half)
        places = np.full(len(self.half) + 1, -1)
        places[own] = np.arange(len(own))
        teacher = replace(teacher, item_of=places[teacher.item_of])
        return Named(
            every.part(self.half == half), tuple(self.tokens[text] for text in asked), teacher
        )

    def shuffled(self, half: int, chance: np.random.Generator) -> Verdict:
        """The verdict where names are anybody's."""
        named = self.named(half)
        item_of = chance.permutation(len(named.pairs.items))[named.pairs.item_of]
        return judge(replace(named, pairs=replace(named.pairs, item_of=item_of)))

    def quality(self, half: int, adapter: Adapter | None, *, with_terms: bool) -> float:
        """Of a half's items: R@1 among all items, or mAP among those not learned; in points."""
        wanted = self.half == half
        items = self.items
        queries = items.queries
        if adapter is not None:
            queries = adapter.bend(queries, self.tokens)
        scores = queries @ items.items.T - (self.terms if with_terms else 0)
        asked = items.right[:, wanted].any(axis=1)
        if items.measure == "R@1":
            return 100 * float(items.right[asked, scores[asked].argmax(axis=1)].mean())
        part = items.part(np.flatnonzero(wanted))
        return 100 * part.quality(scores[asked][:, wanted])


def in_halves(
    bench: Bench, way: Way, *, with_terms: bool = True, all_seen: bool = False
) -> dict[str, Any]:
    """Before and after, the mean of both ways round."""
    before, after, seconds = [], [], []
    for half in (0, 1):
        started_s = time.perf_counter()
        adapter = learned(bench.named(half, with_terms=with_terms, all_seen=all_seen), way)
        seconds.append(time.perf_counter() - started_s)
        before.append(bench.quality(1 - half, None, with_terms=with_terms))
        after.append(bench.quality(1 - half, adapter, with_terms=with_terms))
    change = np.mean(after) - np.mean(before)
    return {
        "before": round(float(np.mean(before)), 2),
        "after": round(float(np.mean(after)), 2),
        "change": round(float(change), 2),
        "seconds_to_learn": round(float(np.mean(seconds)), 1),
    }


def cosines_of_right(bench: Bench, way: Way) -> dict[str, float]:
    """What calibration looks at: cosines of right pairs and of all, of the half not learned."""
    adapter = learned(bench.named(0), way)
    right = bench.items.right & (bench.half != 0)
    found = {}
    for name, queries in (
        ("before", bench.items.queries),
        ("after", adapter.bend(bench.items.queries, bench.tokens)),
    ):
        cosines = queries @ bench.items.items.T
        found[f"right {name}"] = round(float(cosines[right].mean()), 3)
        found[f"all {name}"] = round(float(cosines.mean()), 3)
        found[f"spread of all {name}"] = round(float(cosines.std()), 3)
    return found


def report(bench: Bench) -> dict[str, Any]:
    chance = np.random.default_rng(_SEED)
    shuffled = [bench.shuffled(0, chance) for _ in range(_N_SHUFFLED)]
    verdicts = [judge(bench.named(half)) for half in (0, 1)]
    return {
        "measure": bench.items.measure,
        "names": in_halves(bench, "names"),
        "names, raw cosines": in_halves(bench, "names", with_terms=False),
        "words": in_halves(bench, "words"),
        "words, all pictures seen": in_halves(bench, "words", all_seen=True),
        "both": in_halves(bench, "both"),
        "kept": [one.is_better for one in verdicts],
        "best way": [one.way for one in verdicts],
        "reasons": [one.reason for one in verdicts],
        "cosines, names": cosines_of_right(bench, "names"),
        "cosines, words": cosines_of_right(bench, "words"),
        f"kept of {_N_SHUFFLED} with permuted names": sum(one.is_better for one in shuffled),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    options = parser.parse_args()
    encoder = open_encoder()
    banks = shipped_banks(encoder.spec)
    assert isinstance(encoder, MiniEncoder)
    network = encoder.open_picture_words()
    found = collections(options.data, options.work, encoder, with_code=False)
    asked = texts_and_paths(options.data)
    benches = {}
    for name in ("captions", "class names"):
        raw, after, _ = raw_and_guarded(found[name], banks, encoder.spec)
        terms = np.asarray((raw - after)[0], np.float32)
        texts, paths = asked[name]
        tokens = tuple(np.array(encoder.token_ids(text), np.int64) for text in texts)
        features = kept_features(network, paths, options.work / f"mirrored {name}.npy")
        seen = Teacher(
            network.pieces,
            network.weight,
            found[name].items,
            network.evidence(features),
            np.arange(len(paths)),
        )
        others = banks.queries["text", Modality.IMAGE]
        benches[name] = Bench(found[name], terms, others, tokens, seen)
    figures = {bench.items.name: report(bench) for bench in benches.values()}
    captions, names = benches["captions"], benches["class names"]
    figures["others"] = {"before": round(captions.quality(0, None, with_terms=True), 2)}
    for way in WAYS:
        adapter = learned(names.named(0), way)
        figures["others"][way] = round(captions.quality(0, adapter, with_terms=True), 2)
    print_report(figures)


if __name__ == "__main__":
    main()
