"""Applies what a person liked and disliked to the scores of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.errors import QueryError
from mmsearch.fuse.calibrate import Calibration, scales_of
from mmsearch.fuse.combine import best_segments, top_assets
from mmsearch.gallery import Gallery
from mmsearch.rerank.feedback import METHODS, Judged
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.files import row_of
from mmsearch.searching.parts import Part
from mmsearch.searching.scored import Feedback, Scored
from mmsearch.store.verdicts import SegmentId, Verdicts
from mmsearch.types import F32, Query

_N_OTHERS = 100
"""Candidates without a verdict that the judged ones are compared with, as in FIRST."""

Ints = NDArray[np.int64]


def judged_segments(
    paths: Sequence[Path], gallery: Gallery, root_paths: Mapping[str, Path], logit: F32
) -> Ints:
    """The segments by which files answer a query: (n_path,).

    Raises QueryError for a file that is not in the library.
    """
    rows = np.array([row_of(gallery, path, root_paths) for path in paths], np.int64)
    contents = gallery.asset_content[rows]
    for path, content in zip(paths, contents.tolist(), strict=True):
        if content < 0:
            raise QueryError(f"{path} could not be indexed, so it says nothing.")
    return best_segments(gallery, logit, contents)


def feedback_logits(
    query: Query,
    parts: Sequence[Part],
    logit: F32,
    asset_logit: F32,
    *,
    gallery: Gallery,
    mask: Mask,
    root_paths: Mapping[str, Path],
    calibration: Calibration,
) -> Feedback | None:
    """What likes and dislikes add to the logit of each segment; None without any.

    logit, asset_logit: of the query as it was asked; they say which segments were judged.
    """
    if query.wanted is None or not (query.liked or query.disliked):
        return None
    liked = judged_segments(query.liked, gallery, root_paths, logit)
    disliked = judged_segments(query.disliked, gallery, root_paths, logit)
    rows = np.array(top_assets(gallery, asset_logit, mask, _N_OTHERS), np.int64)
    best = best_segments(gallery, logit, gallery.asset_content[rows])
    others = np.setdiff1d(best, np.concatenate([liked, disliked]))
    places = np.concatenate([liked, disliked, others])
    verdicts = np.repeat([1, -1, 0], [len(liked), len(disliked), len(others)])
    kinds = [part.kind for part in parts if not part.avoided] or ["text"]
    scales = scales_of(kinds[0], calibration)
    judged = Judged(
        gallery.vectors[places],
        logit[places],
        scales[gallery.kind[places]],
        verdicts.astype(np.int8),
    )
    direction = METHODS.get(query.feedback)(judged)
    added = gallery.vectors.products(direction)
    added /= gallery.by_kind(scales)
    return Feedback(direction, scales, added)


def verdicts_of(
    query: Query, scored: Scored, gallery: Gallery, root_paths: Mapping[str, Path]
) -> Verdicts | None:
    """What is to be kept of the likes and dislikes of an answered query; None without any."""
    if scored.feedback is None:
        return None
    asked = scored.logit - scored.feedback.added
    ids = [
        _segment_ids(judged_segments(paths, gallery, root_paths, asked), paths, gallery, root_paths)
        for paths in (query.liked, query.disliked)
    ]
    parts = [one.part for one in scored.parts]
    sentences = [part for part in parts if part.is_only_sentence and not part.avoided]
    vector = tuple(sentences[0].vectors[0].tolist()) if sentences else ()
    return Verdicts(gallery.space, query.text, vector, *ids)


def _segment_ids(
    segments: Ints, paths: Sequence[Path], gallery: Gallery, root_paths: Mapping[str, Path]
) -> tuple[SegmentId, ...]:
    rows = [row_of(gallery, path, root_paths) for path in paths]
    return tuple(
        (gallery.content_ids[row], int(segment - gallery.first_segment[gallery.asset_content[row]]))
        for row, segment in zip(rows, segments.tolist(), strict=True)
    )
