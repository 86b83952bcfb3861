"""Opening films: upright RGB frames with their times."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.container import open_container, packets_of
from mmsearch.media.exif import camera_name
from mmsearch.media.look import LOOK_HEIGHT_PX, LOOK_WIDTH_PX, Look, look_of
from mmsearch.media.sound import refuse_playlist
from mmsearch.types import U8

if TYPE_CHECKING:
    from av import Packet, VideoFrame
    from av.container import InputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

_LOCKED_TAGS = ("encv", "drmi")
_MAX_PIXELS = 16_384 * 8_704
"""Twice 8K each way; what claims to be larger is damaged or a bomb."""


@dataclass(frozen=True, slots=True)
class FilmTags:
    """What the file says about itself. Every field may be unknown."""

    title: str | None = None
    caption: str | None = None
    taken_at: str | None = None
    """ISO 8601 without zone."""
    camera: str | None = None


class Film:
    """The main video track of an open file.

    Times are in seconds on the clock of the file, whose zero is where players start.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self.container = container
        self.stream = stream
        self.decoder: VideoCodecContext = stream.codec_context
        self._tick_s = float(stream.time_base or 0)
        self._zero_s = (container.start_time or 0) / 1_000_000
        self._scaler = _Scaler()

    @property
    def frame_s(self) -> float:
        """How long a frame is shown, usually."""
        return float(1 / (self.stream.average_rate or self.stream.guessed_rate or 25))

    @property
    def duration_s(self) -> float | None:
        """As the file claims."""
        if not self.container.duration:
            return None
        # Matroska counts from the zero of the clock, not from the first frame.
        early_s = self._zero_s if "matroska" in self.container.format.name else 0.0
        return self.container.duration / 1_000_000 - early_s

    def time_s(self, item: VideoFrame | Packet[VideoStream]) -> float | None:
        """When a frame is shown; None if the file does not say."""
        ticks = item.pts if item.pts is not None else item.dts
        return None if ticks is None else ticks * self._tick_s - self._zero_s

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Read on; packets without a time, as in raw streams, get one by counting."""
        clock_s = 0.0
        for packet in packets_of(self.container, self.stream):
            if packet.size == 0:
                continue
            if self.time_s(packet) is None:
                packet.pts = packet.dts = round((clock_s + self._zero_s) / (self._tick_s or 1))
            clock_s += self.frame_s
            yield packet

    def seek(self, at_s: float) -> None:
        """Go to the last keyframe before a moment."""
        ticks = int((at_s + self._zero_s) / (self._tick_s or 1))
        self.container.seek(ticks, stream=self.stream)

    def look(self, frame: VideoFrame) -> Look:
        """How the frame looks; see mmsearch.media.look. Not turned: looks are only compared."""
        return look_of(self._scaler.scale(frame, LOOK_WIDTH_PX, LOOK_HEIGHT_PX, "yuv444p"))

    def rgb(self, frame: VideoFrame, width_px: int, height_px: int) -> U8:
        """The upright frame at a size: (height_px, width_px, 3) uint8."""
        turns = _quarter_turns(frame)
        size_px = (height_px, width_px) if turns % 2 else (width_px, height_px)
        return np.ascontiguousarray(np.rot90(self._scaler.scale(frame, *size_px, "rgb24"), turns))

    def upright_size_px(self, frame: VideoFrame) -> tuple[int, int]:
        """Width and height as they are shown: turned, and with square pixels."""
        aspect = self.stream.sample_aspect_ratio
        width_px = max(1, round(frame.width * aspect)) if aspect else frame.width
        turned = _quarter_turns(frame) % 2
        return (frame.height, width_px) if turned else (width_px, frame.height)

    def tags(self) -> FilmTags:
        """Title, camera and date, as phones, cameras and programs write them."""
        tags = {name.lower(): value.strip() for name, value in self.stream.metadata.items()}
        tags |= {name.lower(): value.strip() for name, value in self.container.metadata.items()}

        def first(*names: str) -> str | None:
            return next((tags[name] for name in names if tags.get(name)), None)

        return FilmTags(
            title=first("title", "com.apple.quicktime.title"),
            caption=first("description", "synopsis", "comment"),
            taken_at=_local_time(first("com.apple.quicktime.creationdate"))
            or _local_time(first("creation_time"))
            or _local_time(first("date")),
            camera=camera_name(
                first("com.apple.quicktime.make", "com.android.manufacturer", "make"),
                first("com.apple.quicktime.model", "com.android.model", "model"),
            ),
        )


class _Scaler:
    """Scales and converts frames, colour matrix and range as the frame says.

    Averages areas: as good as any filter for making small, and fast.
    """

    def __init__(self) -> None:
        from av.video.reformatter import Interpolation, VideoReformatter

        self._area = Interpolation.AREA
        # One for each target, because a changed target means setting up the tables anew.
        self._reformatters: defaultdict[str, VideoReformatter] = defaultdict(VideoReformatter)

    def scale(self, frame: VideoFrame, width_px: int, height_px: int, pixel_format: str) -> U8:
        small = self._reformatters[pixel_format].reformat(
            frame, width_px, height_px, pixel_format, interpolation=self._area, threads=1
        )
        return cast(U8, small.to_ndarray())


@contextmanager
def open_film(path: Path) -> Iterator[Film | None]:
    """Open the main video track; None if the file has none, as a sound in a film's clothes.

    Raises UnreadableFileError, also for FFmpeg's errors inside the block.
    """
    refuse_playlist(path)
    with open_container(path) as container:
        stream = main_stream(container)
        yield Film(container, stream) if stream else None


def frame_at(path: Path, at_s: float, *, max_side_px: int) -> U8:
    """The upright frame that is shown at a moment: (h, w, 3) uint8 RGB.

    Its longer side is at most ``max_side_px``. A moment beyond the end shows the last frame.
    Raises UnreadableFileError.
    """
    shown = _try_frame_at(path, at_s, max_side_px, by_index=True)
    if shown is None:  # raw streams have no index, and that of others may be damaged
        shown = _try_frame_at(path, at_s, max_side_px, by_index=False)
    if shown is None:
        raise UnreadableFileError(FailureKind.CORRUPT, "No picture could be decoded from it.")
    return shown


def _try_frame_at(path: Path, at_s: float, max_side_px: int, *, by_index: bool) -> U8 | None:
    import av.error

    with open_film(path) as film:
        if film is None:
            raise UnreadableFileError(FailureKind.UNSUPPORTED, "There is no picture in this file.")
        if by_index:
            try:
                film.seek(max(0.0, at_s))
            except av.error.FFmpegError:
                return None
        film.decoder.skip_frame = "NONREF"  # half the work, and at most two frames beside
        frame = _last_frame_until(film, at_s)
        if frame is None:
            return None
        width_px, height_px = film.upright_size_px(frame)
        scale = min(1.0, max_side_px / max(width_px, height_px))
        return film.rgb(frame, max(1, round(width_px * scale)), max(1, round(height_px * scale)))


def main_stream(container: InputContainer) -> VideoStream | None:
    """The track that players show; covers of albums and previews do not count."""
    from av.stream import Disposition

    covers = Disposition.attached_pic | Disposition.timed_thumbnails
    streams = [stream for stream in container.streams.video if not stream.disposition & covers]
    if not streams:
        return None
    best = container.streams.best("video")
    stream = next((stream for stream in streams if stream is best), streams[0])
    if stream.codec_context is None:
        raise UnreadableFileError(FailureKind.UNSUPPORTED, "No decoder is there for this film.")
    if stream.codec_context.codec_tag in _LOCKED_TAGS:
        raise UnreadableFileError(
            FailureKind.ENCRYPTED, "The film is protected against copying.", "Use another copy."
        )
    if stream.width * stream.height > _MAX_PIXELS:
        raise UnreadableFileError(
            FailureKind.TOO_LARGE, f"Its frames have {stream.width} x {stream.height} pixels."
        )
    return stream


def _last_frame_until(film: Film, at_s: float) -> VideoFrame | None:
    """Decode on to a moment; broken packets are skipped."""
    import av.error

    last: VideoFrame | None = None
    for packet in itertools.chain(film.packets(), [None]):
        try:
            frames = film.decoder.decode(packet)
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            time_s = film.time_s(frame)
            if last is not None and time_s is not None and time_s > at_s:
                return last
            last = frame
    return last


def _quarter_turns(frame: VideoFrame) -> int:
    """How often to turn a quarter anticlockwise so that it is upright."""
    return round(frame.rotation / 90) % 4


def _local_time(value: str | None) -> str | None:
    """Cameras write local time, phones UTC or local time with its zone: keep the clock's face."""
    try:
        moment = datetime.fromisoformat((value or "").strip())
    except ValueError:
        return None
    # QuickTime counts from 1904 and many programs leave the count at zero.
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") if moment.year > 1904 else None
