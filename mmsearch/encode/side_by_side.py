"""Several encoders as one: each kind of file has the one that is to encode it.

The vector of a segment is that of its encoder in a block of its own, and zero in the blocks of the
others. A query has a block from each encoder that can embed it. So the dot product of the two is
the cosine in the segment's space (less a factor that is the same for all queries of a kind), no two
spaces are ever compared, and whoever stores, scans or subtracts sees one space as always. Which
cosine means what is different for each pair of kinds anyway, so that is where they are made
comparable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from mmsearch.concepts import Vocabulary
from mmsearch.encode.encoder import Encoder
from mmsearch.types import F32, Content, EncoderSpec, Modality

TEXT = "text"


class SideBySide:
    """The first encoder that can encode a kind does it; see Encoder."""

    def __init__(self, members: Sequence[Encoder]) -> None:
        """members: at least one; those that are left with no kind should not be among them."""
        self._members = tuple(members)
        ends = np.cumsum([member.spec.dim for member in members])
        starts = [0, *ends[:-1].tolist()]
        self._blocks = [slice(start, int(end)) for start, end in zip(starts, ends, strict=True)]
        self._home = {
            kind: next(
                place for place, member in enumerate(members) if kind in member.spec.modalities
            )
            for kind in Modality
            if any(kind in member.spec.modalities for member in members)
        }
        self.spec = self._joined_spec(int(ends[-1]))
        self._calibration = self._told()

    @property
    def members(self) -> tuple[Encoder, ...]:
        """The encoders, in the order of their blocks."""
        return self._members

    def member_for(self, kind: Modality) -> Encoder:
        """The encoder that encodes segments of a kind."""
        return self._members[self._home[kind]]

    def encode_texts(self, texts: Sequence[str]) -> F32:
        """Embed query sentences by every encoder: (n_text, dim) float32, unit length."""
        blocks = [member.encode_texts(texts) for member in self._members]
        return np.asarray(np.concatenate(blocks, axis=1) / self.length_of(TEXT), np.float32)

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed segments by the encoder of their kind: (n_segment, dim) float32, unit length."""
        place = self._home[modality]
        vectors = np.zeros((len(contents), self.spec.dim), np.float32)
        encoded = self._members[place].encode_contents(modality, contents)
        vectors[:, self._blocks[place]] = encoded
        return vectors

    def encode_examples(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed examples by every encoder that can: (n_example, dim) float32, unit length.

        So a picture still finds sounds where one encoder knows both, although its own segments
        are another's.
        """
        vectors = np.zeros((len(contents), self.spec.dim), np.float32)
        for block, member in zip(self._blocks, self._members, strict=True):
            if modality in member.spec.modalities:
                vectors[:, block] = member.encode_contents(modality, contents)
        return np.asarray(vectors / self.length_of(modality.value), np.float32)

    @property
    def calibration(self) -> Mapping[tuple[str, Modality], tuple[float, float]]:
        """Of each pair what the encoder of its segments says, or what was learned of it here."""
        return self._calibration

    @cached_property
    def unmeasured(self) -> tuple[Modality, ...]:
        """Kinds whose encoder says nothing of its cosines; see ``learn``."""
        return tuple(
            kind
            for kind in self._home
            if (TEXT, _seen_as(kind)) not in self.member_for(kind).calibration
        )

    def learn(self, pairs: Mapping[tuple[str, Modality], tuple[float, float]]) -> None:
        """Take midpoints and scales of dot products that were found in a library."""
        self._calibration = self._told() | dict(pairs)

    def _told(self) -> dict[tuple[str, Modality], tuple[float, float]]:
        """What the members say of their cosines, on the scale of the dot products."""
        found: dict[tuple[str, Modality], tuple[float, float]] = {}
        for kind in self._home:
            for (query, target), (midpoint, scale) in self.member_for(kind).calibration.items():
                if target is _seen_as(kind):
                    length = self.length_of(query)
                    found[query, kind] = midpoint / length, scale / length
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary | None:
        """The words of the encoder that has some, for segments in its block; see Vocabulary."""
        for place, member in enumerate(self._members):
            if member.vocabulary is not None:
                own = {kind for kind, home in self._home.items() if home == place}
                return member.vocabulary.in_block(self._blocks[place], self.spec.dim, own)
        return None

    def length_of(self, query: str) -> float:
        """The length of a query's blocks together, by which they are divided."""
        if query == TEXT:
            return math.sqrt(len(self._members))
        n = sum(Modality(query) in member.spec.modalities for member in self._members)
        return math.sqrt(max(n, 1))

    def _joined_spec(self, dim: int) -> EncoderSpec:
        specs = [member.spec for member in self._members]
        seen = self._home.get(Modality.IMAGE, self._home.get(Modality.VIDEO))
        return EncoderSpec(
            id="+".join(spec.id for spec in specs),
            revision="+".join(spec.revision for spec in specs),
            dim=dim,
            modalities=tuple(self._home),
            image_px=specs[seen].image_px if seen is not None else 224,
            licence="; ".join(f"{spec.id}: {spec.licence}" for spec in specs if spec.licence),
            source="; ".join(spec.source for spec in specs if spec.source),
        )


def encode_examples(encoder: Encoder, modality: Modality, contents: Sequence[Content]) -> F32:
    """Embed what is searched for by example, by all encoders that can: (n_example, dim)."""
    if isinstance(encoder, SideBySide):
        return encoder.encode_examples(modality, contents)
    return encoder.encode_contents(modality, contents)


def _seen_as(kind: Modality) -> Modality:
    """Films are seen through the tower for pictures, and measured with them."""
    return Modality.IMAGE if kind is Modality.VIDEO else kind
