"""How much of what the reranker likes best a few calls find: AXN, ANNCUR and the first of the list.

    python -m tests.benchmarks.budgeted_search [--data ../shared/data] [--work .cache/hubness]
        [--dims 384 64 16]

The slow scorer is the embedded reranker, by itself and added to the first stage, over the 2,200
pictures of Flickr8k dev and Caltech-101 together. Asked are captions of half of Flickr8k's
pictures; captions of the other half are the anchor queries of ANNCUR. Recall is the share of the
scorer's own ten best pictures among the ten that a search ranks first. ``--dims`` makes the first
stage worse: it, and AXN, know only so many principal directions of its vectors.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from mmsearch.encode.mini.bundle import MiniEncoder, open_encoder
from mmsearch.rerank.anncur import adaptive_anncur, anncur
from mmsearch.rerank.axn import axn
from tests.benchmarks.hubness import DATA
from tests.benchmarks.hubness_data import collections
from tests.benchmarks.report import print_report
from tests.benchmarks.rerank import kept_features, texts_and_paths, told_by
from tests.rerank.scored_worlds import Search, World, unit

_N_QUERY, _N_ANCHOR = 50, 300
_CALLS = (50, 100, 200)


def embedded_worlds(data: Path, work: Path, encoder: MiniEncoder) -> dict[str, World]:
    """The scores of the embedded reranker, and the vectors of `mini`, by what the scorer is."""
    words, found = encoder.open_picture_words(), collections(data, work, encoder, with_code=False)
    both = texts_and_paths(data)
    features = np.concatenate(
        [
            kept_features(words, paths, work / f"mirrored {name}.npy")
            for name, (_, paths) in both.items()
        ]
    )
    items = np.concatenate([found[name].items for name in both])
    # The first caption of every picture: those of even places are asked, the others are anchors.
    texts, queries = both["captions"][0][::5], found["captions"].queries[::5]
    asked = np.r_[0 : 2 * _N_QUERY : 2, 1 : 2 * _N_ANCHOR : 2]
    told = told_by(words, [texts[place] for place in asked], features)
    both_stages = (queries[asked] @ items.T + told).astype(np.float32)
    return {
        name: World(scores[_N_QUERY:], scores[:_N_QUERY], items, queries[asked[:_N_QUERY]])
        for name, scores in (("reranker alone", told), ("with the first stage", both_stages))
    }


def with_fewer_dims(world: World, dim: int) -> World:
    """The same scorer over a first stage that knows ``dim`` principal directions of its items."""
    directions = np.linalg.svd(world.items, full_matrices=False)[2][:dim].T
    return replace(
        world, items=unit(world.items @ directions), queries=unit(world.queries @ directions)
    )


def ways(world: World, n_call: int) -> dict[str, Search]:
    """The searches by their names."""

    def mixed(mix: float | None) -> Search:
        return lambda number, score: axn(world.queries[number], world.items, score, n_call, mix=mix)

    return {
        "first of the list": world.plain(n_call),
        "AXN": mixed(None),
        "AXN, mix 0": mixed(0.0),
        "ANNCUR": lambda number, score: anncur(
            world.anchors, world.first[number], score, n_call, n_anchor_item=n_call // 2
        ),
        "ANNCUR, adaptive": lambda number, score: adaptive_anncur(
            world.anchors, world.first[number], score, n_call
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    parser.add_argument("--dims", type=int, nargs="+", default=[384, 64, 16])
    options = parser.parse_args()
    encoder = open_encoder()
    assert isinstance(encoder, MiniEncoder)
    report = {
        f"{scorer}, {dim} dimensions, {n_call} calls": {
            name: round(100 * world.recall(search), 1)
            for name, search in ways(with_fewer_dims(world, dim), n_call).items()
        }
        for scorer, world in embedded_worlds(options.data, options.work, encoder).items()
        for dim in options.dims
        for n_call in _CALLS
    }
    print_report(report)


if __name__ == "__main__":
    main()
