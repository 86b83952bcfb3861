"""What one to three clicks are worth: each way of feedback with simulated verdicts.

    python -m tests.benchmarks.feedback DATA WORK

Caltech-101, a class is looked for by its name: the first right ones of a page of 20 are liked, or
the first wrong ones disliked where too few are right. Flickr8k, one photograph is looked for by a
caption: of the ten best others, those whose captions are most like its captions are liked; and
the same with the least like one disliked. What was clicked does not count, before or after.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.evaluate.tables import markdown_table
from mmsearch.rerank.feedback import METHODS, Judged
from mmsearch.types import F32, Modality
from tests.benchmarks.judged_vectors import JudgedVectors, mean_precision, read_vectors

_PAGE = 20
_OTHERS = 100
_EVERY_NTH_CAPTION = 15


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A query, what is right, and what was clicked."""

    query: F32
    right: NDArray[np.bool_]
    liked: list[int]
    disliked: list[int]


def classes(read: JudgedVectors, vectors: F32, n_clicks: int) -> Iterator[Case]:
    for query, right in zip(read.queries, read.right, strict=True):
        page = np.argsort(-(vectors @ query), kind="stable")[:_PAGE]
        liked = page[right[page]][:n_clicks].tolist()
        disliked = page[~right[page]][: n_clicks - len(liked)].tolist()
        yield Case(query, right, liked, disliked)


def photographs(
    read: JudgedVectors, vectors: F32, n_clicks: int, *, with_dislike: bool
) -> Iterator[Case]:
    meaning = np.stack([read.queries[mine].mean(axis=0) for mine in read.right.T])
    for number in range(0, len(read.queries), _EVERY_NTH_CAPTION):
        query, right = read.queries[number], read.right[number]
        own = right.argmax()
        others = np.flatnonzero(read.right[:, own] & (np.arange(len(read.queries)) != number))
        page = np.argsort(-(vectors @ query), kind="stable")[:11]
        page = page[~right[page]][:10]
        order = np.argsort(-(meaning[page] @ read.queries[others].mean(axis=0)), kind="stable")
        ranked = page[order].tolist()
        n_liked = max(1, n_clicks - with_dislike)
        yield Case(query, right, ranked[:n_liked], ranked[-1:] if with_dislike else [])


def before_and_after(case: Case, vectors: F32, scale: float, method: str) -> tuple[float, float]:
    """Average precision among what was not clicked; of one right answer that is 1 / rank."""
    cosines = vectors @ case.query
    clicked = [*case.liked, *case.disliked]
    best = np.argsort(-cosines, kind="stable")[:_OTHERS]
    others = np.setdiff1d(best, clicked)
    places = np.concatenate([np.array(clicked, int), others])
    verdict = np.repeat([1, -1, 0], [len(case.liked), len(case.disliked), len(others)])
    logit = (cosines / scale).astype(np.float32)
    same = np.full(len(places), scale, np.float32)
    judged = Judged(vectors[places], logit[places], same, verdict.astype(np.int8))
    refined = cosines + vectors @ METHODS.get(method)(judged)
    rest = np.setdiff1d(np.arange(len(vectors)), clicked)
    if not case.right[rest].any():
        return np.nan, np.nan
    right = case.right[rest]
    return mean_precision(cosines[rest], right), mean_precision(refined[rest], right)


def main() -> None:
    data, work = map(Path, sys.argv[1:])
    things = read_vectors("caltech101", data, work, Modality.IMAGE)
    photos = read_vectors("flickr8k", data, work, Modality.IMAGE)
    rows = []
    for name, read in (("class, mAP", things), ("photograph, MRR", photos)):
        vectors = np.stack([read.gallery.vectors[some.start] for some in read.segments])
        for n_clicks in (1, 2, 3):
            for method in METHODS:
                if read is things:
                    sorts = {name: classes(read, vectors, n_clicks)}
                else:
                    sorts = {
                        name: photographs(read, vectors, n_clicks, with_dislike=False),
                        f"{name}, one disliked": photographs(
                            read, vectors, n_clicks, with_dislike=True
                        ),
                    }
                for sort, cases in sorts.items():
                    pairs = [before_and_after(one, vectors, read.scale, method) for one in cases]
                    before, after = np.nanmean(pairs, axis=0)
                    figures = [f"{before:.3f}", f"{after:.3f}", f"{after - before:+.3f}"]
                    rows.append([sort, str(n_clicks), method, *figures])
    print(markdown_table(["looked for", "clicks", "method", "before", "after", "change"], rows))


if __name__ == "__main__":
    main()
