"""Columns as plain files: numbers as narrow as they are, texts in one buffer, both mapped."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.postings import Postings

_WHOLE_NUMBERS = (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.int64)


def save_numbers(path: Path, numbers: NDArray[Any]) -> None:
    """Write a column, whole numbers in the narrowest type that holds them all."""
    np.save(path.with_suffix(".npy"), _narrow(numbers))


def load_numbers(path: Path) -> NDArray[Any]:
    """Map a column as it was written."""
    return np.asarray(np.load(path.with_suffix(".npy"), mmap_mode="r"))


def load_widened(path: Path, kind: type[np.integer[Any]]) -> NDArray[Any]:
    """Read a column into a type; one that is the same everywhere takes no memory."""
    numbers = load_numbers(path)
    if len(numbers) and bool((numbers == numbers[0]).all()):
        return np.broadcast_to(numbers[:1].astype(kind), numbers.shape)
    return numbers.astype(kind)


def _narrow(numbers: NDArray[Any]) -> NDArray[Any]:
    if numbers.dtype.kind not in "iu" or len(numbers) == 0:
        return numbers
    low, high = int(numbers.min()), int(numbers.max())
    fits = (
        kind for kind in _WHOLE_NUMBERS if np.iinfo(kind).min <= low <= high <= np.iinfo(kind).max
    )
    return numbers.astype(next(fits, numbers.dtype), copy=False)


def save_some(path: Path, rows: NDArray[Any]) -> None:
    """Write the rows of a (n, m) column of floats that are numbers: of pictures none are."""
    known = ~np.isnan(rows).any(axis=1)
    np.save(path.with_suffix(".npy"), rows[known])
    np.save(path.with_name(f"{path.name}_known.npy"), np.packbits(known))


def load_some(path: Path, n_row: int) -> NDArray[np.float64]:
    """Read what save_some wrote, NaN where nothing is known: (n_row, m)."""
    some = np.load(path.with_suffix(".npy"))
    if len(some) == 0:
        return np.broadcast_to(np.full(1, np.nan), (n_row, some.shape[1]))  # takes no memory
    known = np.unpackbits(np.load(path.with_name(f"{path.name}_known.npy")), count=n_row)
    rows = np.full((n_row, some.shape[1]), np.nan)
    rows[known.astype(bool)] = some
    return rows


class Texts(Sequence[str]):
    """A column of strings in one mapped buffer; a million of them open in no time."""

    def __init__(self, buffer: mmap.mmap | bytes, lengths: NDArray[Any]) -> None:
        self._buffer = buffer
        self._lengths = lengths

    @classmethod
    def load(cls, path: Path) -> Texts:
        """Map a column; raises ValueError for one that was cut off."""
        lengths = load_numbers(path)
        with path.with_suffix(".utf8").open("rb") as file:
            is_empty = file.seek(0, 2) == 0
            buffer = b"" if is_empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(buffer) != int(lengths.sum(dtype=np.int64)):
            raise ValueError(f"{path.name} does not have the length it was written with")
        return cls(buffer, lengths)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """The same texts in one buffer."""
        if isinstance(texts, Texts):
            return texts
        encoded = [text.encode("utf-8") for text in texts]
        return cls(b"".join(encoded), np.array([len(text) for text in encoded], np.int64))

    def save(self, path: Path) -> None:
        """Write the column."""
        save_numbers(path, self._lengths)
        path.with_suffix(".utf8").write_bytes(self._buffer)

    def insert(self, places: NDArray[np.int64], texts: Sequence[str]) -> Texts:
        """With other texts before some places, as np.insert does it for numbers."""
        cuts = np.append(0, self._ends)[places].tolist()
        view = memoryview(self._buffer)
        pieces: list[bytes | memoryview] = []
        for start, cut, text in zip([0, *cuts], cuts, texts, strict=False):
            pieces += (view[start:cut], text.encode("utf-8"))
        pieces.append(view[cuts[-1] if cuts else 0 :])
        lengths = [len(text.encode("utf-8")) for text in texts]
        return Texts(b"".join(pieces), np.insert(self._lengths.astype(np.int64), places, lengths))

    def kept(self, is_kept: NDArray[np.bool_]) -> Texts:
        """Some of them, (n,)."""
        ends = np.append(0, self._ends)
        # Where a run of kept texts begins and ends.
        turns = np.flatnonzero(np.diff(is_kept, prepend=False, append=False))
        bounds = ends[turns].reshape(-1, 2).tolist()
        view = memoryview(self._buffer)
        return Texts(b"".join(view[start:end] for start, end in bounds), self._lengths[is_kept])

    def whole(self) -> str:
        """All of them as one text."""
        return bytes(self._buffer).decode("utf-8")

    def to_arrow(self) -> Any:
        """As an Arrow array, which shares the buffer."""
        import pyarrow as pa

        ends = pa.py_buffer(np.append(0, self._ends))
        return pa.LargeStringArray.from_buffers(len(self), ends, pa.py_buffer(self._buffer))

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum(self._lengths, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._lengths)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        start = int(self._ends[index - 1]) if index else 0
        return self._buffer[start : int(self._ends[index])].decode("utf-8")


def save_texts(path: Path, texts: Sequence[str]) -> None:
    """Write a column of strings."""
    Texts.of(texts).save(path)


def save_postings(folder: Path, name: str, postings: Postings) -> None:
    """Write words turned round, as some columns."""
    save_texts(folder / name, postings.terms)
    for column in ("ends", "rows", "counts", "lengths"):
        save_numbers(folder / f"{name}_{column}", getattr(postings, column))


def load_postings(folder: Path, name: str) -> Postings:
    """Mapped, not read: a query needs the postings of its own few words only."""
    columns: dict[str, Any] = {
        column: load_numbers(folder / f"{name}_{column}")
        for column in ("ends", "rows", "counts", "lengths")
    }
    return Postings(terms=Texts.load(folder / name), **columns)
