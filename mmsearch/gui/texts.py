"""Words that several widgets show, in the language of the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from mmsearch.errors import FailureKind
from mmsearch.present.words import MatchWord, size_words
from mmsearch.types import Modality


def _tr(text: str) -> str:
    return QCoreApplication.translate("texts", text)


def kind_name(modality: Modality) -> str:
    """Name several files of a kind."""
    names = {
        Modality.IMAGE: _tr("Pictures"),
        Modality.VIDEO: _tr("Videos"),
        Modality.AUDIO: _tr("Sounds"),
        Modality.CODE: _tr("Code"),
    }
    return names[modality]


def kind_within(modality: Modality) -> str:
    """Name several files of a kind inside a sentence: not every language writes nouns small."""
    names = {
        Modality.IMAGE: _tr("pictures"),
        Modality.VIDEO: _tr("videos"),
        Modality.AUDIO: _tr("sounds"),
        Modality.CODE: _tr("code"),
    }
    return names[modality]


def kind_of_one(modality: Modality) -> str:
    """Name one file of a kind."""
    names = {
        Modality.IMAGE: _tr("picture"),
        Modality.VIDEO: _tr("video"),
        Modality.AUDIO: _tr("sound"),
        Modality.CODE: _tr("code"),
    }
    return names[modality]


def match_name(word: MatchWord) -> str:
    """Name how close a hit is."""
    names = {
        MatchWord.STRONG: _tr("strong"),
        MatchWord.GOOD: _tr("good"),
        MatchWord.FAIR: _tr("fair"),
        MatchWord.WEAK: _tr("weak"),
    }
    return names[word]


def failure_name(kind: str) -> str:
    """Name why a file could not be indexed; what an older library calls otherwise stays."""
    names: dict[str, str] = {
        FailureKind.EMPTY: _tr("empty"),
        FailureKind.CORRUPT: _tr("corrupt"),
        FailureKind.UNSUPPORTED: _tr("unsupported"),
        FailureKind.TOO_LARGE: _tr("too large"),
        FailureKind.ENCRYPTED: _tr("password-protected"),
        FailureKind.VANISHED: _tr("vanished"),
        FailureKind.PERMISSION: _tr("no permission"),
        FailureKind.NOT_REGULAR: _tr("not a regular file"),
        FailureKind.BINARY: _tr("binary"),
        FailureKind.TIMEOUT: _tr("time limit"),
        FailureKind.CRASH: _tr("decoder crashed"),
        FailureKind.MEMORY: _tr("memory limit"),
        FailureKind.MODEL: _tr("model failed"),
    }
    return names.get(kind, kind)


def method_name(method: str) -> str:
    """Name a way of balancing results; its parameters stay as they are."""
    names = {
        "auto": _tr("Automatic (recommended)"),
        "none": _tr("Off"),
        "nnn": _tr("nearest neighbour normalisation"),
        "csls": _tr("CSLS"),
        "is": _tr("inverted softmax"),
        "dis": _tr("dynamic inverted softmax"),
        "dual-is": _tr("dual inverted softmax"),
        "dual-dis": _tr("dual dynamic inverted softmax"),
        "sinkhorn": _tr("Sinkhorn"),
    }
    name, _, parameters = method.partition(" ")
    return f"{names.get(name, name)} {f'({parameters})' if parameters else ''}".strip()


def counted(n: int, one: str, many: str) -> str:
    """Return "1 file" or "12,410 files"; both texts are translated and hold {n}."""
    return (one if n == 1 else many).format(n=number_text(n))


def number_text(n: int) -> str:
    """A whole number as the language of the window writes it: 12,410 or 12.410."""
    return f"{n:,}".replace(",", QLocale().groupSeparator())


def decimal_text(value: float, n_digits: int) -> str:
    """A number with digits after the decimal point or comma."""
    return f"{value:.{n_digits}f}".replace(".", QLocale().decimalPoint())


def size_text(size_bytes: int) -> str:
    """A file size: 1.4 MB or 1,4 MB."""
    return size_words(size_bytes).replace(".", QLocale().decimalPoint())


def kinds_text(counts: Mapping[Modality, int]) -> str:
    """What there is, the most first: "1,204 pictures, 31 videos"; empty where there is nothing."""
    names = {
        Modality.IMAGE: (_tr("{n} picture"), _tr("{n} pictures")),
        Modality.VIDEO: (_tr("{n} video"), _tr("{n} videos")),
        Modality.AUDIO: (_tr("{n} sound"), _tr("{n} sounds")),
        Modality.CODE: (_tr("{n} code file"), _tr("{n} code files")),
    }
    by_count = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(counted(n, *names[kind]) for kind, n in by_count if n)


def about_time(seconds: float) -> str:
    """Round a time that was only estimated: under a minute, about 4 min, about 2 h."""
    if seconds < 60:
        return _tr("under a minute")
    minutes = round(seconds / 60)
    if minutes < 90:
        return _tr("about {0} min").format(minutes)
    return _tr("about {0} h").format(number_text(round(minutes / 60)))


def cost_text(time_s: float, disk_bytes: int) -> str:
    """What indexing takes: "about 4 min, 18 MB of disk space"."""
    return _tr("{0}, {1} of disk space").format(about_time(time_s), size_text(disk_bytes))


def time_left(seconds: float) -> str:
    """Round a remaining time to what a person wants to know."""
    if seconds < 60:
        return _tr("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 60:
        return _tr("{0} min left").format(minutes)
    hours, minutes = divmod(minutes, 60)
    return _tr("{0} h {1} min left").format(hours, minutes)
