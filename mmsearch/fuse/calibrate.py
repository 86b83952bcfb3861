"""Puts cosines of different kinds on one scale.

A cosine of 0.3 between a sentence and a picture is a good match, between a sentence and a piece
of code a poor one. The encoder says, for each pair of kinds, at which cosine a hit is as likely
right as wrong among ten (midpoint), and how fast that changes (scale). Everything is combined on
this logit scale, where evidence adds up; match.py makes the match of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality

Calibration = Mapping[tuple[str, Modality], tuple[float, float]]
"""(kind of query part, kind of segment) -> (midpoint, scale) on the cosine scale."""

_UNKNOWN_PAIR = (0.35, 0.08)
"""For encoders without measurements: between those of text and of pictures in common models."""


def logits(cosines: F32, gallery: Gallery, query_kind: str, calibration: Calibration) -> F32:
    """(cosine - midpoint) / scale of each segment, by its kind: (n_segment,) float32."""
    pairs = [pair_of(query_kind, kind, calibration) for kind in MODALITIES]
    midpoints = np.array([midpoint for midpoint, _ in pairs], np.float32)
    found = np.asarray(cosines - gallery.by_kind(midpoints))
    found /= gallery.by_kind(scales_of(query_kind, calibration))
    return found


def scales_of(query_kind: str, calibration: Calibration) -> F32:
    """By how much the cosine of each of MODALITIES grows for one logit: (4,)."""
    return np.array([pair_of(query_kind, kind, calibration)[1] for kind in MODALITIES], np.float32)


def pair_of(query_kind: str, kind: Modality, calibration: Calibration) -> tuple[float, float]:
    """Midpoint and scale of the cosines between two kinds.

    Film is seen through the picture tower, so its pairs stand in for each other.
    """
    if (query_kind, kind) in calibration:
        return calibration[query_kind, kind]
    stand_in = Modality.IMAGE if kind is Modality.VIDEO else kind
    return calibration.get((query_kind, stand_in), _UNKNOWN_PAIR)
