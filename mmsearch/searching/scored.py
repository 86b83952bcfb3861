"""How well everything in the gallery answers a query, part by part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mmsearch.fuse.match import Null
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.lexical import Lexical
from mmsearch.searching.parts import Part
from mmsearch.types import F32, Modality


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """How well everything in the gallery answers a query, and why."""

    parts: list[Part]
    part_cosines: list[F32]
    part_terms: list[F32]
    """What was taken off the cosines against hubs."""
    words: Lexical | None
    by_name: F32 | None
    """(n_asset,) what names add; None where they say nothing."""
    logit: F32
    """(n_segment,) of everything that is in the segments."""
    asset_logit: F32
    """(n_asset,) of the best segment, and of the name."""
    null: Null
    odds: F32
    """(n_asset,) logarithms of the odds that it is what was asked for."""

    def trace(self, gallery: Gallery, row: int, segment: int) -> dict[str, float]:
        """The scores that the logit of an asset and its best segment was made of."""
        of_part = {
            part.name: float(some[segment])
            for part, some in zip(self.parts, self.part_cosines, strict=True)
        }
        cosine = self._mean_over_wanted(self.part_cosines, segment)
        bank = self._mean_over_wanted(self.part_terms, segment)
        scores = {"cosine": cosine, "bank": bank, "normalised": cosine - bank}
        scores["logit"] = float(self.asset_logit[row])
        if len(of_part) > 1:
            scores |= {f"cosine {name}": value for name, value in of_part.items()}
        if self.words is not None and MODALITIES[gallery.kind[segment]] is Modality.CODE:
            scores["lexical"] = float(self.words.scores[segment])
        if self.by_name is not None and self.by_name[row] > 0:
            scores["name"] = float(self.by_name[row])
        return scores

    def _mean_over_wanted(self, of_parts: list[F32], segment: int) -> float:
        pairs = zip(self.parts, of_parts, strict=True)
        wanted = [float(some[segment]) for part, some in pairs if not part.avoided]
        return float(np.mean(wanted)) if wanted else 0.0
