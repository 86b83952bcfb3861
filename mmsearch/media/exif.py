"""What a camera wrote into a picture. Much of it is broken in practice; broken means unknown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from PIL import ExifTags, Image

_TAG = ExifTags.Base
_ORIENTATIONS = range(1, 9)


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """The part of EXIF that people search by. Every field may be unknown."""

    camera: str | None = None
    taken_at: str | None = None
    """ISO 8601 local time without zone."""
    latitude: float | None = None
    longitude: float | None = None


def read_exif(image: Image.Image) -> Image.Exif:
    """The picture's EXIF; empty where it has none or it cannot be parsed."""
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 (damaged EXIF fails in every way; the picture is still good)
        return Image.Exif()


def read_tiff_exif(file: IO[bytes]) -> Image.Exif:
    """The EXIF of a file that is a TIFF at heart, as most RAW photographs are; empty otherwise."""
    exif = Image.Exif()
    try:
        file.seek(0)
        exif.load_from_fp(file)
    except Exception:  # noqa: BLE001 (as in read_exif)
        return Image.Exif()
    return exif


def orientation_of(exif: Image.Exif) -> int | None:
    """The orientation 1 to 8, None if unknown or nonsense."""
    value = exif.get(_TAG.Orientation)
    return value if isinstance(value, int) and value in _ORIENTATIONS else None


def describe_exif(exif: Image.Exif) -> ExifFacts:
    """Pick out the facts, each by itself, so that one broken entry costs only itself."""
    latitude, longitude = _position(_sub_tags(exif, ExifTags.IFD.GPSInfo))
    return ExifFacts(_camera(exif), _taken_at(exif), latitude, longitude)


def camera_name(make: str | None, model: str | None) -> str | None:
    """One name out of both, without saying the maker twice ("NIKON CORPORATION", "NIKON D90")."""
    if not make or not model:
        return model or make
    first_word = make.split()[0].lower()
    return model if model.lower().startswith(first_word) else f"{make} {model}"


def _sub_tags(exif: Image.Exif, ifd: int) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(ifd))
    except Exception:  # noqa: BLE001 (as in read_exif)
        return {}


def _camera(exif: Image.Exif) -> str | None:
    return camera_name(_text(exif.get(_TAG.Make)), _text(exif.get(_TAG.Model)))


def _taken_at(exif: Image.Exif) -> str | None:
    tags = _sub_tags(exif, ExifTags.IFD.Exif)
    candidates = [tags.get(_TAG.DateTimeOriginal), tags.get(_TAG.DateTimeDigitized)]
    if _camera(exif):
        # Programs write this one too, with the time of the last change; cameras mean it.
        candidates.append(exif.get(_TAG.DateTime))
    return next((when for when in map(_iso_time, candidates) if when), None)


def _iso_time(value: object) -> str | None:
    text = _text(value)
    if not text:
        return None
    digits = text[:10].replace(":", "-").replace("/", "-") + "T" + text[11:19]
    try:
        return datetime.fromisoformat(digits).isoformat(timespec="seconds")
    except ValueError:
        return None


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    return " ".join(value.split("\0")[0].split()) or None


def _position(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    latitude = _degrees(gps.get(2), gps.get(1), negative="S", largest=90)
    longitude = _degrees(gps.get(4), gps.get(3), negative="W", largest=180)
    # A receiver without a fix writes zeros; nobody photographs on that spot of the ocean.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    return latitude, longitude


def _degrees(value: object, reference: object, *, negative: str, largest: int) -> float | None:
    """Decimal degrees out of (degrees, minutes, seconds)."""
    if not isinstance(value, Sequence) or isinstance(value, str | bytes) or not value:
        return None
    try:
        degrees: float = sum(float(part) / 60**place for place, part in enumerate(value[:3]))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(degrees) or not 0 <= degrees <= largest:
        return None
    signed = -degrees if _text(reference) == negative else degrees
    return round(signed, 6)
