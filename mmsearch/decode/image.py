"""Pictures: one segment a file; of an animation, several frames in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from mmsearch.decode.options import DecodeOptions, PictureFit
from mmsearch.decode.printed_text import READ_AT_PX, has_strokes, looks_printed, printed_text
from mmsearch.media.exif import describe_exif
from mmsearch.media.picture import Picture, PixelLimits, open_picture, read_picture
from mmsearch.types import U8, Frames, Metadata, Segment


def decode(path: Path, options: DecodeOptions) -> Iterator[Metadata | Segment]:
    """Yield what the picture says about itself and one segment."""
    picture = read_picture(
        path,
        at_least_px=options.image_px,
        max_frames=options.max_animation_frames,
        limits=PixelLimits(options.max_pixels, options.max_reduced_pixels),
    )
    facts = describe_exif(picture.exif)
    # What a camera took is no page; looking for text takes longer than all the rest.
    may_read = options.read_printed and not facts.camera
    yield Metadata(
        width_px=picture.width_px,
        height_px=picture.height_px,
        taken_at=facts.taken_at,
        camera=facts.camera,
        latitude=facts.latitude,
        longitude=facts.longitude,
        title=picture.text.title,
        artist=picture.text.author,
        caption=picture.text.caption,
        tags=picture.text.tags,
        rating=picture.text.rating,
        printed=_printed(path, picture) if may_read else "",
    )
    squares = [fit_square(frame, options.image_px, options.picture_fit) for frame in picture.frames]
    yield Segment(Frames(np.stack(squares)))


def _printed(path: Path, picture: Picture) -> str:
    """The text of a screenshot or scanned page; empty for any other picture."""
    if not looks_printed(picture.frames[0], picture.width_px * picture.height_px):
        return ""
    page = open_picture(path, at_least_px=READ_AT_PX)
    return printed_text(page) if has_strokes(page) else ""


def fit_square(image: Image.Image, side_px: int, fit: PictureFit) -> U8:
    """Make an RGB picture square: (side_px, side_px, 3) uint8."""
    size_px = (side_px, side_px)
    if fit == "crop":
        square = ImageOps.fit(image, size_px, Image.Resampling.BICUBIC)
    else:
        square = image.resize(size_px, Image.Resampling.BICUBIC)
    return np.asarray(square)
