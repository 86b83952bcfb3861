"""How much room the library and what is kept beside it take on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class StorePart(StrEnum):
    """What room is used for."""

    INDEX = "index"
    THUMBNAILS = "thumbnails"
    WAVEFORMS = "waveforms"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Used:
    """One part and its size."""

    part: StorePart
    path: Path
    size_bytes: int


def storage_used(library: Path, cache: Path) -> tuple[Used, ...]:
    """The index, which takes time to make again, and what is kept to save time."""
    thumbnails, waveforms = cache / "thumbnails", cache / "waveforms"
    known = {StorePart.THUMBNAILS: thumbnails, StorePart.WAVEFORMS: waveforms}
    found = [Used(StorePart.INDEX, library, size_of_folder(library))]
    found += [Used(part, folder, size_of_folder(folder)) for part, folder in known.items()]
    rest = size_of_folder(cache) - sum(used.size_bytes for used in found[1:])
    if library.is_relative_to(cache):
        rest -= found[0].size_bytes
    return (*found, Used(StorePart.OTHER, cache, max(0, rest)))


def size_of_folder(folder: Path) -> int:
    """The bytes of all files below a folder, links not followed; what vanishes counts nothing."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_size
            except FileNotFoundError:
                continue  # caches are pruned, and indexes compacted, at any time
    return total
