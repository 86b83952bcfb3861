"""Turns words of rows into postings: the table of the words of segments, or lists of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.postings import Postings, no_postings

if TYPE_CHECKING:
    import pyarrow

_MAX_COUNT = np.iinfo(np.uint16).max
_ROWS_AT_ONCE = 50_000
"""Bounds the memory that splitting texts needs; a hundred words a row are usual."""


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """The words of some texts: each pair of a word and a row, and how often it occurs."""

    words: Any
    """Arrow array of the different words."""
    word: NDArray[np.int64]
    row: NDArray[np.int32]
    count: NDArray[np.uint16]


def postings_from_table(words: pyarrow.Table, gallery: Gallery) -> Postings:
    """The words of the gallery's segments; those of others are left out."""
    segment = _segments(words, gallery)
    some = [
        _counted(words["text"][start : start + _ROWS_AT_ONCE], rows, gallery.n_segment)
        for start in range(0, len(segment), _ROWS_AT_ONCE)
        if len(rows := segment[start : start + _ROWS_AT_ONCE])
    ]
    if not some:
        return no_postings(gallery.n_segment)
    return _joined(some, gallery.n_segment)


def postings_of(
    words: Sequence[str], rows: Sequence[int] | NDArray[np.int64], n_row: int
) -> Postings:
    """Postings of pairs of a word and a row; a pair that comes twice counts twice."""
    import pyarrow as pa

    if not words:
        return no_postings(n_row)
    coded = pa.array(words).dictionary_encode()
    word = coded.indices.to_numpy().astype(np.int64)
    return _joined([_pairs(coded.dictionary, word, np.asarray(rows, np.int64), n_row)], n_row)


def _joined(some: Sequence[_Counted], n_row: int) -> Postings:
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.chunked_array([one.words for one in some]).unique()
    terms = known.take(pc.sort_indices(known))
    ranks = [pc.index_in(one.words, value_set=terms).to_numpy() for one in some]
    word = np.concatenate([rank[one.word] for rank, one in zip(ranks, some, strict=True)])
    owner = np.concatenate([one.row for one in some])
    count = np.concatenate([one.count for one in some])
    order = np.lexsort((owner, word))
    n_row_with = np.bincount(word, minlength=len(terms))
    return Postings(
        terms=terms.filter(pa.array(n_row_with > 0)).to_pylist(),
        ends=np.cumsum(n_row_with[n_row_with > 0]),
        rows=owner[order],
        counts=count[order],
        lengths=np.bincount(owner, count, minlength=n_row).astype(np.int32),
    )


def _segments(words: pyarrow.Table, gallery: Gallery) -> NDArray[np.int64]:
    """The gallery's row of each row of words; -1 for those that are not in it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array(list(gallery.content_ids), pa.string())
    asset = pc.index_in(words["content_id"], value_set=known)
    place = np.asarray(pc.fill_null(asset, -1).to_numpy())
    content = np.append(gallery.asset_content, -1)[place]
    first = np.append(gallery.first_segment, 0)[content]
    end = np.append(gallery.first_segment[1:], 0)[content]
    row = first + np.asarray(words["ordinal"].to_numpy())
    return np.where((content >= 0) & (row < end), row, -1)


def _counted(texts: Any, segment: NDArray[np.int64], n_segment: int) -> _Counted:
    """Split the texts and count equal pairs. texts: Arrow; segment: (n,), -1 for none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    split = pc.split_pattern(pa.concat_arrays(texts.chunks), " ")
    coded = pc.list_flatten(split).dictionary_encode()
    word = coded.indices.to_numpy().astype(np.int64)
    owner = segment[pc.list_parent_indices(split).to_numpy()]
    # Splitting an empty text leaves an empty word.
    empty = pc.index(coded.dictionary, "").as_py()
    good = (owner >= 0) & (word != empty)
    return _pairs(coded.dictionary, word[good], owner[good], n_segment)


def _pairs(words: Any, word: NDArray[np.int64], owner: NDArray[np.int64], n_row: int) -> _Counted:
    """Count equal pairs. word, owner: (n,) indices of words and of rows."""
    pairs, count = np.unique(word * n_row + owner, return_counts=True)
    return _Counted(
        words=words,
        word=pairs // n_row,
        row=(pairs % n_row).astype(np.int32),
        count=np.minimum(count, _MAX_COUNT).astype(np.uint16),
    )
