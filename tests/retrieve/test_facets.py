"""Counts of what filters leave."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mmsearch.gallery import Gallery, empty_gallery
from mmsearch.query.understand import understand
from mmsearch.retrieve.facets import Bin, Count, Facets, facets
from mmsearch.retrieve.filters import asset_mask
from mmsearch.types import Modality, Query
from tests.galleries import gallery_of

ROOTS = {"root": Path("/photos")}


def day(year: int, month: int, number: int) -> int:
    return (date(year, month, number) - date(1970, 1, 1)).days


GALLERY = gallery_of(
    segments_per_content=[1, 1, 1, 1, 1],
    paths=["a.jpg", "b.jpg", "c.mp4", "d.py", "noname"],
    kinds=[Modality.IMAGE, Modality.IMAGE, Modality.VIDEO, Modality.CODE, Modality.CODE],
    sizes_bytes=[5_000, 50_000, 5_000_000, 100, 0],
    days=[day(2023, 1, 1), day(2023, 1, 31), day(2023, 3, 5), day(2023, 3, 6), day(2022, 12, 31)],
    durations_ms=[-1, -1, 60_000, -1, -1],
    cameras=["Canon", "", "Nikon", "", ""],
    languages=["", "", "", "python", "text"],
    root_ids=("root",),
    roots=[0, 0, 0, 0, 0],
)


def counted(filters: str = "", gallery: Gallery = GALLERY, **fields: object) -> Facets:
    query = understand(Query(filters=filters, **fields)).query  # type: ignore[arg-type]
    return facets(gallery, query, ROOTS)


def test_everything_is_counted() -> None:
    found = counted()
    assert found.n_files == 5
    assert found.kinds == (Count("image", 2), Count("code", 2), Count("video", 1))
    assert found.extensions == (Count("jpg", 2), Count("mp4", 1), Count("py", 1))
    assert found.cameras == (Count("Canon", 1), Count("Nikon", 1))
    assert found.languages == (Count("python", 1), Count("text", 1))


def test_tags_are_counted_by_file_and_stay_on_offer() -> None:
    tags = [("dog", "beach"), ("dog",), ("dog", "car"), ("car",)]
    gallery = gallery_of(
        segments_per_content=[1, 2, 1], paths=["a.jpg", "b.mp4", "c.mp4"], tags=tags
    )
    found = counted("tag:beach", gallery=gallery)
    assert found.n_files == 1
    assert found.tags == (Count("car", 2), Count("dog", 2), Count("beach", 1))
    assert counted("ext:mp4", gallery=gallery).tags == (Count("car", 2), Count("dog", 1))
    assert counted().tags == ()


def test_dates_are_counted_by_month_without_gaps() -> None:
    assert [(one.low, one.n) for one in counted().dates] == [
        (day(2022, 12, 1), 1),
        (day(2023, 1, 1), 2),
        (day(2023, 2, 1), 0),
        (day(2023, 3, 1), 2),
    ]
    assert counted().dates[1].high == day(2023, 1, 31)


def test_sizes_and_durations_are_counted_in_steps() -> None:
    assert counted().sizes == (
        Bin(0, 9_999, 3),
        Bin(10_000, 99_999, 1),
        Bin(100_000, 999_999, 0),
        Bin(1_000_000, 9_999_999, 1),
    )
    assert counted().durations == (Bin(60_000, 299_999, 1),)


@pytest.mark.parametrize(
    ("filters", "n_files"), [("ext:jpg", 2), ("-ext:jpg", 3), ("type:code date:2023", 1)]
)
def test_the_number_of_files_is_that_of_all_filters(filters: str, n_files: int) -> None:
    assert counted(filters).n_files == n_files


def test_extensions_stay_on_offer_when_one_is_chosen() -> None:
    found = counted("ext:jpg")
    assert found.extensions == counted().extensions
    assert found.kinds == (Count("image", 2),)


def test_kinds_stay_on_offer_when_one_is_an_option() -> None:
    found = counted(modalities=(Modality.VIDEO,))
    assert (found.n_files, found.kinds) == (1, counted().kinds)
    assert found.extensions == (Count("mp4", 1),)


def test_dates_stay_in_place_whatever_is_chosen() -> None:
    found = counted("date:2023-01 type:image")
    assert [one.low for one in found.dates] == [one.low for one in counted().dates]
    assert [one.n for one in found.dates] == [0, 2, 0, 0]


def test_long_times_are_counted_in_longer_steps() -> None:
    days = [day(1950, 7, 1), day(1999, 1, 1), day(2023, 1, 1)]
    gallery = gallery_of(
        segments_per_content=[1, 1, 1],
        paths=["a.jpg", "b.jpg", "c.jpg"],
        kinds=[Modality.IMAGE] * 3,
        days=days,
        root_ids=("root",),
        roots=[0, 0, 0],
    )
    bins = counted(gallery=gallery).dates
    assert len(bins) <= 48
    assert sum(one.n for one in bins) == 3
    assert all(one.high is not None and one.low <= one.high for one in bins)


def test_an_empty_library_has_nothing() -> None:
    assert facets(empty_gallery("s", 4), understand(Query()).query, {}) == Facets(0)


def test_the_filters_are_passed_by_every_hit() -> None:
    query = understand(Query(text="dog OR cat", filters="ext:jpg size:>10kB")).query
    assert np.flatnonzero(asset_mask(GALLERY, query, ROOTS)).tolist() == [1]


def test_folders_are_counted_without_their_own_filter() -> None:
    gallery = gallery_of(
        segments_per_content=[1, 1, 1, 1],
        paths=["a/b/1.jpg", "a/b/2.py", "a/3.jpg", "4.jpg"],
        kinds=[Modality.IMAGE, Modality.CODE, Modality.IMAGE, Modality.IMAGE],
        root_ids=("root",),
        roots=[0, 0, 0, 0],
    )
    everywhere = counted(gallery=gallery).folders
    assert [(one.names, one.n) for one in everywhere] == [((), 1), (("a",), 1), (("a", "b"), 2)]
    assert everywhere[0].root == Path("/photos")
    within = counted("in:/photos/a type:image", gallery=gallery)
    assert within.n_files == 2
    assert [one.n for one in within.folders] == [1, 1, 1]
    assert [one.n for one in counted("type:code", gallery=gallery).folders] == [0, 0, 1]
