from __future__ import annotations

import numpy as np
import pytest

from mmsearch.fuse.likeness import file_likeness
from mmsearch.types import Modality
from tests.galleries import gallery_of


def test_pictures_are_compared_and_sounds_and_code_are_not() -> None:
    kinds = [kind for kind in Modality for _ in range(2)]
    vectors = np.tile(np.float32([[1, 0, 0, 0], [0.6, 0.8, 0, 0]]), (4, 1))
    gallery = gallery_of(segments_per_content=[1] * 8, kinds=kinds, vectors=vectors)

    similar = file_likeness(gallery, np.arange(8))

    compared = {kind: similar[2 * place, 2 * place + 1] for place, kind in enumerate(Modality)}
    assert compared[Modality.IMAGE] == pytest.approx(0.6, abs=3e-4)
    assert compared[Modality.VIDEO] == pytest.approx(0.6, abs=3e-4)
    assert np.isnan([compared[Modality.AUDIO], compared[Modality.CODE]]).all()
    assert np.isnan(similar[0, 2]), "a picture and a film"


def test_films_are_compared_shot_by_shot() -> None:
    first, second = np.float32([[1, 0, 0, 0], [0, 1, 0, 0]])
    gallery = gallery_of(
        segments_per_content=[2, 2, 1],
        kinds=[Modality.VIDEO] * 3,
        vectors=np.stack([first, second, first, first, first]),
    )

    similar = file_likeness(gallery, np.arange(3))

    assert similar[0, 1] == pytest.approx(0.5)
    assert np.isnan(similar[0, 2]), "of other length"
