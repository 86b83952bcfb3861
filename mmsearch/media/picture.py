"""Opening pictures of every format: RGB, upright, no larger than needed, and never a bomb."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.access import describe_os_error, require_file
from mmsearch.media.exif import orientation_of, read_exif, read_tiff_exif
from mmsearch.media.limits import MAX_PIXELS, MAX_REDUCED_PIXELS
from mmsearch.media.picture_text import PictureText, read_picture_text
from mmsearch.media.raw_photo import RAW_SUFFIXES, RawPhoto, open_raw
from mmsearch.media.rgb import to_rgb

# Only formats that hold pictures of people and whose decoders live in this process. Left out on
# purpose: EPS and WMF (run an interpreter), FITS, GRIB, HDF5 and the like (data, not pictures).
_FORMATS = (
    *("JPEG", "PNG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "AVIF", "HEIF", "JPEG2000", "PPM"),
    *("ICO", "ICNS", "PSD", "DDS", "SGI", "PCX", "QOI"),
)
_ANIMATED = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
_MAGICS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"8BPS")
_HEIF_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1")
_MAX_ANIMATION_PIXELS = 200_000_000
"""An animation is decoded from its start up to the last frame wanted: two seconds' worth."""
_SAME_FRAME_DIFFERENCE = 2.0
"""Mean difference, of 255, below which two frames of an animation show the same."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Pillow's own check would refuse large JPEGs that can be decoded at an eighth of their size;
# sizes are checked below instead. This is the backstop for pictures inside pictures.
Image.MAX_IMAGE_PIXELS = MAX_REDUCED_PIXELS


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture and what its file says about it."""

    frames: tuple[Image.Image, ...]
    """RGB, upright, perhaps reduced; several only of an animation."""
    width_px: int
    height_px: int
    """Size of the whole picture, upright."""
    exif: Image.Exif
    text: PictureText


@dataclass(frozen=True, slots=True)
class PixelLimits:
    """Largest pictures, in pixels: decoded whole, and as a JPEG that is reduced on the way."""

    whole: int = MAX_PIXELS
    reduced: int = MAX_REDUCED_PIXELS


def open_picture(path: Path, *, at_least_px: int | None = None) -> Image.Image:
    """The picture, or the first frame of an animation: RGB and upright.

    at_least_px: where given, the picture may be reduced, which is several times as fast, but
        its shorter side stays at least so long (unless it was shorter to begin with).
    Raises UnreadableFileError.
    """
    return read_picture(path, at_least_px=at_least_px).frames[0]


def open_frames(
    path: Path, *, max_frames: int = 4, at_least_px: int | None = None
) -> tuple[Image.Image, ...]:
    """Evenly spaced, different frames of an animation; one frame of any other picture."""
    return read_picture(path, at_least_px=at_least_px, max_frames=max_frames).frames


def read_picture(
    path: Path,
    *,
    at_least_px: int | None = None,
    max_frames: int = 1,
    limits: PixelLimits | None = None,
) -> Picture:
    """Open and decode a picture; see open_picture and open_frames."""
    require_file(path)
    with _errors_described(path), path.open("rb") as file:
        head = file.read(16)
        if path.suffix.lower() in RAW_SUFFIXES and not head.startswith(_MAGICS[:3]):
            photo = open_raw(path, at_least_px=at_least_px, open_jpeg=_open)
            return _finish_raw(photo, file, at_least_px, limits or PixelLimits())
        with _open(file) as image:
            return _read(image, at_least_px, max_frames, limits or PixelLimits())


