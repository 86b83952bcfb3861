"""What a drop or paste means."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from mmsearch.gui.incoming import (
    examples_in,
    is_droppable,
    is_file_like,
    is_searchable,
    keep_picture,
    paths_in,
    refusal,
)
from tests.files import save_text
from tests.gui.mime import mime_of, mime_of_picture, mime_of_text


def test_files_and_folders_that_are_there_count(tmp_path: Path) -> None:
    there = save_text(tmp_path / "with space ü.txt", "x")
    assert paths_in(mime_of(there, tmp_path, tmp_path / "gone")) == [there, tmp_path]


def test_web_addresses_do_not_count() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.jpg")])
    assert paths_in(data) == []
    assert not is_file_like(data)
    assert is_droppable(data), "one may drop it, to be told why that does not help"
    assert "does not go online" in refusal(data)


def test_a_picture_in_an_address_counts(tmp_path: Path) -> None:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(3, 2, QImage.Format.Format_RGB32).save(buffer, "PNG")  # type: ignore[call-overload]
    address = f"data:image/png;base64,{bytes(content.toBase64().data()).decode()}"
    data = QMimeData()
    data.setHtml(f'<img alt="x" src="{address}">')
    data.setUrls([QUrl("https://example.org/a.png")])
    (kept,) = examples_in(data, tmp_path / "pasted")
    assert (QImage(str(kept)).width(), QImage(str(kept)).height()) == (3, 2)
    assert is_file_like(mime_of_text(address))
    broken = mime_of_text("data:image/png;base64,AAAA")
    assert examples_in(broken, tmp_path) == []


@pytest.mark.parametrize("host", ["localhost", platform.node().lower()])
def test_an_address_that_names_this_computer_counts(tmp_path: Path, host: str) -> None:
    there = save_text(tmp_path / "a b.txt", "x")
    address = there.as_uri().replace("file://", f"file://{host}")
    assert paths_in(mime_of_text(address)) == [there]


def test_why_one_cannot_search_by_something(tmp_path: Path) -> None:
    assert "folder" in refusal(mime_of(tmp_path))
    assert "no picture" in refusal(QMimeData())


def test_a_file_address_as_text_counts(tmp_path: Path) -> None:
    there = save_text(tmp_path / "a b.txt", "x")
    assert paths_in(mime_of_text(there.as_uri())) == [there]
    assert paths_in(mime_of_text("just words")) == []


def test_words_are_searchable_but_no_file() -> None:
    assert is_searchable(mime_of_text("a dog"))
    assert not is_file_like(mime_of_text("a dog"))


def test_examples_are_files_and_not_folders(tmp_path: Path) -> None:
    there = save_text(tmp_path / "a.txt", "x")
    assert examples_in(mime_of(tmp_path, there), tmp_path / "pasted") == [there]
    assert examples_in(mime_of(tmp_path), tmp_path / "pasted") == []


def test_a_bare_picture_becomes_a_file_once(tmp_path: Path) -> None:
    (first,) = examples_in(mime_of_picture(), tmp_path / "pasted")
    (again,) = examples_in(mime_of_picture(), tmp_path / "pasted")
    assert first == again
    kept = QImage(str(first))
    assert (kept.width(), kept.height()) == (8, 6)
    assert kept.pixelColor(3, 3).red() == 255


def test_an_empty_picture_is_no_example(tmp_path: Path) -> None:
    data = QMimeData()
    data.setImageData(QImage())
    assert examples_in(data, tmp_path) == []


def test_old_pasted_pictures_go(tmp_path: Path) -> None:
    for number in range(60):
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        image.fill(number)
        newest = keep_picture(image, tmp_path)
    assert len(list(tmp_path.iterdir())) == 50
    assert newest.exists()
