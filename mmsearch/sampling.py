"""Some of a library's files, read anew: what a model can learn from before it has encoded any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import Decoded, DecodeJob, DecodePool
from mmsearch.overview import Overview
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.settings import Settings
from mmsearch.types import Content, Modality, Samples, Segment

_PER_FILE = 4
"""At most so many segments of a file: one long film should not stand for a library."""
_SEED = 0


def sample_contents(
    library: Overview,
    kinds: Sequence[Modality],
    n_each: int,
    settings: Settings,
    *,
    image_px: int,
) -> dict[Modality, list[Content]]:
    """About ``n_each`` contents of each kind, from files of its folders chosen by chance.

    image_px: side of the square that pictures are made to. Files that cannot be read are passed
    over; they are read by worker processes, as for indexing.
    """
    found: dict[Modality, list[Content]] = {kind: [] for kind in kinds}
    jobs = list(_jobs(_files(library, kinds), n_each))
    for kind, content in _decoded(jobs, settings, image_px):
        if kind in found and len(found[kind]) < n_each:
            found[kind].append(content)
    return found


def _files(library: Overview, kinds: Sequence[Modality]) -> Mapping[Modality, list[Path]]:
    paths: dict[Modality, list[Path]] = {kind: [] for kind in kinds}
    for root in library.online_roots():
        for one in walk(root, library.ignore_rules()):
            if isinstance(one, FoundFile) and one.modality in paths:
                paths[one.modality].append(one.path)
    return paths


def _jobs(files: Mapping[Modality, list[Path]], n_each: int) -> Iterator[DecodeJob]:
    chance = np.random.default_rng(_SEED)
    for kind, paths in files.items():
        for place in chance.permutation(len(paths))[:n_each].tolist():
            yield DecodeJob(str(paths[place]), paths[place], kind)


def _decoded(
    jobs: Sequence[DecodeJob], settings: Settings, image_px: int
) -> Iterator[tuple[Modality, Content]]:
    """What is in the files, at most so much of each."""
    kinds = {job.key: job.modality for job in jobs}
    taken = dict.fromkeys(kinds, 0)
    with DecodePool(
        min(settings.worker_count(), max(1, len(jobs))),
        DecodeOptions(image_px=image_px, read_printed=False),
        time_limit_s=settings.time_limit_s,
        memory_limit_bytes=settings.memory_limit_bytes,
    ) as pool:
        for message in pool.decode(jobs):
            if not isinstance(message, Decoded) or not isinstance(message.item, Segment):
                continue
            taken[message.key] += 1
            if taken[message.key] <= _PER_FILE:
                content, kind = message.item.content, kinds[message.key]
                is_sound = isinstance(content, Samples)  # also of a film
                yield (Modality.AUDIO if is_sound else kind), content