def _open(file: IO[bytes]) -> Image.Image:
    if "QOI" not in Image.OPEN:
        Image.init()
    file.seek(0)
    if "HEIF" not in Image.OPEN and file.read(12)[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(depth_images=False, aux_images=False)
    return Image.open(file, formats=[name for name in _FORMATS if name in Image.OPEN])


def _read(
    image: Image.Image, at_least_px: int | None, max_frames: int, limits: PixelLimits
) -> Picture:
    size_px = image.size
    _require_size(size_px, limits.reduced)
    if at_least_px and not image.info.get("progressive"):
        image.draft(None, (at_least_px, at_least_px))
    _require_size(image.size, limits.whole)
    frames: list[Image.Image] = []
    for n_wanted in _seek_frames(image, max_frames):
        _require_size(image.size, limits.whole)
        image.load()
        rgb = to_rgb(image)
        # The opened file itself would change with the next seek.
        frames.append(_reduce(rgb.copy() if rgb is image and n_wanted > 1 else rgb, at_least_px))
    exif = read_exif(image)
    # Asked for after loading, because some formats turn the picture themselves and say so here.
    orientation = orientation_of(exif) or 1
    width_px, height_px = _turned_size(size_px, orientation)
    upright = tuple(_turn(frame, orientation) for frame in _different(frames))
    return Picture(upright, width_px, height_px, exif, read_picture_text(image, exif))


def _finish_raw(
    photo: RawPhoto, file: IO[bytes], at_least_px: int | None, limits: PixelLimits
) -> Picture:
    _require_size(photo.size_px, limits.reduced)
    if at_least_px:
        photo.preview.draft(None, (at_least_px, at_least_px))
    _require_size(photo.preview.size, limits.whole)
    exif = read_exif(photo.preview) or read_tiff_exif(file)
    frame = _turn(_reduce(to_rgb(photo.preview), at_least_px), photo.orientation)
    return Picture((frame,), *photo.size_px, exif, read_picture_text(photo.preview, exif))


def _require_size(size_px: tuple[int, int], max_pixels: int) -> None:
    width_px, height_px = size_px
    if width_px * height_px > max_pixels:
        raise UnreadableFileError(
            FailureKind.TOO_LARGE,
            f"The picture has {width_px} x {height_px} pixels; "
            f"the limit is {max_pixels // 1_000_000} million.",
        )


def _seek_frames(image: Image.Image, max_frames: int) -> Iterator[int]:
    """Move to the frames to take, one at a time; yields how many are wanted."""
    n_frames = getattr(image, "n_frames", 1) if image.format in _ANIMATED else 1
    if max_frames == 1 or n_frames == 1:
        yield 1
        return
    n_reachable = min(n_frames, 1 + _MAX_ANIMATION_PIXELS // (image.width * image.height))
    n_wanted = min(max_frames, n_reachable)
    for place in range(n_wanted):
        try:
            image.seek((2 * place + 1) * n_reachable // (2 * n_wanted))
        except EOFError:  # fewer frames than the file claims
            if place == 0:
                raise
            return
        yield n_wanted


def _different(frames: list[Image.Image]) -> list[Image.Image]:
    """Drop frames that show what an earlier one shows."""
    if len(frames) == 1:
        return frames
    kept: list[Image.Image] = []
    small: list[Image.Image] = []
    for frame in frames:
        candidate = frame.resize((32, 32), Image.Resampling.BOX)
        if all(_difference(candidate, other) > _SAME_FRAME_DIFFERENCE for other in small):
            kept.append(frame)
            small.append(candidate)
    return kept


def _difference(first: Image.Image, second: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(first, second)).mean)


def _reduce(image: Image.Image, at_least_px: int | None) -> Image.Image:
    factor = min(image.size) // at_least_px if at_least_px else 1
    return image.reduce(factor) if factor > 1 else image


def _turn(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def _turned_size(size_px: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size_px[1], size_px[0]) if orientation >= 5 else size_px


@contextmanager
def _errors_described(path: Path) -> Iterator[None]:
    """Turn whatever Pillow and its plugins raise or warn of into UnreadableFileError."""
    try:
        with warnings.catch_warnings():
            # Remarks on damaged metadata; damaged pixels raise.
            warnings.simplefilter("ignore")
            yield
    except UnreadableFileError:
        raise
    except MemoryError as error:
        raise UnreadableFileError(
            FailureKind.MEMORY, "The picture needs more memory than allowed."
        ) from error
    except Image.DecompressionBombError as error:
        raise UnreadableFileError(
            FailureKind.TOO_LARGE, "The picture has far more pixels than allowed."
        ) from error
    except UnidentifiedImageError as error:
        raise _unidentified(path) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise describe_os_error(error) from error
        # Damage surfaces as any exception there is: OSError without a number, SyntaxError,
        # struct.error, zlib.error, IndexError, KeyError, OverflowError, ...
        raise UnreadableFileError(FailureKind.CORRUPT, "The picture is damaged.") from error


def _unidentified(path: Path) -> UnreadableFileError:
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(_MAGICS) or (head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS):
        return UnreadableFileError(FailureKind.CORRUPT, "The picture is damaged.")
    return UnreadableFileError(
        FailureKind.UNSUPPORTED, "This is not a picture, or of a format that cannot be read."
    )
