"""How well the map of a library keeps neighbours, and how long it takes to draw.

python -m tests.benchmarks.library_map LIBRARY
python -m tests.benchmarks.library_map --points 20000
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from mmsearch.present.library_map import file_vectors, map_rows
from mmsearch.present.map_layout import plane_layout, principal_components
from mmsearch.types import F32
from tests.oracles.neighbours import neighbours_kept


def library_vectors(path: Path) -> F32:
    from mmsearch.library import open_library

    with open_library(path, create=False) as library:
        drawn = library.library_map()
        return file_vectors(drawn.gallery, map_rows(drawn.gallery)[0])


def random_vectors(n: int, dim: int = 256, n_topic: int = 200) -> F32:
    random = np.random.default_rng(0)
    topics = random.standard_normal((n_topic, dim))
    noise = random.standard_normal((n, dim))
    vectors = (0.6 * topics[random.integers(0, n_topic, n)] + noise).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("--points", type=int, default=20_000)
    options = parser.parse_args()
    vectors = (
        library_vectors(options.library) if options.library else random_vectors(options.points)
    )
    begun_s = time.perf_counter()
    plane = plane_layout(vectors)
    print(f"{len(vectors)} points in {time.perf_counter() - begun_s:.2f} s")
    chosen = np.random.default_rng(0).permutation(len(vectors))[:500]
    for name, found in (("components", principal_components(vectors, 2)), ("map", plane)):
        print(f"{name}: {neighbours_kept(vectors, found, chosen):.3f} of 10 neighbours in 50")


if __name__ == "__main__":
    main()
