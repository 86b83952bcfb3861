"""What each means of a search is worth: the same queries, asked without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mmsearch.evaluate.changes import find_changes
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.tables import markdown_table

ABLATIONS: Mapping[str, Mapping[str, Any]] = {
    "no normalisation": {"normalise": "none"},
    "no words": {"by_words": False},
    "no reranking": {"rerank": "none"},
    "by words again": {"rerank": "words", "rerank_s": 60.0},
    "raw cosines": {"normalise": "none", "by_words": False, "rerank": "none", "grouping": False},
}
"""What fields of a query to change, by the name of the column. The reranker by words is off unless
it is asked for, so its column says what it would add."""

_SURE_BELOW = 0.05


def ablation_table(full: Sequence[Outcome], without: Mapping[str, Sequence[Outcome]]) -> str:
    """Means of each metric with everything and without one means in turn, as Markdown.

    A star says that the difference to everything is more than chance (paired randomisation test,
    p < 0.05).
    """
    rows: dict[tuple[str, str, str], list[str]] = {}
    for outcomes in without.values():
        for change in find_changes(outcomes, full):
            result = change.result
            row = rows.setdefault((change.dataset, change.row, change.metric), [])
            if not row:
                row.append(f"{result.mean_after:.4f}")
            row.append(f"{result.mean_before:.4f}{'*' if result.p_value < _SURE_BELOW else ''}")
    head = ["dataset", "what", "metric", "everything", *without]
    return markdown_table(head, [[*key, *cells] for key, cells in rows.items()])
