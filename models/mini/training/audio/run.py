"""The whole training of the audio tower, one command; goes on where it was broken off.

python -m models.mini.training.audio.run --work .cache/audio
Needs: pip install -e .[train], and from the system espeak-ng, fluidsynth, the sound fonts
FluidR3_GM.sf2 (training) and TimGM6mb.sf2 (checks) in /usr/share/sounds/sf2. What found.py names is
fetched from the system's package archive and not installed.
First a student that has not heard folds 3 and 4 is trained and judged on both, then it goes on with
all folds and is shipped; beside it another goes on without fold 4, for the figures.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from .prepare import DATA

PACKAGE = "models.mini.training.audio"


def start(step: str, *options: str) -> subprocess.Popen[bytes]:
    """Start one step of the training."""
    return subprocess.Popen([sys.executable, "-m", f"{PACKAGE}.{step}", *options])


def finish(*processes: subprocess.Popen[bytes]) -> None:
    """Wait for steps; a failed one ends the training."""
    for process in processes:
        if process.wait() != 0:
            raise SystemExit(f"a step failed: {' '.join(map(str, process.args))}")


def main() -> None:
    """Run all steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--minutes", type=float, default=36, help="for the common student")
    parser.add_argument("--more-minutes", type=float, default=18, help="with all folds")
    parser.add_argument("--judge-minutes", type=float, default=10, help="without fold 4")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--shards", type=int, default=80)
    arguments = parser.parse_args()
    places = ("--data", str(arguments.data), "--work", str(arguments.work))
    finish(start("prepare", *places, "--last", "1"))
    middle = arguments.shards // 2
    finish(
        start("prepare", *places, "--first", "1", "--last", str(middle)),
        start("prepare", *places, "--first", str(middle), "--last", str(arguments.shards)),
    )

    def train(*options: str) -> None:
        common = (*places, *options, "--processes", str(arguments.processes))
        (arguments.work / f"{options[1]}-meeting").unlink(missing_ok=True)
        finish(*(start("train", *common, "--rank", str(r)) for r in range(arguments.processes)))

    def judge(name: str, left_out: tuple[str, ...]) -> None:
        finish(start("embed", *places, "--name", name, "--leave-out", *left_out))
        for fold in left_out:
            finish(start("evaluate", *places, "--name", f"{name}-embedded", "--fold", fold))

    train("--name", "common", "--leave-out", "3", "4", "--minutes", str(arguments.minutes))
    judge("common", ("3", "4"))
    going_on = ("--start", str(arguments.work / "common.pt"), "--peak", "1e-3", "--minutes")
    train("--name", "student", *going_on, str(arguments.more_minutes))
    finish(start("embed", *places, "--name", "student"))
    finish(start("ship", "--work", str(arguments.work), "--name", "student-embedded"))
    minutes = str(arguments.judge_minutes)
    train("--name", "without-4", "--leave-out", "4", *going_on, minutes)
    judge("without-4", ("4",))
    finish(start("calibrate", *places, "--name", "without-4-embedded", "--fold", "4"))


if __name__ == "__main__":
    main()
