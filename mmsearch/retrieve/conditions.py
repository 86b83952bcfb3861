"""Evaluates the filters of a query's text over the columns of the gallery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.expression import And, Between, Field, Node, Not, OneOf, Or, Run, Weighted
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.places import in_folder, with_extension, with_name
from mmsearch.retrieve.tags import with_tag
from mmsearch.types import Modality

Mask = NDArray[np.bool_]
_WIDEST = np.iinfo(np.int64)


def passes(node: Node, gallery: Gallery, root_paths: Mapping[str, Path]) -> Mask:
    """True for each asset that passes a tree of filters: (n_asset,) bool."""
    match node:
        case OneOf(field, values):
            return _one_of(field, values, gallery, root_paths)
        case Between(field, low, high):
            return _between(field, low, high, gallery)
        case Weighted(part):
            return passes(part, gallery, root_paths)
        case Not(part):
            return ~passes(part, gallery, root_paths)
        case Run(parts) | And(parts):
            return reduce(np.logical_and, [passes(part, gallery, root_paths) for part in parts])
        case Or(parts):
            return reduce(np.logical_or, [passes(part, gallery, root_paths) for part in parts])
        case _:
            raise ValueError(f"{node} is no filter")


def segments_passing(node: Node, gallery: Gallery, root_paths: Mapping[str, Path]) -> Mask:
    """True for each segment of an asset that passes: (n_segment,) bool. Of copies one will do."""
    rows = np.flatnonzero(passes(node, gallery, root_paths) & (gallery.asset_content >= 0))
    contents = np.zeros(len(gallery.first_segment) - 1, bool)
    contents[gallery.asset_content[rows]] = True
    return np.repeat(contents, np.diff(gallery.first_segment))


def _between(field: Field, low: int | None, high: int | None, gallery: Gallery) -> Mask:
    columns: dict[Field, NDArray[Any]] = {
        Field.DATE: gallery.asset_day,
        Field.SIZE: gallery.asset_size_bytes,
        Field.DURATION: gallery.asset_duration_ms,
    }
    column = columns[field].astype(np.int64, copy=False)
    lowest = 0 if field is Field.DURATION else _WIDEST.min  # an unknown duration is below 0
    first = lowest if low is None else min(max(low, lowest), _WIDEST.max)
    last = _WIDEST.max if high is None else min(max(high, _WIDEST.min), _WIDEST.max)
    return np.asarray((column >= first) & (column <= last))


def _one_of(
    field: Field, values: Sequence[str], gallery: Gallery, root_paths: Mapping[str, Path]
) -> Mask:
    match field:
        case Field.TYPE:
            wanted = [MODALITIES.index(Modality(value)) for value in values]
            return np.isin(gallery.asset_modality, wanted)
        case Field.EXTENSION:
            return with_extension(gallery, values, root_paths)
        case Field.LANGUAGE:
            known = [language in values for language in gallery.languages]
            return np.array(known, bool)[gallery.asset_language]
        case Field.CAMERA:
            parts = [value.casefold() for value in values]
            known = [any(part in name.casefold() for part in parts) for name in gallery.cameras]
            return np.array(known, bool)[gallery.asset_camera]
        case Field.TAG:
            return with_tag(gallery, values)
        case Field.NAME:
            by_value = [with_name(gallery, value, root_paths) for value in values]
            return reduce(np.logical_or, by_value)
        case Field.FOLDER:
            by_value = [in_folder(gallery, value, root_paths) for value in values]
            return reduce(np.logical_or, by_value)
        case _:
            raise ValueError(f"{field} has no values")
