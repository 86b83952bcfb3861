"""Turns the table of words into the postings of a gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mmsearch.gallery import Gallery
from mmsearch.postings import Postings, no_postings

if TYPE_CHECKING:
    import pyarrow

_MAX_COUNT = np.iinfo(np.uint16).max


def postings_from_table(words: pyarrow.Table, gallery: Gallery) -> Postings:
    """The words of the gallery's segments; those of others are left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    segment = _segments(words, gallery)
    texts = words["text"].combine_chunks().filter(pa.array(segment >= 0))
    segment = segment[segment >= 0]
    split = pc.split_pattern(texts, " ")
    flat = pc.list_flatten(split)
    owner = segment[pc.list_parent_indices(split).to_numpy()]
    real = pc.not_equal(flat, "")  # what splitting an empty text leaves
    coded = flat.filter(real).dictionary_encode()
    owner = owner[real.to_numpy(zero_copy_only=False)]
    if len(owner) == 0:
        return no_postings(gallery.n_segment)
    return _postings(coded, owner, gallery.n_segment)


def _segments(words: pyarrow.Table, gallery: Gallery) -> Any:
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


def _postings(coded: Any, owner: Any, n_segment: int) -> Postings:
    """Count equal pairs of word and segment. coded: (n,) words as a dictionary; owner: (n,)."""
    import pyarrow.compute as pc

    order = pc.sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    pairs = rank[coded.indices.to_numpy()] * n_segment + owner
    found, counts = np.unique(pairs, return_counts=True)
    return Postings(
        terms=coded.dictionary.take(order).to_pylist(),
        ends=np.searchsorted(found, (np.arange(len(order)) + 1) * n_segment),
        segments=(found % n_segment).astype(np.int32),
        counts=np.minimum(counts, _MAX_COUNT).astype(np.uint16),
        lengths=np.bincount(owner, minlength=n_segment).astype(np.int32),
    )
