"""First step of the training: the pool of sounds and the shards of windows.

python -m models.mini.training.audio.prepare --work .cache/audio --first 0 --last 32
Several of these may run beside each other with different ranges; shards that exist are kept.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

from .pool import Sound, training_pool
from .windows import Shelf, Teacher, make_shard

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"


def load_pool(data: Path, work: Path) -> list[Sound]:
    """The pool, made once and kept."""
    path = work / "pool.pickle"
    if not path.exists():
        work.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(pickle.dumps(training_pool(data, work), protocol=5))
        partial.rename(path)
    return list(pickle.loads(path.read_bytes()))


def main() -> None:
    """Make the missing shards of a range."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=32)
    arguments = parser.parse_args()
    shelf = Shelf(load_pool(arguments.data, arguments.work))
    teacher = Teacher(arguments.data / "yamnet" / "yamnet.tflite")
    for seed in range(arguments.first, arguments.last):
        path = arguments.work / f"windows-{seed:03}.npz"
        if not path.exists():
            make_shard(shelf, teacher, seed, path)
            print("made", path.name, flush=True)


if __name__ == "__main__":
    main()
