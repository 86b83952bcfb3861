"""Computes what each segment is taken off, in blocks, so that a large library needs little memory.

A segment has up to three raw terms for a kind of query: from *real* queries (shipped, and the
user's own), from the library's *own* items standing for queries, and from other items of the
*gallery*. Each depends on the segment and the banks alone, so that a new segment changes no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.normalise.bank import Bank
from mmsearch.normalise.method import METHODS, Method, Term
from mmsearch.normalise.setting import Setting
from mmsearch.types import F32
from mmsearch.vectors import Vectors

PARTS = ("real", "own", "gallery")
_ROWS_AT_ONCE = 4096

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Banks:
    """The banks of one pair of kinds; None where there is none, or it is empty."""

    real: Bank | None = None
    own: Bank | None = None
    gallery: Bank | None = None
    sample: F32 | None = None
    """(n, dim) items of the kind of the segments, on which potentials are found."""

    @property
    def is_empty(self) -> bool:
        return self.real is None and self.own is None


def fit_rows(vectors: Vectors | F32, rows: Rows, banks: Banks, setting: Setting) -> F32:
    """The raw terms of some rows: (n_row, 3) float32, columns as PARTS, 0 where there is no bank.

    vectors: (n_segment, dim), of which only the rows are read. A vector of zeros, which stands for
    what cannot be encoded and matches nothing, has no terms: NaN.
    """
    raw = np.zeros((len(rows), len(PARTS)), np.float32)
    if setting.is_raw:
        return raw
    method = METHODS.get(setting.method)
    for column, (bank, term) in enumerate(_parts(banks, method)):
        if bank is None or term is None:
            continue
        is_query_term = term is method.term
        parameters = _parameters(setting) if is_query_term else {}
        potentials = _potentials(bank, banks.sample, method) if is_query_term else 0.0
        for block in _blocks(len(rows)):
            cosines = bank.cosines(vectors[rows[block]]) - potentials
            raw[block, column] = term(cosines, **parameters)
    for block in _blocks(len(rows)):
        raw[block][~vectors[rows[block]].any(axis=1)] = np.nan
    return raw


def _parameters(setting: Setting) -> dict[str, float]:
    """Counts are whole numbers, also when they come from a file."""
    return {
        name: int(value) if value == int(value) else value
        for name, value in setting.parameters.items()
    }


def activated(vectors: Vectors | F32, rows: Rows, banks: Banks) -> NDArray[np.bool_]:
    """Which rows come first for some query of a bank: (n_row, 2) bool, by query bank and by
    gallery bank. Unlike terms it has to be found anew whenever an item comes or goes."""
    found = np.zeros((len(rows), 2), bool)
    for column, some in enumerate(((banks.real, banks.own), (banks.gallery,))):
        for bank in some:
            if bank is not None and len(rows):
                found[_first_places(vectors, rows, bank), column] = True
    return found


def _parts(banks: Banks, method: Method) -> list[tuple[Bank | None, Term | None]]:
    return [
        (banks.real, method.term),
        (banks.own, method.term),
        (banks.gallery, method.gallery_term),
    ]


def _potentials(bank: Bank, sample: F32 | None, method: Method) -> F32 | float:
    if method.potentials is None or sample is None or len(sample) == 0:
        return 0.0
    return method.potentials(bank.cosines(sample))


def _first_places(vectors: Vectors | F32, rows: Rows, bank: Bank) -> Rows:
    """Which of the rows comes first for each query of the bank that counts for any."""
    best = np.full(len(bank.queries), -np.inf, np.float32)
    first = np.zeros(len(bank.queries), np.int64)
    for block in _blocks(len(rows)):
        cosines = bank.cosines(vectors[rows[block]])
        place = cosines.argmax(axis=0)
        top = cosines[place, np.arange(len(best))]
        better = top > best
        best[better], first[better] = top[better], place[better] + block.start
    return first[np.isfinite(best)]


def _blocks(n_row: int) -> Iterator[slice]:
    for start in range(0, n_row, _ROWS_AT_ONCE):
        yield slice(start, min(start + _ROWS_AT_ONCE, n_row))
