"""Emoji in words: the sentence encoder has never seen most of them, but they have names."""

from __future__ import annotations

import unicodedata

_FIRST = 0x2600
"""Below are signs that stand in ordinary text: ° © →."""
_JOINERS = "\u200d\ufe0e\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def spelled_out(text: str) -> str:
    """The text with picture characters replaced by their names: "🐶 on ⛵" by "dog face on …"."""
    if text.isascii() or not any(map(_is_picture, text)):
        return text
    return " ".join("".join(map(_spelled, text)).split())


def _is_picture(letter: str) -> bool:
    return ord(letter) >= _FIRST and unicodedata.category(letter) in ("So", "Sk")


def _spelled(letter: str) -> str:
    if letter in _JOINERS:
        return " "
    if not _is_picture(letter):
        return letter
    name = "" if ord(letter) in _SKIN_TONES else unicodedata.name(letter, "").lower()
    return f" {name} "
