"""What a gallery says about each asset, whatever the order of its rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from mmsearch.gallery import Gallery
from mmsearch.postings import Postings


def facts(gallery: Gallery) -> dict[str, tuple[Any, ...]]:
    """By asset id: everything that the columns, texts, words and vectors hold of it."""
    assert gallery.words is not None
    assert gallery.names is not None
    words, names = _words_of(gallery.words), _words_of(gallery.names.words)
    concepts = _words_of(gallery.concepts.words) if gallery.concepts else None
    file_names = gallery.file_names.split("\n")
    found = {}
    for row, asset_id in enumerate(gallery.asset_ids):
        content = int(gallery.asset_content[row])
        segments = _segments(gallery, content)
        found[asset_id] = (
            gallery.root_ids[gallery.asset_root[row]],
            gallery.folders[gallery.asset_folder[row]],
            gallery.extensions[gallery.asset_extension[row]],
            gallery.languages[gallery.asset_language[row]],
            gallery.relative_paths[row],
            gallery.content_ids[row],
            gallery.metadata[row],
            file_names[row],
            int(gallery.asset_size_bytes[row]),
            int(gallery.asset_mtime_ns[row]),
            int(gallery.asset_day[row]),
            int(gallery.asset_modality[row]),
            names[row],
            int(gallery.names.keys[row]),
            [_segment(gallery, one) for one in segments],
            [words[one] for one in segments],
            [concepts[one] for one in segments] if concepts else None,
        )
    assert len(found) == gallery.n_asset == len(file_names) - (gallery.n_asset == 0)
    return found


def wholes(gallery: Gallery) -> tuple[Any, ...]:
    """What is counted over all assets."""
    assert gallery.words is not None
    assert gallery.names is not None
    names = (gallery.root_ids, gallery.folders, gallery.extensions, gallery.languages)
    terms = (gallery.words.terms, gallery.names.words.terms)
    n_owned = len(set(gallery.asset_content[gallery.asset_content >= 0].tolist()))
    assert n_owned == len(gallery.first_segment) - 1
    return (
        gallery.n_segment,
        gallery.n_of_kind.tolist(),
        *(sorted(some) for some in names),
        *(list(some) for some in terms),
        gallery.words.n_worded,
        gallery.words.mean_length,
    )


def _segments(gallery: Gallery, content: int) -> range:
    if content < 0:
        return range(0)
    return range(gallery.first_segment[content], gallery.first_segment[content + 1])


def _segment(gallery: Gallery, row: int) -> tuple[Any, ...]:
    vector = np.asarray(gallery.vectors[row]).tolist()
    return int(gallery.kind[row]), gallery.locator(row), vector


def _words_of(postings: Postings) -> list[dict[str, int]]:
    """The words of each row, with their counts."""
    found: list[dict[str, int]] = [{} for _ in range(len(postings.lengths))]
    for term in postings.terms:
        pairs = postings.of(term)
        assert pairs.stop > pairs.start
        for row, count in zip(postings.rows[pairs], postings.counts[pairs], strict=True):
            found[int(row)][term] = int(count)
    for row, words in enumerate(found):
        assert sum(words.values()) == postings.lengths[row]
    return found
