"""Descriptions that people gave their files: what a search for them might say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

_WORD = re.compile(r"[A-Z][a-z]+|[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_LEAST_WORDS = 3
"""Fewer may be a camera's name or a folder's habit."""
_NO_DESCRIPTION = frozenset(
    {
        *("img", "image", "picture", "photo", "pic", "dsc", "dscn", "dscf", "pxl", "mvimg"),
        *("scan", "screenshot", "screen", "shot", "video", "vid", "mov", "clip", "burst"),
        *("audio", "sound", "recording", "rec", "track", "cover", "file", "new", "copy"),
        *("untitled", "final", "edit", "edited", "export", "whatsapp", "signal", "snapchat"),
        *("jpg", "jpeg", "png", "at", "the", "of", "am", "pm"),
    }
)


def described(
    relative_paths: Sequence[str],
    metadata: Sequence[str],
    rows: Sequence[int],
    *,
    least_words: int = _LEAST_WORDS,
) -> Iterator[tuple[int, str]]:
    """(row, description) of those assets that have one: a title, or a name made of words."""
    for row in rows:
        text = _title(metadata[row]) or name_in_words(relative_paths[row], least_words)
        if text:
            yield row, text


def name_in_words(relative_path: str, least_words: int = _LEAST_WORDS) -> str:
    """ "holiday/Red_car at-night 2.jpg" -> "red car at night"; empty for a name like IMG_2031."""
    words = [word.lower() for word in _WORD.findall(PurePosixPath(relative_path).stem)]
    telling = [word for word in words if word not in _NO_DESCRIPTION]
    return " ".join(words) if len(telling) >= least_words else ""


def _title(metadata: str) -> str:
    """The title in the metadata, if it is a sentence rather than a number."""
    title = json.loads(metadata).get("title") or ""
    return title if len(_WORD.findall(title)) >= _LEAST_WORDS else ""
