"""Likes and dislikes as evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mmsearch.normalise.probes import Judged
from mmsearch.store.verdicts import Verdicts
from mmsearch.types import EncoderSpec


def liked_answers(verdicts: Sequence[Verdicts], spec: EncoderSpec) -> list[Judged]:
    """What was liked of the answers to each sentence, and what not, by the latest verdict on it.

    Vectors of another space say nothing, nor does a query that was not one sentence.
    """
    latest = {one.text: one for one in verdicts if one.space == spec.space}
    return [
        Judged(
            np.array(one.vector, np.float32),
            tuple({content for content, _ in one.liked}),
            tuple({content for content, _ in one.disliked}),
            one.text,
        )
        for one in latest.values()
        if len(one.vector) == spec.dim and one.liked
    ]
