from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.fuse.combine import (
    asset_logits,
    best_segment,
    content_logits,
    newest_assets,
    top_assets,
    top_rows,
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


@pytest.mark.parametrize("share", [1.0, 0.5, 0.01, 0.0])
@pytest.mark.parametrize("are_tied", [False, True])
def test_top_rows_of_many_equal_those_of_sorting(share: float, *, are_tied: bool) -> None:
    chance = np.random.default_rng(3)
    score = chance.standard_normal(100_000).astype(np.float32)
    if are_tied:
        score = np.round(score, 1)
    mask = chance.random(len(score)) < share
    for limit in (0, 1, 100, 5000):
        rows = np.flatnonzero(mask)
        least = np.sort(score[rows])[-limit:].min(initial=np.inf) if limit else np.inf
        wanted = rows[score[rows] >= least]
        np.testing.assert_array_equal(top_rows(score, mask, limit), wanted)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), min_size=1),
    st.integers(0, 8),
)
def test_the_newest_equal_sorting_everything(
    files: list[tuple[int, int, bool]], limit: int
) -> None:
    gallery = gallery_of(segments_per_content=[1] * len(files), days=[day for day, _, _ in files])
    gallery = replace(gallery, asset_mtime_ns=np.array([second for _, second, _ in files]))
    mask = np.array([passes for _, _, passes in files])
    rows = [row for row in range(len(files)) if mask[row]]
    right = sorted(rows, key=lambda row: (-files[row][0], -files[row][1], row))
    assert newest_assets(gallery, mask, limit) == right[:limit]
