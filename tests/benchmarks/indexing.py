"""How fast files are indexed: decoders alone, encoder alone, and both together.

    python -m tests.benchmarks.indexing [--pictures 600] [--large 60] …

"alone" uses all cores: the decoders as many processes as the pipeline and by the same rules (what
looks like a page is read), the encoder all its threads. A pipeline on the same cores cannot reach
the slower of the two; ``ideal`` is what it could reach if the work of both were just added up on
the same cores. ``steady`` is the rate between a fifth and nine tenths of the files, without the
start of processes and the end of the session, which the whole run has.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from PIL import Image

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import DecodeJob, DecodePool, Finished
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.evaluate.datasets.film_making import Take, write_film
from mmsearch.library import open_library
from mmsearch.settings import Settings
from mmsearch.types import Modality, Samples, Segment
from tests.benchmarks.report import PeakOfChildren, peak_memory_bytes, print_report

_LEAST_ENCODE_S = 5.0
DATA = Path(__file__).parents[3] / "shared" / "data"


def make_pictures(folder: Path, number: int, size_px: tuple[int, int]) -> list[Path]:
    """Photographs at camera size: real ones enlarged, with some noise-free detail."""
    folder.mkdir(parents=True)
    sources = sorted((DATA / "flickr8k" / "dev").glob("*.jpg"))
    paths = []
    for place in range(number):
        picture = Image.open(sources[place % len(sources)]).convert("RGB").resize(size_px)
        picture.putpixel((0, 0), (place % 256, place // 256, 0))
        paths.append(folder / f"{place:05}.jpg")
        picture.save(paths[-1], quality=90)
    return paths


def make_films(folder: Path, number: int) -> list[Path]:
    """Twelve-second films of four shots, 320 x 240."""
    folder.mkdir(parents=True)
    sources = sorted((DATA / "flickr8k" / "dev").glob("*.jpg"))
    random.Random(1).shuffle(sources)
    paths = [folder / f"{place}.mp4" for place in range(number)]
    for place, path in enumerate(paths):
        write_film(path, [Take(one, 3.0) for one in sources[4 * place : 4 * place + 4]])
    return paths


def make_hd_films(folder: Path, number: int) -> list[Path]:
    """Twelve-second films of four shots, 1280 x 720 at 25 frames a second, as a camera makes."""
    folder.mkdir(parents=True)
    sources = sorted((DATA / "flickr8k" / "dev").glob("*.jpg"))
    paths = [folder / f"{place}.mp4" for place in range(number)]
    for place, path in enumerate(paths):
        _write_hd_film(path, sources[4 * place : 4 * place + 4])
    return paths


def _write_hd_film(target: Path, pictures: list[Path]) -> None:
    import av
    import numpy as np

    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for place in range(12 * 25):
            if place % 75 == 0:
                wide = np.asarray(
                    Image.open(pictures[place // 75]).convert("RGB").resize((1400, 840))
                )
            shift = place % 75
            view = np.ascontiguousarray(wide[shift : shift + 720, shift : shift + 1280])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(view)))
        container.mux(stream.encode(None))


def measure_kind(
    modality: Modality, paths: list[Path], encoder: Encoder, work: Path
) -> dict[str, float]:
    """Files/s of the decoders, the encoder, and the library's own indexing run."""
    settings = Settings()
    options = DecodeOptions(image_px=encoder.spec.image_px, read_printed=settings.read_printed)
    n_files = len(paths)
    decoding = Rate(n_files)
    _decode_all(paths, modality, options, decoding)
    some = paths[:64]
    segments = _segments(some, modality, options)
    n_rounds = 1 + round(_LEAST_ENCODE_S / _timed(lambda: _encode_all(encoder, modality, segments)))
    encode_s = _timed(lambda: [_encode_all(encoder, modality, segments) for _ in range(n_rounds)])
    encoder_per_s = n_rounds * len(some) / encode_s
    indexing = Rate(n_files)
    with open_library(work / f"library-{modality}-{n_files}", encoder=encoder) as library:
        library.add(paths[0].parent)
        index_s = _timed(lambda: library.index(on_progress=lambda now: indexing.see(now.n_done)))
        n_segments = library.status().n_segments
        rescan_s = _timed(library.index)
    slower = min(decoding.steady_per_s, encoder_per_s)
    ideal = 1 / (1 / decoding.steady_per_s + 1 / encoder_per_s)
    return {
        "files": n_files,
        "decoders_files_per_s": decoding.steady_per_s,
        "encoder_files_per_s": encoder_per_s,
        "pipeline_steady_files_per_s": indexing.steady_per_s,
        "pipeline_files_per_s": n_files / index_s,
        "pipeline_segments_per_s": n_segments / index_s,
        "steady_to_slower": indexing.steady_per_s / slower,
        "whole_run_to_slower": n_files / index_s / slower,
        "steady_to_ideal": indexing.steady_per_s / ideal,
        "ideal_to_slower": ideal / slower,
        "rescan_unchanged_s": rescan_s,
    }


