"""CoSQA: questions that people typed into a web search, and the Python function that answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.adapter import DATASETS, one_right, read_rows, read_text
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality


def function_texts(data: Path) -> dict[int, str]:
    """The text of each function by its number."""
    path = data / "cosqa" / "functions.json"
    try:
        return {int(number): text for text, number in json.loads(read_text(path)).items()}
    except (ValueError, AttributeError) as error:
        raise UserError(f"{path} is not the list of CoSQA's functions: {error}.") from error


@DATASETS.register("cosqa")
def cosqa(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Questions find the Python function that answers them (CoSQA, part: split)."""
    rows = read_rows(data / "cosqa" / f"{part or 'dev'}.jsonl", ("query", "function"))
    paths = {
        number: shelf.write(f"functions/{number:05}.py", text + "\n")
        for number, text in sorted(function_texts(data).items())
    }
    for place, row in enumerate(rows):
        if row["function"] not in paths:
            raise UserError(f"cosqa: there is no function {row['function']}.")
        path = paths[row["function"]]
        yield one_right(f"{place}", row["query"], path, Modality.CODE, "question → function")
