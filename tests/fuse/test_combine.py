from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.fuse.combine import (
    asset_logits,
    best_segment,
    content_logits,
    newest_assets,
    top_assets,
)
from mmsearch.gallery import Gallery, empty_gallery
from tests.galleries import gallery_of


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_the_best_segment_equals_the_slow_way(lengths: list[int], seed: int) -> None:
    gallery = gallery_of(segments_per_content=lengths)
    logit = np.random.default_rng(seed).integers(-3, 3, sum(lengths)).astype(np.float32)

    best = content_logits(gallery, logit)

    start = 0
    for content, length in enumerate(lengths):
        own = logit[start : start + length].tolist()
        assert best[content] == max(own)
        assert best_segment(gallery, logit, content) == start + own.index(max(own))
        start += length


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=30), st.integers(1, 40), st.data())
def test_top_assets_equals_sorting_everything(
    scores: list[int], limit: int, data: st.DataObject
) -> None:
    gallery = gallery_of(segments_per_content=[1] * len(scores))
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores))))

    rows = top_assets(gallery, np.float32(scores), mask, limit)

    everything = sorted(np.flatnonzero(mask), key=lambda row: (-scores[row], row))
    assert rows == everything[:limit]


def test_what_is_added_belongs_to_the_asset_and_not_to_its_copies() -> None:
    gallery = gallery_of(segments_per_content=[2, 1, 1])
    gallery = replace(gallery, asset_content=np.array([0, 0, 2, -1]))
    logit = np.float32([1, 3, 7, 2])

    assert asset_logits(gallery, logit).tolist() == [3, 3, 2, -np.inf]
    assert asset_logits(gallery, logit, np.float32([0, 1, 2, 3])).tolist() == [3, 4, 4, -np.inf]


def test_nothing_in_an_empty_gallery() -> None:
    gallery: Gallery = empty_gallery("fake@1", 4)
    best = asset_logits(gallery, np.zeros(0, np.float32))
    assert top_assets(gallery, best, np.zeros(0, bool), 5) == []


def test_the_newest_come_first() -> None:
    gallery = gallery_of(segments_per_content=[1] * 4, days=[5, 9, 9, 1])
    gallery = replace(gallery, asset_mtime_ns=np.array([0, 1, 2, 3]))
    mask = np.array([True, True, True, False])

    assert newest_assets(gallery, mask, 10) == [2, 1, 0]
    assert newest_assets(gallery, mask, 1) == [2]
