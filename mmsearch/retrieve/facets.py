"""How many files there are of each kind, extension, date, size: what one can narrow a search by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.expression import And, Between, Field, Node, Not, OneOf, Run
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.filters import Mask, asset_mask
from mmsearch.retrieve.tags import n_by_tag
from mmsearch.types import Query

SIZE_EDGES_BYTES = (0, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9)
DURATION_EDGES_MS = (0, 10_000, 60_000, 300_000, 1_200_000, 3_600_000)
_MOST_BINS = 48
_STEPS_MONTHS = (1, 3, 12, 60, 120, 1200)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Count:
    """How many files have a value."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """How many files lie in a range, both ends included; None where it is open."""

    low: int
    high: int | None
    n: int


@dataclass(frozen=True, slots=True)
class FolderCount:
    """How many files lie in a folder itself, below the root that it belongs to."""

    root: Path
    names: tuple[str, ...]
    """From the root down; empty for the root."""
    n: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of files; lists by name have the most frequent first and leave out zeros."""

    n_files: int
    kinds: tuple[Count, ...] = ()
    extensions: tuple[Count, ...] = ()
    cameras: tuple[Count, ...] = ()
    languages: tuple[Count, ...] = ()
    tags: tuple[Count, ...] = ()
    """Concept words of pictures, films and sounds."""
    folders: tuple[FolderCount, ...] = ()
    """Every folder that holds files, also where none of them is left."""
    dates: tuple[Bin, ...] = ()
    """Days since 1970; months or longer, so that there are not too many."""
    sizes: tuple[Bin, ...] = ()
    """Bytes."""
    durations: tuple[Bin, ...] = ()
    """Milliseconds, of films and sounds; empty where there are none."""


def facets(gallery: Gallery, query: Query, root_paths: Mapping[str, Path]) -> Facets:
    """Count what the filters of an understood query leave, each list without its own filters."""

    def mask_of(field: Field) -> Mask:
        return _mask_without(field, gallery, query, root_paths)

    def named(field: Field, codes: NDArray[Any], names: Sequence[str]) -> tuple[Count, ...]:
        return _counts(codes[mask_of(field)], names)

    whole = asset_mask(gallery, query, root_paths)
    if not gallery.n_asset:
        return Facets(0)
    kinds = [kind.value for kind in MODALITIES]
    return Facets(
        n_files=int(whole.sum()),
        kinds=named(Field.TYPE, gallery.asset_modality, kinds),
        extensions=named(Field.EXTENSION, gallery.asset_extension, gallery.extensions),
        cameras=named(Field.CAMERA, gallery.asset_camera, gallery.cameras),
        languages=named(Field.LANGUAGE, gallery.asset_language, gallery.languages),
        tags=_tag_counts(gallery, mask_of(Field.TAG)),
        folders=_folder_counts(gallery, mask_of(Field.FOLDER), root_paths),
        dates=_date_bins(gallery, mask_of(Field.DATE)),
        sizes=_bins(gallery.asset_size_bytes, mask_of(Field.SIZE), SIZE_EDGES_BYTES),
        durations=_bins(gallery.asset_duration_ms, mask_of(Field.DURATION), DURATION_EDGES_MS),
    )


def _mask_without(
    field: Field, gallery: Gallery, query: Query, root_paths: Mapping[str, Path]
) -> Mask:
    """What passes all filters but those on one thing: (n_asset,) bool."""
    own: dict[Field, dict[str, Any]] = {
        Field.TYPE: {"modalities": ()},
        Field.FOLDER: {"folders": ()},
        Field.EXTENSION: {"extensions": ()},
        Field.DATE: {"date_from": None, "date_to": None},
        Field.SIZE: {"min_size_bytes": None, "max_size_bytes": None},
    }
    where = _without(query.where, field)
    return asset_mask(gallery, replace(query, where=where, **own.get(field, {})), root_paths)


