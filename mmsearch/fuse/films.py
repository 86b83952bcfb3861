"""The moments and the relevance curve of one film or sound of the gallery."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.calibrate import Calibration, pair_of
from mmsearch.fuse.match import Null, match_logits, match_strengths
from mmsearch.fuse.medoids import medoids
from mmsearch.fuse.moments import Curve, Likeness, curve, moments
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality, Moment, RelevanceCurve, TimeRange

_MOST_MOMENTS = 5
_KEY_PARTS = 8


def film_moments(
    gallery: Gallery, logit: F32, segment: int, calibration: Calibration, null: Null
) -> tuple[Moment, ...]:
    """The moments of the film that a segment is of, best first; nothing for what has no times.

    Shots are looked at when the segment is one, and windows of sound when it is one of those.
    """
    if np.isnan(gallery.locators[segment, 0]):
        return ()
    parts = _parts(gallery, segment)
    film, likeness = _film(gallery, logit, parts, calibration)
    return _moments(film, likeness, int(gallery.kind[segment]), null)


def relevance_curve(
    gallery: Gallery, logit: F32, segment: int, calibration: Calibration, null: Null
) -> RelevanceCurve:
    """How well each part of the film that a segment is of answers a query.

    logit: (n_segment,) of the query. Raises ValueError for a segment without times.
    """
    if np.isnan(gallery.locators[segment, 0]):
        raise ValueError("only films and sounds have a relevance curve")
    parts, kind = _parts(gallery, segment), int(gallery.kind[segment])
    film, likeness = _film(gallery, logit, parts, calibration)
    return RelevanceCurve(
        parts=tuple(_range(film, part, part) for part in range(len(parts))),
        matches=tuple(_matches(film.smooth, kind, null)),
        moments=_moments(film, likeness, kind, null),
        key_parts=tuple(medoids(likeness.vectors, _KEY_PARTS).tolist()),
    )


def _parts(gallery: Gallery, segment: int) -> NDArray[np.int64]:
    """The segments of the same file that the same tower saw, in the order of time."""
    content = int(np.searchsorted(gallery.first_segment, segment, side="right")) - 1
    mine = np.arange(*gallery.first_segment[content : content + 2])
    mine = mine[gallery.kind[mine] == gallery.kind[segment]]
    return np.asarray(mine[np.argsort(gallery.locators[mine, 0], kind="stable")])


def _film(
    gallery: Gallery, logit: F32, parts: NDArray[np.int64], calibration: Calibration
) -> tuple[Curve, Likeness]:
    kind = MODALITIES[gallery.kind[parts[0]]]
    seen_as = Modality.IMAGE if kind is Modality.VIDEO else kind
    likeness = Likeness(gallery.vectors[parts], *pair_of(seen_as.value, seen_as, calibration))
    return curve(gallery.locators[parts], logit[parts], likeness), likeness


def _moments(film: Curve, likeness: Likeness, kind: int, null: Null) -> tuple[Moment, ...]:
    matches = _matches(film.relevance, kind, null)
    return tuple(
        Moment(
            _range(film, one.first, one.last), matches[one.best], _range(film, one.best, one.best)
        )
        for one in moments(film, likeness, most=_MOST_MOMENTS)
    )


def _matches(logit: F32, kind: int, null: Null) -> list[float]:
    odds = match_logits(logit, np.full(len(logit), kind, np.uint8), null)
    matches: list[float] = match_strengths(odds).tolist()
    return matches


def _range(film: Curve, first: int, last: int) -> TimeRange:
    return TimeRange(float(film.ranges[first, 0]), float(film.ranges[last, 1]))
