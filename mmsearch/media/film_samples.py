"""Which frames of a film to decode: enough to see every shot, few enough to be fast.

Films come in groups: a keyframe that stands for itself, and frames that only say what changes.
Keyframes are cheap to reach. So more of a group is decoded only if it is long, or if something
may have happened in it: the keyframes at its ends look different, or one of its frames is so
large that the encoder must have met a new picture.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mmsearch.media.look import Look, difference
from mmsearch.media.video import Film
from mmsearch.types import U8

if TYPE_CHECKING:
    from av import VideoFrame
    from av.packet import Packet as AvPacket
    from av.video.stream import VideoStream

    Packet: TypeAlias = AvPacket[VideoStream]

_SHORT_GROUP_S = 1.05
"""A shot of two seconds has a keyframe in it, wherever it begins."""
_LONG_GROUP_S = 2.6
"""Beyond this, keyframes alone would stand for too much of the film."""
_MAX_HELD_BYTES = 32 * 1024 * 1024
_SAME_LOOK = 0.5
"""Difference of looks below which no cut lies between two frames; see decode/shots.py."""
_SPIKE_OF_KEY, _SPIKE_OF_OTHERS = 0.5, 2.5
"""A frame that needs half as much as a keyframe, or much more than its like, is a new picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A frame of the film that was looked at."""

    time_s: float
    look: Look
    picture: U8 | None
    """The frame itself, for some of the samples."""


class FilmSampler:
    """One pass over a film.

    per_s: about how many samples a second to take where the film is decoded in full.
    pictures_per_s: how many of them come with a picture, at most.
    draw: makes the picture.
    """

    def __init__(
        self, film: Film, *, per_s: float, pictures_per_s: float, draw: Callable[[VideoFrame], U8]
    ) -> None:
        self._film = film
        self._draw = draw
        # Frames rarely fall on the wanted times; three quarters of the distance will do.
        self._step_s = 0.75 / per_s
        self._picture_step_s = 1 / pictures_per_s
        self._group_s = self._sample_s = self._picture_s = float("-inf")
        self._next_key: Sample | None = None
        self.n_damaged = 0
        """Packets that could not be decoded."""
        self.end_s = 0.0
        """Where the last frame that was read ends."""
        self.is_cut_short = False
        """Reading failed before the end."""
        film.decoder.thread_count = 1  # groups are short, and other files use the other processors
        # Leaves out what no other frame needs. Leaving out all B-frames, or the deblocking, would
        # be faster still, but others do need them: the picture decays until the next keyframe.
        film.decoder.skip_frame = "NONREF"

    def samples(self) -> Iterator[Sample]:
        """Yield samples in the order in which they are shown."""
        held: list[Packet] = []
        is_flowing = False  # a long group is decoded as it is read
        for packet in self._packets():
            if packet.is_keyframe and self._length_s(held, packet) >= self._step_s:
                yield from self._decode(None) if is_flowing else self._close(held, packet)
                held, is_flowing = [packet], False
            elif is_flowing:
                yield from self._decode(packet)
            else:
                held.append(packet)
                if self._is_long(held):
                    yield from self._in_full(held, is_whole=False)
                    is_flowing, self._next_key = True, None
        yield from self._decode(None) if is_flowing else self._in_full(held)

    def _packets(self) -> Iterator[Packet]:
        import av.error

        try:
            for packet in self._film.packets():
                length_s = float((packet.duration or 0) * (packet.time_base or 0))
                packet_end_s = self._time_s(packet) + (length_s or self._film.frame_s)
                self.end_s = max(self.end_s, packet_end_s)
                yield packet
        except av.error.FFmpegError as error:
            if isinstance(error, MemoryError):
                raise
            self.is_cut_short = True

    def _time_s(self, item: VideoFrame | Packet) -> float:
        time_s = self._film.time_s(item)
        return self.end_s if time_s is None else time_s

    def _length_s(self, held: Sequence[Packet], end: Packet) -> float:
        """From the first packet of a group to another one; endless if there is none."""
        return self._time_s(end) - self._time_s(held[0]) if held else float("inf")

    def _is_long(self, held: Sequence[Packet]) -> bool:
        # The times of packets go up and down with the order of B-frames; a little is no matter.
        return (
            self._length_s(held, held[-1]) > _LONG_GROUP_S
            or sum(packet.size for packet in held) > _MAX_HELD_BYTES
        )

    def _close(self, held: Sequence[Packet], next_packet: Packet) -> Iterator[Sample]:
        """A short group is complete: look at the keyframes at both ends and decide."""
        if not held:
            return
        key, next_key = self._next_key or self._key(held[0]), self._key(next_packet)
        if key is None or next_key is None or self._has_spike(held, next_packet):
            yield from self._in_full(held)
        elif difference(key.look, next_key.look) > _SAME_LOOK:
            yield from self._until_like(next_key, held)
        else:
            self._sample_s = key.time_s
            yield key
        self._next_key = next_key

    def _has_spike(self, held: Sequence[Packet], next_packet: Packet) -> bool:
        """Whether the sizes of packets betray a new picture between two keyframes."""
        if self._length_s(held, next_packet) <= _SHORT_GROUP_S or len(held) < 3:
            return False
        sizes = sorted(packet.size for packet in held[1:])
        usual = statistics.quantiles(sizes, n=10)[-1]
        key_size = min(held[0].size, next_packet.size)
        return sizes[-1] > min(_SPIKE_OF_KEY * key_size, _SPIKE_OF_OTHERS * usual)

    def _until_like(self, next_key: Sample, held: Sequence[Packet]) -> Iterator[Sample]:
        """Decode a group until it looks as it does at its end."""
        for sample in self._in_full(held):
            yield sample
            if difference(sample.look, next_key.look) <= _SAME_LOOK:
                break
        self._film.decoder.flush_buffers()

    def _key(self, packet: Packet) -> Sample | None:
        """Decode one keyframe by itself."""
        frames = [*self._frames(packet), *self._frames(None)]
        if not frames:
            return None
        return self._sample(frames[0], self._draw(frames[0]))

    def _in_full(self, held: Sequence[Packet], *, is_whole: bool = True) -> Iterator[Sample]:
        """Decode a group, or the beginning of one."""
        self._group_s = self._time_s(held[0]) if held else float("-inf")
        for packet in held:
            yield from self._decode(packet)
        if is_whole:
            yield from self._decode(None)

    def _decode(self, packet: Packet | None) -> Iterator[Sample]:
        """Yield those of the frames that come out now which are wanted; None: the rest."""
        for frame in self._frames(packet):
            time_s = self._time_s(frame)
            # Before the keyframe lie frames that also need the group before, which was not read.
            if time_s < self._group_s or time_s - self._sample_s < self._step_s:
                continue
            self._sample_s = time_s
            picture = None
            if time_s - self._picture_s >= self._picture_step_s:
                self._picture_s = time_s
                picture = self._draw(frame)
            yield self._sample(frame, picture)

    def _sample(self, frame: VideoFrame, picture: U8 | None) -> Sample:
        return Sample(self._time_s(frame), self._film.look(frame), picture)

    def _frames(self, packet: Packet | None) -> list[VideoFrame]:
        """Decode a packet; None: what the decoder still holds, and make it as new."""
        import av.error

        try:
            return self._film.decoder.decode(packet)
        except av.error.FFmpegError as error:
            if isinstance(error, MemoryError):
                raise
            self.n_damaged += 1
            return []
        finally:
            if packet is None:
                self._film.decoder.flush_buffers()
