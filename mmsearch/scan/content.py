"""The fingerprint of a file's content: equal content, wherever it lies, keeps its vectors."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.scan.regular import as_unreadable, open_regular

WHOLE_UP_TO_BYTES = 8 << 20
_END_BYTES = 1 << 20
_BLOCK_BYTES = 64 << 10
_N_BLOCKS = 32
_DIGEST_BYTES = 16


def content_hash(path: Path | str) -> str:
    """Return the BLAKE2b-128 of a file's content as 32 hexadecimal digits.

    Files up to 8 MiB are read in full. Of larger ones the size, the first and the last MiB and
    32 blocks of 64 KiB spread evenly between them are read, so that a film of 40 GB costs
    4 MiB of reading.

    Raises UnreadableFileError: VANISHED, PERMISSION, NOT_REGULAR, EMPTY or CORRUPT.
    """
    with open_regular(path) as file:
        size_bytes = os.fstat(file.fileno()).st_size
        if size_bytes == 0:
            raise UnreadableFileError(FailureKind.EMPTY, "The file is empty.")
        try:
            if size_bytes <= WHOLE_UP_TO_BYTES:
                return _hash_whole(file)
            return _hash_sample(file, size_bytes)
        except OSError as error:
            raise as_unreadable(error) from error


def _hash_whole(file: BinaryIO) -> str:
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    while block := file.read(_END_BYTES):
        digest.update(block)
    return digest.hexdigest()


def _hash_sample(file: BinaryIO, size_bytes: int) -> str:
    # The size goes in, so that a file which grew in a part that is not read still differs.
    # The person string keeps samples and whole files apart.
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES, person=b"mmsearch sample")
    digest.update(size_bytes.to_bytes(8, "little"))
    for start, length in sampled_ranges(size_bytes):
        file.seek(start)
        digest.update(_read_exactly(file, length))
    return digest.hexdigest()


def sampled_ranges(size_bytes: int) -> list[tuple[int, int]]:
    """Return (start, length) of each part that is read of a large file, in order."""
    between = size_bytes - 2 * _END_BYTES
    gap = (between - _N_BLOCKS * _BLOCK_BYTES) / (_N_BLOCKS + 1)
    blocks = [
        (_END_BYTES + round((index + 1) * gap) + index * _BLOCK_BYTES, _BLOCK_BYTES)
        for index in range(_N_BLOCKS)
    ]
    return [(0, _END_BYTES), *blocks, (size_bytes - _END_BYTES, _END_BYTES)]


def _read_exactly(file: BinaryIO, length: int) -> bytes:
    """Read ``length`` bytes; raw files may answer with less at a time."""
    parts = bytearray()
    while len(parts) < length:
        part = file.read(length - len(parts))
        if not part:
            raise UnreadableFileError(
                FailureKind.VANISHED, "The file became shorter while it was read."
            )
        parts += part
    return bytes(parts)
