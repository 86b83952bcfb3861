"""How to join words and meaning for code: the figures behind the constants of fuse/lexical.py.

    python -m tests.benchmarks.code_fusion DATA [VECTORS.npz]

CoSQA dev: 500 questions, 6,267 functions. Encodes them (some minutes) unless VECTORS.npz has
been written by an earlier run. Run it after the encoder has changed how it reads code.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.evaluate.compare import compare
from mmsearch.fuse.lexical import with_words
from mmsearch.gallery import Gallery
from mmsearch.indexing.code_index_words import index_words
from mmsearch.retrieve.lexical import bm25, query_terms
from mmsearch.store.postings_table import postings_from_table
from mmsearch.store.records import words_schema
from mmsearch.types import F32, CodeText, Modality
from tests.benchmarks.report import print_report
from tests.galleries import gallery_of

_CHANCE = 10
"""Right pairs are weighed as one in ten, as in models/mini/training/calibrate.py."""

Matrix = NDArray[np.float64]
"""(n_question, n_function)"""


def read(data: Path) -> tuple[list[str], list[str], NDArray[np.int64]]:
    """Questions, functions, and which function answers each question."""
    index_of = json.loads((data / "cosqa" / "functions.json").read_text("utf-8"))
    functions = sorted(index_of, key=index_of.__getitem__)
    lines = (data / "cosqa" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row["query"] for row in rows], functions, np.array([row["function"] for row in rows])


def embed(questions: list[str], functions: list[str], kept: Path | None) -> tuple[F32, F32]:
    """The vectors of both, from the file if there is one."""
    if kept is not None and kept.exists():
        with np.load(kept) as stored:
            return stored["questions"], stored["functions"]
    encoder = open_encoder()
    asked = encoder.encode_texts(questions)
    contents = [CodeText(text, "python") for text in functions]
    answers = encoder.encode_contents(Modality.CODE, contents)
    if kept is not None:
        np.savez(kept, questions=asked, functions=answers)
    return asked, answers


def worded(functions: list[str]) -> Gallery:
    """A gallery of the functions that knows their words."""
    n_function = len(functions)
    gallery = gallery_of(
        segments_per_content=[1] * n_function,
        paths=[f"{place}.py" for place in range(n_function)],
        kinds=[Modality.CODE] * n_function,
    )
    columns = {
        "content_id": list(gallery.content_ids),
        "ordinal": [0] * n_function,
        "field": ["code"] * n_function,
        "text": [index_words(CodeText(text, "python")) for text in functions],
    }
    words = postings_from_table(pa.table(columns, schema=words_schema()), gallery)
    return replace(gallery, words=words)


def reciprocal_ranks(scores: Matrix, answers: NDArray[np.int64]) -> NDArray[np.float64]:
    """One over the rank of each answer; among equals the mean rank."""
    right = np.take_along_axis(scores, answers[:, None], axis=1)
    above, equal = (scores > right).sum(axis=1), (scores == right).sum(axis=1)
    return 1 / (1 + above + (equal - 1) / 2)


def fit(features: list[Matrix], answers: NDArray[np.int64]) -> list[float]:
    """Logistic regression by Newton's method: a weight for each feature, then the intercept."""
    rows = np.stack([feature.ravel() for feature in features] + [np.ones(features[0].size)])
    right = np.zeros(features[0].shape, bool)
    right[np.arange(len(answers)), answers] = True
    label = right.ravel()
    share = np.where(label, 1 / _CHANCE / label.sum(), (1 - 1 / _CHANCE) / (~label).sum())
    weights = np.zeros(len(rows))
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(weights @ rows, -40, 40)))
        gradient = rows @ (share * (label - chance))
        curvature = (rows * (share * chance * (1 - chance))) @ rows.T
        weights += np.linalg.solve(curvature + 1e-9 * np.eye(len(rows)), gradient)
    return [round(float(weight), 3) for weight in weights]


def by_rank(scores: Matrix) -> Matrix:
    """Reciprocal rank with k = 60; what has no score gets none."""
    ranks = (-scores).argsort(axis=1).argsort(axis=1) + 1
    return np.where(scores > 0, 1 / (60 + ranks), 0)


def to_unit(scores: Matrix) -> Matrix:
    """Each question's scores from 0 to 1."""
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    return (scores - low) / np.maximum(high - low, 1e-9)


def measure(data: Path, kept: Path | None) -> dict[str, Any]:
    questions, functions, answers = read(data)
    asked, vectors = embed(questions, functions, kept)
    gallery = worded(functions)
    assert gallery.words is not None
    terms = [query_terms(question) for question in questions]
    words = np.stack([bm25(gallery.words, some) for some in terms]).astype(np.float64)
    n_terms = np.array([max(len(some), 1) for some in terms])
    cosine = (asked @ vectors.T).astype(np.float64)
    slope, intercept = fit([cosine], answers)
    logit = slope * cosine + intercept
    evidence = words / np.sqrt(n_terms)[:, None]
    ways = {
        "meaning": logit,
        "words": words,
        "as shipped": np.stack(
            [
                with_words(np.float32(one), np.float32(some), int(n_term), gallery.kind)
                for one, some, n_term in zip(logit, words, n_terms, strict=True)
            ]
        ),
        **{f"sum, words x {w}": logit + w * evidence for w in (0.3, 0.5, 0.65, 0.8, 1.0)},
        "reciprocal rank": by_rank(logit - logit.min()) + by_rank(words),
        **{
            f"sum of 0..1, words x {w}": (1 - w) * to_unit(logit) + w * to_unit(words)
            for w in (0.1, 0.2, 0.3)
        },
    }
    plain = reciprocal_ranks(logit, answers)
    figures: dict[str, Any] = {
        name: _row(reciprocal_ranks(scores, answers), plain) for name, scores in ways.items()
    }
    figures["meaning alone"] = {"midpoint": -intercept / slope, "scale": 1 / slope}
    figures["meaning, words, intercept"] = fit([logit, evidence], answers)
    figures["meaning + 0.65 words, intercept"] = fit([logit + 0.65 * evidence], answers)
    return figures


def _row(reciprocal: NDArray[np.float64], plain: NDArray[np.float64]) -> dict[str, float]:
    result = compare(plain.tolist(), reciprocal.tolist())
    return {
        "MRR": round(result.mean_after, 4),
        "R@1": round(float((reciprocal >= 1).mean()), 3),
        "R@10": round(float((reciprocal >= 0.1).mean()), 3),
        "better": result.n_better,
        "worse": result.n_worse,
        "p": round(result.p_value, 4),
    }


def main() -> None:
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print_report(measure(Path(sys.argv[1]), kept))


if __name__ == "__main__":
    main()
