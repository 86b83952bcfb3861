from __future__ import annotations

import numpy as np
import pytest

from mmsearch.fuse.lexical import with_concepts, with_words
from mmsearch.types import Modality
from tests.galleries import gallery_of

GALLERY = gallery_of(
    segments_per_content=[1, 1, 1], kinds=[Modality.IMAGE, Modality.CODE, Modality.CODE]
)


def test_words_lift_code_and_leave_pictures_alone() -> None:
    logit = np.float32([1, 1, 1])

    fused = with_words(logit, np.float32([0, 0, 12]), 4, GALLERY.kind)

    assert fused == pytest.approx([1, 0.77 - 1.46, 0.77 - 1.46 + 0.5 / 2 * 12], abs=1e-6)
    assert logit.tolist() == [1, 1, 1], "the input is not changed"
    assert fused.dtype == np.float32


def test_a_common_word_does_not_lift_what_means_something_else() -> None:
    """A picture half sure stays above code that shares one word of four with the query."""
    fused = with_words(np.float32([0, -8, -8]), np.float32([0, 6, 0]), 4, GALLERY.kind)

    assert fused[0] > 3 + fused[1:].max()


def test_concept_words_lift_a_little_and_never_lower() -> None:
    fused = with_concepts(np.float32([1, 1]), np.float32([0, 10]), 4)

    assert fused == pytest.approx([1, 1 + 0.05 * 10 / 2])
