"""Means and changes as Markdown tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from mmsearch.evaluate.changes import Change
from mmsearch.evaluate.measure import COLUMNS, Means

_WHOLE = {"queries", "files", "median rank", "largest hub"}


def means_table(rows: Mapping[str, Means]) -> str:
    """The means of a dataset, one row each."""
    there = {name for means in rows.values() for name in means}
    columns = [name for name in COLUMNS if name in there]
    return markdown_table(
        ["what", *columns],
        [[row, *(_cell(name, means.get(name)) for name in columns)] for row, means in rows.items()],
    )


def changes_table(changes: Sequence[Change]) -> str:
    """What changed, one row a metric; how many metrics stayed as they were is said below."""
    head = ["dataset", "what", "queries", "metric", "before", "after", "change", "better", "worse"]
    rows = []
    for change in changes:
        result = change.result
        if not result.n_better and not result.n_worse:
            continue
        difference = result.mean_after - result.mean_before
        means = [f"{result.mean_before:.4f}", f"{result.mean_after:.4f}", f"{difference:+.4f}"]
        counts = [f"{result.n_better:,}", f"{result.n_worse:,}", f"{result.p_value:.4f}"]
        names = [change.dataset, change.row, f"{result.n_queries:,}", change.metric]
        rows.append([*names, *means, *counts])
    n_same = len(changes) - len(rows)
    same = [f"{n_same:,} of {len(changes):,} means stayed the same, query by query."]
    table = [markdown_table([*head, "p"], rows)] if rows else []
    return "\n\n".join([*table, *(same if n_same else [])])


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return ""
    if not math.isfinite(value):
        return "–"
    if name in _WHOLE:
        return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
    return f"{value:.1f}" if name == "ms" else f"{value:.3f}"


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns line up also where it is read as plain text."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    numeric = [all(_is_number(cell) for cell in column) for column in zip(*rows, strict=True)]
    numeric = numeric or [False] * len(head)

    def line(cells: Sequence[str]) -> str:
        parts = zip(cells, widths, numeric, strict=True)
        return f"| {' | '.join(_padded(*part) for part in parts)} |"

    rule = [
        ("-" * (width + 1) + ":") if right else "-" * (width + 2)
        for width, right in zip(widths, numeric, strict=True)
    ]
    return "\n".join([line(head), f"|{'|'.join(rule)}|", *map(line, rows)])


def _padded(cell: str, width: int, to_the_right: bool) -> str:
    return cell.rjust(width) if to_the_right else cell.ljust(width)


def _is_number(cell: str) -> bool:
    return cell in ("", "–") or cell.replace(",", "").replace(".", "").lstrip("+-").isdigit()
