"""Notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmsearch.decode.code import decode
from mmsearch.decode.code_notebook import cells_of
from mmsearch.decode.options import DecodeOptions
from mmsearch.types import LineRange, Segment


def _notebook(*cells: tuple[str, object]) -> dict[str, object]:
    return {
        "cells": [
            {
                "cell_type": sort,
                "metadata": {},
                "outputs": [{"text": ["x = 1\n"]}],
                "source": source,
            }
            for sort, source in cells
        ],
        "metadata": {"language_info": {"name": "Julia"}},
        "nbformat": 4,
    }


def _segments(path: Path) -> list[Segment]:
    return [item for item in decode(path, DecodeOptions()) if isinstance(item, Segment)]


@pytest.mark.parametrize("is_ascii", [True, False])
def test_cells_are_pieces_with_the_lines_of_the_file(is_ascii: bool, tmp_path: Path) -> None:
    notebook = _notebook(
        ("markdown", ["# Größe\n", 'How to find "it".']),
        ("code", []),
        ("code", ["# Finds.\n", "function needle(a)\n", "    a\n", "end\n", "\n", "x = 1"]),
        ("code", "y = 2\nz = 3"),
    )
    path = tmp_path / "x.ipynb"
    text = json.dumps(notebook, indent=1, ensure_ascii=is_ascii)
    path.write_text(text, encoding="utf-8")
    found = _segments(path)
    lines = text.split("\n")
    texts = [segment.content.text for segment in found]  # type: ignore[union-attr]
    assert texts == [
        '# Größe\nHow to find "it".',
        "# Finds.\nfunction needle(a)\n    a\nend",
        "x = 1",
        "y = 2\nz = 3",
    ]
    languages = [segment.content.language for segment in found]  # type: ignore[union-attr]
    assert languages == ["markdown", "julia", "julia", "julia"]
    for segment, (first, last) in zip(
        found,
        [("Gr", "How to"), ("# Finds", "end"), ("x = 1", "x = 1"), ("y = 2", "z = 3")],
        strict=True,
    ):
        assert isinstance(segment.locator, LineRange)
        assert first in lines[segment.locator.first_line - 1]
        assert last in lines[segment.locator.last_line - 1]
    # The output of the second cell repeats its last line, and comes first in the file.
    assert found[2].locator == LineRange(*[lines.index('    "x = 1"') + 1] * 2)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 3}', "{", "[" * 100_000, "3", "null"])
def test_what_is_no_notebook(text: str) -> None:
    assert cells_of(text) is None


def test_odd_cells() -> None:
    cells = cells_of('{"cells": [3, null, {"source": 3}, {"source": [1, "a"]}], "metadata": 3}')
    assert cells is not None
    assert [(cell.lines, cell.language) for cell in cells] == [(["a"], "python")]


def test_a_broken_notebook_is_text(tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text('{"cells": [\n"a"\n')
    assert len(_segments(tmp_path / "x.ipynb")) == 1
