"""Where queries come from that are not in a dataset of pictures."""

from __future__ import annotations

import ast
import csv
import random
import re
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

_N_SENTENCE = 20_000
_SENTENCE = re.compile(r"^[A-Z][^\n]{15,150}?[.\n]", re.M)


def sentences() -> list[str]:
    """First sentences of docstrings, which say what a function does as a search would."""
    folders = {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    files = sorted({file for folder in folders for file in folder.rglob("*.py")})
    random.Random(1).shuffle(files)
    found: dict[str, None] = {}
    for file in files:
        if len(found) >= _N_SENTENCE:
            break
        found |= dict.fromkeys(_sentences_of(file))
    return sorted(found)[:_N_SENTENCE]


def _sentences_of(file: Path) -> Iterator[str]:
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(file.read_text("utf-8"))
    except (OSError, ValueError, SyntaxError, RecursionError):
        return  # test data of some package
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            match = _SENTENCE.match(ast.get_docstring(node) or "")
            if match:
                yield match.group().strip(" .\n")


def sound_names(class_map: Path) -> list[str]:
    """What is heard, in two wordings."""
    with class_map.open(encoding="utf-8", newline="") as lines:
        names = [row["display_name"].lower() for row in csv.DictReader(lines)]
    return [wording.format(name) for wording in ("{}", "the sound of {}") for name in names]
