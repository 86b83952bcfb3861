"""Small pictures of images and of moments in videos, kept on disk between runs."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.picture import open_picture
from mmsearch.media.video import frame_at
from mmsearch.present.disk_cache import DiskCache
from mmsearch.types import U8, Locator, Modality, TimeRange

_QUALITY = 88
_SIZES_PX = (1280, 1024, 512, 256)
"""What the window asks for, the largest first."""


class Thumbnails:
    """Pictures by content, moment and size. Thread-safe.

    The key is the content, not the path: a moved file keeps its thumbnail, a copy shares it, and
    a file on a drive that is away still shows.
    """

    def __init__(self, cache_folder: Path, *, max_bytes: int = 512 * 2**20) -> None:
        self._cache = DiskCache(cache_folder, max_bytes=max_bytes, suffix=".jpg")

    def get(
        self,
        path: Path,
        modality: Modality,
        locator: Locator,
        content_id: str,
        *,
        size_px: int = 256,
    ) -> U8:
        """Return the picture: (h, w, 3) uint8 RGB, longer side at most ``size_px``.

        modality: IMAGE or VIDEO; sounds have a waveform and code has an excerpt instead.
        locator: of a video, the hit; its middle frame is shown.
        Raises UnreadableFileError where nothing is cached and the file cannot be read.
        """
        if modality not in (Modality.IMAGE, Modality.VIDEO):
            raise ValueError(f"{modality} has no thumbnail")
        moment_s = _moment_s(locator) if modality is Modality.VIDEO else 0.0
        key = f"{content_id}|{modality}|{moment_s:.2f}|"
        cached = self._read(f"{key}{size_px}")
        if cached is not None:
            return cached
        try:
            picture = _draw(path, modality, moment_s, size_px)
        except UnreadableFileError as error:
            other = self._of_other_size(key, size_px)
            if other is None or error.kind is not FailureKind.VANISHED:
                raise
            return other
        self._cache.put(f"{key}{size_px}", _to_jpeg(picture))
        return np.asarray(picture)

    def _of_other_size(self, key: str, size_px: int) -> U8 | None:
        """Of a file that is away, a picture of another size is better than none."""
        for size in _SIZES_PX:
            found = self._read(f"{key}{size}")
            if found is not None:
                small = Image.fromarray(found)
                small.thumbnail((size_px, size_px), Image.Resampling.LANCZOS)
                return np.asarray(small)
        return None

    def _read(self, key: str) -> U8 | None:
        content = self._cache.get(key)
        if content is None:
            return None
        try:
            with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
                return np.asarray(picture.convert("RGB"))
        except OSError:  # damaged on disk: it is drawn anew
            self._cache.forget(key)
            return None


def _moment_s(locator: Locator) -> float:
    if isinstance(locator, TimeRange):
        return (locator.start_s + locator.end_s) / 2
    return 0.0


def _draw(path: Path, modality: Modality, moment_s: float, size_px: int) -> Image.Image:
    if modality is Modality.VIDEO:
        picture = Image.fromarray(frame_at(path, moment_s, max_side_px=size_px))
    else:
        picture = open_picture(path, at_least_px=size_px)
    picture.thumbnail((size_px, size_px), Image.Resampling.LANCZOS)
    return picture


def _to_jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
