"""What a library costs at growing sizes: time to open and to search, memory, disk, additions.

    python -m tests.benchmarks.searching [--libraries DIR] [N_SEGMENTS ...] > costs.json
    python -m tests.benchmarks.cost_plot costs.json costs.svg

The vectors are random; a scan does not care (recall is measured by engines.py, with real ones).
``library_ms`` is everything after the query's embedding, with 100 hits: filters, grouping,
ranking, the hits themselves. ``resident_bytes_a_segment`` is what the process grows by, mapped
files included. The database keeps replaced files for some minutes; ``disk_bytes_a_segment`` is
without them. ``adding_1000`` is a session that writes 1,000 segments, without encoding them.
``code`` is a library of code, whose words are searched too, from the snapshot and from the
database. Where the system allows it, what is timed goes before all other work. Libraries are kept
and used again in the folder, if one is given.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.library import open_library
from mmsearch.retrieve.lexical import lexical
from mmsearch.scanning import products_compiled
from mmsearch.settings import Settings
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import EncoderSpec, Modality
from tests.benchmarks.report import print_report, resident_bytes, undisturbed
from tests.conftest import FakeEncoder

_DIM = 384
_ROWS_A_COMMIT = 20_000
_N_WORDS = 20_000
_WORDS_A_SEGMENT = 60
_COMMON_AND_RARE = (1, 2, 5, 20, 100, 500, 3000, 10_000)


class WideEncoder(FakeEncoder):
    """The encoder without weights, as wide as the embedded one."""

    spec = EncoderSpec("fake", "wide", _DIM, tuple(Modality), image_px=32)


def fill(
    folder: Path,
    n_segments: int,
    kind: Modality = Modality.IMAGE,
    *,
    encoder: Encoder | None = None,
    root: Path | None = None,
) -> None:
    """Write a library of pictures or of code, one segment each.

    encoder: in whose space, and described by whose words; of 384 numbers.
    """
    space, vocabulary = WideEncoder.spec.space, None
    if encoder is not None:
        space, vocabulary = encoder.spec.space, encoder.vocabulary
    words = _words(n_segments) if kind is Modality.CODE else [None] * n_segments
    generator = np.random.default_rng(1)
    store = Store(folder, space=space, dim=_DIM, vocabulary=lambda: vocabulary)
    with store.writing():
        store.put_roots([RootRecord("root", str(root or folder.parent))])
        for start in range(0, n_segments, _ROWS_A_COMMIT):
            places = range(start, min(start + _ROWS_A_COMMIT, n_segments))
            vectors = generator.standard_normal((len(places), _DIM)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            segments = [
                SegmentRecord(f"c{place}", 0, kind, None, vector, words[place])
                for place, vector in zip(places, vectors, strict=True)
            ]
            assets = [replace(_asset(place, kind), space=space) for place in places]
            store.commit(assets, segments)
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


def measure(n_segments: int, home: Path) -> dict[str, Any]:
    """Opening, searching, adding, and what it takes meanwhile."""
    folder = home / f"library of {n_segments}"
    if not folder.exists():
        fill(folder, n_segments)
    tables_bytes, snapshot_bytes = _settle(folder), _bytes_below(folder / "snapshot")
    before_bytes = resident_bytes()
    encoder = WideEncoder()
    started_s = time.perf_counter()
    with open_library(folder, encoder=encoder, settings=Settings()) as library:
        gallery, _ = library._current()
        open_s = time.perf_counter() - started_s
        figures: dict[str, Any] = {
            "open_s": round(open_s, 3),
            "first_search_ms": _milliseconds(lambda: library.search("warm up"), times=2)["first"],
            "library_ms": _milliseconds(lambda: library.search("a red dog", limit=100)),
            "library_filtered_by_extension_ms": _milliseconds(
                lambda: library.search("a red dog", extensions=("jpg",), limit=100)
            ),
        }
        grown_bytes = resident_bytes() - before_bytes
        query = encoder.encode_texts(["a red dog"])[0]
        figures["scan_ms"] = _milliseconds(lambda: gallery.vectors.products(query))
    return figures | {
        "resident_bytes_a_segment": round(grown_bytes / n_segments),
        "disk_bytes_a_segment": {
            "tables": round(tables_bytes / n_segments),
            "snapshot": round(snapshot_bytes / n_segments),
        },
        "adding_1000": measure_adding(folder),
    }


def measure_adding(folder: Path) -> dict[str, float]:
    """Seconds of a session that adds 1,000 pictures, and of processor time."""
    chance = np.random.default_rng()
    vectors = chance.standard_normal((1000, _DIM)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    first = int(chance.integers(10**9, 10**12))
    store = Store(folder, space=WideEncoder.spec.space, dim=_DIM)
    started_s, busy_s = time.perf_counter(), time.process_time()
    with store.writing():
        for at in range(0, 1000, 250):
            segments = [
                SegmentRecord(f"c{first + row}", 0, Modality.IMAGE, None, vectors[row])
                for row in range(at, at + 250)
            ]
            assets = [_asset(first + row, Modality.IMAGE) for row in range(at, at + 250)]
            store.commit(assets, segments)
    store.close()
    return {
        "wall_s": round(time.perf_counter() - started_s, 2),
        "processor_s": round(time.process_time() - busy_s, 2),
    }


def _settle(folder: Path) -> int:
    """Drop what the database keeps of earlier versions; what is left, in bytes."""
    import lancedb

    database = lancedb.connect(folder / "tables")
    for name in database.list_tables(limit=100).tables:
        database.open_table(name).optimize(cleanup_older_than=timedelta(0))
    return _bytes_below(folder / "tables")


def _bytes_below(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure_embedding() -> dict[str, float]:
    """The query's embedding by the encoder that comes with mmsearch."""
    encoder = open_encoder()
    return _milliseconds(lambda: encoder.encode_texts(["a red dog runs along the beach"]))


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


def _milliseconds(action: Callable[[], Any], *, times: int = 21) -> dict[str, float]:
    took_ms = []
    with undisturbed():
        for _ in range(times):
            started_s = time.perf_counter()
            action()
            took_ms.append((time.perf_counter() - started_s) * 1000)
    return {
        "first": round(took_ms[0], 1),
        "p50": round(statistics.median(took_ms), 1),
        "p95": round(statistics.quantiles(took_ms, n=20)[-1], 1),
        "least": round(min(took_ms), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--libraries", type=Path)
    parser.add_argument("--code", type=int, default=100_000, help="segments; 0 for none")
    given = parser.parse_args()
    products_compiled(np.zeros((1, 8), np.int8), np.ones(1, np.float32), np.ones(8, np.float32))
    figures: dict[str, Any] = {"embedding_ms": measure_embedding()}
    with tempfile.TemporaryDirectory() as work:
        home = given.libraries or Path(work)
        figures["sizes"] = {str(size): measure(size, home) for size in given.sizes}
    if given.code:
        figures["code"] = measure_code(given.code)
    print_report(figures)


if __name__ == "__main__":
    main()
