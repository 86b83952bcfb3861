"""What it costs to add 1,000 pictures to a large library, and to an empty one.

    python -m tests.benchmarks.adding [--library DIR] [--size 1000000] [--pictures 1000]

Whole runs of indexing with the embedded encoder: scan, decode, encode, concept words, terms
against hubs. ``processor_s`` counts the decoding processes too. The vectors of the large library
are random and come without such a run: ``first`` is one that adds nothing, but computes the terms
of all of them. Then pictures are added by turns to an empty library and to the large one.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import Modality
from tests.benchmarks.indexing import _segments, make_pictures
from tests.benchmarks.report import peak_memory_bytes, print_report
from tests.benchmarks.searching import fill

_AWAY = Path("/a drive that is away")


def timed(action: Callable[[], Any]) -> dict[str, float]:
    """Seconds, and those of all processors."""
    started_s, busy_s = time.perf_counter(), _processor_s()
    action()
    return {
        "wall_s": round(time.perf_counter() - started_s, 2),
        "processor_s": round(_processor_s() - busy_s, 2),
    }


def _processor_s() -> float:
    parts = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, parts))


def _open(folder: Path, encoder: Encoder) -> Library:
    return open_library(folder, encoder=encoder, settings=Settings())


def add(folder: Path, encoder: Encoder, pictures: Path) -> dict[str, float]:
    """One run over a folder of new pictures."""
    with _open(folder, encoder) as library:
        library.add(pictures)
        return timed(library.index)


def measure(given: argparse.Namespace, work: Path) -> dict[str, Any]:
    """Two rounds of pictures that neither library has."""
    encoder, large = open_encoder(), given.library or work / "large"
    if not large.exists():
        fill(large, given.size, encoder=encoder, root=_AWAY)
    pictures = [work / f"pictures {number}" for number in range(2)]
    paths = [make_pictures(one, given.pictures, (800, 600 + n)) for n, one in enumerate(pictures)]
    options = DecodeOptions(image_px=encoder.spec.image_px)
    warm = [one.content for one in _segments(paths[0][:16], Modality.IMAGE, options)]
    encoder.encode_contents(Modality.IMAGE, warm)
    with _open(large, encoder) as library:
        figures: dict[str, Any] = {"first": timed(library.index)}
    rounds = [
        {"empty": add(work / f"empty {n}", encoder, one), "large": add(large, encoder, one)}
        for n, one in enumerate(pictures)
    ]
    ratios = [one["large"]["processor_s"] / one["empty"]["processor_s"] for one in rounds]
    return figures | {
        "rounds": rounds,
        "processor_of_large_to_empty": [round(ratio, 2) for ratio in ratios],
        "peak_memory_mb": round(peak_memory_bytes() / 1e6),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", type=Path, help="made there if it is missing, and added to")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--pictures", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        print_report(measure(given, Path(work)))


if __name__ == "__main__":
    main()
