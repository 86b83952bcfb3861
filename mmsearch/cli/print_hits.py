"""Hits on a terminal, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mmsearch.present.explanation import explanation
from mmsearch.present.words import MatchWord, locator_words, match_word
from mmsearch.types import Hit, LineRange

_NOT_CLOSE = "Nothing close; the nearest are:\n"


def hits_as_json(hits: Sequence[Hit]) -> str:
    """A JSON list, as in ARCHITECTURE.md, stable interfaces."""
    return json.dumps([hit.to_json() for hit in hits], ensure_ascii=False, indent=1)


def hits_as_text(hits: Sequence[Hit], *, collapsed: bool = False, explained: bool = False) -> str:
    """One line a hit: rank, match, kind, path, place in the file.

    collapsed: one line stands for a group of near-duplicates and says how many more there are.
    explained: each says why it was found.
    """
    if not hits:
        return "Nothing found."
    head = "" if match_word(max(hit.match for hit in hits)) is not MatchWord.WEAK else _NOT_CLOSE
    shown = [hit for hit in hits if not collapsed or hit.group_id in ("", hit.asset_id)]
    lines = []
    for hit in shown:
        lines.append(_line(hit))
        if collapsed and hit.group_size > 1:
            lines.append(f"{'':>18}+{hit.group_size - 1} similar")
        if explained:
            lines += [f"{'':>18}{line}" for line in explanation(hit)]
    return head + "\n".join(lines)


def _line(hit: Hit) -> str:
    word = match_word(hit.match)
    bar = "▮" * word.n_steps + "▯" * (4 - word.n_steps)
    line = f"{hit.rank:>3}  {bar} {word.value:<6}  {hit.modality.value:<5}  {hit.path}"
    place = locator_words(hit.locator)
    if place:
        line += f"  {'lines ' if isinstance(hit.locator, LineRange) else ''}{place}"
    return line + ("  (offline)" if hit.offline else "")
