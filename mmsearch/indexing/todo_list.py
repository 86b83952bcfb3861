"""Files that have to be read, packed: a first run over a million of them keeps them all in mind."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from mmsearch.types import Modality, Stamp

_PER_PACK = 4096
_KINDS = tuple(Modality)


def asset_id_of(root_id: str, relative_path: str) -> str:
    """The id of a file under a root; the same file always has the same id."""
    return blake2b(f"{root_id}\0{relative_path}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Todo:
    """A new or changed file."""

    root_id: str
    root: Path
    relative_path: str
    modality: Modality
    stamp: Stamp

    @property
    def asset_id(self) -> str:
        """The id that the file has in the library."""
        return asset_id_of(self.root_id, self.relative_path)

    @property
    def path(self) -> Path:
        """The full path; a root may be a single file."""
        return self.root if self.relative_path == "." else self.root / self.relative_path


@dataclass(slots=True)
class TodoList:
    """Takes files in and gives them out once, in the same order; about 30 bytes a file."""

    _packs: list[_Pack] = field(default_factory=list)
    _open: list[Todo] = field(default_factory=list)
    _n: int = 0

    def __len__(self) -> int:
        """How many were taken in."""
        return self._n

    def count_by_root(self) -> Counter[str]:
        """How many files of each root there are."""
        counts = Counter(todo.root_id for todo in self._open)
        for pack in self._packs:
            counts[pack.root_id] += len(pack.kinds)
        return counts

    def append(self, todo: Todo) -> None:
        """Take in one file."""
        if self._open and self._open[0].root_id != todo.root_id:
            self._pack()
        self._open.append(todo)
        self._n += 1
        if len(self._open) == _PER_PACK:
            self._pack()

    def __iter__(self) -> Iterator[Todo]:
        for pack in self._packs:
            yield from pack.unpacked()
        yield from self._open

    def _pack(self) -> None:
        self._packs.append(_Pack.of(self._open))
        self._open = []


@dataclass(frozen=True, slots=True)
class _Pack:
    """Some files of one root."""

    root_id: str
    root: Path
    paths: bytes
    kinds: bytes
    numbers: bytes
    """Sizes and times in turn."""

    @classmethod
    def of(cls, todos: list[Todo]) -> _Pack:
        numbers = array("q")
        for todo in todos:
            numbers.extend((todo.stamp.size_bytes, todo.stamp.mtime_ns))
        return cls(
            todos[0].root_id,
            todos[0].root,
            # No path has a zero in it, and neighbours in a walk have most of their paths in common.
            zlib.compress("\0".join(todo.relative_path for todo in todos).encode(), 1),
            bytes(_KINDS.index(todo.modality) for todo in todos),
            numbers.tobytes(),
        )

    def unpacked(self) -> Iterator[Todo]:
        paths = zlib.decompress(self.paths).decode().split("\0")
        numbers = array("q", self.numbers)
        for place, path in enumerate(paths):
            stamp = Stamp(numbers[2 * place], numbers[2 * place + 1])
            yield Todo(self.root_id, self.root, path, _KINDS[self.kinds[place]], stamp)
