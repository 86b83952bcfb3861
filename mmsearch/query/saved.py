"""A query as JSON and back, to be kept under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from mmsearch.errors import QueryError
from mmsearch.types import Modality, Query

_MADE_FROM_TEXT = {"wanted", "where", "is_understood"}
_PATHS = {"like", "avoid_like", "folders", "liked", "disliked"}
_DATES = {"date_from", "date_to"}
_DEFAULT = Query()


def query_to_json(query: Query) -> dict[str, Any]:
    """The fields that are not as in a new query. Raises ValueError for one that was understood:
    its text is no longer what was typed."""
    if query.is_understood:
        raise ValueError("keep the query as it was asked")
    told: dict[str, Any] = {}
    for field in fields(Query):
        value = getattr(query, field.name)
        if value != getattr(_DEFAULT, field.name):
            told[field.name] = _plain(value)
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Path | Modality):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def query_from_json(told: Mapping[str, Any]) -> Query:
    """Raises QueryError for fields that a query does not have, e.g. of a newer program."""
    known = {field.name for field in fields(Query)} - _MADE_FROM_TEXT
    unknown = sorted(set(told) - known)
    if unknown:
        raise QueryError(f"A kept search has an unknown field {unknown[0]!r}.", "Update mmsearch.")
    try:
        return Query(**{name: _value(name, value) for name, value in told.items()})
    except (ValueError, TypeError) as error:
        raise QueryError(f"A kept search is damaged: {error}.") from error


def _value(name: str, value: Any) -> Any:
    if name == "modalities":
        return tuple(map(Modality, value))
    if name in _PATHS:
        return tuple(map(Path, value))
    if name in _DATES:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
