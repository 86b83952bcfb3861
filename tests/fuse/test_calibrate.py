from __future__ import annotations

import numpy as np
import pytest

from mmsearch.fuse.calibrate import logits
from mmsearch.types import Modality
from tests.galleries import gallery_of


def test_each_kind_has_its_own_midpoint_and_scale() -> None:
    gallery = gallery_of(
        segments_per_content=[1, 1, 1], kinds=[Modality.IMAGE, Modality.CODE, Modality.VIDEO]
    )
    calibration = {("text", Modality.IMAGE): (0.2, 0.1), ("text", Modality.CODE): (0.5, 0.05)}

    logit = logits(np.float32([0.3, 0.3, 0.3]), gallery, "text", calibration)

    assert logit == pytest.approx([1, -4, 1]), "film is judged like pictures"
