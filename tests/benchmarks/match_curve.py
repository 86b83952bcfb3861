"""The figures behind the constants of fuse/match.py, and how well matches keep their promise.

    python -m tests.benchmarks.match_curve DATA [VECTORS.npz]

Asks dev data in libraries of many sizes, one query in five for something that is not there, and
fits the odds that one of the first twenty hits is right; half of the queries fit, the others judge.
Run it after the calibration of the encoder has changed. Needs scipy. VECTORS.npz keeps what was
encoded (some minutes).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.evaluate.reliability import calibration_error
from mmsearch.fuse import match
from mmsearch.fuse.calibrate import logits
from mmsearch.fuse.lexical import with_words
from mmsearch.identifiers import name_words
from mmsearch.retrieve.lexical import bm25, query_terms
from mmsearch.types import F32, Modality
from models.mini.training.calibrate import Vectors, embed
from tests.benchmarks.code_fusion import embed as embed_code
from tests.benchmarks.code_fusion import read, worded
from tests.benchmarks.report import print_report
from tests.galleries import gallery_of

_SIZES = (10, 30, 100, 300, 1000, 3000)
_N_HIT, _N_QUERY, _ABSENT_SHARE = 20, 300, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Logits of all queries of a dataset, and which are right: (n_query, n_item) each."""

    kind: Modality
    logit: F32
    right: NDArray[np.bool_]
    n_words: list[int]
    """Of each query; 0 for an example."""

    @property
    def n_item(self) -> int:
        return self.logit.shape[1]


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The first hits of many searches, one after the other: (n_hit,) each."""

    logit: F32
    z: F32
    log_n: F32
    right: NDArray[np.bool_]
    rank: NDArray[np.int64]

    @property
    def features(self) -> NDArray[np.float64]:
        """(n_hit, 4): what the four constants are multiplied with."""
        return np.stack([np.ones_like(self.z), self.logit, self.z, self.log_n], 1).astype(float)


def pictures(vectors: Vectors, data: Path) -> Iterator[tuple[str, Judged]]:
    """Captions and class names that ask for pictures, and pictures that ask for their like."""
    calibration = open_encoder().calibration

    def judged(kind: str, cosine: F32, right: NDArray[np.bool_], n_words: list[int]) -> Judged:
        gallery = gallery_of(segments_per_content=[1] * cosine.shape[1])
        rows = [logits(one, gallery, kind, calibration) for one in cosine]
        return Judged(Modality.IMAGE, np.stack(rows), right, n_words)

    lines = (data / "flickr8k" / "dev.jsonl").read_text("utf-8").splitlines()
    words = [caption for line in lines for caption in json.loads(line)["captions"]]
    captions = vectors.captions[::2]
    owner = np.arange(len(vectors.captions))[::2] // 5
    own = owner[:, None] == np.arange(len(vectors.pictures))
    yield (
        "captions",
        judged(
            "text", captions @ vectors.pictures.T, own, [len(name_words(one)) for one in words[::2]]
        ),
    )
    of_class = np.arange(len(vectors.names))[:, None] == vectors.picture_names
    yield (
        "class names",
        judged(
            "text", vectors.names @ vectors.named_pictures.T, of_class, [1] * len(vectors.names)
        ),
    )
    alike = vectors.picture_names[::4, None] == vectors.picture_names
    cosine = vectors.named_pictures[::4] @ vectors.named_pictures.T
    itself = np.eye(len(vectors.named_pictures), dtype=bool)[::4]
    yield (
        "examples",
        judged("image", np.where(itself, -1, cosine), alike & ~itself, [0] * len(alike)),
    )


def code(data: Path, kept: Path | None) -> Iterator[tuple[str, Judged]]:
    """Questions that ask for functions, by meaning and words."""
    questions, functions, answers = read(data)
    asked, vectors = embed_code(questions, functions, kept)
    gallery = worded(functions)
    assert gallery.words is not None
    rows = []
    for question, cosine in zip(questions, asked @ vectors.T, strict=True):
        terms = query_terms(question)
        logit = logits(cosine, gallery, "text", open_encoder().calibration)
        words = bm25(gallery.words, terms)
        rows.append(with_words(logit, words, max(len(terms), 1), gallery.kind))
    right = answers[:, None] == np.arange(len(functions))
    n_words = [len(name_words(question)) for question in questions]
    yield "questions", Judged(Modality.CODE, np.stack(rows), right, n_words)


def hits(judged: Judged, n_item: int, part: int, seed: int) -> Hits:
    """The first hits of searches among ``n_item`` items; ``part`` 0 or 1 of the queries."""
    chance = np.random.default_rng(seed)
    queries = np.arange(part, len(judged.logit), 2)
    queries = chance.permutation(queries)[:_N_QUERY]
    found: list[Hits] = []
    for query in queries:
        right = judged.right[query]
        is_absent = chance.random() < _ABSENT_SHARE
        candidates = np.flatnonzero(~right) if is_absent else np.arange(len(right))
        chosen = chance.permutation(candidates)[:n_item]
        if not is_absent and right.any() and not right[chosen].any():
            chosen[0] = chance.choice(np.flatnonzero(right))
        logit = judged.logit[query, chosen].astype(np.float32)
        kinds = [judged.kind] * len(chosen)
        gallery = gallery_of(segments_per_content=[1] * len(chosen), kinds=kinds)
        kind = gallery.kind[0]
        null = match.among(match.null_of(gallery, logit), gallery.kind[:1], judged.n_words[query])
        best = np.argsort(-logit)[:_N_HIT]
        z = (logit[best] - null.mean[kind]) / null.spread[kind]
        log_n = np.full(len(best), np.log(null.n[kind]), np.float32)
        found.append(Hits(logit[best], z, log_n, right[chosen][best], np.arange(len(best))))
    return joined(found)


def joined(some: list[Hits]) -> Hits:
    """All in one."""
    columns = [asdict(one) for one in some]
    return Hits(**{name: np.concatenate([one[name] for one in columns]) for name in columns[0]})


def fit(features: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Logistic regression: one weight a feature."""
    from scipy.optimize import minimize

    scale = np.abs(features).mean(axis=0)

    def loss(weights: NDArray[np.float64]) -> float:
        odds = (features / scale) @ weights
        return float((np.logaddexp(0, odds) - right * odds).mean())

    found: NDArray[np.float64] = minimize(loss, np.zeros(features.shape[1])).x / scale
    return found


