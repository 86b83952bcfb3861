"""Thumbs up and down on the answers to queries, as long as a library is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mmsearch.paths import full_path
from mmsearch.types import Hit, Query


def query_of(query: Query | str, fields: Mapping[str, Any]) -> Query:
    """A query with some fields set; what is liked and disliked may be given as hits."""
    judged = {name: paths_of(fields[name]) for name in ("liked", "disliked") if fields.get(name)}
    given = {**fields, **judged}
    return replace(query, **given) if isinstance(query, Query) else Query(text=query, **given)


def paths_of(answers: Iterable[Hit | Path | str]) -> tuple[Path, ...]:
    """The files of hits; each once."""
    paths = (one.path if isinstance(one, Hit) else full_path(one) for one in answers)
    return tuple(dict.fromkeys(paths))


class SessionVerdicts:
    """Remembers the verdicts on each query; limits and kinds of answers do not matter."""

    def __init__(self) -> None:
        self._by_query: dict[object, Query] = {}

    def judge(
        self,
        query: Query,
        liked: Iterable[Hit | Path | str],
        disliked: Iterable[Hit | Path | str],
    ) -> Query:
        """Replace the verdicts on a query; returns it with them."""
        judged = replace(query, liked=paths_of(liked), disliked=paths_of(disliked))
        self._by_query[_key(query)] = judged
        return judged

    def with_verdicts(self, query: Query) -> Query:
        """The query with what was said about its answers, unless it brings verdicts itself."""
        known = self._by_query.get(_key(query))
        if known is None or query.liked or query.disliked:
            return query
        return replace(query, liked=known.liked, disliked=known.disliked)


def _key(query: Query) -> object:
    """What makes it the same question."""
    return query.text.strip(), query.like, query.avoid, query.avoid_like
