"""Example files as vectors: what a search by example looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import Decoded, DecodeJob, DecodePool, Failed
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.side_by_side import encode_examples
from mmsearch.errors import QueryError, UnreadableFileError
from mmsearch.scan.kinds import modality_of
from mmsearch.settings import Settings
from mmsearch.types import F32, Metadata, Modality, Samples, Segment

_SEGMENTS_PER_EXAMPLE = 16
"""A long film as an example is looked at in this many places, evenly spread."""

_SHOTS_READ_OF_EXAMPLE = 100
_SOUND_READ_OF_EXAMPLE_S = 600.0
"""Nobody waits for hours of an example to be read."""


def embed_example(path: Path, encoder: Encoder, settings: Settings) -> tuple[str, F32]:
    """The kind and the vectors (n, dim) of an example file of any of the four kinds.

    A film that has pictures is looked for by its pictures. Raises QueryError with the reason
    when the file cannot be used.
    """
    modality = modality_of(path)
    if modality is None:
        raise QueryError(
            f"{path.name} cannot be an example: it is no picture, video, sound or code.",
            "Choose another file.",
        )
    options = DecodeOptions(
        image_px=encoder.spec.image_px,
        max_shots_per_video=_SHOTS_READ_OF_EXAMPLE,
        max_audio_s=_SOUND_READ_OF_EXAMPLE_S,
    )
    try:
        items = list(_decode_example(path, modality, options, settings))
    except UnreadableFileError as error:
        raise QueryError(
            f"The example {path} cannot be read: {error.message}", error.hint
        ) from error
    segments = [item for item in items if isinstance(item, Segment)]
    if modality is Modality.VIDEO:
        shots = [some for some in segments if not isinstance(some.content, Samples)]
        modality, segments = (modality, shots) if shots else (Modality.AUDIO, segments)
    if not segments:
        raise QueryError(f"The example {path} is empty or silent.", "Choose another file.")
    contents = [some.content for some in _spread(segments)]
    vectors = encode_examples(encoder, modality, contents)
    kind = Modality.IMAGE if modality is Modality.VIDEO else modality
    return kind.value, vectors


def _decode_example(
    path: Path, modality: Modality, options: DecodeOptions, settings: Settings
) -> Iterator[Metadata | Segment]:
    """Pictures at once; the rest in a process of its own, which a hostile file may end."""
    if modality is Modality.IMAGE or settings.decode_in_process:
        yield from decode_file(path, modality, options)
        return
    with DecodePool(
        1,
        options,
        time_limit_s=settings.time_limit_s,
        memory_limit_bytes=settings.memory_limit_bytes,
    ) as pool:
        for message in pool.decode([DecodeJob("example", path, modality)]):
            match message:
                case Decoded(_, item):
                    yield item
                case Failed(_, error):
                    raise error


def _spread(segments: list[Segment]) -> Iterable[Segment]:
    """At most _SEGMENTS_PER_EXAMPLE of the segments, evenly spaced."""
    if len(segments) <= _SEGMENTS_PER_EXAMPLE:
        return segments
    places = np.linspace(0, len(segments) - 1, _SEGMENTS_PER_EXAMPLE).round().astype(int)
    return [segments[place] for place in places]
