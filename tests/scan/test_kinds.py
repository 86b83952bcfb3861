"""Kinds by name, and TypeScript against transport streams by content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mmsearch.scan.kinds import modality_of, suffixes_of
from mmsearch.types import Modality


@pytest.mark.parametrize(
    ("name", "modality"),
    [
        ("photo.jpg", Modality.IMAGE),
        ("PHOTO.JPEG", Modality.IMAGE),
        ("IMG_0001.HEIC", Modality.IMAGE),
        ("a.b.avif", Modality.IMAGE),
        ("raw.CR3", Modality.IMAGE),
        ("raw.dng", Modality.IMAGE),
        ("map.jp2", Modality.IMAGE),
        ("film.mkv", Modality.VIDEO),
        ("film.MOV", Modality.VIDEO),
        ("camera.m2ts", Modality.VIDEO),
        ("song.mp3", Modality.AUDIO),
        ("voice.opus", Modality.AUDIO),
        ("main.py", Modality.CODE),
        ("lib.rs", Modality.CODE),
        ("view.tsx", Modality.CODE),
        ("Notes.md", Modality.CODE),
        ("pyproject.toml", Modality.CODE),
        ("Makefile", Modality.CODE),
        ("Dockerfile", Modality.CODE),
        ("README", Modality.CODE),
        ("go.mod", Modality.CODE),
        ("drawing.svg", None),
        ("paper.pdf", None),
        ("old.eps", None),
        ("old.wmf", None),
        ("list.m3u", None),
        ("list.m3u8", None),
        ("go.sum", None),
        ("package-lock.json", None),
        ("poetry.lock", None),
        (".gitignore", None),
        (".jpg", None),
        ("jpg", None),
        ("archive.zip", None),
        ("program", None),
        ("", None),
    ],
)
def test_kind_is_told_by_the_name(name: str, modality: Modality | None) -> None:
    assert modality_of(f"/some/folder.jpg/{name}") is modality


def test_no_suffix_belongs_to_two_kinds() -> None:
    suffixes = [suffix for modality in Modality for suffix in suffixes_of(modality)]
    twice = {suffix for suffix in suffixes if suffixes.count(suffix) > 1}
    assert twice == {"ts", "mts"}
    assert all(suffix == suffix.lower() and "." not in suffix for suffix in suffixes)


def test_more_than_forty_suffixes_of_code() -> None:
    assert len(suffixes_of(Modality.CODE)) > 100


@pytest.mark.parametrize("n_packets", [1, 2, 3, 50])
@pytest.mark.parametrize("packet", [b"\x47" + bytes(187), bytes(4) + b"\x47" + bytes(187)])
@pytest.mark.parametrize("name", ["a.ts", "A.TS", "00001.MTS"])
def test_transport_stream_is_video(
    tmp_path: Path, name: str, packet: bytes, n_packets: int
) -> None:
    path = tmp_path / name
    path.write_bytes(packet * n_packets)
    assert modality_of(path) is Modality.VIDEO


@pytest.mark.parametrize(
    "text", ["Go.run();\n", "", "G" * 10, "G" + "x" * 190 + "G", "import x from 'y';\n" * 188]
)
def test_typescript_is_code(tmp_path: Path, text: str) -> None:
    path = tmp_path / "main.ts"
    path.write_text(text)
    assert modality_of(path) is Modality.CODE


def test_a_recording_cut_off_is_still_video(tmp_path: Path) -> None:
    path = tmp_path / "cut.ts"
    path.write_bytes((b"\x47" + bytes(187)) * 5 + b"\x47\x00")
    assert modality_of(path) is Modality.VIDEO


def test_ambiguous_name_of_a_pipe_or_of_nothing_never_hangs(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ts"
    os.mkfifo(pipe)
    assert modality_of(pipe) is Modality.CODE
    assert modality_of(tmp_path / "missing.ts") is Modality.CODE


@pytest.mark.data
def test_every_supported_file_of_the_data_folder_has_its_kind(data_folder: Path) -> None:
    odd = data_folder / "odd"
    pictures = {modality_of(path) for path in (odd / "exif_orientation").glob("*.jpg")}
    videos = {modality_of(path) for path in (odd / "video").glob("*.m*")}
    sounds = {modality_of(path) for path in (data_folder / "esc10").rglob("*.ogg")}
    assert (pictures, videos, sounds) == ({Modality.IMAGE}, {Modality.VIDEO}, {Modality.AUDIO})
