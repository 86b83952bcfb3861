"""Sound of any file, the track of a film included, as mono samples at one rate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.access import os_errors_described, require_file
from mmsearch.media.container import open_container
from mmsearch.media.sound_tags import tags_of
from mmsearch.media.sound_track import Track, require_stream
from mmsearch.types import AUDIO_RATE_HZ, F32, Metadata

_BLOCK_SAMPLES = AUDIO_RATE_HZ
# Decoders need some sound before the wanted place until they are right.
_PREROLL_S = 1.0
_PLAYLIST_HEADS = (b"#extm3u", b"[playlist]", b"ffconcat", b"<asx", b"<smil", b"<?wpl", b"<?xml")


def has_sound(path: Path) -> bool:
    """Tell whether the file has a track of sound; its content may still be damaged.

    Raises UnreadableFileError if the file cannot be opened at all.
    """
    with open_container(path) as container:
        return bool(container.streams.audio)


def sound_metadata(path: Path) -> Metadata:
    """Read the length and the tags of a sound without decoding it.

    Raises UnreadableFileError as read_samples does.
    """
    refuse_playlist(path)
    # Old taggers wrote whatever code page they had: keep the bytes, so that it can be guessed.
    with open_container(path, metadata_errors="surrogateescape") as container:
        stream = require_stream(container)
        tags = tags_of({**stream.metadata, **container.metadata})
        return Metadata(
            duration_s=container.duration / 1_000_000 if container.duration else None,
            title=tags.title,
            artist=tags.artist,
            album=tags.album,
            caption=tags.caption,
            tags=tags.genres,
            taken_at=tags.taken_at,
        )


def read_samples(
    path: Path, *, start_s: float = 0.0, end_s: float | None = None, max_s: float | None = None
) -> Iterator[F32]:
    """Yield mono blocks (n_sample,) in [-1, 1] at AUDIO_RATE_HZ, of at most a second each.

    The first sample is at ``start_s`` and the last one before ``end_s`` on the clock of the
    file, whose zero is where players start; a track that begins later or has a hole is filled
    with silence there. ``max_s`` bounds the length as well. Damaged packets are skipped.
    Raises UnreadableFileError: CORRUPT if nothing at all can be decoded, UNSUPPORTED if there is
    no sound, ENCRYPTED for protected tracks, and what opening a file can raise.
    """
    refuse_playlist(path)
    n_wanted = _n_samples(start_s, end_s, max_s)
    if start_s > _PREROLL_S:
        with open_container(path) as container:
            track = Track(container, require_stream(container))
            if track.enter(start_s - _PREROLL_S, before_s=start_s):
                yield from _blocks(track, start_s, n_wanted)
                return
    with open_container(path) as container:
        yield from _blocks(Track(container, require_stream(container)), start_s, n_wanted)


def refuse_playlist(path: Path) -> None:
    """Raise UNSUPPORTED for a list of other files, which FFmpeg would only call damaged."""
    require_file(path)
    with os_errors_described(), open(path, "rb") as file:
        head = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_PLAYLIST_HEADS):
        message = "A list of other files, not a sound."
        raise UnreadableFileError(FailureKind.UNSUPPORTED, message)


def _n_samples(start_s: float, end_s: float | None, max_s: float | None) -> int | None:
    lengths_s = [] if end_s is None else [end_s - start_s]
    lengths_s += [] if max_s is None else [max_s]
    return max(0, round(min(lengths_s) * AUDIO_RATE_HZ)) if lengths_s else None


def _blocks(track: Track, start_s: float, n_wanted: int | None) -> Iterator[F32]:
    """Join the pieces of a track into blocks, from ``start_s`` on."""
    waiting: list[F32] = []
    for piece in _part(track, start_s, n_wanted):
        waiting.append(piece)
        if sum(map(len, waiting)) >= _BLOCK_SAMPLES:
            joined = np.concatenate(waiting)
            yield joined[:_BLOCK_SAMPLES]
            waiting = [joined[_BLOCK_SAMPLES:]]
    rest = np.concatenate(waiting) if waiting else np.zeros(0, np.float32)
    yield from (rest[at : at + _BLOCK_SAMPLES] for at in range(0, len(rest), _BLOCK_SAMPLES))


def _part(track: Track, start_s: float, n_wanted: int | None) -> Iterator[F32]:
    """Leave out what lies before the start and after the wanted number of samples."""
    n_skip = round((start_s - track.begin_s) * AUDIO_RATE_HZ)
    n_left = n_wanted
    for piece in track.pieces():
        kept = piece[min(n_skip, len(piece)) : None if n_left is None else n_skip + n_left]
        n_skip = max(0, n_skip - len(piece))
        n_left = None if n_left is None else n_left - len(kept)
        yield kept
        if n_left == 0:
            return
