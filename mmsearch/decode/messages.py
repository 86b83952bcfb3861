"""What the decoding processes are asked and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mmsearch.errors import UnreadableFileError
from mmsearch.types import Metadata, Modality, Segment


@dataclass(frozen=True, slots=True)
class DecodeJob:
    """A file to decode; the key comes back with everything about it."""

    key: str
    path: Path
    modality: Modality


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """One item of a file, in the order in which its decoder yields them."""

    key: str
    item: Metadata | Segment


@dataclass(frozen=True, slots=True)
class Finished:
    """The file is done; nothing more comes for this key."""

    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Failed:
    """The file cannot be read (further); nothing more comes for this key."""

    key: str
    error: UnreadableFileError


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing has come for a while, though files are in work: a chance to look up."""


Message: TypeAlias = Decoded | Finished | Failed | Idle
