"""Products of one vector with many that are kept in eight bits, at the speed of the memory.

numpy has no fast product of small whole numbers, so a loop is compiled by numba (which librosa
brings anyway). Loading that takes half a second: the first product of a process, which for a
search from the command line is the only one, is made by numpy in blocks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

_ROWS_AT_ONCE = 2048
"""So many as float32 stay in the cache of a processor."""
_MOST_BY_NUMPY = 4_000_000
"""Rows for which the first product is faster without the compiled loop, loading included."""
_LEAST_SHARED = 60_000
"""Rows for which a second thread is worth its start."""

_lock = threading.Lock()
_n_made = 0

Kernel = Callable[[Any, Any, Any, Any, Any], None]


def code_products(codes: NDArray[np.int8], scales: F32, query: F32) -> F32:
    """scale · (code · query) for each row: (n,) float32.

    codes: (n, dim), scales: (n,), query: (dim,) float32, itself taken to eight bits; that changes
    the product of unit vectors of 384 numbers by 5e-4 (root mean square).
    """
    global _n_made
    with _lock:
        is_first, _n_made = _n_made == 0, _n_made + 1
    if is_first and len(codes) <= _MOST_BY_NUMPY:
        return products_by_numpy(codes, scales, query)
    return products_compiled(codes, scales, query)


def products_by_numpy(codes: NDArray[np.int8], scales: F32, query: F32) -> F32:
    """The same with nothing to load; the query keeps its precision."""
    found = np.empty(len(codes), np.float32)
    block = np.empty((_ROWS_AT_ONCE, codes.shape[1]), np.float32)
    for start in range(0, len(codes), _ROWS_AT_ONCE):
        some = codes[start : start + _ROWS_AT_ONCE]
        np.copyto(block[: len(some)], some)
        # Not a matrix product: the threads of that cost more than they save on so few rows.
        np.einsum("nd,d->n", block[: len(some)], query, out=found[start : start + len(some)])
    found *= scales
    return found


def products_compiled(codes: NDArray[np.int8], scales: F32, query: F32) -> F32:
    """The same by a compiled loop, of many rows in two threads."""
    kernel = _compiled()
    step = np.float32(max(float(np.abs(query).max()), 1e-30) / 127)
    numbers = np.rint(query / step).astype(np.int8)
    found = np.empty(len(codes), np.float32)

    def scan(rows: slice) -> None:
        kernel(codes[rows], scales[rows], numbers, step, found[rows])

    if len(codes) < _LEAST_SHARED:
        scan(slice(None))
        return found
    middle = len(codes) // 2
    other = threading.Thread(target=scan, args=(slice(middle, None),))
    other.start()
    scan(slice(middle))
    other.join()
    return found


@cache
def _compiled() -> Kernel:
    """Compiled once on a machine and kept beside this file, or in the user's cache."""
    import numba

    def readonly(kind: Any, n_dim: int) -> Any:
        return numba.types.Array(kind, n_dim, "C", readonly=True)

    signature = numba.void(
        readonly(numba.int8, 2),
        readonly(numba.float32, 1),
        readonly(numba.int8, 1),
        numba.float32,
        numba.float32[::1],
    )
    try:
        kernel: Kernel = numba.njit(signature, nogil=True, cache=True)(_scan)
    except RuntimeError:  # there is no folder that it could be kept in
        kernel = numba.njit(signature, nogil=True)(_scan)
    return kernel


def _scan(codes: Any, scales: Any, query: Any, step: Any, found: Any) -> None:
    for row in range(codes.shape[0]):
        total = np.int32(0)
        for place in range(codes.shape[1]):
            total += np.int32(codes[row, place]) * np.int32(query[place])
        found[row] = np.float32(total) * scales[row] * step
