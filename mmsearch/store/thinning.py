"""Takes assets out of a gallery, with all that only they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.concepts import Concepts
from mmsearch.gallery import Gallery
from mmsearch.postings import AssetNames, Postings
from mmsearch.store.asset_columns import CODED, NUMBERS, TEXTS
from mmsearch.store.column_files import Texts

_LINE_END = ord("\n")

Mask = NDArray[np.bool_]


def without(gallery: Gallery, is_kept: Mask) -> Gallery:
    """The gallery of some of its assets, (n_asset,), in the order in which they were.

    Contents that nobody has any more go with their segments; the vectors of these stay where they
    are and are passed over. It costs a copy of the columns.
    """
    columns: dict[str, Any] = {name: getattr(gallery, name)[is_kept] for name in NUMBERS}
    for codes, names in CODED.items():
        columns[codes], columns[names] = _recoded(
            getattr(gallery, codes)[is_kept], getattr(gallery, names)
        )
    columns["root_ids"] = tuple(columns["root_ids"])
    columns |= {name: Texts.of(getattr(gallery, name)).kept(is_kept) for name in TEXTS}
    content = gallery.asset_content[is_kept]
    size = np.diff(gallery.first_segment)
    is_owned = np.zeros(len(size), bool)
    is_owned[content[content >= 0]] = True
    is_left = np.repeat(is_owned, size)
    number = np.where(is_owned, np.cumsum(is_owned) - 1, -1)
    return replace(
        gallery,
        **columns,
        vectors=gallery.vectors.kept(is_left),
        kind=gallery.kind[is_left],
        locators=gallery.locators[is_left],
        first_segment=np.append(0, np.cumsum(size[is_owned])),
        asset_content=np.where(content >= 0, number[content], -1),
        file_names=_lines(gallery.file_names, is_kept),
        words=_postings(gallery.words, is_left),
        names=_names(gallery.names, is_kept),
        concepts=_concepts(gallery.concepts, is_left),
    )


def _recoded(codes: NDArray[np.int32], names: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Codes of the names that are still used, and these."""
    is_used = np.zeros(len(names), bool)
    is_used[codes] = True
    place = (np.cumsum(is_used) - 1).astype(np.int32)
    return place[codes], [names[row] for row in np.flatnonzero(is_used).tolist()]


def _lines(text: str, is_kept: Mask) -> str:
    """Some of the lines of a text."""
    buffer = text.encode() + b"\n"
    ends = np.flatnonzero(np.frombuffer(buffer, np.uint8) == _LINE_END) + 1
    lines = Texts(buffer, np.diff(ends, prepend=0)).kept(is_kept)
    return lines.whole().removesuffix("\n")


def _postings(postings: Postings | None, is_kept: Mask) -> Postings | None:
    return None if postings is None else kept_postings(postings, is_kept)


def _names(names: AssetNames | None, is_kept: Mask) -> AssetNames | None:
    if names is None:
        return None
    return AssetNames(kept_postings(names.words, is_kept), names.keys[is_kept])


def _concepts(concepts: Concepts | None, is_kept: Mask) -> Concepts | None:
    if concepts is None:
        return None
    words = kept_postings(concepts.words, is_kept)
    return replace(concepts, places=concepts.places[is_kept], words=words)


def kept_postings(postings: Postings, is_kept: Mask) -> Postings:
    """The postings of some of the rows, (n_row,)."""
    has_row = is_kept[postings.rows]
    ends = np.append(0, np.cumsum(has_row))[postings.ends]
    is_used = np.diff(ends, prepend=0) > 0
    number = (np.cumsum(is_kept) - 1).astype(np.int32)
    return Postings(
        terms=Texts.of(postings.terms).kept(is_used),
        ends=ends[is_used],
        rows=number[postings.rows[has_row]],
        counts=postings.counts[has_row],
        lengths=postings.lengths[is_kept],
    )
