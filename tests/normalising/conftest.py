"""A small encoder with banks, and libraries of vectors made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.gallery import Gallery
from mmsearch.normalising import library_terms
from mmsearch.normalising.library_terms import LibraryTerms
from mmsearch.types import F32, EncoderSpec, Modality, QueryBanks
from tests.galleries import gallery_of

DIM = 16
SPEC = EncoderSpec(id="fake", revision="1", dim=DIM, modalities=tuple(Modality), image_px=32)


def unit_rows(n: int, seed: int, lean: float = 1.0) -> F32:
    """As they come out of a library: float32, but of float16 precision.

    lean: how far all of them lean to the first axis.
    """
    rows = np.random.default_rng(seed).standard_normal((n, DIM))
    rows[:, 0] += lean
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


def gallery(vectors: F32, kinds: list[Modality] | None = None) -> Gallery:
    """One segment a file."""
    return gallery_of(segments_per_content=[1] * len(vectors), vectors=vectors, kinds=kinds)


@pytest.fixture
def banks(monkeypatch: pytest.MonkeyPatch) -> QueryBanks:
    shipped = QueryBanks(
        {
            ("text", Modality.IMAGE): unit_rows(80, 100),
            ("image", Modality.CODE): unit_rows(70, 101, lean=3),
        },
        {Modality.IMAGE: (np.eye(DIM, dtype=np.float32), np.zeros(DIM, np.float32))},
    )
    monkeypatch.setattr(library_terms, "shipped_banks", lambda spec: shipped)
    monkeypatch.setattr(library_terms, "banks_identity", lambda spec: "banks of the test")
    return shipped


@pytest.fixture
def terms(tmp_path: Path, banks: QueryBanks) -> LibraryTerms:
    return LibraryTerms(tmp_path, SPEC, keep_searches=True)


def encode_nothing(texts: object) -> F32:
    raise AssertionError("no file of this library has a description")
