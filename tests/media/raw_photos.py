"""Makes small DNG files: a sensor's mosaic, with or without an embedded JPEG preview."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
from PIL import Image

_SHORT, _LONG, _RATIONAL, _SRATIONAL, _BYTE, _ASCII = 3, 4, 5, 10, 1, 2
_FORMATS = {_SHORT: "H", _LONG: "I", _RATIONAL: "II", _SRATIONAL: "ii", _BYTE: "B", _ASCII: "s"}
Tag = tuple[int, int, list[int] | bytes]


def write_dng(
    path: Path,
    colour: tuple[int, int, int],
    *,
    size_px: tuple[int, int] = (640, 480),
    orientation: int = 1,
    preview: Image.Image | None = None,
) -> None:
    """Write a photograph of one colour; the preview may show something else."""
    mosaic = _mosaic(colour, size_px).tobytes()
    jpeg = _jpeg(preview) if preview else b""
    width_px, height_px = size_px
    raw: list[Tag] = [
        (254, _LONG, [0]),
        (256, _LONG, [width_px]),
        (257, _LONG, [height_px]),
        (258, _SHORT, [16]),
        (259, _SHORT, [1]),
        (262, _SHORT, [32803]),  # colour filter array
        (271, _ASCII, b"Acme\0"),
        (272, _ASCII, b"Acme Raw One\0"),
        (273, _LONG, [0]),
        (274, _SHORT, [orientation]),
        (277, _SHORT, [1]),
        (278, _LONG, [height_px]),
        (279, _LONG, [len(mosaic)]),
        (306, _ASCII, b"2021:02:03 04:05:06\0"),
        (330, _LONG, [0]),
        (33421, _SHORT, [2, 2]),
        (33422, _BYTE, [0, 1, 1, 2]),
        (50706, _BYTE, [1, 4, 0, 0]),
        (50717, _LONG, [65535]),
        (50721, _SRATIONAL, [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1]),
        (50728, _RATIONAL, [1, 1, 1, 1, 1, 1]),
    ]
    if not preview:
        raw = [tag for tag in raw if tag[0] != 330]
    small: list[Tag] = [
        (254, _LONG, [1]),
        (256, _LONG, [preview.width if preview else 0]),
        (257, _LONG, [preview.height if preview else 0]),
        (258, _SHORT, [8, 8, 8]),
        (259, _SHORT, [7]),
        (262, _SHORT, [6]),
        (273, _LONG, [0]),
        (277, _SHORT, [3]),
        (278, _LONG, [preview.height if preview else 0]),
        (279, _LONG, [len(jpeg)]),
    ]
    mosaic_at = 8
    jpeg_at = mosaic_at + len(mosaic)
    small_at = jpeg_at + len(jpeg) + len(jpeg) % 2
    small_block = _directory(small, small_at, {273: jpeg_at})
    raw_at = small_at + len(small_block)
    raw_block = _directory(raw, raw_at, {273: mosaic_at, 330: small_at})
    header = b"II*\0" + struct.pack("<I", raw_at)
    padding = b"\0" * (len(jpeg) % 2)
    path.write_bytes(header + mosaic + jpeg + padding + small_block + raw_block)


def _mosaic(colour: tuple[int, int, int], size_px: tuple[int, int]) -> np.ndarray:
    """Red, green, green and blue samples; linear light of a value from 0 to 255."""
    linear = [round(((value / 255) ** 2.2) * 65535) for value in colour]
    mosaic = np.empty((size_px[1], size_px[0]), "<u2")
    mosaic[0::2, 0::2] = linear[0]
    mosaic[0::2, 1::2] = mosaic[1::2, 0::2] = linear[1]
    mosaic[1::2, 1::2] = linear[2]
    return mosaic


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def _directory(tags: list[Tag], at: int, offsets: dict[int, int]) -> bytes:
    """One TIFF directory with the values that do not fit into it behind it."""
    entries, extra = b"", b""
    extra_at = at + 2 + 12 * len(tags) + 4
    for number, kind, values in tags:
        values = [offsets[number]] if number in offsets else values
        packed = values if isinstance(values, bytes) else _pack(kind, values)
        n_values = len(values) // len(_FORMATS[kind])
        if len(packed) > 4:
            entries += struct.pack("<HHII", number, kind, n_values, extra_at + len(extra))
            extra += packed + b"\0" * (len(packed) % 2)
        else:
            entries += struct.pack("<HHI4s", number, kind, n_values, packed)
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0) + extra


def _pack(kind: int, values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}{_FORMATS[kind][0]}", *values)
