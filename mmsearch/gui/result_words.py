"""What a result says of itself beside its picture: to the pointer, and to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mmsearch.gui.texts import decimal_text, kind_of_one, match_name
from mmsearch.gui.verdicts import Verdict
from mmsearch.present.arrangement import Stack
from mmsearch.present.words import locator_words, match_word, place_words
from mmsearch.types import Hit


def _tr(text: str) -> str:
    return QCoreApplication.translate("results", text)


def tool_tip(hit: Hit, stack: Stack | None, away: str) -> str:
    """The whole path and what else one may want to know, in lines.

    away: what to connect where the file is away, if that is known.
    """
    lines = [str(hit.path), _tr("Match: {0}").format(decimal_text(hit.match, 2))]
    if hit.passages:
        places = ", ".join(map(locator_words, (hit.locator, *hit.passages)))
        lines.append(_tr("Found in lines {0}").format(places))
    if stack is not None:
        words = _tr("One of {0} that look alike; S opens and closes the stack.")
        lines.append(words.format(stack.n))
    if hit.offline:
        lines.append(away or _tr("The drive is not connected."))
    return "\n".join(lines)


def spoken(hit: Hit, stack: Stack | None, verdict: Verdict | None) -> str:
    """Everything that a cell shows, in one line."""
    parts = (hit.path.name, kind_of_one(hit.modality), place_words(hit))
    said = [*filter(None, parts), match_name(match_word(hit.match))]
    if stack is not None and stack.is_top and not stack.is_open:
        said.append(_tr("stack of {0}").format(stack.n))
    if verdict is not None:
        said.append(_tr("right") if verdict is Verdict.GOOD else _tr("not this"))
    return ", ".join(said)
