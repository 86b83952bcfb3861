"""The part of the banks that is the user's own: a sample of the library, and past searches."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES
from mmsearch.normalise.bank import Bank, LinearMap
from mmsearch.normalise.fit import Banks
from mmsearch.normalise.row_keys import Keys, row_keys
from mmsearch.normalise.sample import sample_rows
from mmsearch.normalise.setting import Pair, kinds_of_tower
from mmsearch.types import F32, Modality, QueryBanks
from mmsearch.vectors import Vectors

_SAMPLE_PER_KIND = 1000
_LEAST_QUERIES = 64
"""Fewer do not show where queries lie, only where these few do: five captions as a bank cost two
points of R@1."""
_LEAST_OVERLAP = 0.8
"""A stored sample stays while it has this share in common with a fresh one: every change of the
bank means that all terms are computed anew."""


@dataclass(frozen=True, slots=True, eq=False)
class LibraryBank:
    """Vectors of a sample of each kind of segment, and of what was searched for."""

    samples: Mapping[Modality, F32] = field(default_factory=dict)
    searches: F32 | None = None

    @property
    def identity(self) -> str:
        """Changes with any vector."""
        digest = hashlib.sha256()
        for kind in sorted(self.samples):
            digest.update(f"{kind} {self.samples[kind].shape}".encode())
            digest.update(np.ascontiguousarray(self.samples[kind]).tobytes())
        if self.searches is not None:
            digest.update(b"searches" + np.ascontiguousarray(self.searches).tobytes())
        return digest.hexdigest()[:16]


def renewed(
    old: LibraryBank, vectors: Vectors, keys: Keys, kind: NDArray[np.uint8], searches: F32 | None
) -> LibraryBank:
    """The bank for the library as it is now; samples that still stand for it are kept.

    vectors, keys, kind: of all segments. searches: (n, dim), None for none.
    """
    samples = {}
    for target in MODALITIES:
        tower = kinds_of_tower(target)
        if target is not tower[0]:
            continue
        rows = np.flatnonzero(np.isin(kind, [MODALITIES.index(one) for one in tower]))
        chosen = rows[sample_rows(keys[rows], vectors, rows, _SAMPLE_PER_KIND)]
        if len(chosen) < 2:
            continue
        known = old.samples.get(target)
        fresh = vectors[chosen]
        is_kept = known is not None and _overlap(row_keys(known), keys[chosen]) >= _LEAST_OVERLAP
        samples[target] = known if known is not None and is_kept else np.asarray(fresh)
    return LibraryBank(samples, searches)


def _overlap(one: Keys, other: Keys) -> float:
    return len(np.intersect1d(one, other)) / max(len(one), len(other), 1)


def banks_of(pair: Pair, shipped: QueryBanks, library: LibraryBank) -> Banks:
    """All banks of a pair of kinds."""
    query_kind, target = pair
    real = with_stand_in(shipped.queries, query_kind, target)
    if query_kind == "text" and real is not None and library.searches is not None:
        real = np.concatenate([real, library.searches])
    sample = library.samples.get(stand_in(target))
    return Banks(
        real=Bank(real) if real is not None else None,
        own=_own_bank(query_kind, target, sample, shipped),
        gallery=Bank(sample, sample) if sample is not None else None,
        sample=sample,
    )


def _own_bank(
    query_kind: str, target: Modality, sample: F32 | None, shipped: QueryBanks
) -> Bank | None:
    """The library's items as queries: as they are among their kind, else where sentences lie."""
    if sample is None:
        return None
    if query_kind == "text":
        to_text = map_of(shipped, target)
        return Bank(to_text(sample), sample) if to_text is not None else Bank(sample, sample)
    return Bank(sample, sample) if query_kind == stand_in(target).value else None


def map_of(shipped: QueryBanks, target: Modality) -> LinearMap | None:
    """The map from a kind to its sentences, if one was learned."""
    found = shipped.to_text.get(stand_in(target))
    return LinearMap(*found) if found is not None else None


def with_stand_in(
    queries: Mapping[tuple[str, Modality], F32], query_kind: str, target: Modality
) -> F32 | None:
    """Film is seen through the picture tower, so pictures stand in for it; None for too few."""
    found = queries.get((query_kind, target), queries.get((query_kind, stand_in(target))))
    return found if found is not None and len(found) >= _LEAST_QUERIES else None


def stand_in(target: Modality) -> Modality:
    """Which tower made a kind's vectors."""
    return kinds_of_tower(target)[0]
