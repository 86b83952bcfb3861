"""One pass over a track of sound: decoding, mixing to mono, resampling, filling holes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.container import packets_of
from mmsearch.types import AUDIO_RATE_HZ, F32

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler
    from av.audio.stream import AudioStream
    from av.container import InputContainer

# A smaller hole between two frames is rounding in the container, not silence.
_SMALLEST_GAP_S = 0.05
# Where reading fails in the middle, it is taken up again behind the flaw, but not for ever.
_MAX_RESTARTS = 16
_RATES_HZ = range(1_000, 1_000_000)
# Tags of sample descriptions that say "encrypted": iTunes, Common Encryption, Audible.
_LOCKED_TAGS = ("drms", "enca", "aavd")


def require_stream(container: InputContainer) -> AudioStream:
    """Return the main track of sound that can be decoded.

    Raises UnreadableFileError: UNSUPPORTED or ENCRYPTED.
    """
    streams = container.streams.audio
    if not streams:
        raise UnreadableFileError(FailureKind.UNSUPPORTED, "There is no sound in this file.")
    if any(_tag(stream) in _LOCKED_TAGS for stream in streams):
        message = "The sound is protected against copying."
        raise UnreadableFileError(FailureKind.ENCRYPTED, message, "Use an unprotected copy.")
    best = container.streams.best("audio")
    ready = [stream for stream in streams if stream.codec_context is not None]
    if not ready:
        raise UnreadableFileError(FailureKind.UNSUPPORTED, "No decoder is there for this sound.")
    return next((stream for stream in ready if stream is best), ready[0])


class Track:
    """One pass over a track. Times are on the clock of the file: zero is where players start."""

    def __init__(self, container: InputContainer, stream: AudioStream) -> None:
        self._container = container
        self._stream = stream
        self._zero_s = (container.start_time or 0) / 1_000_000
        self._end_s = (container.duration or 0) / 1_000_000
        self._frames = _frames(container, stream)
        self.begin_s = 0.0
        """Where the first piece lies."""

    def enter(self, at_s: float, *, before_s: float) -> bool:
        """Start near a place instead of at the beginning; False if that cannot be done.

        After False the container has moved: open it anew.
        """
        import av.error

        try:
            ticks = int((at_s + self._zero_s) / (self._stream.time_base or 1))
            self._container.seek(ticks, stream=self._stream)
        except (av.error.FFmpegError, OverflowError):
            return False
        first = next(self._frames, None)
        if first is None or first.time is None or first.time - self._zero_s > before_s:
            return False
        self.begin_s = max(0.0, first.time - self._zero_s)
        self._frames = chain([first], self._frames)
        return True

    def pieces(self) -> Iterator[F32]:
        """Yield mono samples (n_sample,) without holes; raises CORRUPT if there are none."""
        mono, position_s, shift_s, is_empty = ToMono(), self.begin_s, self._zero_s, True
        for frame in self._frames:
            is_empty = False
            gap_s = 0.0 if frame.time is None else frame.time - shift_s - position_s
            if gap_s > _SMALLEST_GAP_S and position_s + gap_s < self._end_s:
                yield from mono.drain()
                yield from _silence(gap_s)
                position_s += gap_s
            elif abs(gap_s) > _SMALLEST_GAP_S:
                # The clock jumps back, or beyond the end: it is wrong, and the sound goes on.
                shift_s += gap_s
            position_s += frame.samples / frame.sample_rate
            yield from mono.push(frame)
        if is_empty:
            raise UnreadableFileError(FailureKind.CORRUPT, "No sound could be decoded from it.")
        yield from mono.drain()


class ToMono:
    """Mixes and resamples frames, whose form may change in the middle of a track."""

    def __init__(self) -> None:
        self._resampler: AudioResampler | None = None
        self._form: tuple[str, str, int, int] | None = None

    def push(self, frame: AudioFrame) -> Iterator[F32]:
        """Yield what is ready, (n_sample,) each."""
        import av

        layout = frame.layout
        form = (frame.format.name, layout.name, layout.nb_channels, frame.sample_rate)
        if form != self._form:
            yield from self.drain()
            # A second at a time, because small arrays cost more than the work on them. The
            # channels stay apart, because FFmpeg would add equal ones up beyond full scale, and
            # interleaved, because PyAV reads beyond the end of more than eight planes.
            self._resampler = av.AudioResampler("flt", None, AUDIO_RATE_HZ, AUDIO_RATE_HZ)
            self._form = form
        frame.pts = None  # jumps of the clock have been dealt with
        yield from self._resample(frame)

    def drain(self) -> Iterator[F32]:
        """Yield what the filter still holds, and be as new."""
        if self._resampler is not None:
            yield from self._resample(None)
        self._resampler = self._form = None

    def _resample(self, frame: AudioFrame | None) -> Iterator[F32]:
        assert self._resampler is not None
        for output in self._resampler.resample(frame):
            # Files with floating point samples may hold anything, infinities included.
            samples = np.clip(np.nan_to_num(output.to_ndarray()), -1.0, 1.0)
            n_channel = output.layout.nb_channels
            yield samples.reshape(-1, n_channel) @ np.full(n_channel, 1 / n_channel, np.float32)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Yield what can be decoded; a broken packet costs some milliseconds, not the file."""
    import av.error

    for _ in range(_MAX_RESTARTS):
        try:
            for packet in packets_of(container, stream):
                try:
                    frames = packet.decode()
                except av.error.FFmpegError as error:
                    _reraise_memory(error)
                    continue
                yield from (frame for frame in frames if frame.sample_rate in _RATES_HZ)
            return
        except av.error.FFmpegError as error:
            _reraise_memory(error)


def _reraise_memory(error: Exception) -> None:
    if isinstance(error, MemoryError):
        raise error


def _silence(length_s: float) -> Iterator[F32]:
    """Yield zeros, a second at a time: a hole may last for hours."""
    n_left = round(length_s * AUDIO_RATE_HZ)
    for n_done in range(0, n_left, AUDIO_RATE_HZ):
        yield np.zeros(min(AUDIO_RATE_HZ, n_left - n_done), np.float32)


def _tag(stream: AudioStream) -> str:
    return stream.codec_context.codec_tag if stream.codec_context is not None else ""
