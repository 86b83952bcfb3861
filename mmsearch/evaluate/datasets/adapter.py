"""What an adapter is: it puts a dataset's items on a shelf and yields queries of known answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.registry import Registry
from mmsearch.types import Locator, Modality, Query

Adapter = Callable[[Path, str, Shelf], Iterator[JudgedQuery]]
"""(data folder, part, shelf) -> queries. The first line of its docstring describes it; the part
is what stands behind the colon in e.g. ``esc10:4``, or nothing."""

DATASETS: Registry[Adapter] = Registry("dataset")

_LOOK_AT = 100
"""How many hits of a query with one right answer are looked at."""


def read_rows(path: Path, fields: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a JSONL file, each of which has the fields; UserError for anything else."""
    rows = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UserError(f"{path}, line {number} is no JSON: {error}.") from error
        missing = [name for name in fields if not isinstance(row, dict) or name not in row]
        if missing:
            raise UserError(f"{path}, line {number} has no {missing[0]!r}.")
        rows.append(row)
    if not rows:
        raise UserError(f"{path} is empty.")
    return rows


def read_text(path: Path) -> str:
    """The text of a file of a dataset; UserError when it is not there."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"The dataset is not complete: {path} cannot be read: {error}.",
            "Name the folder that holds the datasets with --data.",
        ) from error


def no_part(dataset: str, part: str) -> None:
    """Raise UserError for a part of a dataset that has none."""
    if part:
        raise UserError(f"{dataset} has no parts, so there is no {dataset}:{part}.")


def one_right(
    name: str, text: str, path: Path, kind: Modality, group: str, *, place: Locator = None
) -> JudgedQuery:
    """A sentence that one file answers, looked for among the files of its kind."""
    query = Query(text=text, modalities=(kind,), limit=_LOOK_AT)
    return JudgedQuery(name, query, frozenset([path]), place, group)


def many_right(
    name: str, query: Query, relevant: Iterable[Path], group: str, *, n_items: int
) -> JudgedQuery:
    """A query that several files answer; the whole ranking is looked at, as mAP demands."""
    return JudgedQuery(name, replace(query, limit=n_items), frozenset(relevant), None, group)
