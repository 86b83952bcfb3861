"""Milliseconds of reading a query, and of its filters and composition in a large library.

python -m tests.benchmarks.language [N_ASSET]
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.concepts import N_CONCEPTS, Concepts
from mmsearch.expression import leaves
from mmsearch.fuse.compose import compose
from mmsearch.gallery import Gallery
from mmsearch.postings import no_postings
from mmsearch.query.understand import understand
from mmsearch.retrieve.facets import facets
from mmsearch.retrieve.filters import asset_mask
from mmsearch.types import Modality, Query
from tests.benchmarks.report import print_report
from tests.galleries import gallery_of

_ROOTS = {"root": Path("/home/me/files")}
_TODAY = date(2024, 5, 17)
TEXTS = {
    "words": "a dog on a beach",
    "plain words as filters": "videos of dogs from 2023 without people",
    "everything": '2:dog -"two people" type:video date:2023-05..2024 in:"my folder" (a OR b)',
    "10,000 words": "load " * 10_000,
    "50 alternatives": " OR ".join(["load"] * 50),
}
FILTERS = (
    "type:video",
    "ext:jpg,png",
    "date:2023-05..2024",
    "size:>5MB",
    "duration:<60",
    "camera:canon",
    "lang:python",
    "tag:dog",
    "in:holiday",
    "in:/home/me/files/7",
    "name:IMG_12",
    "name:*7?.jpg",
    "type:image in:holiday date:2023 size:>1MB -name:copy",
)
COMPOSED = ("dog", "dog -cat", "dog OR cat OR mouse")


def gallery(n_asset: int) -> Gallery:
    """Pictures of some folders, dates and cameras; vectors do not matter here."""
    chance = random.Random(1)
    folders = [f"{place}/{'holiday' if place % 50 == 0 else 'work'}" for place in range(2_000)]
    made = gallery_of(
        segments_per_content=[1] * n_asset,
        paths=[f"{chance.choice(folders)}/IMG_{place:06}.jpg" for place in range(n_asset)],
        kinds=chance.choices(list(Modality), k=n_asset),
        vectors=np.zeros((n_asset, 1), np.float32),
        sizes_bytes=[chance.randrange(10**7) for _ in range(n_asset)],
        days=[chance.randrange(15_000, 20_000) for _ in range(n_asset)],
        durations_ms=[chance.randrange(-1, 10**6) for _ in range(n_asset)],
    )
    cameras, languages = ["", "Canon EOS", "NIKON D90"], ["", "python", "rust"]
    codes = np.array(chance.choices(range(3), k=n_asset), np.int32)
    return replace(
        made,
        cameras=cameras,
        languages=languages,
        asset_camera=codes,
        asset_language=codes,
        concepts=_concepts(n_asset),
    )


def _concepts(n_segment: int) -> Concepts:
    """Words by chance, out of as many as there are for pictures and sounds."""
    vocabulary = ["dog", *(f"word {place}" for place in range(2_800))]
    places = np.random.default_rng(1).integers(0, len(vocabulary), (n_segment, N_CONCEPTS))
    return Concepts(vocabulary, "chance", places.astype(np.uint16), no_postings(n_segment))


def milliseconds(work: Callable[[], object], n_run: int = 30) -> float:
    """The median."""
    taken = []
    for _ in range(n_run):
        start_s = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start_s) * 1000)
    return round(statistics.median(taken), 3)


def measure(n_asset: int) -> dict[str, Any]:
    some = gallery(n_asset)
    figures: dict[str, Any] = {
        f"read: {name}": milliseconds(lambda text=text: understand(Query(text=text), _TODAY))
        for name, text in TEXTS.items()
    }
    for text in ("dog", *FILTERS):
        query = understand(Query(text=text), _TODAY).query
        figures[f"filter: {text}"] = milliseconds(
            lambda query=query: asset_mask(some, query, _ROOTS)
        )
    query = understand(Query(text="type:image"), _TODAY).query
    facets(some, query, _ROOTS)  # what is kept for later counts is made by the first
    figures["count all facets"] = milliseconds(lambda: facets(some, query, _ROOTS))
    figures["count all facets but the tags"] = milliseconds(
        lambda: facets(replace(some, concepts=None), query, _ROOTS)
    )
    figures["make ready to count tags"] = milliseconds(
        lambda: replace(some, vectors=some.vectors).concepts_by_content, n_run=5
    )
    logit = np.random.default_rng(1).normal(-5, 2, n_asset).astype(np.float32)
    for text in COMPOSED:
        wanted = understand(Query(text=text)).query.wanted
        assert wanted is not None
        values = [logit] * len(list(leaves(wanted)))
        figures[f"compose: {text}"] = milliseconds(
            lambda wanted=wanted, values=values: compose(wanted, values)
        )
    return {"assets": n_asset, "ms": figures}


def main() -> None:
    print_report(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))


if __name__ == "__main__":
    main()
