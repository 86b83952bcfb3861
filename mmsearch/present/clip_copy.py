"""Copies packets of a part of a film or sound: fast and without loss, from a key frame on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mmsearch.present.clip_streams import clip_streams, show_progress
from mmsearch.types import TimeRange

if TYPE_CHECKING:
    from av import Packet
    from av.container import InputContainer, OutputContainer
    from av.stream import Stream

MOST_EARLY_S = 1.0
"""A clip that begins at a key frame further before the wanted start is encoded instead."""
_SOUND_EARLY_S = 0.05


class CopyRefusedError(Exception):
    """The part has to be encoded anew."""


def copy_part(
    source: InputContainer, target: Path, part: TimeRange, step: Callable[[float], bool]
) -> bool:
    """Copy a part; False when stopped. Raises CopyRefusedError, and FFmpeg's errors."""
    import av
    import av.error

    streams = clip_streams(source)
    if target.suffix.lower() == ".flac":
        # Its header, which is copied, tells the length and checksum of the whole; encoding anew
        # loses nothing.
        raise CopyRefusedError("the header is of the whole")
    begin_s = _begin_s(source, streams[0], part)
    try:
        with av.open(str(target), "w") as output:
            return _copy(source, streams, output, TimeRange(begin_s, part.end_s), step)
    except (av.error.FFmpegError, ValueError) as error:
        # This sort of file does not take the track, or wants times that the source does not say.
        raise CopyRefusedError(str(error)) from error


def _begin_s(source: InputContainer, leading: Stream, part: TimeRange) -> float:
    """Go to the last key frame before the part; where that is."""
    zero_s = (source.start_time or 0) / 1_000_000
    tick_s = float(leading.time_base or 1)
    source.seek(max(0, int((part.start_s + zero_s) / tick_s)), stream=leading)
    for packet in source.demux(leading):
        if packet.is_keyframe and packet.pts is not None:
            begin_s = packet.pts * tick_s - zero_s
            break
    else:
        raise CopyRefusedError("no key frame")
    if not -MOST_EARLY_S <= begin_s - part.start_s <= 0.1:
        raise CopyRefusedError(f"the nearest key frame is at {begin_s:.2f} s")
    source.seek(max(0, int((part.start_s + zero_s) / tick_s)), stream=leading)
    return begin_s


def _copy(
    source: InputContainer,
    streams: tuple[Stream, ...],
    output: OutputContainer,
    part: TimeRange,
    step: Callable[[float], bool],
) -> bool:
    zero_s = (source.start_time or 0) / 1_000_000
    targets = {one.index: output.add_stream_from_template(one) for one in streams}
    open_ = set(targets)
    for packet in _packets(source, streams):
        leads = packet.stream.index == streams[0].index
        at_s, decoded_s = (float(ticks * packet.time_base) - zero_s for ticks in _times(packet))
        # Pictures behind the end come along while others refer to them: up to the next key frame.
        if decoded_s >= part.end_s or (packet.is_keyframe and at_s >= part.end_s):
            open_.discard(packet.stream.index)
        if not open_:
            break
        if packet.stream.index not in open_:
            continue
        if not leads and at_s < part.start_s - _SOUND_EARLY_S:
            continue
        if leads and not show_progress(step, decoded_s, part):
            return False
        _move(packet, part.start_s + zero_s)
        packet.stream = targets[packet.stream.index]
        output.mux(packet)
    return True


def _packets(source: InputContainer, streams: tuple[Stream, ...]) -> Iterator[Packet[Stream]]:
    """From the key frame on, all with both times.

    Matroska says only when a picture is shown; when it is to be decoded is known after some
    packets, and for those before it is counted back.
    """
    leading, begun = streams[0], False
    held: list[Packet[Stream]] = []
    for packet in source.demux(*streams):
        if packet.size == 0:
            continue
        if packet.stream.index != leading.index:
            packet.dts = packet.pts if packet.dts is None else packet.dts
            yield packet
            continue
        begun = begun or packet.is_keyframe
        if not begun:
            continue
        held.append(packet)
        if packet.dts is not None:
            yield from _counted_back(held)
            held = []
    if held:
        raise CopyRefusedError("packets without a time")


def _counted_back(held: list[Packet[Stream]]) -> list[Packet[Stream]]:
    """Give decoding times to packets before the last one, which has its own."""
    last = held[-1]
    duration = last.duration or 1
    for place, packet in enumerate(reversed(held)):
        packet.dts = (last.dts or 0) - place * duration
    return held


def _times(packet: Packet[Stream]) -> tuple[int, int]:
    """When it is shown and when it is decoded, in ticks."""
    if packet.pts is None or packet.dts is None:
        raise CopyRefusedError("packets without a time")
    return packet.pts, packet.dts


def _move(packet: Packet[Stream], zero_s: float) -> None:
    """Let the clip begin at 0."""
    shift = round(zero_s / float(packet.time_base))
    shown, decoded = _times(packet)
    packet.pts, packet.dts = shown - shift, decoded - shift
