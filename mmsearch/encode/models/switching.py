"""What it costs to encode a library anew with other models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mmsearch.encode.models.record import ModelRecord
from mmsearch.types import Modality

_EMBEDDED_PER_S = {
    Modality.IMAGE: 57.0,
    Modality.VIDEO: 13.0,
    Modality.AUDIO: 30.0,
    Modality.CODE: 37.0,
}
"""Segments a second of the embedded encoder on two cores of a server; measured."""
_DECODE_S = {Modality.IMAGE: 0.005, Modality.VIDEO: 0.2, Modality.AUDIO: 0.02, Modality.CODE: 0.0}
"""What reading a segment's file takes beside."""


def switching_s(segments: Mapping[Modality, int], records: Sequence[ModelRecord]) -> float:
    """About how long it takes to encode everything anew, in seconds.

    segments: how many there are of each kind. records: the models to be used, in order; kinds that
    none of them encodes are the embedded encoder's. All of it is read again, because the vectors
    of all kinds lie in one space.
    """
    total_s = 0.0
    for kind, n in segments.items():
        speeds = [
            record.per_s.get(kind.value, 0.0) for record in records if kind in record.modalities
        ]
        per_s = speeds[0] if speeds and speeds[0] > 0 else _EMBEDDED_PER_S[kind]
        total_s += n * (1 / per_s + _DECODE_S[kind])
    return total_s
