"""How soon other processes see what a session writes, and what that takes.

    python -m tests.benchmarks.following [--libraries DIR] [N_SEGMENTS ...]

One process writes 256 segments every two seconds, as an indexing run does; another searches all
the time. ``seen_after_s`` is from the return of a commit to the end of the first search of a
gallery that holds it. ``changing`` are sessions that change or delete ten files. Libraries are
those of searching.py, and what is written stays in them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store.records import AssetRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import Modality
from tests.benchmarks.report import peak_memory_bytes, print_report
from tests.benchmarks.searching import WideEncoder, _asset, fill

_DIM = WideEncoder.spec.dim
_COMMITS = 8
_ROWS_A_COMMIT = 256
_EVERY_S = 2.0
_FEW = 10


def write(folder: Path) -> Iterator[dict[str, Any]]:
    """One session of commits; says when each had returned, by the clock of the machine."""
    first = int(np.random.default_rng().integers(10**9, 10**12))
    store = Store(folder, space=WideEncoder.spec.space, dim=_DIM)
    with store.writing():
        for commit in range(_COMMITS):
            started_s, busy_s = time.monotonic(), time.process_time()
            store.commit(*_rows(first + commit * _ROWS_A_COMMIT))
            yield {
                "generation": store.generation,
                "at_s": time.monotonic(),
                "processor_s": round(time.process_time() - busy_s, 3),
            }
            time.sleep(max(0.0, started_s + _EVERY_S - time.monotonic()))
    store.close()


def _rows(first: int) -> tuple[list[AssetRecord], list[SegmentRecord]]:
    vectors = np.random.default_rng(first).standard_normal((_ROWS_A_COMMIT, _DIM))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = range(first, first + _ROWS_A_COMMIT)
    segments = [
        SegmentRecord(f"c{place}", 0, Modality.IMAGE, None, vector.astype(np.float32))
        for place, vector in zip(places, vectors, strict=True)
    ]
    return [_asset(place, Modality.IMAGE) for place in places], segments


def change(folder: Path) -> dict[str, float]:
    """A session that deletes some files and changes others."""
    store = Store(folder, space=WideEncoder.spec.space, dim=_DIM)
    ids = list(store.gallery()[1].asset_ids)[-2 * _FEW :]
    started_s, busy_s = time.monotonic(), time.process_time()
    with store.writing():
        store.delete_assets(ids[:_FEW])
        assets = [_asset(int(one[1:]), Modality.IMAGE) for one in ids[_FEW:]]
        store.commit([replace(asset, mtime_ns=1) for asset in assets], [])
    store.close()
    return {
        "wall_s": round(time.monotonic() - started_s, 2),
        "processor_s": round(time.process_time() - busy_s, 2),
        "peak_memory_mb": round(peak_memory_bytes() / 1e6),
    }


def follow(folder: Path) -> dict[str, Any]:
    """Search while another process writes."""
    command = [sys.executable, "-m", "tests.benchmarks.following", "--write", str(folder)]
    with open_library(folder, encoder=WideEncoder(), settings=Settings()) as library:
        library.search("warm up")
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            seen_s: dict[int, float] = {}
            for generation, at_s in _seen(library, writer):
                seen_s.setdefault(generation, at_s)
            told = [json.loads(line) for line in writer.stdout or ()]
    after_s = [_first(seen_s, one["generation"]) - one["at_s"] for one in told]
    return {
        "seen_after_s": {
            "p50": round(statistics.median(after_s), 2),
            "most": round(max(after_s), 2),
        },
        "processor_s_a_commit": statistics.median(one["processor_s"] for one in told),
        "peak_memory_of_reader_mb": round(peak_memory_bytes() / 1e6),
    }


def _seen(library: Library, writer: subprocess.Popen[str]) -> Iterator[tuple[int, float]]:
    """The generations that searches saw, and when the first search of each had ended."""
    last = -1
    while writer.poll() is None:
        library.search("a red dog", limit=100)
        generation = library._answers.ready().generation
        if generation != last:
            last = generation
            yield generation, time.monotonic()
        time.sleep(0.02)
    library.search("a red dog", limit=100)
    yield library._answers.ready().generation, time.monotonic()


def _first(seen_s: dict[int, float], generation: int) -> float:
    return min(at_s for seen, at_s in seen_s.items() if seen >= generation)


def measure(n_segments: int, home: Path) -> dict[str, Any]:
    folder = home / f"library of {n_segments}"
    if not folder.exists():
        fill(folder, n_segments)
    return {"following": _alone("--follow", folder), "changing": _alone("--change", folder)}


def _alone(what: str, folder: Path) -> Any:
    """What this program says as a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.benchmarks.following", what, str(folder)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--libraries", type=Path)
    parser.add_argument("--write", type=Path, help="be the process that writes into a library")
    parser.add_argument("--follow", type=Path, help="be the process that searches meanwhile")
    parser.add_argument("--change", type=Path, help="be the process that changes a library")
    given = parser.parse_args()
    if given.write:
        for line in write(given.write):
            print(json.dumps(line), flush=True)
    elif given.follow:
        print(json.dumps(follow(given.follow)))
    elif given.change:
        print(json.dumps(change(given.change)))
    else:
        with tempfile.TemporaryDirectory() as work:
            home = given.libraries or Path(work)
            print_report({str(size): measure(size, home) for size in given.sizes})


if __name__ == "__main__":
    main()
