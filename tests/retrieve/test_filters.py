from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mmsearch.retrieve.filters import asset_mask
from mmsearch.types import Modality, Query
from tests.galleries import gallery_of

ROOTS = {
    "root": Path("/photos"),
    "disk": Path("/mnt/disk/pictures"),
    "file": Path("/desk/one.JPG"),
}
GALLERY = gallery_of(
    segments_per_content=[1, 1, 1, 1, 1],
    paths=["2023/a.jpg", "2023/b.PY", "2024/sea/c.mp4", "20231/d.jpg", "."],
    kinds=[Modality.IMAGE, Modality.CODE, Modality.VIDEO, Modality.IMAGE, Modality.IMAGE],
    sizes_bytes=[10, 20, 30, 40, 50],
    days=[19552, 19553, 0, 1, 19723],  # 2023-07-14, 2023-07-15, …, 2024-01-01
    root_ids=("root", "disk", "forgotten", "file"),
    roots=[0, 0, 1, 1, 3],
)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (Query(), [0, 1, 2, 3, 4]),
        (Query(modalities=(Modality.IMAGE,)), [0, 3, 4]),
        (Query(modalities=(Modality.CODE, Modality.VIDEO)), [1, 2]),
        (Query(folders=(Path("/photos/2023"),)), [0, 1]),
        (Query(folders=(Path("/mnt"),)), [2, 3]),
        (Query(folders=(Path("/mnt/disk/pictures/2024"), Path("/photos/2023"))), [0, 1, 2]),
        (Query(folders=(Path("/elsewhere"),)), []),
        (Query(extensions=("jpg",)), [0, 3, 4]),
        (Query(folders=(Path("/desk"),)), [4]),
        (Query(extensions=(".py", "MP4")), [1, 2]),
        (Query(min_size_bytes=20, max_size_bytes=30), [1, 2]),
        (Query(date_from=date(2023, 7, 15)), [1, 4]),
        (Query(date_from=date(2023, 7, 14), date_to=date(2023, 7, 14)), [0]),
        (Query(date_to=date(1971, 1, 1)), [2, 3]),
        (Query(folders=(Path("/photos"),), extensions=("jpg",), max_size_bytes=15), [0]),
    ],
)
def test_each_filter_keeps_what_it_says(query: Query, rows: list[int]) -> None:
    assert asset_mask(GALLERY, query, ROOTS).nonzero()[0].tolist() == rows


def test_assets_of_a_forgotten_root_are_left_out() -> None:
    assert asset_mask(GALLERY, Query(), {"root": ROOTS["root"]}).tolist() == [
        True,
        True,
        False,
        False,
        False,
    ]
