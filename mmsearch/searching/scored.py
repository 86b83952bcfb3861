"""How well everything in the gallery answers a query, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mmsearch.fuse.match import Null
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.searching.parts import ScoredPart
from mmsearch.types import F32, Modality


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """How well everything in the gallery answers a query, and why."""

    parts: list[ScoredPart]
    by_name: F32 | None
    """(n_asset,) what names add; None where they say nothing."""
    logit: F32
    """(n_segment,) of everything that is in the segments."""
    asset_logit: F32
    """(n_asset,) of the best segment, and of the name."""
    null: Null
    odds: F32
    """(n_asset,) logarithms of the odds that it is what was asked for."""
    feedback: F32 | None = None
    """(n_segment,) what likes and dislikes added to ``logit``; None without any."""

    def trace(self, gallery: Gallery, row: int, segment: int) -> dict[str, float]:
        """The scores that the logit of an asset and its best segment was made of.

        logit = meaning + words + name + feedback. Of several parts, ``meaning`` is that of all
        together, with their words.
        """
        wanted = [one for one in self.parts if not one.part.avoided]
        cosine = _mean(float(one.cosine[segment]) for one in wanted)
        bank = _mean(0.0 if one.bank is None else float(one.bank[segment]) for one in wanted)
        scores = {"cosine": cosine, "bank": bank, "normalised": cosine - bank}
        if len(self.parts) > 1:
            scores |= {f"cosine {one.part.name}": float(one.cosine[segment]) for one in self.parts}
        scores |= self._words(gallery, segment)
        if self.by_name is not None and self.by_name[row]:
            scores["name"] = float(self.by_name[row])
        if self.feedback is not None:
            scores["feedback"] = float(self.feedback[segment])
        logit = float(self.asset_logit[row])
        meaning = logit - sum(scores.get(name, 0.0) for name in ("words", "name", "feedback"))
        return scores | {"meaning": meaning, "logit": logit}

    def _words(self, gallery: Gallery, segment: int) -> dict[str, float]:
        """The best BM25 of a sentence in code, and what the words of a single one add."""
        scores = {}
        found = [one.words.code for one in self.parts if one.words and one.words.code]
        if found and MODALITIES[gallery.kind[segment]] is Modality.CODE:
            scores["lexical"] = max(float(one.scores[segment]) for one in found)
        by_words = self.parts[0].by_words if len(self.parts) == 1 else None
        if by_words is not None and by_words[segment]:
            scores["words"] = float(by_words[segment])
        return scores


def _mean(values: Iterable[float]) -> float:
    """0 of nothing."""
    every = list(values)
    return sum(every) / len(every) if every else 0.0
