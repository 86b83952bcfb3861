from __future__ import annotations

import numpy as np
import pytest

from mmsearch.gallery import MODALITIES
from mmsearch.searching.search import _n_telling
from mmsearch.types import Modality

IMAGE, CODE = MODALITIES.index(Modality.IMAGE), MODALITIES.index(Modality.CODE)


@pytest.mark.parametrize(
    ("text", "kinds", "n_words"),
    [
        ("a dog on a beach", [IMAGE], 2),
        ("dog beach", [IMAGE], 2),
        ("how to read from a file", [CODE], 6),
        ("how to read from a file", [IMAGE, CODE], 2),
        ("", [IMAGE], 0),
    ],
)
def test_small_words_tell_only_questions_about_code_apart(
    text: str, kinds: list[int], n_words: int
) -> None:
    assert _n_telling(text, np.array(kinds)) == n_words
