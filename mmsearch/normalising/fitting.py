"""Columns of raw terms for a gallery, those of known segments carried over."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.fit import PARTS, activated, fit_rows
from mmsearch.normalise.library_bank import LibraryBank, banks_of
from mmsearch.normalise.method import METHODS
from mmsearch.normalise.row_keys import find_keys, row_keys
from mmsearch.normalise.setting import QUERY_KINDS, Pair, Setting
from mmsearch.normalise.terms import Terms, assemble
from mmsearch.store.term_files import TermColumns
from mmsearch.types import F32, QueryBanks


def fit_columns(
    gallery: Gallery,
    generation: int,
    settings: Mapping[Pair, Setting],
    known: TermColumns | None,
    shipped: QueryBanks,
    library: LibraryBank,
) -> TermColumns:
    """The columns of all kinds of query that any setting is for.

    known: columns for the same settings and banks, of any generation; only segments that they do
    not have are compared with the banks.
    """
    keys = row_keys(gallery.vectors)
    found = find_keys(known.keys, keys) if known is not None else np.full(len(keys), -1, np.int64)
    raw: dict[str, F32] = {}
    active: dict[str, NDArray[np.bool_]] = {}
    for query_kind in QUERY_KINDS:
        wanted = {pair: some for pair, some in settings.items() if pair[0] == query_kind}
        wanted = {pair: some for pair, some in wanted.items() if not some.is_raw}
        if not wanted:
            continue
        column = np.zeros((gallery.n_segment, len(PARTS)), np.float32)
        is_new = np.ones(gallery.n_segment, bool)
        if known is not None and query_kind in known.raw:
            is_new = found < 0
            column[~is_new] = known.raw[query_kind][found[~is_new]]
        for pair, setting in wanted.items():
            rows = np.flatnonzero((gallery.kind == MODALITIES.index(pair[1])) & is_new)
            banks = banks_of(pair, shipped, library)
            column[rows] = fit_rows(gallery.vectors, rows, banks, setting)
        raw[query_kind] = column
        if any(METHODS.get(setting.method).is_dynamic for setting in wanted.values()):
            active[query_kind] = _active(gallery, wanted, shipped, library)
    return TermColumns(generation, keys, raw, active)


def _active(
    gallery: Gallery, wanted: Mapping[Pair, Setting], shipped: QueryBanks, library: LibraryBank
) -> NDArray[np.bool_]:
    """Of all segments anew: which one comes first for a query, any other may change."""
    column = np.zeros((gallery.n_segment, 2), bool)
    for pair in wanted:
        rows = np.flatnonzero(gallery.kind == MODALITIES.index(pair[1]))
        column[rows] = activated(gallery.vectors, rows, banks_of(pair, shipped, library))
    return column


def terms_of(gallery: Gallery, columns: TermColumns, settings: Mapping[Pair, Setting]) -> Terms:
    """The columns as they are subtracted."""
    factors = {}
    for query_kind, raw in columns.raw.items():
        by_target = {pair[1]: some for pair, some in settings.items() if pair[0] == query_kind}
        found = assemble(raw, columns.active.get(query_kind), gallery.kind, by_target)
        if found:
            factors[query_kind] = found
    return Terms(factors)
