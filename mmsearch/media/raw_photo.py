"""RAW photographs, by the JPEG preview that every camera embeds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.exif import orientation_of, read_exif

RAW_SUFFIXES = frozenset(
    {
        *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq"),
        *(".kdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw"),
        *(".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f"),
    }
)

_ORIENTATION_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's flip in terms of EXIF."""


class RawPhoto:
    """The preview of a RAW photograph, not yet loaded, and what the preview does not say."""

    def __init__(self, preview: Image.Image, size_px: tuple[int, int], orientation: int) -> None:
        self.preview = preview
        self.size_px = size_px
        """Upright size of the photograph."""
        self.orientation = orientation
        """How the preview has to be turned."""


def open_raw(
    path: Path, *, at_least_px: int | None, open_jpeg: Callable[[BytesIO], Image.Image]
) -> RawPhoto:
    """Open the preview, or develop the photograph at half size if the preview is too small."""
    import rawpy

    try:
        with rawpy.imread(str(path)) as raw:
            sizes = raw.sizes
            turned = sizes.flip in (5, 6)
            size_px = (sizes.height, sizes.width) if turned else (sizes.width, sizes.height)
            preview, orientation = _preview(raw, open_jpeg)
            if preview is None or min(preview.size) < min(at_least_px or 512, min(size_px) // 2):
                preview, orientation = Image.fromarray(_develop(raw)), 1
            return RawPhoto(preview, size_px, orientation)
    except rawpy.LibRawFileUnsupportedError as error:
        raise UnreadableFileError(
            FailureKind.UNSUPPORTED, "This is no RAW photograph, or of an unknown camera."
        ) from error
    except rawpy.LibRawError as error:
        raise UnreadableFileError(FailureKind.CORRUPT, "The RAW photograph is damaged.") from error


def _preview(
    raw: Any, open_jpeg: Callable[[BytesIO], Image.Image]
) -> tuple[Image.Image | None, int]:
    """The embedded preview and its orientation; None if there is none."""
    import rawpy

    flip = _ORIENTATION_OF_FLIP.get(raw.sizes.flip, 1)
    try:
        preview = raw.extract_thumb()
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        return None, flip
    if preview.format == rawpy.ThumbFormat.BITMAP:
        return Image.fromarray(preview.data), flip
    image = open_jpeg(BytesIO(preview.data))
    return image, orientation_of(read_exif(image)) or flip


def _develop(raw: Any) -> Any:
    """Half the size is four times as fast and still more than any preview here needs."""
    return raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
