"""Milliseconds of a search in libraries of growing size, beside the bare matrix product.

    python -m tests.benchmarks.searching [N_SEGMENTS …]

The vectors are random; exact search does not care. ``library_ms`` is everything after the
query's embedding: filters, grouping, ranking, the hits themselves. ``code`` is the same for a
library of code, whose words are searched too, from the snapshot and from the database.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.library import open_library
from mmsearch.retrieve.lexical import lexical
from mmsearch.settings import Settings
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import EncoderSpec, Modality
from tests.benchmarks.report import peak_memory_bytes, print_report
from tests.conftest import FakeEncoder

_DIM = 384
_ROWS_A_COMMIT = 20_000
_N_WORDS = 20_000
_WORDS_A_SEGMENT = 60
_COMMON_AND_RARE = (1, 2, 5, 20, 100, 500, 3000, 10_000)


class WideEncoder(FakeEncoder):
    """The encoder without weights, as wide as the embedded one."""

    spec = EncoderSpec("fake", "wide", _DIM, tuple(Modality), image_px=32)


def fill(folder: Path, n_segments: int, kind: Modality = Modality.IMAGE) -> None:
    """Write a library of pictures or of code, one segment each."""
    words = _words(n_segments) if kind is Modality.CODE else [None] * n_segments
    generator = np.random.default_rng(1)
    store = Store(folder, space=WideEncoder.spec.space, dim=_DIM)
    with store.writing():
        store.put_roots([RootRecord("root", str(folder.parent))])
        for start in range(0, n_segments, _ROWS_A_COMMIT):
            places = range(start, min(start + _ROWS_A_COMMIT, n_segments))
            vectors = generator.standard_normal((len(places), _DIM)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            segments = [
                SegmentRecord(f"c{place}", 0, kind, None, vector, words[place])
                for place, vector in zip(places, vectors, strict=True)
            ]
            store.commit([_asset(place, kind) for place in places], segments)
    store.close()


def _words(n_segments: int, *, words_a_segment: int = _WORDS_A_SEGMENT) -> list[str]:
    """As in language: the n-th word is met a n-th as often as the first."""
    chance = random.Random(1)
    words = [_word(place) for place in range(1, _N_WORDS + 1)]
    often = list(itertools.accumulate(1 / place for place in range(1, _N_WORDS + 1)))
    return [
        " ".join(chance.choices(words, cum_weights=often, k=words_a_segment))
        for _ in range(n_segments)
    ]


def _word(number: int) -> str:
    """A word that stays as it is when it is made comparable."""
    return "w" + "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "k"


def _asset(place: int, kind: Modality) -> AssetRecord:
    return AssetRecord(
        f"a{place}",
        "root",
        f"folder {place // 500}/picture {place}.jpg",
        kind.value,
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
        "code": measure_code(n_segments),
    }


def measure_code(n_segments: int) -> dict[str, Any]:
    """Searching by words and vectors, and the words alone."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "library"
        fill(folder, n_segments, Modality.CODE)
        query = " ".join(map(_word, _COMMON_AND_RARE))
        with open_library(folder, encoder=WideEncoder(), settings=Settings()) as library:
            whole = _milliseconds(lambda: library.search(query, limit=100))
            gallery, _ = library._current()
            of_tables = replace(gallery, words=None, content_ids=list(gallery.content_ids))
            ask = library._store.match_words
            return {
                "library_ms": whole,
                "words_ms": _milliseconds(lambda: lexical(query, gallery, None)),
                "words_from_database_ms": _milliseconds(lambda: lexical(query, of_tables, ask)),
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
