"""What every decoder needs to know: sizes, rates and limits, in one picklable value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from mmsearch.media.limits import MAX_PIXELS, MAX_REDUCED_PIXELS

PictureFit: TypeAlias = Literal["squash", "crop"]


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """Settings of all decoders. The defaults suit the embedded bundle."""

    # Pictures and frames
    image_px: int = 224
    """Side of the square that pictures and frames are made to; take EncoderSpec.image_px."""
    picture_fit: PictureFit = "squash"
    """How a picture becomes a square: "squash" stretches it, so that nothing at the sides is
    lost (the bundle was trained this way); "crop" keeps the middle."""
    max_pixels: int = MAX_PIXELS
    max_reduced_pixels: int = MAX_REDUCED_PIXELS
    max_animation_frames: int = 4
    """Evenly spaced frames taken of an animation, all encoded as one segment."""

    read_printed: bool = False
    """Read the text in screenshots and scanned pages."""

    # Video
    video_samples_per_s: float = 8.0
    """How many frames a second are compared with each other to find cuts. A two-second shot is
    seen at least ten times, and a cut is placed within a tenth of a second."""
    frames_per_shot: int = 3
    """Frames that stand for a shot; the encoder makes one vector of them."""
    min_shot_s: float = 0.5
    """Anything shorter is a flash or a flaw and stays with its neighbour."""
    max_shot_s: float = 20.0
    """A longer shot is split into equal parts, so that moments in it can be found."""
    max_shots_per_video: int = 5_000
    """About seven hours of ordinary film; what comes after is left out, with a note."""

    # Sound
    window_s: float = 5.0
    hop_s: float = 2.5
    """Windows overlap by half, so that no sound is cut in two in all of them."""
    max_audio_s: float = 12 * 3600.0
    """What comes after is left out, with a note."""

    # Code and text
    max_text_bytes: int = 8 * 1024 * 1024
    """A larger text is a log or a data dump; its words would drown those of real code."""
    max_chunk_lines: int = 60
    """About what the text tower reads; longer functions become several chunks."""
    chunk_overlap_lines: int = 10
    max_line_chars: int = 2_000
    """A longer line is minified or data; the rest of it is left out."""
    max_chunks_per_file: int = 2_000
