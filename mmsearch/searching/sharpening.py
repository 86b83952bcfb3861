"""Makes the scores of the best candidates exact.

Everything is scored by the upper eight bits of the vectors. That changes cosines by 5e-4 and the
order hardly, so that the best files are among a few more by these scores. For the segments that
these may be found by, all bits are read, and everything that was made of their cosines is made
again; beside them the approximate scores stay, for what looks at all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.calibrate import Calibration, scales_of
from mmsearch.fuse.match import match_logits
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.searching.parts import ScoredPart, composed, exact_cosines
from mmsearch.searching.scored import Scored
from mmsearch.types import F32, Modality, Query

_MOST_ROWS = 4096
_MARGIN = 0.5
"""Logits: of longer films only the shots are read that come so near to the best one. The error of
a logit is about 0.01."""

Ints = NDArray[np.int64]


def sharpen(
    scored: Scored,
    query: Query,
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    calibration: Calibration,
) -> None:
    """Write exact scores over those of the candidates, in place."""
    if gallery.vectors.is_small or query.wanted is None or len(scored.candidates) == 0:
        return
    contents, content_of = np.unique(gallery.asset_content[scored.candidates], return_inverse=True)
    segments, starts = _segments(gallery, contents)
    rows = _answering(scored.logit, segments, starts)
    kind, vectors = gallery.kind[rows], gallery.vectors[rows]
    for part in scored.parts:
        _sharpen_part(part, rows, kind, vectors, calibration)
    logit = composed(query, [one.logit[rows] for one in scored.parts], gallery, root_paths, rows)
    if scored.feedback is not None:
        scored.feedback.added[rows] = scored.feedback.of(vectors, kind)
        logit = logit + scored.feedback.added[rows]
    scored.logit[rows] = logit
    best = np.maximum.reduceat(scored.logit[segments], starts)[content_of]
    if scored.by_name is not None:
        best = best + scored.by_name[scored.candidates]
    scored.asset_logit[scored.candidates] = best
    modality = gallery.asset_modality[scored.candidates]
    scored.odds[scored.candidates] = match_logits(best, modality, scored.null)


def _segments(gallery: Gallery, contents: Ints) -> tuple[Ints, Ints]:
    """All segments of some contents, and where those of each content start."""
    first = gallery.first_segment[contents]
    counts = gallery.first_segment[contents + 1] - first
    starts = np.cumsum(counts) - counts
    return np.arange(counts.sum()) + np.repeat(first - starts, counts), starts


def _answering(logit: F32, segments: Ints, starts: Ints) -> Ints:
    """The segments that may turn out to be the best of their contents."""
    if len(segments) <= _MOST_ROWS:
        return segments
    some = logit[segments]
    counts = np.diff(np.append(starts, len(segments)))
    return segments[some >= np.repeat(np.maximum.reduceat(some, starts) - _MARGIN, counts)]


def _sharpen_part(
    part: ScoredPart, rows: Ints, kind: NDArray[np.uint8], vectors: F32, calibration: Calibration
) -> None:
    exact = exact_cosines(part.part, vectors, kind)
    change = (exact - part.cosine[rows]) / scales_of(part.part.kind, calibration)[kind]
    if part.part.steps is not None:
        change[kind == MODALITIES.index(Modality.VIDEO)] = 0  # they are scored as sequences
    part.cosine[rows] = exact
    part.meaning[rows] += change
    if part.words is not None and not part.words.is_by_rank:
        words = part.words.of_rows(rows)
        part.logit[rows] = words.with_meaning(part.meaning[rows], kind)
