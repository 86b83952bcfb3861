"""Queries with known answers, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmsearch.errors import UserError
from mmsearch.query.check import modalities_from_names
from mmsearch.types import LineRange, Locator, Modality, Query, TimeRange


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and what it should find."""

    id: str
    query: Query
    relevant: frozenset[Path]
    place: Locator = None
    """Where in the relevant file, if that is known."""


def read_judged_queries(path: Path, *, limit: int) -> list[JudgedQuery]:
    """Read a file of judged queries; each is asked for ``limit`` hits.

    A line has the fields of ``search --batch`` and "relevant": a list of paths, relative ones
    seen from the file's folder; optionally "segment" with start_s and end_s, or first_line and
    last_line. Raises UserError naming the line that is wrong.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The queries {path} cannot be read: {error}.") from error
    judged = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            judged.append(_judged(json.loads(line), path.parent, str(number), limit))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{path}, line {number} is no judged query: {error!r}.") from error
    if not judged:
        raise UserError(f"{path} holds no queries.")
    return judged


def _judged(given: dict[str, Any], folder: Path, number: str, limit: int) -> JudgedQuery:
    relevant = frozenset(_absolute(folder, name) for name in given["relevant"])
    if not relevant:
        raise ValueError("nothing is relevant")
    kinds: tuple[Modality, ...] = modalities_from_names(given.get("types", ()))
    query = Query(
        text=given.get("text", ""),
        like=tuple(_absolute(folder, name) for name in given.get("like", ())),
        avoid=tuple(given.get("not", ())),
        modalities=kinds,
        limit=limit,
    )
    return JudgedQuery(str(given.get("id", number)), query, relevant, _place(given.get("segment")))


def _absolute(folder: Path, name: str) -> Path:
    return (folder / name).absolute()


def _place(given: dict[str, float] | None) -> Locator:
    if given is None:
        return None
    if "start_s" in given:
        return TimeRange(given["start_s"], given["end_s"])
    return LineRange(int(given["first_line"]), int(given["last_line"]))
