"""Queries with known answers, and the files of JSON lines that a user can write them in.

A line is a query, or it describes a file or text and so stands for several queries:

    {"text": "a dog", "relevant": ["dog.jpg", "dogs.mp4"]}
        a query, with the fields of ``search --batch``, and the paths it should find; optionally
        "segment" with start_s and end_s, or first_line and last_line, for the place in the file
    {"file": "dog.jpg", "captions": ["a dog runs", "a brown dog"]}
        each caption should find the file, among the files of its kind
    {"file": "bark.ogg", "label": "dog bark"}
        each label should find all files that have it; "labels" for several
    {"content": "def add(a, b): …", "type": "py", "captions": ["sum of two numbers"]}
        as above, for a text that is no file yet

"id" names the query and "group" the row of the table it is counted in. Paths are seen from the
folder of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmsearch.errors import UserError
from mmsearch.paths import full_path
from mmsearch.query.check import modalities_from_names
from mmsearch.scan.kinds import modality_of
from mmsearch.types import LineRange, Locator, Modality, Query, TimeRange


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and what it should find."""

    id: str
    query: Query
    relevant: frozenset[Path]
    place: Locator = None
    """Where in the relevant file, if that is known."""
    group: str = ""
    """What it is counted with; none means with those that search the same kinds."""

    @property
    def row(self) -> str:
        """The row of the table it is counted in."""
        return self.group or ",".join(self.query.modalities) or "all"


class Placing:
    """Where the files of a dataset are: where their lines say."""

    def file(self, path: Path) -> Path:
        """The path under which the library knows a file."""
        return path

    def text(self, number: str, text: str, suffix: str) -> Path:
        """The path of a text that stands in line ``number``."""
        raise ValueError('"content" needs a folder to be written to: --work')


@dataclass(frozen=True, slots=True)
class _Lines:
    folder: Path
    limit: int
    placing: Placing

    def absolute(self, name: str) -> Path:
        return full_path(self.folder / name)


def read_judged_queries(
    path: Path, *, limit: int, placing: Placing | None = None
) -> list[JudgedQuery]:
    """Read a file of judged queries; each is asked for ``limit`` hits.

    Raises UserError naming the line that is wrong.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The queries {path} cannot be read: {error}.") from error
    reading = _Lines(path.parent, limit, placing or Placing())
    judged: list[JudgedQuery] = []
    labelled: dict[tuple[str, str], list[Path]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            if "relevant" in given:
                judged.append(_query(given, reading, str(number)))
            else:
                judged += _item(given, reading, str(number), labelled)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{path}, line {number} is no judged query: {error!r}.") from error
    judged += _label_queries(labelled, limit)
    if not judged:
        raise UserError(f"{path} holds no queries.")
    return judged


def _query(given: dict[str, Any], reading: _Lines, number: str) -> JudgedQuery:
    places = [reading.placing.file(reading.absolute(name)) for name in given["relevant"]]
    if not places:
        raise ValueError("nothing is relevant")
    query = Query(
        text=given.get("text", ""),
        like=tuple(map(reading.absolute, given.get("like", ()))),
        avoid=tuple(given.get("not", ())),
        modalities=modalities_from_names(given.get("types", ())),
        limit=reading.limit,
    )
    name, group = str(given.get("id", number)), str(given.get("group", ""))
    return JudgedQuery(name, query, frozenset(places), _place(given.get("segment")), group)


def _item(
    given: dict[str, Any],
    reading: _Lines,
    number: str,
    labelled: dict[tuple[str, str], list[Path]],
) -> Iterator[JudgedQuery]:
    """The queries of a described file; its labels are noted down for later."""
    if "content" in given:
        path = reading.placing.text(number, given["content"], given.get("type", "txt"))
    else:
        path = reading.placing.file(reading.absolute(given["file"]))
    labels = given.get("labels", [given["label"]] if "label" in given else [])
    captions = given.get("captions", ())
    if isinstance(labels, str) or isinstance(captions, str):
        raise TypeError("labels and captions are lists")
    group = str(given.get("group", ""))
    for label in labels:
        labelled.setdefault((group, label), []).append(path)
    name = given.get("id", number)
    for place, caption in enumerate(captions):
        query = Query(text=caption, modalities=_kinds([path]), limit=reading.limit)
        yield JudgedQuery(f"{name}-{place}", query, frozenset([path]), None, group)


def _label_queries(
    labelled: dict[tuple[str, str], list[Path]], limit: int
) -> Iterator[JudgedQuery]:
    for (group, label), paths in labelled.items():
        query = Query(text=label, modalities=_kinds(paths), limit=max(limit, len(paths)))
        name = f"{group}: {label}" if group else label
        yield JudgedQuery(name, query, frozenset(paths), None, group)


def _kinds(paths: Sequence[Path]) -> tuple[Modality, ...]:
    found = {modality_of(path) for path in paths}
    if None in found:
        raise ValueError(f"{paths[0].name} is no picture, video, sound or code")
    return tuple(kind for kind in Modality if kind in found)


def _place(given: dict[str, float] | None) -> Locator:
    if given is None:
        return None
    if "start_s" in given:
        return TimeRange(given["start_s"], given["end_s"])
    return LineRange(int(given["first_line"]), int(given["last_line"]))


def sample(judged: Sequence[JudgedQuery], limit: int) -> list[JudgedQuery]:
    """About ``limit`` of the queries, evenly spread over each row; every row keeps some."""
    seen: dict[str, int] = {}
    kept = []
    for one in judged:
        number = seen.get(one.row, 0)
        seen[one.row] = number + 1
        if _n_kept(number, limit, len(judged)) < _n_kept(number + 1, limit, len(judged)):
            kept.append(one)
    return kept


def _n_kept(n_seen: int, limit: int, n_all: int) -> int:
    """How many of the first queries of a row are kept: their share, rounded up."""
    return min(n_seen, -(-n_seen * limit // n_all))
