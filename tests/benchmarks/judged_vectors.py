"""The vectors of a dataset's files and of its queries, read from a library as eval makes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.evaluate.bench import build_bench
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.library import open_library
from mmsearch.types import F32, Modality

_TEXTS_AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class JudgedVectors:
    """Files of one kind, and the sentences that ask for them."""

    gallery: Gallery
    paths: list[Path]
    segments: list[slice]
    """Those of each file."""
    judged: list[JudgedQuery]
    queries: F32
    """(n_query, dim) of the sentences."""
    right: NDArray[np.bool_]
    """(n_query, n_file)"""
    scale: float
    """The cosine by which the logit of a sentence and a file grows by 1."""


def read_vectors(name: str, data: Path, work: Path, kind: Modality) -> JudgedVectors:
    """Index the dataset below ``work`` if that was not done, and embed its sentences."""
    bench = build_bench(name, data, work)
    encoder = open_encoder()
    with open_library(bench.library, encoder=encoder) as library:
        library.add(bench.files)
        library.index(forget_missing=True)
        gallery, roots = library._current()
    of_root = [roots.get(root_id) for root_id in gallery.root_ids]
    paths, segments = [], []
    for row in np.flatnonzero(gallery.asset_modality == MODALITIES.index(kind)).tolist():
        root, content = of_root[gallery.asset_root[row]], gallery.asset_content[row]
        if root == bench.files:
            paths.append(root / gallery.relative_paths[row])
            segments.append(slice(*gallery.first_segment[content : content + 2].tolist()))
    judged = [one for one in bench.judged if one.query.text and one.relevant & set(paths)]
    texts = [one.query.text for one in judged]
    batches = range(0, len(texts), _TEXTS_AT_ONCE)
    queries = [encoder.encode_texts(texts[at : at + _TEXTS_AT_ONCE]) for at in batches]
    right = np.array([[path in one.relevant for path in paths] for one in judged])
    scale = encoder.calibration["text", Modality.IMAGE][1]
    return JudgedVectors(gallery, paths, segments, judged, np.concatenate(queries), right, scale)


def mean_precision(scores: F32, right: NDArray[np.bool_]) -> float:
    """Average precision of one ranking: (n_file,) each."""
    order = np.argsort(-scores, kind="stable")
    places = np.flatnonzero(right[order])
    return float(np.mean(np.arange(1, len(places) + 1) / (places + 1)))


def ranks(scores: F32, right: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The rank of the best right file of each query: (n_query, n_file) each."""
    best = np.where(right, scores, -np.inf).max(axis=1, keepdims=True)
    return np.asarray((scores > best).sum(axis=1) + 1)
