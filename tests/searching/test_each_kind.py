"""The best of each kind, however many there are of another."""

from __future__ import annotations

from pathlib import Path

from mmsearch.library import open_library
from mmsearch.settings import Settings
from mmsearch.types import Modality, Query
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture


def test_no_kind_crowds_the_others_out(tmp_path: Path, fake_encoder: FakeEncoder) -> None:
    folder = tmp_path / "files"
    for number in range(4):
        save_picture(folder / f"red {number}.png", RED, spot=number)
    save_picture(folder / "blue.png", BLUE)
    (folder / "paint.py").write_text("def paint(wall):\n    return wall\n", "utf-8")
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(folder)
        library.index()
        query = Query(text="red", limit=2, grouping=False)
        together = library.search(query)
        apart = library.search(Query(text="red", limit=2, grouping=False, each_kind=True))
    image, code = Modality.IMAGE, Modality.CODE
    assert [hit.modality for hit in together] == [image, image]
    assert [hit.modality for hit in apart] == [image, image, code]
    assert [hit.rank for hit in apart] == [1, 2, 3]
    assert [hit.path for hit in apart[:2]] == [hit.path for hit in together]
    assert [hit.match for hit in apart[:2]] == [hit.match for hit in together]


def test_each_kind_of_nothing_is_nothing(tmp_path: Path, fake_encoder: FakeEncoder) -> None:
    with open_library(tmp_path / "library", encoder=fake_encoder) as library:
        assert library.search(Query(text="red", each_kind=True)) == []
