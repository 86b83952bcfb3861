"""What hubs there are in a library, before and after normalising: for ``doctor --hubness``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.candidates import candidates_for
from mmsearch.normalise.guard import Choice
from mmsearch.normalise.library_bank import LibraryBank, map_of, stand_in, with_stand_in
from mmsearch.normalise.occurrence import Counts, occurrence, skewness
from mmsearch.normalise.probes import generated
from mmsearch.normalise.sample import NEAR
from mmsearch.normalise.setting import QUERY_KINDS, Pair
from mmsearch.normalise.terms import Terms, bank_term
from mmsearch.types import F32, Modality, QueryBanks

_MOST_PROBES = 500
_LEAST_PROBES = 20
_QUERIES_AT_ONCE = 32
"""Bounds the memory: a matrix of so many rows, a column for each segment."""


@dataclass(frozen=True, slots=True, eq=False)
class Hubs:
    """How often the segments of a kind are among the first ten."""

    counts: Counts
    largest: int
    """Which segment of the gallery is there most often."""

    @property
    def skewness(self) -> float:
        return skewness(self.counts)

    @property
    def most(self) -> int:
        return int(self.counts.max(initial=0))


@dataclass(frozen=True, slots=True, eq=False)
class PairReport:
    """One pair of kinds in one library."""

    pair: Pair
    choice: Choice
    probes: str
    """What was asked."""
    n_probe: int
    before: Hubs
    after: Hubs

    def to_json(self, gallery: Gallery) -> dict[str, Any]:
        return {
            "query": self.pair[0],
            "target": self.pair[1].value,
            "method": str(self.choice.setting),
            "reason": self.choice.reason,
            "segments": len(self.before.counts),
            "probes": self.n_probe,
            "asked": self.probes,
            "before": _hubs_to_json(self.before, gallery),
            "after": _hubs_to_json(self.after, gallery),
        }


def _hubs_to_json(hubs: Hubs, gallery: Gallery) -> dict[str, Any]:
    return {
        "skewness": round(hubs.skewness, 3),
        "largest_hub": hubs.most,
        "largest_hub_path": path_of_segment(gallery, hubs.largest),
    }


def path_of_segment(gallery: Gallery, segment: int) -> str:
    """The first file, below its root, that a segment is in."""
    content = int(np.searchsorted(gallery.first_segment, segment, side="right")) - 1
    rows = np.flatnonzero(gallery.asset_content == content)
    return gallery.relative_paths[int(rows[0])] if len(rows) else ""


def report(
    gallery: Gallery,
    shipped: QueryBanks,
    library: LibraryBank,
    choices: Mapping[Pair, Choice],
    terms: Terms,
) -> list[PairReport]:
    """All pairs of kinds that normalising is thought of for and that can be asked about here."""
    found = []
    for query_kind in QUERY_KINDS:
        for code, target in enumerate(MODALITIES):
            pair = (query_kind, target)
            rows = np.flatnonzero(gallery.kind == code)
            if len(rows) < 2 or not candidates_for(pair, is_measured=shipped.are_measured):
                continue
            source, probes = _probes(pair, shipped, library)
            if len(probes) < _LEAST_PROBES:
                continue
            before, after = _hubs(gallery, rows, probes, terms, query_kind)
            found.append(PairReport(pair, choices[pair], source, len(probes), before, after))
    return found


def _probes(pair: Pair, shipped: QueryBanks, library: LibraryBank) -> tuple[str, F32]:
    """Queries that are not in the bank of the pair, wherever there are such."""
    query_kind, target = pair
    real = with_stand_in(shipped.queries, query_kind, target)
    to_text = map_of(shipped, target)
    sample = library.samples.get(stand_in(target))
    if query_kind == "text" and to_text is not None and real is not None and sample is not None:
        made = generated(sample[:_MOST_PROBES], np.arange(len(sample)), to_text, real)
        return "sentences made of its own files", made.queries
    own = library.samples.get(Modality(query_kind)) if query_kind != "text" else None
    if own is not None and len(own) >= _LEAST_PROBES:
        return f"its own files ({query_kind})", own[:_MOST_PROBES]
    if real is not None:
        return "the queries of the bank", real
    return "", np.zeros((0, 0), np.float32)


def _hubs(
    gallery: Gallery, rows: NDArray[np.int64], probes: F32, terms: Terms, query_kind: str
) -> tuple[Hubs, Hubs]:
    """Raw and normalised; a file does not count among the answers to itself."""
    before, after = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    is_same_kind = stand_in(MODALITIES[gallery.kind[rows[0]]]).value == query_kind
    for raw, normalised in _scores(gallery, rows, probes, terms, query_kind):
        if is_same_kind:
            normalised[raw > NEAR] = -np.inf
            raw[raw > NEAR] = -np.inf
        before += occurrence(raw)
        after += occurrence(normalised)
    return (
        Hubs(before, int(rows[before.argmax()])),
        Hubs(after, int(rows[after.argmax()])),
    )


def _scores(
    gallery: Gallery, rows: NDArray[np.int64], probes: F32, terms: Terms, query_kind: str
) -> Iterator[tuple[F32, F32]]:
    """Cosines of the rows to some queries after the other, raw and normalised."""
    vectors = gallery.vectors[rows]
    kind = gallery.kind[rows]
    own = terms.rows(rows)
    for start in range(0, len(probes), _QUERIES_AT_ONCE):
        raw = np.asarray(probes[start : start + _QUERIES_AT_ONCE] @ vectors.T)
        taken = [bank_term(one, kind, own, query_kind) for one in raw]
        nothing = np.zeros(len(rows), np.float32)
        yield raw, raw - np.stack([nothing if one is None else one for one in taken])
