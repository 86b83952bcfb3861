"""Seconds from a cold process to the first result of the command line, and to its help.

    python -m tests.benchmarks.cold_start LIBRARY

The file cache is warm; what is measured is our own start-up. Best and median of five.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.report import print_report


def measure(arguments: list[str]) -> dict[str, float]:
    """Wall-clock seconds of five runs of ``mmsearch ARGUMENTS``."""
    took_s = []
    for _ in range(5):
        started_s = time.perf_counter()
        command = [sys.executable, "-m", "mmsearch", *arguments]
        subprocess.run(command, check=True, capture_output=True)
        took_s.append(time.perf_counter() - started_s)
    return {"best_s": round(min(took_s), 2), "median_s": round(statistics.median(took_s), 2)}


def main() -> None:
    library = Path(sys.argv[1])
    print_report(
        {
            "search": measure(["--library", str(library), "search", "a dog on a beach"]),
            "help": measure(["--help"]),
            "version": measure(["--version"]),
            "python alone": _python_alone(),
        }
    )


def _python_alone() -> dict[str, float]:
    started_s = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return {"import numpy_s": round(time.perf_counter() - started_s, 2)}


if __name__ == "__main__":
    main()
