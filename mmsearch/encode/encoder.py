"""What every encoder can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from mmsearch.concepts import Vocabulary
from mmsearch.types import F32, Content, EncoderSpec, Modality


class Encoder(Protocol):
    """Turns contents and queries into unit vectors of one space."""

    spec: EncoderSpec

    @property
    def calibration(self) -> Mapping[tuple[str, Modality], tuple[float, float]]:
        """(kind of query part, kind of segment) -> (midpoint, scale) of its cosines.

        The kind of a query part is "text" or a modality. At the midpoint a hit is as likely
        right as wrong; match = sigmoid((cosine - midpoint) / scale). Pairs may be missing.
        """
        ...

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The words by which segments are described; None for an encoder without any."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> F32:
        """Embed query sentences: (n_text, dim) float32, unit length."""
        ...

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed segments of one kind: (n_segment, dim) float32, unit length.

        ``modality`` says which tower: IMAGE and VIDEO take Frames (several frames of a segment
        become one vector), AUDIO takes Samples, CODE takes CodeText.
        """
        ...
