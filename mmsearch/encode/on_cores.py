"""Runs the batches of a network side by side, each on one core.

Within one batch, each layer of a network would wait for the slowest core, the more so where the
cores have other work; whole batches wait for nothing. And small batches stay in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mmsearch.encode.session import n_usable_cores

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


def map_on_cores(
    work: Callable[[ItemT], ResultT], items: Sequence[ItemT], *, n_threads: int | None = None
) -> list[ResultT]:
    """``[work(item) for item in items]``, several at once; the first error is raised.

    work: must spend its time without Python's lock, as sessions and numpy do.
    n_threads: how many at once; all usable cores unless told.
    """
    n_at_once = min(n_threads or n_usable_cores(), len(items))
    if n_at_once <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(n_at_once, thread_name_prefix="mmsearch-encode") as pool:
        return list(pool.map(work, items))
