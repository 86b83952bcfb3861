"""Decides for each pair of kinds whether and how to normalise: never without a reason.

Each candidate starts with the gain that was measured on other collections. What can be seen in
the library is weighed against it, as measurements of the same quantity with different spreads
(a normal prior): a few captions change little, some hundreds decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.normalise.candidates import Candidate
from mmsearch.normalise.occurrence import occurrence, skewness
from mmsearch.normalise.probes import Evidence
from mmsearch.normalise.setting import RAW, Setting
from mmsearch.types import F32

TermOf = Callable[[Setting], F32]
"""The term of each item under a setting: (n_item,)."""

_SPREAD_OF_GENERATED = 0.03
"""How far the gain on generated queries is from that on real ones: they show whether a bank does
harm, not how much it helps."""
_MOST_SKEWNESS = 1.25
"""A setting that makes hubs worse by more than this factor is out, unless people's words say
otherwise."""
_LEAST_SKEWNESS = 0.5
"""Below this there are no hubs worth the name, and its ratio means nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided for a pair, and why."""

    setting: Setting
    reason: str
    gain: float = 0.0
    """Expected, in reciprocal rank."""

    def to_json(self) -> dict[str, Any]:
        return {"setting": self.setting.to_json(), "reason": self.reason, "gain": self.gain}

    @staticmethod
    def from_json(given: dict[str, Any]) -> Choice:
        """Raises ValueError, TypeError or KeyError for anything that to_json does not write."""
        setting = Setting.from_json(given["setting"])
        return Choice(setting, str(given["reason"]), float(given["gain"]))


@dataclass(frozen=True, slots=True)
class _Measured:
    gain: float
    spread: float
    skewness_before: float
    skewness_after: float
    evidence: Evidence


def choose(
    candidates: Sequence[Candidate],
    items: F32,
    owner: NDArray[np.int64],
    term_of: TermOf,
    evidence: Sequence[Evidence],
) -> Choice:
    """The best candidate by what is expected after the evidence; raw when none is above zero.

    items: (n_item, dim) segments of one kind. owner: (n_item,) which of them belong to one file.
    """
    best = Choice(RAW, "raw cosines: nothing is known to help here")
    for candidate in candidates:
        term = term_of(candidate.setting)
        measured = [_measure(items, owner, term, some) for some in evidence if len(some.queries)]
        gain = _posterior(candidate, measured)
        if gain <= best.gain or any(_makes_hubs(some) for some in measured):
            if best.setting.is_raw and measured:
                best = Choice(RAW, _told("raw cosines", measured), 0.0)
            continue
        best = Choice(candidate.setting, _told(str(candidate.setting), measured), round(gain, 5))
    return best


def _measure(items: F32, owner: NDArray[np.int64], term: F32, evidence: Evidence) -> _Measured:
    raw = np.asarray(evidence.queries @ items.T)
    before = reciprocal_ranks(raw, owner, evidence.right)
    after = reciprocal_ranks(raw - term, owner, evidence.right)
    change = after - before
    spread = float(change.std() / np.sqrt(len(change)))
    # Without any change the spread is zero, which would be taken for certainty.
    spread = max(spread, 0.5 / np.sqrt(len(change)) / np.sqrt(len(change)))
    if not evidence.is_real:
        spread = float(np.hypot(spread, _SPREAD_OF_GENERATED))
    return _Measured(
        float(change.mean()),
        spread,
        skewness(occurrence(raw)),
        skewness(occurrence(raw - term)),
        evidence,
    )


def reciprocal_ranks(
    scores: F32, owner: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """1 / rank of the best item of the right owner among those of all others: (n_query,)."""
    is_right = owner[None, :] == right[:, None]
    best = np.where(is_right, scores, -np.inf).max(axis=1)
    rank = 1 + ((scores > best[:, None]) & ~is_right).sum(axis=1)
    return np.where(np.isfinite(best), 1 / rank, 0.0)


def _posterior(candidate: Candidate, measured: Sequence[_Measured]) -> float:
    """The mean of prior and measurements, each weighted by 1 / variance."""
    weights = [1 / candidate.spread**2, *(1 / some.spread**2 for some in measured)]
    gains = [candidate.gain, *(some.gain for some in measured)]
    return float(np.average(gains, weights=weights))


def _makes_hubs(measured: _Measured) -> bool:
    if measured.evidence.is_real and measured.gain > 2 * measured.spread:
        return False
    limit = max(_LEAST_SKEWNESS, _MOST_SKEWNESS * measured.skewness_before)
    return measured.skewness_after > limit


def _told(name: str, measured: Sequence[_Measured]) -> str:
    if not measured:
        return f"{name}: as measured on other collections"
    seen = "; ".join(
        f"{len(some.evidence.queries):,} {some.evidence.source}: reciprocal rank {some.gain:+.3f}, "
        f"skewness {some.skewness_before:.2f} → {some.skewness_after:.2f}"
        for some in measured
    )
    return f"{name}; tried {seen}"
