"""How much of a page a burst of fifty photographs takes, and what keeping it small costs.

    python -m tests.benchmarks.burst DATA WORK

Twenty photographs of Flickr8k become bursts: slightly turned and cropped. Each caption of one is
asked in a library with its burst, and every seventh caption of all in the library without.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.evaluate.tables import markdown_table
from mmsearch.fuse.diversity import diverse_order
from mmsearch.fuse.grouping import group_leaders
from mmsearch.settings import Settings
from mmsearch.types import F32, Frames, Modality
from tests.benchmarks.judged_vectors import read_vectors

_N_BURSTS, _IN_BURST, _PAGE = 20, 50, 20
_POOL, _SHOWN_OF_GROUP = 220, 2


def burst_of(path: Path, seed: int) -> F32:
    """The vectors of one photograph taken again and again: (_IN_BURST, dim)."""
    chance = np.random.default_rng(seed)
    picture = Image.open(path).convert("RGB")
    contents = []
    for _ in range(_IN_BURST):
        turned = picture.rotate(chance.uniform(-4, 4), resample=Image.Resampling.BICUBIC)
        left, top, right, bottom = chance.uniform(0.02, 0.12, 4)
        width_px, height_px = turned.size
        box = (left * width_px, top * height_px, (1 - right) * width_px, (1 - bottom) * height_px)
        contents.append(Frames(np.asarray(turned.resize((224, 224), box=box))[None]))
    return open_encoder().encode_contents(Modality.IMAGE, contents)


def page(logit: F32, vectors: F32, *, grouped: bool, diverse: bool) -> np.ndarray:
    """The places of a page, as searching/arranging.py fills it."""
    best = np.argsort(-logit, kind="stable")[:_POOL]
    similar = vectors[best] @ vectors[best].T
    first = np.arange(len(best))
    if grouped:
        kinds = np.zeros(len(best), np.uint8)
        least = Settings().duplicate_similarity
        leaders = group_leaders(best, kinds, similar, least=least)
        n_before = np.array([(leaders[:n] == leaders[n]).sum() for n in range(len(best))])
        first = first[n_before < _SHOWN_OF_GROUP]
    if diverse:
        first = first[diverse_order(logit[best[first]], similar[np.ix_(first, first)], _PAGE)]
    return np.asarray(best[first[:_PAGE]])


def main() -> None:
    data, work = map(Path, sys.argv[1:])
    read = read_vectors("flickr8k", data, work, Modality.IMAGE)
    vectors = np.stack([read.gallery.vectors[some.start] for some in read.segments])
    own = read.right.argmax(axis=1)
    chosen = np.linspace(0, len(vectors) - 1, _N_BURSTS).astype(int)
    bursts = {place: burst_of(read.paths[place], place) for place in chosen.tolist()}
    rows = []
    for grouped, diverse in ((False, False), (True, False), (False, True), (True, True)):
        how = {"grouped": grouped, "diverse": diverse}
        taken = []
        for place, burst in bursts.items():
            everything = np.concatenate([vectors, burst])
            for query in read.queries[own == place]:
                shown = page(everything @ query / read.scale, everything, **how)
                taken.append(((shown >= len(vectors)) | (shown == place)).sum())
        found = [
            np.flatnonzero(page(vectors @ query / read.scale, vectors, **how) == right)
            for query, right in zip(read.queries[::7], own[::7], strict=True)
        ]
        recalls = [f"{np.mean([len(one) and one[0] < k for one in found]):.3f}" for k in (1, 5, 10)]
        names = ["yes" if one else "no" for one in (grouped, diverse)]
        rows.append([*names, f"{np.mean(taken):.1f}", f"{max(taken)}", *recalls])
    head = ["grouped", "diverse", f"burst takes of {_PAGE}", "at most", "R@1", "R@5", "R@10"]
    print(markdown_table(head, rows))


if __name__ == "__main__":
    main()
