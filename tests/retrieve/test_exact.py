from __future__ import annotations

import numpy as np
import pytest

from mmsearch.errors import UserError
from mmsearch.retrieve.exact import cosines
from tests.galleries import gallery_of

GALLERY = gallery_of(segments_per_content=[1, 2])


def test_the_best_of_several_query_vectors_counts() -> None:
    queries = np.float32([[1, 0, 0, 0], [0, 0.6, 0.8, 0]])

    assert cosines(GALLERY, queries) == pytest.approx([1, 0.6, 0.8])
    assert cosines(GALLERY, queries[:1]) == pytest.approx([1, 0, 0])


def test_wrong_dimension_is_a_bug_and_nan_a_clear_error() -> None:
    with pytest.raises(ValueError, match=r"\(n, 4\)"):
        cosines(GALLERY, np.zeros((1, 3), np.float32))
    with pytest.raises(UserError, match="usable vector"):
        cosines(GALLERY, np.full((1, 4), np.nan, np.float32))
