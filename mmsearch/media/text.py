"""Text of any encoding as a string whose lines are those of an editor."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.access import os_errors_described, require_file
from mmsearch.media.language import language_of

__all__ = ["decode_text", "language_of", "read_text"]

MAX_TEXT_BYTES = 8 * 1024 * 1024

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
_ONE_BYTE = [_WESTERN, "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256"]
_SEVERAL_BYTES = ["cp932", "euc_jis_2004", "gb18030", "big5", "cp949"]
_SAMPLE_BYTES = 16_384
# So few signs prove nothing, and are most often a name, a degree sign or a copyright.
_FEW_ACCENTS = 8
# Tab, line feed, vertical tab, form feed, carriage return, backspace and the escape of terminal
# colours are found in real texts; many of the others mean that it is none.
_CONTROLS = re.compile(r"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.02
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")


def read_text(path: Path, *, max_bytes: int = MAX_TEXT_BYTES) -> str:
    r"""Read a text; its only line ends are ``\n``, wherever an editor sees a line end.

    Split it at "\n", never with splitlines(), which also splits at form feeds and others.
    Raises UnreadableFileError: EMPTY, TOO_LARGE, BINARY, and what opening a file can raise.
    """
    size_bytes = require_file(path)
    if size_bytes > max_bytes:
        message = f"{size_bytes / 1e6:.0f} MB is more text than the limit of {max_bytes / 1e6:.0f}."
        raise UnreadableFileError(FailureKind.TOO_LARGE, message, "Split it or leave it out.")
    with os_errors_described(), open(path, "rb") as file:
        # One more, in case the file grows at this moment.
        content = file.read(max_bytes + 1)[:max_bytes]
    return decode_text(content)


def decode_text(content: bytes) -> str:
    """As read_text, for bytes that have been read already."""
    text = _decode(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        raise _binary()
    if not text.strip():
        raise UnreadableFileError(FailureKind.EMPTY, "There is nothing but blanks in the file.")
    return text


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    if b"\0" in content:
        return _decode_wide(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_guess(content), "replace")


def _decode_wide(content: bytes) -> str:
    """Windows programs write UTF-16 without a mark; other zeros make a file binary."""
    half = len(content) // 2
    for encoding, n_zeros in (
        ("utf-16-le", content[1::2].count(0)),
        ("utf-16-be", content[0::2].count(0)),
    ):
        if n_zeros > 0.5 * half and n_zeros > 0.9 * content.count(0):
            return content.decode(encoding, "replace")
    raise _binary()


def _guess(content: bytes) -> str:
    """Name the encoding of bytes that are not UTF-8."""
    if _is_nearly_utf8(content):
        return "utf-8"
    from charset_normalizer import from_bytes

    high_runs = [len(run) for run in _HIGH_RUNS.findall(content)]
    # Languages with many signs take two bytes a sign; a lone one among Latin letters is an
    # accent, whatever sign it could make together with its neighbour.
    is_accents = high_runs.count(1) > 0.9 * len(high_runs)
    if is_accents and len(high_runs) < _FEW_ACCENTS:
        return _WESTERN
    candidates = _ONE_BYTE if is_accents else _SEVERAL_BYTES + _ONE_BYTE
    matches = list(from_bytes(_telling_lines(content), cp_isolation=candidates))
    if not matches:
        return _WESTERN
    best = (matches[0].chaos, -matches[0].coherence)
    ties = [match.encoding for match in matches if (match.chaos, -match.coherence) == best]
    same = [name for match in matches[:1] for name in match.could_be_from_charset]
    if _WESTERN in same or (_WESTERN in ties and matches[0].encoding in _ONE_BYTE):
        return _WESTERN
    return str(matches[0].encoding)


def _is_nearly_utf8(content: bytes) -> bool:
    """A few damaged bytes in a text full of good UTF-8 do not make it something else."""
    text = content.decode("utf-8", "replace")
    n_bad = text.count("\ufffd")
    n_good = len(content) - len(content.decode("ascii", "ignore")) - n_bad
    return n_good > 20 * n_bad


def _telling_lines(content: bytes) -> bytes:
    """Return lines that are not plain ASCII: the rest says nothing, and guessing is slow."""
    lines: list[bytes] = []
    n_bytes = 0
    for line in re.split(rb"[\r\n]+", content):
        if not line.isascii():
            lines.append(line[:_SAMPLE_BYTES])
            n_bytes += len(lines[-1])
        if n_bytes >= _SAMPLE_BYTES:
            break
    return b"\n".join(lines)


def _binary() -> UnreadableFileError:
    return UnreadableFileError(FailureKind.BINARY, "The file does not hold text.")