def measure(data: Path, kept: Path | None, encoded: Path | None) -> dict[str, Any]:
    """Weights, and calibration errors of the constants as they stand in fuse/match.py."""
    vectors = read_or_embed(data, encoded)
    sets = dict([*pictures(vectors, data), *code(data, kept)])
    usual = {
        name: [round(float(f(one.logit, axis=1).mean()), 2) for f in (np.mean, np.std)]
        for name, one in sets.items()
    }
    of_part = [
        {
            name: [hits(one, size, part, size) for size in _SIZES if size <= 1.3 * one.n_item]
            for name, one in sets.items()
        }
        for part in range(2)
    ]
    everything = joined([one for some in of_part[0].values() for one in some])
    weights = fit(everything.features, everything.right)
    return {
        "usual mean and spread": usual,
        "offset, level, standing, size": weights.round(3).tolist(),
        "error of these": errors(of_part[1], weights),
        "error as shipped": errors(
            of_part[1], np.array([match.OFFSET, match.LEVEL, match.STANDING, match.SIZE])
        ),
    }


def errors(judged: dict[str, list[Hits]], weights: NDArray[np.float64]) -> dict[str, float]:
    """Expected calibration error by dataset, over all, and of the first hits alone."""
    named = {name: joined(some) for name, some in judged.items()}
    everything = joined(list(named.values()))
    columns, is_first = asdict(everything), everything.rank == 0
    first = Hits(**{name: column[is_first] for name, column in columns.items()})
    named |= {"all": everything, "first hits": first}
    return {
        name: round(calibration_error(1 / (1 + np.exp(-one.features @ weights)), one.right), 3)
        for name, one in named.items()
    }


def read_or_embed(data: Path, kept: Path | None) -> Vectors:
    """The vectors of the dev data, from the file if there is one."""
    if kept is not None and kept.exists():
        with np.load(kept) as stored:
            return Vectors(**stored)
    vectors = embed(data)
    if kept is not None:
        np.savez(kept, **asdict(vectors))
    return vectors


def main() -> None:
    """Print the report."""
    kept = [Path(name) for name in sys.argv[2:4]] + [None, None]
    print_report(measure(Path(sys.argv[1]), kept[1], kept[0]))


if __name__ == "__main__":
    main()
