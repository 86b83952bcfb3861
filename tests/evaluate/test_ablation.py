from __future__ import annotations

from dataclasses import replace

from mmsearch.evaluate.ablation import ABLATIONS, ablation_table
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.types import Query


def outcomes(ranks: list[int]) -> list[Outcome]:
    return [
        Outcome("pets", "text → image", str(n), (rank,), 1, 50, 100, None, 5.0, ("a",))
        for n, rank in enumerate(ranks)
    ]


def test_every_means_is_a_field_of_a_query_and_changes_it() -> None:
    for change in ABLATIONS.values():
        assert replace(Query(text="x"), **change) != Query(text="x")


def test_one_column_a_means_and_a_star_where_it_matters() -> None:
    table = ablation_table(
        outcomes([1] * 20), {"no words": outcomes([2] * 20), "no stars": outcomes([1] * 20)}
    )

    head, _, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
    )
    assert head == ["dataset", "what", "metric", "everything", "no words", "no stars"]
    assert rows[0] == ["pets", "text → image", "MRR", "1.0000", "0.5000*", "1.0000"]
