"""Content hashes: what they see, what they read, what they refuse."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import socket
import tempfile
from pathlib import Path

import pytest

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.scan import content, regular
from mmsearch.scan.content import WHOLE_UP_TO_BYTES, content_hash, sampled_ranges

LARGE_BYTES = WHOLE_UP_TO_BYTES + 12_345_678


def failure(path: Path | str) -> FailureKind:
    with pytest.raises(UnreadableFileError) as caught:
        content_hash(path)
    assert caught.value.message.endswith(".")
    return caught.value.kind


def sparse(path: Path, size_bytes: int, patches: dict[int, bytes] | None = None) -> Path:
    with path.open("wb") as file:
        file.truncate(size_bytes)
        for start, data in (patches or {}).items():
            file.seek(start)
            file.write(data)
    return path


def test_small_file_is_hashed_in_full(tmp_path: Path) -> None:
    data = bytes(range(256)) * 5000
    (tmp_path / "a").write_bytes(data)
    assert content_hash(tmp_path / "a") == hashlib.blake2b(data, digest_size=16).hexdigest()


def test_copies_agree_and_one_byte_counts(tmp_path: Path) -> None:
    one = sparse(tmp_path / "one", WHOLE_UP_TO_BYTES, {4_000_000: b"x"})
    two = sparse(tmp_path / "two", WHOLE_UP_TO_BYTES, {4_000_000: b"x"})
    other = sparse(tmp_path / "other", WHOLE_UP_TO_BYTES, {4_000_000: b"y"})
    assert content_hash(one) == content_hash(two) != content_hash(other)


def test_large_file_differs_by_size_ends_and_sampled_middle(tmp_path: Path) -> None:
    middle = sampled_ranges(LARGE_BYTES)[17][0]
    files = [
        sparse(tmp_path / "plain", LARGE_BYTES),
        sparse(tmp_path / "longer", LARGE_BYTES + 1),
        sparse(tmp_path / "start", LARGE_BYTES, {0: b"x"}),
        sparse(tmp_path / "middle", LARGE_BYTES, {middle: b"x"}),
        sparse(tmp_path / "end", LARGE_BYTES, {LARGE_BYTES - 1: b"x"}),
    ]
    assert len({content_hash(path) for path in files}) == len(files)
    again = sparse(tmp_path / "again", LARGE_BYTES)
    assert content_hash(again) == content_hash(files[0])


@pytest.mark.parametrize("size_bytes", [WHOLE_UP_TO_BYTES + 1, LARGE_BYTES, 40 << 30])
def test_sample_is_small_ordered_and_inside(size_bytes: int) -> None:
    ranges = sampled_ranges(size_bytes)
    assert sum(length for _, length in ranges) == 4 << 20
    assert ranges[0][0] == 0
    assert sum(ranges[-1]) == size_bytes
    for (start, length), (following, _) in itertools.pairwise(ranges):
        assert start + length <= following


def test_huge_file_is_sampled_quickly(tmp_path: Path) -> None:
    path = sparse(tmp_path / "film", 40 << 30, {20 << 30: b"x"})
    assert len(content_hash(path)) == 32


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert failure(tmp_path / "empty.jpg") is FailureKind.EMPTY


def test_missing_file_and_impossible_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert failure(tmp_path / "gone") is FailureKind.VANISHED
    assert failure(tmp_path / "file" / "below") is FailureKind.VANISHED
    assert failure(tmp_path / ("n" * 5000)) is FailureKind.UNSUPPORTED
    assert failure("with\0zero") is FailureKind.CORRUPT


def test_special_files_are_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert failure(tmp_path) is FailureKind.NOT_REGULAR
    assert failure(tmp_path / "pipe") is FailureKind.NOT_REGULAR
    assert failure("/dev/zero") is FailureKind.NOT_REGULAR


def test_socket_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/s")
        assert failure(f"{folder}/s") is FailureKind.NOT_REGULAR


def test_pipe_swapped_in_after_the_first_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, file = tmp_path / "pipe", tmp_path / "file"
    os.mkfifo(pipe)
    file.write_text("x")
    real_stat = os.stat
    monkeypatch.setattr(regular.os, "stat", lambda path: real_stat(file))
    assert failure(pipe) is FailureKind.NOT_REGULAR


def test_forbidden_file(unprivileged: Path) -> None:
    path = unprivileged / "secret.jpg"
    path.write_text("x")
    path.chmod(0)
    assert failure(path) is FailureKind.PERMISSION


def test_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "loop.jpg"
    link.symlink_to(link)
    assert failure(link) is FailureKind.VANISHED


def test_file_that_shrinks_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sparse(tmp_path / "log", LARGE_BYTES)
    monkeypatch.setattr(content, "sampled_ranges", lambda size: [(size - 10, 20)])
    assert failure(path) is FailureKind.VANISHED


def test_drive_that_fails_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: object) -> str:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "a").write_text("x")
    monkeypatch.setattr(content, "_hash_whole", read)
    assert failure(tmp_path / "a") is FailureKind.CORRUPT