class Rate:
    """How fast files become ready between a fifth and nine tenths of them."""

    def __init__(self, n_files: int) -> None:
        self._from, self._until = 0.2 * n_files, 0.9 * n_files
        self._seen: list[tuple[int, float]] = []

    def see(self, n_done: int) -> None:
        """So many are ready now."""
        if self._from <= n_done <= self._until:
            self._seen.append((n_done, time.perf_counter()))

    @property
    def steady_per_s(self) -> float:
        """Files a second; not a number where too few were seen."""
        if len(self._seen) < 2 or self._seen[-1][0] == self._seen[0][0]:
            return float("nan")
        (first, first_s), (last, last_s) = self._seen[0], self._seen[-1]
        return (last - first) / (last_s - first_s)


def _segments(paths: list[Path], modality: Modality, options: DecodeOptions) -> list[Segment]:
    items = (item for path in paths for item in decode_file(path, modality, options))
    return [item for item in items if isinstance(item, Segment)]


def _decode_all(paths: list[Path], modality: Modality, options: DecodeOptions, rate: Rate) -> None:
    settings = Settings()
    jobs = (DecodeJob(str(path), path, modality) for path in paths)
    with DecodePool(
        settings.worker_count(),
        options,
        time_limit_s=settings.time_limit_s,
        memory_limit_bytes=settings.memory_limit_bytes,
    ) as pool:
        finished = (one for one in pool.decode(jobs) if isinstance(one, Finished))
        for n_done, _ in enumerate(finished, start=1):
            rate.see(n_done)


def _encode_all(encoder: Encoder, modality: Modality, segments: Iterable[Segment]) -> None:
    towers: dict[Modality, list[Segment]] = {}
    for segment in segments:
        kind = Modality.AUDIO if isinstance(segment.content, Samples) else modality
        towers.setdefault(kind, []).append(segment)
    for kind, some in towers.items():
        rest = iter(some)
        while batch := list(islice(rest, 16)):
            encoder.encode_contents(kind, [segment.content for segment in batch])


def _timed(action: Callable[[], Any]) -> float:
    started_s = time.perf_counter()
    action()
    return time.perf_counter() - started_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=4000)
    parser.add_argument("--large", type=int, default=400)
    parser.add_argument("--films", type=int, default=60)
    parser.add_argument("--hd-films", type=int, default=30)
    parser.add_argument("--sounds", type=int, default=120)
    parser.add_argument("--sources", type=int, default=30)
    given = parser.parse_args()
    encoder = open_encoder()
    with tempfile.TemporaryDirectory() as folder, PeakOfChildren() as children:
        figures = _all_kinds(Path(folder), given, encoder)
    figures["peak_memory_mb"] = round(peak_memory_bytes() / 1e6)
    figures["peak_memory_of_a_worker_mb"] = round(children.peak_bytes / 1e6)
    print_report(figures)


def _all_kinds(work: Path, given: argparse.Namespace, encoder: Encoder) -> dict[str, Any]:
    sounds = sorted((DATA / "esc10" / "audio").glob("*.ogg"))[: given.sounds]
    sources = sorted(Path(io.__file__).parent.rglob("*.py"))[: given.sources]
    batches = {
        "pictures 800x600": (
            Modality.IMAGE,
            make_pictures(work / "small", given.pictures, (800, 600)),
        ),
        "pictures 12 megapixels": (
            Modality.IMAGE,
            make_pictures(work / "large", given.large, (4000, 3000)),
        ),
        "films of 12 s (times 12: seconds of film per second)": (
            Modality.VIDEO,
            make_films(work / "films", given.films),
        ),
        "films of 12 s, 1280x720 (times 12: seconds of film per second)": (
            Modality.VIDEO,
            make_hd_films(work / "hd films", given.hd_films),
        ),
        "sounds of 5 s (times 5: seconds of sound per second)": (
            Modality.AUDIO,
            _linked(work / "sounds", sounds),
        ),
        "python files (segments: functions and classes)": (
            Modality.CODE,
            _linked(work / "code", sources),
        ),
    }
    options = DecodeOptions(image_px=encoder.spec.image_px)
    for modality, paths in batches.values():  # warm: towers open, file cache filled
        _encode_all(encoder, modality, _segments(paths[:1], modality, options))
    figures: dict[str, Any] = {
        name: {
            key: round(value, 3)
            for key, value in measure_kind(modality, paths, encoder, work).items()
        }
        for name, (modality, paths) in batches.items()
    }
    return figures


def _linked(folder: Path, files: list[Path]) -> list[Path]:
    """Copies in one folder of their own, so that a library indexes just these."""
    folder.mkdir(parents=True)
    paths = []
    for place, file in enumerate(files):
        paths.append(folder / f"{place:04}{file.suffix}")
        paths[-1].write_bytes(file.read_bytes())
    return paths


if __name__ == "__main__":
    main()
