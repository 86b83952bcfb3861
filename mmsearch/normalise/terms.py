"""Terms ready to be subtracted, and the subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES
from mmsearch.normalise.method import METHODS
from mmsearch.normalise.setting import Setting, kinds_of_tower
from mmsearch.types import F32, Modality

_HALF_TRUSTED_AT = 100
"""With this many segments of a kind, the library's own bank counts half: among ten pictures the
others say little about what is asked, among a thousand as much as real queries do."""


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """One number a segment, on the cosine scale."""

    term: F32
    """(n_segment,)"""
    active: NDArray[np.bool_] | None = None
    """(n_segment,) hubs; the term counts only in a search whose first segment of a kind is one."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What is subtracted, by kind of query part."""

    factors: Mapping[str, Sequence[Factor]] = field(default_factory=dict)

    def rows(self, rows: NDArray[np.int64]) -> Terms:
        """Those of some segments only."""
        return Terms(
            {
                query_kind: [
                    Factor(one.term[rows], None if one.active is None else one.active[rows])
                    for one in factors
                ]
                for query_kind, factors in self.factors.items()
            }
        )


NO_TERMS = Terms()


def assemble(
    raw: F32,
    active: NDArray[np.bool_] | None,
    kind: NDArray[np.uint8],
    settings: Mapping[Modality, Setting],
) -> list[Factor]:
    """The factors of one kind of query.

    raw, active: of all segments, as from fit_rows and activated. kind: (n_segment,) as in Gallery.
    settings: by the kind of the segments; kinds without one stay raw.

    Of the segments of each tower the mean is taken out: cosines keep their level, so calibration
    holds and the kinds in one list stay balanced. A kind with a single segment stays as it is.
    """
    query_term = np.zeros(len(raw), np.float32)
    gallery_term = np.zeros(len(raw), np.float32)
    is_gated = np.zeros(len(raw), bool)
    for target, setting in settings.items():
        tower = kinds_of_tower(target)
        if target is not tower[0] and tower[0] in settings:
            continue  # done together with the first
        rows = np.flatnonzero(np.isin(kind, [MODALITIES.index(one) for one in tower]))
        if len(rows) == 0 or setting.is_raw:
            continue
        real, own, gallery = (_centred(column) for column in raw[rows].T)
        query_term[rows] = setting.strength * _mixed(real, own, setting.real_share)
        gallery_term[rows] = setting.strength * gallery
        is_gated[rows] = METHODS.get(setting.method).is_dynamic
    gates: list[NDArray[np.bool_] | None] = [None, None]
    if active is not None and is_gated.any():
        gates = [active[:, column] | ~is_gated for column in range(2)]
    terms = (query_term, gallery_term)
    return [Factor(term, gate) for term, gate in zip(terms, gates, strict=True) if term.any()]


def _centred(column: F32) -> F32:
    """Less the mean; 0 for what has no term."""
    has_term = np.isfinite(column)
    if not has_term.any():
        return np.zeros(len(column), np.float32)
    centred = column - column[has_term].mean(dtype=np.float64)
    return np.where(has_term, centred, 0).astype(np.float32)


def _mixed(real: F32, own: F32, real_share: float) -> F32:
    """Real queries and the library's own bank, the latter by the library's size."""
    own = own * np.float32(len(own) / (len(own) + _HALF_TRUSTED_AT))
    if real_share == 0 or not real.any():
        return own
    if not own.any():
        return real
    return np.asarray(real_share * real + (1 - real_share) * own, np.float32)


def bank_term(cosines: F32, kind: NDArray[np.uint8], terms: Terms, query_kind: str) -> F32 | None:
    """What is to be taken off the cosines of one part of a query: (n_segment,); None for nothing.

    cosines: (n_segment,) to a query part of ``query_kind``.
    """
    total: F32 | None = None
    for factor in terms.factors.get(query_kind, ()):
        term = factor.term
        if factor.active is not None:
            term = np.where(_gate(cosines, kind, factor.active), term, np.float32(0))
        total = term if total is None else total + term
    return total


def _gate(cosines: F32, kind: NDArray[np.uint8], active: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each segment, whether the first segment of its kind is active: (n_segment,) bool."""
    is_open = np.zeros(len(MODALITIES), bool)
    for code in np.unique(kind):
        rows = np.flatnonzero(kind == code)
        is_open[code] = active[rows[cosines[rows].argmax()]]
    return is_open[kind]
