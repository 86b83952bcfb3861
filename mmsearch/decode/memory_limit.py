"""A limit on the memory of the current process."""

from __future__ import annotations

import os
import sys
import threading
import time

EXIT_OUT_OF_MEMORY = 86
"""Exit code of a worker that found itself over its memory limit."""


class MemoryLimit:
    """Keeps this process from taking the whole machine's memory.

    On Linux the kernel refuses what goes beyond the limit, which Python and most libraries
    survive. Elsewhere a thread looks twice a second and ends the process. On Windows, which has
    neither, only the limits of the decoders themselves apply.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._before_bytes = _data_bytes()
        if sys.platform == "win32":
            return
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        if self._before_bytes is None:
            threading.Thread(target=_watch_memory, args=(limit_bytes,), daemon=True).start()
            return
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = self._before_bytes + limit_bytes
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    def is_short(self) -> bool:
        """True if what earlier files left behind could make the next one fail."""
        now_bytes = _data_bytes()
        if now_bytes is None or self._before_bytes is None:
            return False
        return now_bytes - self._before_bytes > self._limit_bytes // 2


def _data_bytes() -> int | None:
    """What this process has allocated, as RLIMIT_DATA counts it; None where unknown."""
    try:
        with open("/proc/self/statm", "rb") as pages:
            n_pages = int(pages.read().split()[5])
    except OSError:
        return None
    return n_pages * os.sysconf("SC_PAGESIZE")


def _watch_memory(limit_bytes: int) -> None:
    import resource

    unit_bytes = 1 if sys.platform == "darwin" else 1024
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit_bytes <= limit_bytes:
        time.sleep(0.5)
    os._exit(EXIT_OUT_OF_MEMORY)