def _without(node: Node | None, field: Field) -> Node | None:
    match node:
        case OneOf(own) | Between(own) | Not(OneOf(own) | Between(own)) if own is field:
            return None
        case Run(parts) | And(parts):
            kept = [one for one in (_without(part, field) for part in parts) if one is not None]
            return And(tuple(kept)) if len(kept) > 1 else next(iter(kept), None)
        case _:
            return node


def _counts(codes: NDArray[Any], names: Sequence[str]) -> tuple[Count, ...]:
    return _ranked(np.bincount(codes, minlength=len(names)), names)


def _tag_counts(gallery: Gallery, mask: Mask) -> tuple[Count, ...]:
    return _ranked(n_by_tag(gallery, mask), gallery.concepts.vocabulary if gallery.concepts else ())


def _ranked(n_by_code: NDArray[np.int64], names: Sequence[str]) -> tuple[Count, ...]:
    order = np.argsort(-n_by_code, kind="stable")[: np.count_nonzero(n_by_code)]
    found = (Count(names[code], int(n_by_code[code])) for code in order.tolist())
    return tuple(one for one in found if one.value)


def _folder_counts(
    gallery: Gallery, mask: Mask, root_paths: Mapping[str, Path]
) -> tuple[FolderCount, ...]:
    """One for each folder of each root, in the order of their names."""
    n_folder = len(gallery.folders)
    places = gallery.asset_root.astype(np.int64) * n_folder + gallery.asset_folder
    used, first = np.unique(places, return_inverse=True)
    counts = np.bincount(first[mask], minlength=len(used))
    found = []
    for place, n in zip(used.tolist(), counts.tolist(), strict=True):
        root, folder = divmod(place, n_folder)
        path = root_paths.get(gallery.root_ids[root])
        if path is not None:
            names = tuple(name for name in gallery.folders[folder].split("/") if name)
            found.append(FolderCount(path, names, n))
    return tuple(sorted(found, key=lambda one: (str(one.root), one.names)))


def _bins(column: NDArray[Any], mask: Mask, edges: Sequence[int]) -> tuple[Bin, ...]:
    """From each edge to below the next; what is below the first is unknown and does not count.

    Empty ranges at both ends are left out, as judged by all files, so that nothing jumps.
    """
    everywhere = np.bincount(_places(column, edges), minlength=len(edges) + 1)[1:]
    counts = np.bincount(_places(column[mask], edges), minlength=len(edges) + 1)[1:]
    used = np.flatnonzero(everywhere)
    if not len(used):
        return ()
    highs = [*(edge - 1 for edge in edges[1:]), None]
    rows = range(int(used[0]), int(used[-1]) + 1)
    return tuple(Bin(edges[row], highs[row], int(counts[row])) for row in rows)


def _places(column: NDArray[Any], edges: Sequence[int]) -> NDArray[np.int64]:
    return np.asarray(np.searchsorted(np.array(edges), column, side="right"), np.int64)


def _date_bins(gallery: Gallery, mask: Mask) -> tuple[Bin, ...]:
    months = gallery.asset_day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first, last = int(months.min()), int(months.max())
    fitting = (one for one in _STEPS_MONTHS if last // one - first // one < _MOST_BINS)
    step = next(fitting, _STEPS_MONTHS[-1])
    counts = np.bincount(
        months[mask] // step - first // step, minlength=last // step - first // step + 1
    )
    starts = [_month_start((first // step + place) * step) for place in range(len(counts) + 1)]
    return tuple(
        Bin(starts[place], starts[place + 1] - 1, n) for place, n in enumerate(counts.tolist())
    )


def _month_start(month: int) -> int:
    """The first day of a month, both counted from 1970."""
    year, place = divmod(month, 12)
    if not 1 <= 1970 + year <= 9999:
        year = min(max(1970 + year, 1), 9999) - 1970
    return (date(1970 + year, place + 1, 1) - _EPOCH) // timedelta(days=1)
