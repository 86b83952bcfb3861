"""What both ways of making a clip share: its tracks, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.sound_track import require_stream
from mmsearch.media.video import main_stream
from mmsearch.types import TimeRange

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream


def clip_streams(source: InputContainer) -> tuple[Stream, ...]:
    """The track of pictures, if there is one, then the track of sound, if there is one.

    Raises UnreadableFileError for protected files and those without any track.
    """
    pictures = main_stream(source)
    found: list[Stream] = [pictures] if pictures is not None else []
    if source.streams.audio:
        found.append(require_stream(source))
    if not found:
        raise UnreadableFileError(FailureKind.UNSUPPORTED, "There is nothing to cut in this file.")
    return tuple(found)


def show_progress(step: Callable[[float], bool], at_s: float, part: TimeRange) -> bool:
    """Tell how much is done; False means to stop."""
    length_s = max(1e-3, part.end_s - part.start_s)
    return step(min(1.0, max(0.0, (at_s - part.start_s) / length_s)))
