"""HumanEval-X: the same 164 problems solved in six programming languages."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.adapter import DATASETS, many_right
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality, Query

_SUFFIXES = {"cpp": "cpp", "go": "go", "java": "java", "js": "js", "python": "py", "rust": "rs"}

# Every declaration of a language repeats the same imports; they are no part of the signature.
_IMPORT = re.compile(r"^\s*(?:use |using |import |from \w+ import|#include|using namespace)")
_EXAMPLES = re.compile(r"^\s*(?:>>>|\W*(?:for\s+)?examples?\b)", re.IGNORECASE)
_BLOCK = re.compile(r"/\*+(.*?)\*/", re.DOTALL)
_LINES = re.compile(r"(?:^[ \t]*//[^\n]*\n?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Problem:
    number: int
    comment: str
    code: str


@DATASETS.register("humaneval_x")
def humaneval_x(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Comments find the function under them, in six languages (HumanEval-X, part: language).

    By language, with the whole comment; and in all languages at once, with its description only,
    because examples of calls give the function's name away.
    """
    if part and part not in _SUFFIXES:
        raise UserError(f"humaneval_x has no {part!r}.", f"Known: {', '.join(_SUFFIXES)}.")
    languages = [part] if part else list(_SUFFIXES)
    problems = {language: _problems(data, language) for language in languages}
    paths: dict[int, list[Path]] = {}
    for language, some in problems.items():
        for problem in some:
            name = f"{language}/{problem.number:03}.{_SUFFIXES[language]}"
            paths.setdefault(problem.number, []).append(shelf.write(name, problem.code))
    for language, some in problems.items():
        folder = shelf.folder / language
        for problem in some:
            query = Query(text=problem.comment, modalities=(Modality.CODE,), folders=(folder,))
            right = [path for path in paths[problem.number] if path.parent == folder]
            name, group = f"{language} {problem.number}", f"comment → {language}"
            yield many_right(name, query, right, group, n_items=len(some))
    if len(languages) > 1:
        yield from _in_all_languages(problems["python"], paths)


def _in_all_languages(
    problems: list[_Problem], paths: dict[int, list[Path]]
) -> Iterator[JudgedQuery]:
    n_items = sum(map(len, paths.values()))
    for problem in problems:
        query = Query(text=_description(problem.comment), modalities=(Modality.CODE,))
        right = paths[problem.number]
        group = "description → any language"
        yield many_right(f"any {problem.number}", query, right, group, n_items=n_items)


def _problems(data: Path, language: str) -> list[_Problem]:
    path = data / "humaneval_x" / f"humaneval_{language}.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [_problem(json.loads(line)) for line in file]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise UserError(
            f"The dataset is not complete: {path} cannot be read: {error!r}.",
            "Name the folder that holds the datasets with --data.",
        ) from error


def _problem(row: dict[str, Any]) -> _Problem:
    lines = (row["declaration"].rstrip("\n") + "\n" + row["canonical_solution"]).splitlines()
    code = "\n".join(line for line in lines if not _IMPORT.match(line)).strip("\n") + "\n"
    return _Problem(int(row["task_id"].split("/")[1]), _comment(row), code)


def _comment(row: dict[str, Any]) -> str:
    """The text of the comment without its marks: the last one of the prompt."""
    text = row.get("text") or row.get("docstring")
    if text is None:
        found = _BLOCK.findall(row["prompt"]) or _LINES.findall(row["prompt"])
        if not found:
            raise ValueError(f"{row['task_id']} has no comment")
        text = found[-1]
    lines = [line.strip().removeprefix("//").strip() for line in text.strip().splitlines()]
    return "\n".join(line for line in lines if line)


def _description(comment: str) -> str:
    """The comment up to its examples."""
    lines = comment.splitlines()
    ends = [place for place, line in enumerate(lines) if place and _EXAMPLES.match(line)]
    return "\n".join(lines[: ends[0]] if ends else lines)
