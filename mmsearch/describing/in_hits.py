"""What of the words that models made of a file answers a query, in its hit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mmsearch.identifiers import terms
from mmsearch.searching.found_words import DESCRIBED
from mmsearch.types import Description, Hit, Said, TimeRange


def with_said(hits: Iterable[Hit], told: Mapping[str, Description]) -> list[Hit]:
    """The hits, with what is said in those that were found by it."""
    return [replace(hit, said=_best(hit, told.get(hit.content_id))) for hit in hits]


def _best(hit: Hit, told: Description | None) -> Said | None:
    """The phrase with most words of the query, of those the nearest to the place of the hit."""
    asked = {term for one in hit.words if one.where in DESCRIBED for term in terms(one.word)}
    if told is None or not asked:
        return None
    having = [
        (-len(asked.intersection(terms(said.text))), _away_s(hit, said), place)
        for place, said in enumerate(told.said)
    ]
    n_found, _, place = min(having, default=(0, 0.0, 0))
    return told.said[place] if n_found else None


def _away_s(hit: Hit, said: Said) -> float:
    """How far a phrase is from the part that was found, in seconds."""
    if said.range is None or not isinstance(hit.locator, TimeRange):
        return 0.0
    before = hit.locator.start_s - said.range.end_s
    return max(before, said.range.start_s - hit.locator.end_s, 0.0)
