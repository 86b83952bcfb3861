"""Hits on a terminal, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mmsearch.present.words import MatchWord, locator_words, match_word
from mmsearch.types import Hit, LineRange

_NOT_CLOSE = "Nothing close; the nearest are:\n"


def hits_as_json(hits: Sequence[Hit]) -> str:
    """A JSON list, as in ARCHITECTURE.md, stable interfaces."""
    return json.dumps([hit.to_json() for hit in hits], ensure_ascii=False, indent=1)


def hits_as_text(hits: Sequence[Hit], *, collapsed: bool = False) -> str:
    """One line a hit: rank, match, kind, path, place in the file.

    collapsed: one line stands for a group of near-duplicates and says how many more there are.
    """
    if not hits:
        return "Nothing found."
    head = "" if match_word(max(hit.match for hit in hits)) is not MatchWord.WEAK else _NOT_CLOSE
    if not collapsed:
        return head + "\n".join(map(_line, hits))
    leaders = [hit for hit in hits if hit.group_id in ("", hit.asset_id)]
    return head + "\n".join(_line(hit) + _others(hit) for hit in leaders)


def _others(hit: Hit) -> str:
    return f"\n{'':>18}+{hit.group_size - 1} similar" if hit.group_size > 1 else ""


def _line(hit: Hit) -> str:
    word = match_word(hit.match)
    bar = "▮" * word.n_steps + "▯" * (4 - word.n_steps)
    line = f"{hit.rank:>3}  {bar} {word.value:<6}  {hit.modality.value:<5}  {hit.path}"
    place = locator_words(hit.locator)
    if place:
        line += f"  {'lines ' if isinstance(hit.locator, LineRange) else ''}{place}"
    return line + ("  (offline)" if hit.offline else "")
