"""What every benchmark prints beside its figures: the machine, the commit, the load."""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import re
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


def print_report(figures: dict[str, Any]) -> None:
    """Print the figures as JSON."""
    print(json.dumps({"machine": machine(), "figures": figures}, indent=1))


def machine() -> dict[str, Any]:
    """Where and on what state of the code it was measured."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "commit": commit,
    }


@contextmanager
def undisturbed() -> Iterator[None]:
    """Go before all other work for a moment, where the system allows it (Linux, as root)."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except (AttributeError, PermissionError):
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def resident_bytes() -> int:
    """The memory that this process holds now, mapped files included (Linux only)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def peak_memory_bytes() -> int:
    """The most memory that this process has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class PeakOfChildren:
    """Watches the memory of child processes (Linux only); a context manager.

    getrusage cannot tell: a child starts out with the size of its parent.
    """

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> PeakOfChildren:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            for child in multiprocessing.active_children():
                self.peak_bytes = max(self.peak_bytes, _peak_of(child.pid))


def _peak_of(pid: int | None) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0  # it has just ended
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) * 1024 if found else 0
