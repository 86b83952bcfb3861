"""Finds the sentences of the engine in its source, with numbered places for their values."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import mmsearch

PACKAGE_PATH = Path(mmsearch.__file__).parent
_OF_OTHERS = ("gui", "cli", "evaluate")
"""The window translates itself; nobody reads the command line's sentences in the window."""
_ENDS = (".", "?", "!", ":")

FRAGMENTS = (
    "a folder",
    "a pipe",
    "a socket",
    "a device",
    "something else",
    "nothing is known to help here",
    "with care, as there are few",
    "as on other collections",
    "as measured on other collections",
    "tried {0}",
    "{0}: reciprocal rank {1}, skewness {2} → {3};",
    "{0}: reciprocal rank {1}, skewness {2} → {3}",
    "{0} titles and file names",
    "{0} liked answers",
    "{0} generated queries",
)
"""What is no sentence, but shown all the same."""


def engine_texts(folder: Path = PACKAGE_PATH) -> list[str]:
    """Return the sentences and fragments that the engine may say, sorted."""
    found = set(FRAGMENTS)
    for path in sorted(folder.rglob("*.py")):
        if path.relative_to(folder).parts[0] not in _OF_OTHERS:
            found |= set(_sentences(ast.parse(path.read_text("utf-8"))))
    return sorted(found)


def _sentences(tree: ast.Module) -> Iterator[str]:
    passed_over = set(_docstrings(tree))
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            passed_over |= {id(part) for part in node.values}
        text = _with_places(node).strip()
        if text.endswith(_ENDS) and " " in text and (text[0].isupper() or text[0] == "{"):
            yield text


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _with_places(node: ast.AST) -> str:
    """f"{name} is gone." -> "{0} is gone."; empty for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    numbers = count()
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{next(numbers)}}}"
        for part in node.values
    )
