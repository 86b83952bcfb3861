"""What reranking by neighbours is worth for example pictures (rerank/superglobal.py).

    python -m tests.benchmarks.examples DATA WORK

Each picture of Caltech-101 is an example for the others of its class.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from mmsearch.evaluate.tables import markdown_table
from mmsearch.rerank.superglobal import N_CANDIDATES, superglobal
from mmsearch.types import F32, Modality
from tests.benchmarks.judged_vectors import mean_precision, read_vectors


def reranked(cosines: F32, example: F32, vectors: F32, n_expanded: int) -> F32:
    """Scores that put the best candidates into their new order, and the rest below."""
    best = np.argsort(-cosines, kind="stable")[:N_CANDIDATES]
    scores = cosines.copy()
    scores[best] = 10 + superglobal(example, vectors[best], n_expanded=n_expanded)
    return scores


def main() -> None:
    read = read_vectors("caltech101", *map(Path, sys.argv[1:]), Modality.IMAGE)
    vectors = np.stack([read.gallery.vectors[some.start] for some in read.segments])
    label = read.right.argmax(axis=0)
    rows = []
    for name, n_expanded in (("cosine", None), ("1", 1), ("3", 3), ("5", 5), ("10", 10)):
        precisions, firsts = [], []
        for number, example in enumerate(vectors):
            scores = vectors @ example
            if n_expanded is not None:
                scores = reranked(scores, example, vectors, n_expanded)
            others = np.flatnonzero(np.arange(len(vectors)) != number)
            right = label[others] == label[number]
            precisions.append(mean_precision(scores[others], right))
            firsts.append(right[scores[others].argmax()])
        rows.append([name, f"{np.mean(precisions):.3f}", f"{np.mean(firsts):.3f}"])
    print(markdown_table(["expanded by the best", "mAP", "first right"], rows))


if __name__ == "__main__":
    main()
