"""One line of ``mmsearch search --batch``: JSON in, JSON out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from mmsearch.errors import QueryError, UserError
from mmsearch.library import Library
from mmsearch.paths import full_path
from mmsearch.query.check import modalities_from_names
from mmsearch.query.understand import understand
from mmsearch.types import Query

_NAMES = {
    "id",
    "text",
    "like",
    "not",
    "types",
    "filter",
    "limit",
    "in",
    "grouping",
    "literal",
    "min_match",
    "liked",
    "disliked",
}


def answer_line(library: Library, line: str, number: int, defaults: Query) -> tuple[str, bool]:
    """The answer as a JSON line, and whether the query was right."""
    query_id: Any = str(number)
    try:
        given = _parse(line, number)
        query_id = given.get("id", query_id)
        understood = understand(_query(given, defaults))
        hits = library.search(understood.query)
    except UserError as error:
        wrong: dict[str, Any] = {"id": query_id, "hits": [], "error": str(error)}
        if isinstance(error, QueryError) and error.place is not None:
            wrong["place"] = error.place
        return json.dumps(wrong, ensure_ascii=False), False
    answer = {"id": query_id, "hits": [hit.to_json() for hit in hits]}
    if understood.applied:
        answer["understood"] = [one.meaning for one in understood.applied]
    notes = (*understood.notes, *(() if hits else library.why_nothing(understood.query)))
    if notes:
        answer["notes"] = notes
    return json.dumps(answer, ensure_ascii=False), True


def _parse(line: str, number: int) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise QueryError(f"Line {number} is no JSON: {error}.") from error
    if not isinstance(given, dict):
        raise QueryError(f"Line {number} is no JSON object.")
    unknown = sorted(set(given) - _NAMES)
    if unknown:
        raise QueryError(
            f"Line {number} has an unknown field {unknown[0]!r}.",
            f"Known: {', '.join(sorted(_NAMES))}.",
        )
    return given


def _query(given: dict[str, Any], defaults: Query) -> Query:
    """The line's query; what it does not say comes from the command line's options."""
    text, limit = given.get("text", defaults.text), given.get("limit", defaults.limit)
    if not isinstance(text, str):
        raise QueryError("text must be a string.")
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise QueryError("limit must be a whole number.")
    filters = given.get("filter", defaults.filters)
    if not isinstance(filters, str):
        raise QueryError("filter must be a string.")
    min_match = given.get("min_match", defaults.min_match)
    if not isinstance(min_match, int | float) or isinstance(min_match, bool):
        raise QueryError("min_match must be a number from 0 to 1.")
    types = modalities_from_names(_strings(given, "types"))
    return replace(
        defaults,
        text=text,
        like=_paths(given, "like") or defaults.like,
        avoid=_strings(given, "not") or defaults.avoid,
        modalities=types or defaults.modalities,
        filters=filters,
        folders=_paths(given, "in") or defaults.folders,
        limit=limit,
        min_match=min_match,
        grouping=_flag(given, "grouping", defaults.grouping),
        literal=_flag(given, "literal", defaults.literal),
        liked=_paths(given, "liked") or defaults.liked,
        disliked=_paths(given, "disliked") or defaults.disliked,
    )


def _flag(given: dict[str, Any], name: str, default: bool) -> bool:
    value = given.get(name, default)
    if not isinstance(value, bool):
        raise QueryError(f"{name} must be true or false.")
    return value


def _strings(given: dict[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name) or []
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise QueryError(f"{name} must be a list of strings.")
    return tuple(values)


def _paths(given: dict[str, Any], name: str) -> tuple[Path, ...]:
    return tuple(map(full_path, _strings(given, name)))
