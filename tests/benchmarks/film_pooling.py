"""How the shots of a film become one score: the ranking of films by each way of pooling.

    python -m tests.benchmarks.film_pooling DATA WORK [videos moments]

mean: one mean vector a film. medoids: the best of the k shots that stand for it (CenterCLIP).
query-weighted: the cosine to the mean of the shots weighed by a softmax of their own cosines
(X-Pool without training; temperature 0.01 is the paper's). max: the best shot, which is shipped.
events: the best of the means of neighbouring shots that look alike (as MeVTR).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from mmsearch.evaluate.tables import markdown_table
from mmsearch.fuse.medoids import medoids
from mmsearch.types import F32, Modality
from tests.benchmarks.judged_vectors import JudgedVectors, ranks, read_vectors

Pooling = Callable[[F32, F32], F32]
"""(queries (n_query, dim), shots (n_shot, dim)) -> scores (n_query,)"""


def by_max(queries: F32, shots: F32) -> F32:
    return np.asarray((queries @ shots.T).max(axis=1))


def by_mean(queries: F32, shots: F32) -> F32:
    mean = shots.mean(axis=0)
    return np.asarray(queries @ (mean / np.linalg.norm(mean)))


def by_medoids(queries: F32, shots: F32, *, n_medoids: int) -> F32:
    return by_max(queries, shots[medoids(shots, n_medoids)])


def by_weights(queries: F32, shots: F32, *, temperature: float) -> F32:
    cosines = queries @ shots.T
    weights = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / temperature)
    pooled = weights @ shots
    return np.asarray((queries * pooled).sum(axis=1) / np.linalg.norm(pooled, axis=1))


def by_events(queries: F32, shots: F32, *, alike: float) -> F32:
    is_cut = np.einsum("nd,nd->n", shots[1:], shots[:-1]) < alike
    events = np.add.reduceat(shots, np.concatenate([[0], np.flatnonzero(is_cut) + 1]))
    return by_max(queries, events / np.linalg.norm(events, axis=1, keepdims=True))


POOLINGS: dict[str, Pooling] = {
    "mean": by_mean,
    "medoids, 1": partial(by_medoids, n_medoids=1),
    "medoids, 2": partial(by_medoids, n_medoids=2),
    "medoids, 4": partial(by_medoids, n_medoids=4),
    "query-weighted, 0.01": partial(by_weights, temperature=0.01),
    "query-weighted, 0.03": partial(by_weights, temperature=0.03),
    "query-weighted, 0.1": partial(by_weights, temperature=0.1),
    "events, 0.7": partial(by_events, alike=0.7),
    "max": by_max,
}


def table(read: JudgedVectors) -> str:
    """Films of one folder compete with each other."""
    folder_of = [one.parent.parent.name for one in read.paths]
    rows = []
    for name, pooling in POOLINGS.items():
        scores = [pooling(read.queries, read.gallery.vectors[some]) for some in read.segments]
        for folder in sorted(set(folder_of)):
            films = np.array([one == folder for one in folder_of])
            asked = read.right[:, films].any(axis=1) & _is_over_all(read)
            rank = ranks(np.stack(scores, axis=1)[asked][:, films], read.right[asked][:, films])
            recalls = [f"{np.mean(rank <= k):.3f}" for k in (1, 5, 10)]
            rows.append([folder, name, f"{len(rank)}", *recalls, f"{np.mean(1 / rank):.3f}"])
    head = ["films", "pooling", "queries", "R@1", "R@5", "R@10", "MRR"]
    return markdown_table(head, sorted(rows, key=lambda row: row[0]))


def _is_over_all(read: JudgedVectors) -> np.ndarray:
    """Queries within one film rank nothing."""
    return np.array(["of its film" not in one.row for one in read.judged])


def main() -> None:
    data, work, *names = sys.argv[1:]
    for name in names or ["videos", "moments"]:
        print(f"{name}\n\n{table(read_vectors(name, Path(data), Path(work), Modality.VIDEO))}\n")


if __name__ == "__main__":
    main()
