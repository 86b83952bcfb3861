"""What people wrote into a picture: title, caption, author, keywords; from EXIF, IPTC and XMP.

Read as text, never as XML, and only so far: a picture may come from anywhere. Broken means unknown.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image

_TAG = ExifTags.Base
_MAX_XMP_BYTES = 256 * 1024
_MAX_CAPTION_CHARS = 2000
_MAX_WORD_CHARS = 100
_MAX_TAGS = 100
_IPTC_BLOCK = 0x0404
_IPTC_TITLE, _IPTC_KEYWORD, _IPTC_AUTHOR, _IPTC_CAPTION = 5, 25, 80, 120
"""Datasets of record 2, IPTC-NAA Information Interchange Model 4.2."""
_OF_THE_CAMERA = frozenset(
    [
        *("olympus digital camera", "sony dsc", "samsung camera pictures", "digital camera"),
        *("minolta digital camera", "default", "screenshot", "untitled", "image", "dcim"),
    ]
)
"""What cameras and programs write by themselves as a caption."""
_RATING = re.compile(r"xmp:Rating(?:=\"|>)\s*(-?\d)")
_EXIF_RATING = 0x4746
"""As Windows writes it: 1 to 5."""
_FACE_NAME = re.compile(r"mwg-rs:Name(?:=\"([^\"]{1,100})\"|>([^<]{1,100})<)")


@dataclass(frozen=True, slots=True)
class PictureText:
    """Cleaned texts; any may be unknown."""

    title: str | None = None
    caption: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    """Keywords and names of people, without repetition."""
    rating: int | None = None
    """Stars, 1 to 5, or -1 for a picture that was rejected."""


def read_picture_text(image: Image.Image, exif: Image.Exif) -> PictureText:
    """What is written in an opened picture; the first of XMP, IPTC and EXIF that says something."""
    xmp, iptc = _xmp_of(image.info), _iptc_of(image.info)
    titles = [*_items(xmp, "title"), *iptc[_IPTC_TITLE], _wide(exif.get(_TAG.XPTitle))]
    captions = [
        *_items(xmp, "description"),
        *iptc[_IPTC_CAPTION],
        _wide(exif.get(_TAG.XPComment)),
        _narrow(exif.get(_TAG.ImageDescription)),
        _narrow(image.info.get("Description")),
    ]
    authors = [*_items(xmp, "creator"), *iptc[_IPTC_AUTHOR], _narrow(exif.get(_TAG.Artist))]
    tags = [
        *_items(xmp, "subject"),
        *(first or second for first, second in _FACE_NAME.findall(xmp)),
        *iptc[_IPTC_KEYWORD],
        *_wide(exif.get(_TAG.XPKeywords)).split(";"),
    ]
    return PictureText(
        title=_first([*titles, _narrow(image.info.get("Title"))], _MAX_WORD_CHARS * 3),
        caption=_first(captions, _MAX_CAPTION_CHARS),
        author=_first(authors, _MAX_WORD_CHARS),
        tags=_different(tags),
        rating=_rating(xmp, exif.get(_EXIF_RATING)),
    )


def _rating(xmp: str, by_exif: object) -> int | None:
    """The stars of digiKam, Lightroom and the like; 0 is as good as none."""
    found = _RATING.search(xmp)
    stars = int(found[1]) if found else by_exif if isinstance(by_exif, int) else 0
    return stars if stars and -1 <= stars <= 5 else None


def _xmp_of(info: Mapping[Any, Any]) -> str:
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    if isinstance(packet, bytes):
        return packet[:_MAX_XMP_BYTES].decode("utf-8", "replace")
    return packet[:_MAX_XMP_BYTES] if isinstance(packet, str) else ""


def _items(xmp: str, name: str) -> list[str]:
    """The items of a list of Dublin Core."""
    start = xmp.find(f"<dc:{name}")
    end = xmp.find(f"</dc:{name}>", start)
    if start < 0 or end < 0:
        return []
    found = re.findall(r"<rdf:li[^>]{0,200}>([^<]*)</rdf:li>", xmp[start:end])
    return [html.unescape(one) for one in found]


def _iptc_of(info: Mapping[Any, Any]) -> dict[int, list[str]]:
    """The texts of record 2 that we read, by dataset."""
    found: dict[int, list[str]] = {
        number: [] for number in (_IPTC_TITLE, _IPTC_KEYWORD, _IPTC_AUTHOR, _IPTC_CAPTION)
    }
    blocks = info.get("photoshop")
    data = blocks.get(_IPTC_BLOCK) if isinstance(blocks, dict) else None
    for number, value in _datasets(data if isinstance(data, bytes) else b""):
        if number in found:
            found[number].append(_narrow(value))
    return found


def _datasets(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and value of each dataset of record 2, up to the first that is broken."""
    place = 0
    while place + 5 <= len(data) and data[place] == 0x1C:
        size_bytes = int.from_bytes(data[place + 3 : place + 5], "big")
        if size_bytes & 0x8000:  # an extended dataset; texts are never so long
            return
        if data[place + 1] == 2:
            yield data[place + 2], data[place + 5 : place + 5 + size_bytes]
        place += 5 + size_bytes


def _narrow(value: object) -> str:
    """Text in UTF-8, or else in the code page of somebody's machine."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace")
    return value if isinstance(value, str) else ""


def _wide(value: object) -> str:
    """The texts that Windows writes: UTF-16 in bytes."""
    if isinstance(value, tuple) and all(isinstance(one, int) and 0 <= one < 256 for one in value):
        value = bytes(value)
    return value.decode("utf-16-le", "replace") if isinstance(value, bytes) else ""


def _first(texts: Iterable[str], max_chars: int) -> str | None:
    cleaned = (_clean(text, max_chars) for text in texts)
    return next((text for text in cleaned if text and text.lower() not in _OF_THE_CAMERA), None)


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = (_clean(text, _MAX_WORD_CHARS) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text))[:_MAX_TAGS]


def _clean(text: str, max_chars: int) -> str:
    """One line of bounded length without control characters or halves of characters."""
    text = text[: 4 * max_chars]
    kept = (" " if unicodedata.category(char) in ("Cc", "Cs", "Co") else char for char in text)
    return " ".join("".join(kept).split())[:max_chars].strip()
