"""Things of many vectors: does Chamfer find a film that shows the same, and how near do fixed
encodings (MUVERA) come to it?

    python -m tests.benchmarks.multi_vector [--data ../shared/data] [--work .cache/hubness]

Films are made of photographs of Caltech-101: each shows three of its classes, in shots of four
frames that differ a little. Another film of the same three classes, of other photographs, asks for
it. Compared are the best pair of frames (what a search by example goes by), the product of the
means, and Chamfer. Then fixed encodings choose candidates, which Chamfer orders: how many of
Chamfer's own ten best are among them, and what it takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mmsearch.encode.mini.bundle import MiniEncoder, open_encoder
from mmsearch.rerank.chamfer import chamfer
from mmsearch.rerank.fixed_encoding import FixedEncoding
from mmsearch.types import F32
from tests.benchmarks.hubness import DATA
from tests.benchmarks.hubness_data import collections
from tests.benchmarks.report import print_report
from tests.rerank.scored_worlds import unit

_N_FILM, _N_CLASS, _N_FRAME, _NOISE = 400, 3, 4, 0.3
_CANDIDATES = (20, 50, 100)
_REPEATS = 5
_ONE_IN = 10
"""Of the films that ask, where encodings are compared."""
_ENCODINGS = {
    "2560": FixedEncoding(384, 4, 16, 10),
    "5120": FixedEncoding(384, 4, 16, 20),
    "10240": FixedEncoding(384, 5, 16, 20),
    "10240 to 1024": FixedEncoding(384, 5, 16, 20, 1024),
}


def films(data: Path, work: Path, encoder: MiniEncoder) -> tuple[list[F32], list[F32]]:
    """The vectors of films that ask, and of those that are asked for."""
    found = collections(data, work, encoder, with_code=False)["class names"]
    chance = np.random.default_rng(0)
    of_class = [np.flatnonzero(right) for right in found.right]
    asked, items = [], []
    for _ in range(_N_FILM):
        classes = chance.choice(len(of_class), _N_CLASS, replace=False)
        shots = [chance.permutation(of_class[one]) for one in classes]
        asked.append(found.items[np.concatenate([one[::2] for one in shots])])
        shown = np.repeat(np.concatenate([one[1::2] for one in shots]), _N_FRAME)
        noise = chance.standard_normal((len(shown), found.items.shape[1])) / np.sqrt(384)
        items.append(unit(found.items[shown] + _NOISE * noise))
    return asked, items


def reciprocal_rank(asked: list[F32], score: Callable[[F32], F32]) -> float:
    """Of the other half of the same file, the mean over all."""
    told = [score(one) for one in asked]
    return float(np.mean([1 / (1 + (one > one[n]).sum()) for n, one in enumerate(told)]))


def best_pair(query: F32, vectors: F32, starts: np.ndarray) -> F32:
    """The best product of any two vectors: (n_item,)."""
    return np.asarray(np.maximum.reduceat((vectors @ query.T).max(axis=1), starts))


def seconds(work: Callable[[], object]) -> float:
    """The shortest of some runs."""
    found = []
    for _ in range(_REPEATS):
        before_s = time.perf_counter()
        work()
        found.append(time.perf_counter() - before_s)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    options = parser.parse_args()
    encoder = open_encoder()
    assert isinstance(encoder, MiniEncoder)
    asked, items = films(options.data, options.work, encoder)
    vectors = np.concatenate(items)
    starts = np.cumsum([0, *map(len, items[:-1])])
    means = np.stack([one.mean(axis=0) for one in items])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    report: dict[str, dict[str, float]] = {
        "reciprocal rank of the film that shows the same": {
            "best pair": reciprocal_rank(asked, lambda one: best_pair(one, vectors, starts)),
            "means": reciprocal_rank(asked, lambda one: means @ one.mean(axis=0)),
            "Chamfer": reciprocal_rank(asked, lambda one: chamfer(one, vectors, starts)),
        },
        "size": {"films": len(items), "frames": len(vectors)},
    }
    asked = asked[::_ONE_IN]
    exact = [np.argsort(-chamfer(one, vectors, starts))[:10] for one in asked]
    exact_s = seconds(lambda: chamfer(asked[0], vectors, starts))
    for name, encoding in _ENCODINGS.items():
        before_s = time.perf_counter()
        encoded = encoding.of_items(vectors, starts)
        encoding_s = time.perf_counter() - before_s
        told = [encoded @ encoding.of_query(one) for one in asked]
        report[f"fixed encoding, {name}"] = {
            f"Chamfer's ten among {n}, %": 100 * _recall(told, exact, n) for n in _CANDIDATES
        } | {
            "encoding an item, ms": 1e3 * encoding_s / len(items),
            "times as fast as Chamfer": exact_s
            / seconds(lambda made=encoded, used=encoding: made @ used.of_query(asked[0])),
        }
    by_means = [means @ one.mean(axis=0) for one in asked]
    report["means"] = {
        f"Chamfer's ten among {n}, %": 100 * _recall(by_means, exact, n) for n in _CANDIDATES
    }
    print_report({name: {k: round(v, 3) for k, v in row.items()} for name, row in report.items()})


def _recall(told: list[F32], exact: list[np.ndarray], n: int) -> float:
    shares = [
        len(set(np.argsort(-scores)[:n].tolist()) & set(best.tolist())) / len(best)
        for scores, best in zip(told, exact, strict=True)
    ]
    return float(np.mean(shares))


if __name__ == "__main__":
    main()
