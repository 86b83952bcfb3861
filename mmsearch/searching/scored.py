"""How well everything in the gallery answers a query, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.match import Null
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.searching.parts import ScoredPart
from mmsearch.types import F32, Modality


@dataclass(frozen=True, slots=True, eq=False)
class Feedback:
    """What likes and dislikes add to the logits."""

    direction: F32
    """(dim,) away from what is disliked."""
    scales: F32
    """(4,) by how much the product with it grows for one logit, of each of MODALITIES."""
    added: F32
    """(n_segment,)"""

    def of(self, vectors: F32, kind: NDArray[np.uint8]) -> F32:
        """What is added to some segments, from their vectors, (n, dim), and kinds: (n,)."""
        return np.asarray(vectors @ self.direction / self.scales[kind], np.float32)


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
    feedback: Feedback | None
    """What likes and dislikes added to ``logit``; None without any."""
    candidates: NDArray[np.int64]
    """The assets among which the best are, ascending; what is theirs is exact (sharpening.py)."""
    reranked: Mapping[int, float] = field(default_factory=dict)
    """What a reranker says of some assets, by their rows: "words" what it would add to
    their logits (reranking.py), a model scores on its own scale (judging.py)."""
    reranked_as: str = "rerank words"
    """What that is called in the trace."""

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
        if any(gallery.kind[segment] in one.part.adapted for one in wanted):
            own = gallery.vectors[segment]
            scores["cosine unadapted"] = _mean(
                float((one.part.vectors @ own).max()) for one in wanted
            )
        scores |= self._words(gallery, segment)
        if self.by_name is not None and self.by_name[row]:
            scores["name"] = float(self.by_name[row])
        if self.feedback is not None:
            scores["feedback"] = float(self.feedback.added[segment])
        if row in self.reranked:
            scores[self.reranked_as] = self.reranked[row]
        logit = float(self.asset_logit[row])
        meaning = logit - sum(scores.get(name, 0.0) for name in ("words", "name", "feedback"))
        return scores | {"meaning": meaning, "logit": logit}

    def _words(self, gallery: Gallery, segment: int) -> dict[str, float]:
        """The best BM25 of a sentence in code, and what the words of a single one add."""
        scores = {}
        found = [one.words.code for one in self.parts if one.words and one.words.code]
        if found and MODALITIES[gallery.kind[segment]] is Modality.CODE:
            scores["lexical"] = max(float(one.scores[segment]) for one in found)
        if len(self.parts) == 1 and self.parts[0].words is not None:
            by_words = float(self.parts[0].logit[segment] - self.parts[0].meaning[segment])
            if by_words:
                scores["words"] = by_words
        return scores


def _mean(values: Iterable[float]) -> float:
    """0 of nothing."""
    every = list(values)
    return sum(every) / len(every) if every else 0.0
