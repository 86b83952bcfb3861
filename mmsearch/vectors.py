"""The vectors of the segments, in 12 bits a number.

The upper eight bits of all vectors are what a search scans, at the speed of the memory; the lower
four make the few best exact. Together they give cosines to within 3e-5 (root mean square), where
the float16 of the database gives 1e-5; the upper bits alone give 5e-4. Both parts may be mapped
from a file, so that a million of vectors open in no time. Files are only appended to: of vectors
that went, the places stay until they are a tenth.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mmsearch.scanning import code_products
from mmsearch.types import F32

_LARGEST = 2039
"""Of the 12-bit numbers: the largest whose upper part, rounded, is still 127."""
_STEP = 16
"""Of the upper part; half of it is added to the lower part, to make that positive."""
_ROWS_AT_ONCE = 8192
_LARGE_BYTES = 64 * 1024 * 1024
_Value = TypeVar("_Value", bound=np.generic)
_MOST_WHOLE = 20_000
"""As many vectors are kept as float32 beside, and searched without an approximation."""


@dataclass(frozen=True, eq=False)
class Vectors:
    """(n, dim) unit vectors; rows are read like those of an array, and come as float32."""

    codes: NDArray[np.int8]
    """(n_place, dim) the upper eight bits, -127 to 127."""
    rest: NDArray[np.uint8]
    """(n_place, (dim + 1) // 2) the lower four bits, two numbers a byte."""
    scales: F32
    """(n_place,) what the 12-bit numbers of a vector are multiplied by."""
    places: NDArray[np.int32] | None = None
    """(n,) the place of each vector, ascending; None where each has its own number."""

    @classmethod
    def of(cls, vectors: NDArray[np.floating]) -> Vectors:
        """The nearest 12-bit numbers to (n, dim) vectors of any precision."""
        n, dim = vectors.shape
        codes, scales = np.empty((n, dim), np.int8), np.empty(n, np.float32)
        rest = np.empty((n, (dim + 1) // 2), np.uint8)
        for start in range(0, n, _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            codes[rows], rest[rows], scales[rows] = _coded(vectors[rows].astype(np.float32))
        return cls(codes, rest, scales)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self), self.codes.shape[1]

    @property
    def is_small(self) -> bool:
        """Whether products with all vectors are as exact as those with a few."""
        return len(self) <= _MOST_WHOLE

    def __len__(self) -> int:
        return len(self.codes if self.places is None else self.places)

    def __getitem__(self, rows: Any) -> F32:
        places = rows if self.places is None else self.places[rows]
        codes, lower = self.codes[places], self.rest[places]
        dim = self.codes.shape[1]
        numbers: F32 = codes.astype(np.float32)
        numbers *= _STEP
        numbers[..., 0::2] += (lower >> 4)[..., : (dim + 1) // 2]
        numbers[..., 1::2] += (lower & 15)[..., : dim // 2]
        numbers -= _STEP // 2
        numbers *= self.scales[places][..., None]
        _let_go(self.rest)
        return numbers

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.asarray(self[:], dtype or np.float32)

    def products(self, query: F32) -> F32:
        """The product of each vector with one of any length, (dim,): (n,) float32.

        Of many vectors by their upper eight bits; see ``exact_products``.
        """
        if self.is_small:
            return np.asarray(self._whole @ query)
        return self.of_rows(code_products(self.codes, self.scales, query * np.float32(_STEP)))

    def of_rows(self, values: NDArray[_Value]) -> NDArray[_Value]:
        """Of what is known of all places, (n_place, ...), what is of the vectors: (n, ...)."""
        return values if self.places is None else values[self.places]

    def kept(self, is_kept: NDArray[np.bool_]) -> Vectors:
        """Some of them, (n,), where they are."""
        if self.places is not None:
            return replace(self, places=self.places[is_kept])
        return replace(self, places=np.flatnonzero(is_kept).astype(np.int32))

    def exact_products(self, rows: NDArray[np.int64], query: F32) -> F32:
        """The product of some vectors with one, (dim,), by all bits: (n_row,) float32."""
        return np.asarray(self[rows] @ query)

    @cached_property
    def _whole(self) -> F32:
        return self[:]


def _coded(vectors: F32) -> tuple[NDArray[np.int8], NDArray[np.uint8], F32]:
    """Upper parts, lower parts and scales of some vectors."""
    scales = np.abs(vectors).max(axis=1) / np.float32(_LARGEST)
    factors = np.divide(1, scales, where=scales > 0, out=np.zeros_like(scales))
    numbers = np.rint(vectors * factors[:, None]).astype(np.int16) + np.int16(_STEP // 2)
    lower = (numbers & (_STEP - 1)).astype(np.uint8)
    if lower.shape[1] % 2:
        lower = np.pad(lower, ((0, 0), (0, 1)))
    return (numbers >> 4).astype(np.int8), lower[:, 0::2] << 4 | lower[:, 1::2], scales


def _let_go(column: NDArray[Any]) -> None:
    """Give the memory back that reading a few rows takes, if they are mapped from a large file.

    The system maps many rows around each one. They stay in its cache, and are soon back, but that
    takes milliseconds.
    """
    held: Any = column.base if column.nbytes > _LARGE_BYTES else None
    while isinstance(held, np.ndarray):
        held = held.base
    if isinstance(held, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        held.madvise(mmap.MADV_DONTNEED)
