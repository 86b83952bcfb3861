"""Which engine finds the nearest vectors fastest, and how many of them: one table.

    python -m tests.benchmarks.engines DATA WORK [--only NAME,...] [N_SEGMENTS ...]

The vectors are those of pictures of Flickr8k, blown up: each is a mixture of two with noise. The
queries are captions of other pictures, and the scores are normalised: a term is taken off each
cosine, as against hubs (inverted softmax would look the same to an engine). ``filtered`` lets a
tenth pass. Recall is the share of the exact first 100. An engine that is not installed (faiss) is
left out. The machine and the figures are printed as JSON, then as a table in Markdown.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.types import F32
from models.mini.training.banks.kept import Kept
from tests.benchmarks.engine_kinds import ENGINES, F16, Engine
from tests.benchmarks.report import print_report

_N_PICTURE, _N_QUERY, _N_BANK = 2000, 40, 200
_N_HIT = 100
_NOISE = 0.3
_ROWS_AT_ONCE = 50_000
_PASSING = 0.1


def real_vectors(data: Path, work: Path) -> tuple[F32, F32]:
    """Pictures, and captions of others: (n, dim) each."""
    work.mkdir(parents=True, exist_ok=True)
    kept = Kept(work, open_encoder())
    rows = [json.loads(line) for line in (data / "train.jsonl").read_text("utf-8").splitlines()]
    pictures = kept.pictures([data / row["file"] for row in rows[:_N_PICTURE]])
    others = [json.loads(line) for line in (data / "dev.jsonl").read_text("utf-8").splitlines()]
    return pictures, kept.texts([row["captions"][0] for row in others[: _N_QUERY + _N_BANK]])


def blown_up(vectors: F32, n: int) -> F16:
    """(n, dim) mixtures of two vectors, with noise."""
    chance = np.random.default_rng(0)
    found = np.empty((n, vectors.shape[1]), np.float16)
    for start in range(0, n, _ROWS_AT_ONCE):
        size = min(_ROWS_AT_ONCE, n - start)
        one, other = vectors[chance.integers(0, len(vectors), (2, size))]
        share = chance.uniform(0, 0.5, (size, 1)).astype(np.float32)
        noise = chance.standard_normal(one.shape, np.float32) * _NOISE / one.shape[1] ** 0.5
        some = one * (1 - share) + other * share + noise
        found[start : start + size] = some / np.linalg.norm(some, axis=1, keepdims=True)
    return found


def hub_terms(vectors: F16, bank: F32) -> F32:
    """Half the mean of the ten largest cosines to a bank of queries, less the mean: (n,)."""
    found = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        cosines = vectors[start : start + _ROWS_AT_ONCE].astype(np.float32) @ bank.T
        found[start : start + _ROWS_AT_ONCE] = np.partition(cosines, -10)[:, -10:].mean(axis=1) / 2
    return found - found.mean()


def measure(name: str, vectors: F16, terms: F32, queries: F32, right: F32) -> dict[str, Any]:
    """One engine at one size. right: (n_query, n_hit) of the exact order, and filtered."""
    started_s = time.perf_counter()
    engine: Engine = ENGINES[name](vectors, terms)
    figures = {
        "build_s": round(time.perf_counter() - started_s, 2),
        "bytes_a_segment": round(engine.bytes_a_segment) or None,
    }
    for label, passes in (("", None), ("filtered_", _passing(len(vectors)))):
        exact = right[1] if label else right[0]
        engine.search(queries[0], _N_HIT, passes)
        took_ms, recalls = [], []
        for query, wanted in zip(queries, exact, strict=True):
            started_s = time.perf_counter()
            found = engine.search(query, _N_HIT, passes)
            took_ms.append((time.perf_counter() - started_s) * 1000)
            recalls.append(len(np.intersect1d(found, wanted)) / _N_HIT)
        figures |= {
            f"{label}p50_ms": round(statistics.median(took_ms), 1),
            f"{label}p95_ms": round(statistics.quantiles(took_ms, n=20)[-1], 1),
            f"{label}least_ms": round(min(took_ms), 1),
            f"{label}recall@100": round(statistics.mean(recalls), 4),
        }
    return figures


def _passing(n: int) -> NDArray[np.bool_]:
    return np.random.default_rng(1).random(n) < _PASSING


def exact_order(vectors: F16, terms: F32, queries: F32) -> NDArray[np.int64]:
    """The first rows of all, and of those that pass: (2, n_query, n_hit)."""
    scores = np.empty((len(queries), len(vectors)), np.float32)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        some = slice(start, start + _ROWS_AT_ONCE)
        scores[:, some] = queries @ vectors[some].astype(np.float32).T - terms[some]
    filtered = np.where(_passing(len(vectors)), scores, -np.inf)
    return np.stack([np.argpartition(-one, _N_HIT)[:, :_N_HIT] for one in (scores, filtered)])


def table(figures: dict[str, Any]) -> str:
    """The figures in Markdown."""
    names = ("p50_ms", "p95_ms", "recall@100", "filtered_p50_ms", "filtered_recall@100")
    columns = ["segments", "engine", *names, "bytes_a_segment", "build_s"]
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for size, by_engine in figures.items():
        for engine, row in by_engine.items():
            cells = [f"{int(size):,}", engine, *(row[name] for name in columns[2:])]
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--only", default=",".join(ENGINES))
    given = parser.parse_args()
    has_faiss = importlib.util.find_spec("faiss") is not None
    chosen = [name for name in given.only.split(",") if has_faiss or "faiss" not in name]
    pictures, captions = real_vectors(given.data / "flickr8k", given.work)
    queries, bank = captions[:_N_QUERY], captions[_N_QUERY:]
    figures: dict[str, Any] = {}
    for size in given.sizes:
        vectors = blown_up(pictures, size)
        terms = hub_terms(vectors, bank)
        right = exact_order(vectors, terms, queries)
        figures[str(size)] = {
            name: measure(name, vectors, terms, queries, right) for name in chosen
        }
    print_report(figures)
    print(table(figures))


if __name__ == "__main__":
    main()
