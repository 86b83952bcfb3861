"""How much room things take."""

from __future__ import annotations

from pathlib import Path

from mmsearch.present.storage import StorePart, size_of_folder, storage_used


def write(path: Path, n_bytes: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * n_bytes)
    return path


def test_the_parts_add_up(tmp_path: Path) -> None:
    library, cache = tmp_path / "library", tmp_path / "cache"
    write(library / "assets" / "a.lance", 1000)
    write(cache / "thumbnails" / "ab" / "a.jpg", 200)
    write(cache / "waveforms" / "a.npy", 30)
    write(cache / "graph.onnx", 4)
    sizes = {used.part: used.size_bytes for used in storage_used(library, cache)}
    assert sizes == {
        StorePart.INDEX: 1000,
        StorePart.THUMBNAILS: 200,
        StorePart.WAVEFORMS: 30,
        StorePart.OTHER: 4,
    }


def test_a_library_inside_the_cache_counts_once(tmp_path: Path) -> None:
    write(tmp_path / "library" / "a", 10)
    write(tmp_path / "b", 5)
    sizes = {used.part: used.size_bytes for used in storage_used(tmp_path / "library", tmp_path)}
    assert sizes[StorePart.OTHER] == 5


def test_what_is_not_there_takes_nothing_and_links_are_not_followed(tmp_path: Path) -> None:
    assert size_of_folder(tmp_path / "none") == 0
    big = write(tmp_path / "big", 100_000)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(big)
    assert size_of_folder(tmp_path / "folder") < 1000
