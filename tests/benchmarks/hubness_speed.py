"""What terms against hubs cost: when indexing ends, when a library is opened, in each search.

    python -m tests.benchmarks.hubness_speed [SEGMENTS...]

Random pictures with the shipped banks; the terms are those that ``--normalise auto`` subtracts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from mmsearch.encode.banks import ROLE, read_banks
from mmsearch.encode.catalog import read_catalog
from mmsearch.gallery import Gallery
from mmsearch.normalise.terms import bank_term
from mmsearch.normalising import library_terms
from mmsearch.normalising.library_terms import AUTO, LibraryTerms
from mmsearch.types import F32, Modality
from tests.benchmarks.report import print_report
from tests.galleries import gallery_of

_N_NEW = 100


def measure(n_segment: int, folder: Path) -> dict[str, Any]:
    """Fit, open, subtract, and the matrix product that the subtraction is added to."""
    entry = read_catalog()["mini"]
    shipped = read_banks(entry.file(ROLE).verify())
    vectors = _pictures(n_segment + _N_NEW)
    before, after = (_gallery(vectors[start : start + n_segment]) for start in (0, _N_NEW))
    query = vectors[0]
    with mock.patch.object(library_terms, "shipped_banks", return_value=shipped):
        terms = LibraryTerms(folder, entry.spec, keep_searches=False)
        fit_s = _seconds(lambda: terms.refit(before, 1, _no_texts))
        opened = LibraryTerms(folder, entry.spec, keep_searches=False)
        open_s = _seconds(lambda: opened.terms(before, 1, AUTO, is_at_rest=True))
        found = opened.terms(before, 1, AUTO, is_at_rest=True)
        grow_s = _seconds(lambda: opened.terms(after, 2, AUTO, is_at_rest=True))
    cosines = before.vectors @ query
    return {
        "full_fit_processor_s": round(fit_s, 2),
        f"{_N_NEW}_new_segments_processor_s": round(grow_s, 3),
        "open_ms": round(open_s * 1000, 1),
        "subtract_ms": _median_ms(lambda: cosines - bank_term(cosines, before.kind, found, "text")),
        "matrix_product_ms": _median_ms(lambda: before.vectors @ query),
    }


def _pictures(n: int) -> F32:
    rows = np.random.default_rng(1).standard_normal((n, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _gallery(vectors: F32) -> Gallery:
    kinds = [Modality.IMAGE] * len(vectors)
    return gallery_of(segments_per_content=[1] * len(vectors), vectors=vectors, kinds=kinds)


def _no_texts(texts: Sequence[str]) -> F32:
    raise AssertionError("the files have no names")


def _seconds(action: Callable[[], object]) -> float:
    """Of the processor, so that other work on the machine counts little."""
    started_s = time.process_time()
    action()
    return time.process_time() - started_s


def _median_ms(action: Callable[[], object]) -> float:
    return round(statistics.median(_seconds(action) for _ in range(31)) * 1000, 3)


def main() -> None:
    figures = {}
    for size in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            figures[str(size)] = measure(size, Path(folder))
    print_report(figures)


if __name__ == "__main__":
    main()
