"""Sentences that are adapted to some kinds of files only."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.terms import NO_TERMS
from mmsearch.searching.parts import Part, exact_cosines, scored_part
from mmsearch.types import F32, Modality
from tests.galleries import gallery_of

DIM = 16
SENTENCE, BENT = (np.eye(DIM, dtype=np.float32)[[place]] for place in (0, 1))
PART = Part("text", "text", SENTENCE, adapted={MODALITIES.index(Modality.VIDEO): BENT})


def gallery(kinds: list[Modality]) -> tuple[Gallery, F32]:
    vectors = np.random.default_rng(0).standard_normal((len(kinds), DIM)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return gallery_of(segments_per_content=[1] * len(kinds), vectors=vectors, kinds=kinds), vectors


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param([Modality.IMAGE, Modality.VIDEO] * 4, id="mixed"),
        pytest.param([Modality.VIDEO] * 5, id="adapted only"),
        pytest.param([Modality.IMAGE] * 5, id="others only"),
    ],
)
def test_each_kind_is_compared_with_its_own_vector(kinds: list[Modality]) -> None:
    some, vectors = gallery(kinds)
    right = [
        row[1 if kind is Modality.VIDEO else 0] for row, kind in zip(vectors, kinds, strict=True)
    ]
    assert np.allclose(scored_part(PART, some, {}, NO_TERMS, None).cosine, right, atol=1e-3)
    assert np.allclose(exact_cosines(PART, vectors, some.kind), right, atol=1e-6)
