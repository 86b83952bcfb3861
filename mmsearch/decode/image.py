"""Pictures: one segment a file; of an animation, several frames in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from mmsearch.decode.options import DecodeOptions, PictureFit
from mmsearch.decode.printed_text import READ_AT_PX, looks_printed, printed_text
from mmsearch.media.exif import describe_exif
from mmsearch.media.picture import PixelLimits, open_picture, read_picture
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
    n_pixel = picture.width_px * picture.height_px
    # What a camera took is no page; looking for text takes longer than all the rest.
    may_read = options.read_printed and not facts.camera
    is_page = may_read and looks_printed(picture.frames[0], n_pixel)
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
        printed=printed_text(open_picture(path, at_least_px=READ_AT_PX)) if is_page else "",
    )
    squares = [fit_square(frame, options.image_px, options.picture_fit) for frame in picture.frames]
    yield Segment(Frames(np.stack(squares)))


def fit_square(image: Image.Image, side_px: int, fit: PictureFit) -> U8:
    """Make an RGB picture square: (side_px, side_px, 3) uint8."""
    size_px = (side_px, side_px)
    if fit == "crop":
        square = ImageOps.fit(image, size_px, Image.Resampling.BICUBIC)
    else:
        square = image.resize(size_px, Image.Resampling.BICUBIC)
    return np.asarray(square)
