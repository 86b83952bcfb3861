"""The whole training of the audio tower, one command; goes on where it was broken off.

python -m models.mini.training.audio.run --work .cache/audio
Needs: pip install -e .[train], and from the system espeak-ng, fluidsynth, the sound fonts
FluidR3_GM.sf2 (training) and TimGM6mb.sf2 (checks) in /usr/share/sounds/sf2.
First a student that has not heard fold 4 is trained and judged, then it goes on with all folds
and is shipped.
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
    parser.add_argument("--minutes", type=float, default=33, help="for the student without fold 4")
    parser.add_argument("--more-minutes", type=float, default=10, help="with all folds")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--shards", type=int, default=30)
    arguments = parser.parse_args()
    places = ("--data", str(arguments.data), "--work", str(arguments.work))
    finish(start("prepare", *places, "--last", "1"))
    middle = arguments.shards // 2
    finish(
        start("prepare", *places, "--first", "1", "--last", str(middle)),
        start("prepare", *places, "--first", str(middle), "--last", str(arguments.shards)),
    )
    without, final = arguments.work / "without-4.pt", "student"

    def train(*options: str) -> None:
        common = (*places, *options, "--processes", str(arguments.processes))
        (arguments.work / f"{options[1]}-meeting").unlink(missing_ok=True)
        finish(*(start("train", *common, "--rank", str(r)) for r in range(arguments.processes)))

    train("--name", "without-4", "--leave-out", "4", "--minutes", str(arguments.minutes))
    finish(start("embed", *places, "--name", "without-4", "--leave-out", "4"))
    finish(start("evaluate", *places, "--name", "without-4-embedded", "--fold", "4"))
    finish(start("calibrate", *places, "--name", "without-4-embedded", "--fold", "4"))
    minutes = str(arguments.more_minutes)
    train("--name", final, "--start", str(without), "--minutes", minutes, "--peak", "1e-3")
    finish(start("embed", *places, "--name", final))
    finish(start("ship", "--work", str(arguments.work), "--name", f"{final}-embedded"))


if __name__ == "__main__":
    main()
