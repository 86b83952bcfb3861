"""Milliseconds of a search in libraries of growing size, beside the bare matrix product.

    python -m tests.benchmarks.searching [N_SEGMENTS …]

The vectors are random; exact search does not care. ``library_ms`` is everything after the
query's embedding: filters, grouping, ranking, the hits themselves.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.library import open_library
from mmsearch.settings import Settings
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import EncoderSpec, Modality
from tests.benchmarks.report import peak_memory_bytes, print_report
from tests.conftest import FakeEncoder

_DIM = 384
_ROWS_A_COMMIT = 20_000


class WideEncoder(FakeEncoder):
    """The encoder without weights, as wide as the embedded one."""

    spec = EncoderSpec("fake", "wide", _DIM, tuple(Modality), image_px=32)


def fill(folder: Path, n_segments: int) -> None:
    """Write a library of pictures, one segment each."""
    generator = np.random.default_rng(1)
    store = Store(folder, space=WideEncoder.spec.space, dim=_DIM)
    with store.writing():
        store.put_roots([RootRecord("root", str(folder.parent))])
        for start in range(0, n_segments, _ROWS_A_COMMIT):
            places = range(start, min(start + _ROWS_A_COMMIT, n_segments))
            vectors = generator.standard_normal((len(places), _DIM)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            segments = [
                SegmentRecord(f"c{place}", 0, Modality.IMAGE, None, vector)
                for place, vector in zip(places, vectors, strict=True)
            ]
            store.commit([_asset(place) for place in places], segments)
    store.close()


def _asset(place: int) -> AssetRecord:
    return AssetRecord(
        f"a{place}",
        "root",
        f"folder {place // 500}/picture {place}.jpg",
        "image",
        1000,
        0,
        f"c{place}",
        INDEXED,
        space=WideEncoder.spec.space,
    )


def measure(n_segments: int) -> dict[str, Any]:
    """Opening, searching, and the matrix product alone."""
    encoder = WideEncoder()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "library"
        fill(folder, n_segments)
        disk_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        with open_library(folder, encoder=encoder, settings=Settings()) as library:
            started_s = time.perf_counter()
            library.search("warm up")
            open_s = time.perf_counter() - started_s
            whole = _milliseconds(lambda: library.search("a red dog", limit=100))
            filtered = _milliseconds(
                lambda: library.search("a red dog", extensions=("jpg",), limit=100)
            )
            gallery, _ = library._current()
            query = encoder.encode_texts(["a red dog"])[0]
            bare = _milliseconds(lambda: gallery.vectors @ query)
    return {
        "open_and_first_search_s": round(open_s, 2),
        "library_ms": whole,
        "library_filtered_by_extension_ms": filtered,
        "matrix_product_ms": bare,
        "disk_bytes_a_segment": round(disk_bytes / n_segments),
    }


def _milliseconds(action: Callable[[], Any]) -> dict[str, float]:
    took_ms = []
    for _ in range(21):
        started_s = time.perf_counter()
        action()
        took_ms.append((time.perf_counter() - started_s) * 1000)
    return {
        "p50": round(statistics.median(took_ms), 1),
        "p95": round(statistics.quantiles(took_ms, n=20)[-1], 1),
    }


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]
    figures: dict[str, Any] = {str(size): measure(size) for size in sizes}
    figures["peak_memory_mb"] = round(peak_memory_bytes() / 1e6)
    print_report(figures)


if __name__ == "__main__":
    main()
