"""Encodes a part of a film or sound anew: exact to the frame, in codecs that players know."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mmsearch.media.container import open_container
from mmsearch.media.video import Film
from mmsearch.present.clip_streams import clip_streams, show_progress
from mmsearch.types import TimeRange

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler, Packet, VideoFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

_H264 = ("libx264", "aac")
CODECS: dict[str, tuple[str, str]] = {
    ".mp4": _H264,
    ".m4v": _H264,
    ".mov": _H264,
    ".mkv": _H264,
    ".webm": ("libvpx-vp9", "libopus"),
}
"""Codecs of pictures and sound by the suffix of a film."""
SOUND_CODECS: dict[str, str] = {
    ".m4a": "aac",
    ".mp3": "libmp3lame",
    ".ogg": "libopus",
    ".opus": "libopus",
    ".flac": "flac",
    ".wav": "pcm_s16le",
}
"""Codec by the suffix of a sound."""
_OPTIONS = {
    "libx264": {"crf": "20", "preset": "veryfast"},
    "libvpx-vp9": {"crf": "32", "b:v": "0", "deadline": "realtime", "cpu-used": "6"},
}
_TICKS_PER_S = 90_000
_OPUS_RATE_HZ = 48_000
_MOST_RATE_HZ = 48_000


def encode_part(source: Path, target: Path, part: TimeRange, step: Callable[[float], bool]) -> bool:
    """Encode a part; False when stopped. Raises UnreadableFileError."""
    import av

    with open_container(source) as container, av.open(str(target), "w") as output:
        encoding = _Encoding(container, output, target.suffix.lower(), part)
        return encoding.run(step)


class _Encoding:
    """One pass over the tracks of a file. Times are on its clock; the clip begins at 0."""

    def __init__(
        self, source: InputContainer, output: OutputContainer, suffix: str, part: TimeRange
    ) -> None:
        self._source, self._output, self._part = source, output, part
        self._zero_s = (source.start_time or 0) / 1_000_000
        self._streams = clip_streams(source)
        codec, sound_codec = CODECS.get(suffix, ("", SOUND_CODECS.get(suffix, "")))
        self._film: Film | None = None
        self._pictures: VideoStream | None = None
        self._sound: AudioStream | None = None
        self._resampler: AudioResampler | None = None
        self._n_sample: int | None = None
        """Where the sound stands; None before its first frame."""
        for stream in self._streams:
            if stream.type == "video" and codec:
                self._add_pictures(cast("VideoStream", stream), codec)
            elif stream.type == "audio":
                self._add_sound(cast("AudioStream", stream), sound_codec)

    def _add_pictures(self, stream: VideoStream, codec: str) -> None:
        self._film = Film(self._source, stream)
        added = self._output.add_stream(
            codec, rate=stream.average_rate or 25, options=_OPTIONS.get(codec, {})
        )
        self._pictures = pictures = cast("VideoStream", added)
        pictures.pix_fmt = "yuv420p"
        pictures.codec_context.time_base = Fraction(1, _TICKS_PER_S)

    def _add_sound(self, stream: AudioStream, codec: str) -> None:
        from av import AudioResampler

        rate_hz = _OPUS_RATE_HZ if codec == "libopus" else min(_MOST_RATE_HZ, stream.rate or 0)
        layout = "mono" if stream.channels == 1 else "stereo"
        added = self._output.add_stream(codec, rate=rate_hz, layout=layout)
        self._sound = sound = cast("AudioStream", added)
        context = sound.codec_context
        context.time_base = Fraction(1, rate_hz)
        self._resampler = AudioResampler(
            context.format or "fltp", layout, rate_hz, context.frame_size or 0
        )

    def run(self, step: Callable[[float], bool]) -> bool:
        """Encode; False when stopped."""
        wanted = [one for one in self._streams if one.type == "audio" or self._film]
        leading = wanted[0]
        ticks = int((self._part.start_s + self._zero_s) / float(leading.time_base or 1))
        self._source.seek(max(0, ticks), stream=leading)
        open_ = {one.index for one in wanted}
        for packet in self._source.demux(*wanted):
            at_s = self._take(packet)
            if at_s is None:
                continue
            if at_s >= self._part.end_s:
                open_.discard(packet.stream.index)
            if not open_:
                break
            if packet.stream.index == leading.index and not show_progress(step, at_s, self._part):
                return False
        self._finish()
        return True

    def _take(self, packet: Packet[Stream]) -> float | None:
        """Encode what is in a packet; returns the time of its last frame. Broken ones are left."""
        import av.error

        at_s: float | None = None
        try:
            frames = cast("list[VideoFrame | AudioFrame]", packet.decode())
        except av.error.InvalidDataError:
            return None
        for frame in frames:
            if frame.time is None:
                continue
            at_s = frame.time - self._zero_s
            if packet.stream.type == "video":
                self._take_picture(cast("VideoFrame", frame), at_s)
            else:
                self._take_sound(cast("AudioFrame", frame), at_s)
        return at_s

    def _take_picture(self, frame: VideoFrame, at_s: float) -> None:
        from av import VideoFrame

        if self._film is None or self._pictures is None:
            return
        if not self._part.start_s <= at_s < self._part.end_s:
            return
        # Codecs take even sizes alone.
        width_px, height_px = (side - side % 2 for side in self._film.upright_size_px(frame))
        if self._pictures.width == 0:
            self._pictures.width, self._pictures.height = width_px, height_px
        size_px = self._pictures.width, self._pictures.height
        upright = VideoFrame.from_ndarray(self._film.rgb(frame, *size_px), format="rgb24")
        upright.pts = round((at_s - self._part.start_s) * _TICKS_PER_S)
        upright.time_base = Fraction(1, _TICKS_PER_S)
        self._output.mux(self._pictures.encode(upright))

    def _take_sound(self, frame: AudioFrame, at_s: float) -> None:
        if self._sound is None or self._resampler is None:
            return
        length_s = frame.samples / frame.sample_rate
        if at_s + length_s <= self._part.start_s or at_s >= self._part.end_s:
            return
        if self._n_sample is None:  # a track that begins later begins later in the clip, too
            late_s = max(0.0, at_s - self._part.start_s)
            self._n_sample = round(late_s * self._sound.rate)
        self._encode_sound(self._resampler.resample(frame), self._n_sample)

    def _encode_sound(self, frames: list[AudioFrame], n_sample: int) -> None:
        if self._sound is None:
            return
        for frame in frames:
            frame.pts, frame.time_base = n_sample, Fraction(1, frame.sample_rate)
            n_sample += frame.samples
            self._output.mux(self._sound.encode(frame))
        self._n_sample = n_sample

    def _finish(self) -> None:
        if self._resampler is not None and self._n_sample is not None:
            self._encode_sound(self._resampler.resample(None), self._n_sample)
        for stream in (self._pictures, self._sound):
            if stream is not None:
                self._output.mux(stream.encode(None))
