"""Memory of the window over hours of use: a script uses everything, again and again.

    nice python -m tests.benchmarks.window_memory [--minutes 20] [--folder FOLDER]... [--each]

Without a screen, over a fresh library of the folders (by default the samples that are shipped),
with the real models. One round does about what a person does in ten minutes. Prints the resident
memory after each round, what lives in it, and the slope over the second half, where everything
that is kept for good has been kept; caches of pictures are small here, so that they are full soon.
With --each, a line of JSON a round on standard error.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QObject, qInstallMessageHandler

from mmsearch.gui.running import library_opener
from mmsearch.installed import shipped_path
from tests.benchmarks.report import print_report
from tests.benchmarks.scripted_use import ScriptedUse
from tests.benchmarks.window import Stage

Sample = dict[str, float]
PERSON_MINUTES_A_ROUND = 10.0
SMALL_CACHE_BYTES = 16 * 2**20


def resident_bytes() -> int:
    """What this process holds in memory now (Linux)."""
    n_pages = int(Path("/proc/self/statm").read_text().split()[1])
    return n_pages * os.sysconf("SC_PAGESIZE")


def sample(minutes: float) -> Sample:
    """The memory, and how many objects there are: a leak of objects is seen in a few rounds."""
    gc.collect()
    objects = gc.get_objects()
    return {
        "minutes": round(minutes, 2),
        "resident_mb": round(resident_bytes() / 1e6, 1),
        # Those that Python has made. To ask Qt for all would make an object of Python for each.
        "n_qt_objects": sum(issubclass(type(one), QObject) for one in objects),
        "n_python_objects": len(objects),
        "n_threads": len(list(Path("/proc/self/task").iterdir())),
        "n_open_files": len(list(Path("/proc/self/fd").iterdir())),
    }


def slope(samples: list[Sample], name: str) -> float:
    """Least squares over the second half: growth a round."""
    later = [one[name] for one in samples[len(samples) // 2 :]]
    return float(np.polyfit(np.arange(len(later)), later, 1)[0]) if len(later) > 1 else 0.0


def figures(samples: list[Sample]) -> dict[str, object]:
    """What is printed."""
    names = [name for name in samples[0] if name != "minutes"]
    growth = {name: round(slope(samples, name), 3) for name in names}
    rounds_an_hour = 60 / PERSON_MINUTES_A_ROUND
    return {
        "rounds": len(samples),
        "growth_a_round": growth,
        "growth_mb_an_hour_of_a_person": round(growth["resident_mb"] * rounds_an_hour, 2),
        "first": samples[0],
        "middle": samples[len(samples) // 2],
        "last": samples[-1],
        "resident_mb": [one["resident_mb"] for one in samples],
    }


def use(work: Path, folders: list[Path], minutes: float, *, each: bool) -> list[Sample]:
    """Rounds until the time is over."""
    inbox = work / "inbox"
    inbox.mkdir()
    for picture in sorted(shipped_path("resources", "samples", "pictures").glob("*.jpg"))[:6]:
        shutil.copy(picture, inbox)
    stage = Stage(library_opener(work / "library"), work)
    stage.parts.loader._max_bytes = SMALL_CACHE_BYTES
    script = ScriptedUse(stage, inbox)
    script.add([*folders, inbox])
    samples: list[Sample] = []
    started_s = time.monotonic()
    while (passed := (time.monotonic() - started_s) / 60) < minutes or len(samples) < 2:
        script.round()
        samples.append(sample(passed))
        if each:
            print(json.dumps(samples[-1]), file=sys.stderr, flush=True)
    stage.window.close()
    return samples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--each", action="store_true")
    options = parser.parse_args()
    qInstallMessageHandler(lambda *_: None)
    sys.setswitchinterval(0.0005)  # as running.run() does
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(work / variable)
        folders = options.folder or [shipped_path("resources", "samples")]
        print_report(figures(use(work, folders, options.minutes, each=options.each)))


if __name__ == "__main__":
    main()
