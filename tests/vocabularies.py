"""Vocabularies made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mmsearch.concepts import Vocabulary
from mmsearch.types import F32, Modality


def vocabulary_of(
    words: Sequence[str],
    vectors: np.ndarray,
    *,
    mean: F32 | None = None,
    prior: F32 | None = None,
    fingerprint: str = "hand",
) -> Vocabulary:
    """Words that describe pictures, films and sounds alike."""
    kinds = (Modality.IMAGE, Modality.VIDEO, Modality.AUDIO)
    middle = np.zeros(vectors.shape[1], np.float32) if mean is None else mean
    return Vocabulary(
        words=words,
        vectors=vectors.astype(np.float32),
        used_for={kind: np.arange(len(words)) for kind in kinds},
        means=dict.fromkeys(kinds, middle),
        priors=dict.fromkeys(kinds, np.zeros(len(words), np.float32) if prior is None else prior),
        fingerprint=fingerprint,
    )
