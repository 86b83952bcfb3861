"""What every benchmark prints beside its figures: the machine, the commit, the load."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
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


def peak_memory_bytes(who: int = resource.RUSAGE_SELF) -> int:
    """The most memory that this process (or the largest of its children) has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit
