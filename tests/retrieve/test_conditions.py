"""The filters of the query language over a gallery made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mmsearch.expression import Node
from mmsearch.gallery import empty_gallery
from mmsearch.query.language import parse
from mmsearch.query.understand import understand
from mmsearch.retrieve.conditions import passes, segments_passing
from mmsearch.retrieve.filters import asset_mask
from mmsearch.types import Modality, Query
from tests.galleries import gallery_of

ROOTS = {"root": Path("/photos"), "disk": Path("/mnt/Disk/pictures"), "file": Path("/desk/One.JPG")}
GALLERY = gallery_of(
    segments_per_content=[1, 2, 3, 1, 1, 1],
    paths=[
        "2023/Sea Side/IMG_1.jpg",
        "2023/walk.py",
        "2024/sea/clip.mp4",
        "20231/IMG_22.jpg",
        ".",
        "ÄRGER.wav",
    ],
    kinds=[
        Modality.IMAGE,
        Modality.CODE,
        Modality.VIDEO,
        Modality.IMAGE,
        Modality.IMAGE,
        Modality.AUDIO,
    ],
    sizes_bytes=[10, 20, 5_000_000, 5_000_001, 50, 60],
    days=[19552, 19553, -30_000, 1, 19723, 19724],
    durations_ms=[-1, -1, 60_000, -1, -1, 59_999],
    cameras=["Canon EOS 5D", "", "canon ixus", "NIKON", "", ""],
    languages=["", "python", "", "", "", ""],
    root_ids=("root", "disk", "file"),
    roots=[0, 0, 1, 1, 2, 0],
)


def rows(text: str) -> list[int]:
    node = parse(text, date(2024, 5, 17))
    assert node is not None
    return np.flatnonzero(passes(node, GALLERY, ROOTS)).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type:image", [0, 3, 4]),
        ("type:video,code", [1, 2]),
        ("-type:image", [1, 2, 5]),
        ("ext:jpg", [0, 3, 4]),
        ("ext:py,.MP4", [1, 2]),
        ("size:>5MB", [3]),
        ("size:>=5MB", [2, 3]),
        ("size:<20", [0]),
        ("size:20..5MB", [1, 2, 4, 5]),
        ("size:<999999999999TB", [0, 1, 2, 3, 4, 5]),
        ("duration:<60", [5]),
        ("duration:<=1:00", [2, 5]),
        ("duration:>0", [2, 5]),
        ("-duration:>59.9", [0, 1, 3, 4]),
        ("date:2023-07-14", [0]),
        ("date:2023", [0, 1]),
        ("date:2024..", [4, 5]),
        ("date:..1969", [2]),
        ("camera:canon", [0, 2]),
        ('camera:"EOS 5d"', [0]),
        ("lang:py", [1]),
        ("lang:c++", []),
        ("name:img_", [0, 3]),
        ("name:IMG_?.jpg", [0]),
        ("name:*.JPG", [0, 3, 4]),
        ("name:one", [4]),
        ("name:*", [0, 1, 2, 3, 4, 5]),
        ("name:*2*", [3]),
        ("name:w*", [1]),
        ("name:*p", []),
        ("name:*.mp?", [2]),
        ("name:ärger", [5]),
        ("name:side", []),
        ("in:sea", [2]),
        ('in:"sea side"', [0]),
        ("in:sea*", [0, 2]),
        ("in:2023", [0, 1]),
        ("in:2024/sea", [2]),
        (r"in:2024\sea", [2]),
        ("in:disk", [2, 3]),
        ("in:photos", [0, 1, 5]),
        ("in:pictures/2024", [2]),
        ("in:desk", [4]),
        ("in:/photos/2023", [0, 1]),
        ("in:/mnt", [2, 3]),
        ("in:/desk", [4]),
        ("in:/elsewhere", []),
        ("type:image AND in:2023", [0]),
        ("in:2023 OR in:sea", [0, 1, 2]),
        ("type:image -(in:2023 OR ext:mp4)", [3, 4]),
    ],
)
def test_each_filter_keeps_what_it_says(text: str, expected: list[int]) -> None:
    assert rows(text) == expected


def test_a_path_below_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/photos")
    assert rows("in:~/2023") == [0, 1]


def test_filters_side_by_side_narrow_and_the_same_again_widens() -> None:
    def found(text: str, **fields: object) -> list[int]:
        query = understand(Query(text=text, **fields)).query
        return np.flatnonzero(asset_mask(GALLERY, query, ROOTS)).tolist()

    assert found("type:image in:2023") == [0]
    assert found("in:2023 in:sea") == [0, 1, 2]
    assert found("in:2023 AND in:sea") == []
    assert found("ext:jpg -in:2023 size:<100") == [4]
    assert found("type:image", extensions=("py",)) == []
    assert found("dog (type:image OR type:code)", modalities=(Modality.CODE,)) == [1]
    assert found("dog OR type:image") == [0, 1, 2, 3, 4, 5], "words may match anything"
    assert found("(dog type:image) OR (cat ext:mp4)") == [0, 2, 3, 4]


def test_of_a_segment_one_copy_has_to_pass() -> None:
    node = parse("type:video")
    assert node is not None
    expected = [False] * 3 + [True] * 3 + [False] * 3
    assert segments_passing(node, GALLERY, ROOTS).tolist() == expected


@pytest.mark.parametrize(
    "text",
    [
        "type:image",
        "ext:a",
        "in:a",
        "name:a",
        "camera:a",
        "lang:py",
        "tag:dog",
        "date:2023",
        "duration:>1",
    ],
)
def test_nothing_in_an_empty_gallery(text: str) -> None:
    node: Node | None = parse(text)
    assert node is not None
    assert passes(node, empty_gallery("fake@1", 4), ROOTS).tolist() == []


def test_words_are_no_filter() -> None:
    node = parse("a dog")
    assert node is not None
    with pytest.raises(ValueError, match="no filter"):
        passes(node, GALLERY, ROOTS)
