"""Films: one segment a shot, and the sound as further segments of the same file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mmsearch.decode.audio import segments_of_sound
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.shots import Shot, find_shots
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.film_samples import FilmSampler
from mmsearch.media.video import Film, open_film
from mmsearch.types import U8, Frames, Metadata, Segment

if TYPE_CHECKING:
    from av import VideoFrame

_PICTURES_PER_S = 2.5
"""Frames a second that are kept to choose from, until the shot is complete."""
_MISSING_S, _MISSING_SHARE = 2.0, 0.05
"""A film that ends so much earlier than it says has lost its end."""


def decode(path: Path, options: DecodeOptions) -> Iterator[Metadata | Segment]:
    """Yield shots as they are found, then windows of sound, then what the film says of itself.

    Raises UnreadableFileError if neither pictures nor sound can be decoded.
    """
    reading = _Reading(options)
    with open_film(path) as film:
        if film is not None:
            yield from reading.shots(film)
    n_windows = 0
    try:
        for segment in segments_of_sound(path, options):
            n_windows += 1
            yield segment
    except UnreadableFileError as error:
        if not reading.n_shots or error.kind is FailureKind.MEMORY:
            raise
        reading.notes.append(f"Its sound could not be read: {error.message}")
    if film is not None and not reading.n_shots:
        if not n_windows:
            raise UnreadableFileError(
                FailureKind.CORRUPT, "No picture could be decoded from the film."
            )
        reading.notes.append("Its pictures could not be decoded.")
    yield replace(reading.metadata, notes=tuple(reading.notes))


@dataclass(slots=True)
class _Reading:
    """One pass over the pictures of a film and what was learned in it."""

    options: DecodeOptions
    metadata: Metadata = field(default_factory=Metadata)
    notes: list[str] = field(default_factory=list)
    n_shots: int = 0

    def shots(self, film: Film) -> Iterator[Segment]:
        """Yield the shots in which something is to be seen; of a black film, one."""
        artist = _Artist(film, self.options)
        sampler = FilmSampler(
            film,
            per_s=self.options.video_samples_per_s,
            pictures_per_s=_PICTURES_PER_S,
            draw=artist.draw,
        )
        black: Shot | None = None
        shots = find_shots(sampler.samples(), self.options, film_end_s=lambda: sampler.end_s)
        for shot in shots:
            if shot.is_black:
                black = black or shot
                continue
            if self.n_shots == self.options.max_shots_per_video:
                self.notes.append(f"Only the first {self.n_shots} shots were read.")
                break
            self.n_shots += 1
            yield _segment(shot)
        else:
            self._note_damage(film, sampler)
        if black is not None and self.n_shots == 0:
            self.n_shots += 1
            yield _segment(black)
        self.metadata = _metadata(film, sampler, artist)

    def _note_damage(self, film: Film, sampler: FilmSampler) -> None:
        claimed_s = film.duration_s or 0.0
        missing_s = claimed_s - sampler.end_s
        if sampler.is_cut_short or missing_s > max(_MISSING_S, _MISSING_SHARE * claimed_s):
            self.notes.append(f"Only the first {sampler.end_s:.0f} s could be read.")
        elif sampler.n_damaged:
            self.notes.append("Parts of the film are damaged.")


class _Artist:
    """Makes squares of frames, and remembers how large the frames are."""

    def __init__(self, film: Film, options: DecodeOptions) -> None:
        self._film = film
        self._options = options
        self.size_px: tuple[int, int] | None = None
        """Upright width and height; None before the first frame."""

    def draw(self, frame: VideoFrame) -> U8:
        """The upright frame as a square: (image_px, image_px, 3) uint8 RGB."""
        self.size_px = self._film.upright_size_px(frame)
        side_px = self._options.image_px
        if self._options.picture_fit == "squash":
            return self._film.rgb(frame, side_px, side_px)
        scale = side_px / min(self.size_px)
        width_px, height_px = (max(side_px, round(length * scale)) for length in self.size_px)
        left_px, top_px = (width_px - side_px) // 2, (height_px - side_px) // 2
        pixels = self._film.rgb(frame, width_px, height_px)
        return pixels[top_px : top_px + side_px, left_px : left_px + side_px]


def _segment(shot: Shot) -> Segment:
    return Segment(Frames(np.stack(shot.pictures)), shot.range)


def _metadata(film: Film, sampler: FilmSampler, artist: _Artist) -> Metadata:
    width_px, height_px = artist.size_px or (None, None)
    tags = film.tags()
    return Metadata(
        width_px=width_px,
        height_px=height_px,
        duration_s=film.duration_s or sampler.end_s or None,
        taken_at=tags.taken_at,
        camera=tags.camera,
        title=tags.title,
        caption=tags.caption,
    )
