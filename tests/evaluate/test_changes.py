from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.evaluate.changes import find_changes
from mmsearch.evaluate.measure import hub_counts, summarise
from mmsearch.evaluate.outcomes import Outcome, read_outcomes, save_outcomes
from mmsearch.evaluate.tables import changes_table, means_table


def outcome(name: str, ranks: tuple[int, ...], **fields: object) -> Outcome:
    plain = Outcome("pets", "text → image", name, ranks, 1, 50, 100, None, 5.0, ("a", "b"))
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_outcomes_come_back_from_their_file(tmp_path: Path) -> None:
    outcomes = [outcome("1", (1, 4), located=True), outcome("2", ())]
    save_outcomes(tmp_path / "sub" / "saved.jsonl", outcomes)
    assert read_outcomes(tmp_path / "sub" / "saved.jsonl") == outcomes


@pytest.mark.parametrize("text", ["no json\n", "[]\n", '{"id": "1"}\n'])
def test_other_files_are_no_outcomes(text: str, tmp_path: Path) -> None:
    (tmp_path / "saved.jsonl").write_text(text)
    with pytest.raises(UserError, match="holds no outcomes"):
        read_outcomes(tmp_path / "saved.jsonl")


def test_changes_by_dataset_row_and_metric() -> None:
    before = [outcome(str(n), (2,)) for n in range(20)]
    after = [outcome(str(n), (1,)) for n in range(20)]
    sounds = [
        outcome("s", (1, 3), dataset="sounds", row="label → sounds", n_relevant=2),
        outcome("t", (2, 4), dataset="sounds", row="label → sounds", n_relevant=2),
    ]

    changes = find_changes([*before, *sounds], [*after, *sounds])

    found = {(one.dataset, one.row, one.metric): one.result for one in changes}
    rows = {key[:2] for key in found}
    assert rows == {("pets", "text → image"), ("sounds", "label → sounds"), ("all", "all")}
    first = found["pets", "text → image", "R@1"]
    assert (first.mean_before, first.mean_after, first.n_better) == (0, 1, 20)
    assert first.p_value < 0.001
    assert found["pets", "text → image", "R@10"].p_value == 1
    assert ("pets", "text → image", "mAP") not in found, "with one right file it is the MRR"
    assert found["sounds", "label → sounds", "mAP"].mean_after == pytest.approx((5 / 6 + 0.5) / 2)
    assert found["all", "all", "MRR"].n_queries == 22


def test_only_queries_of_both_runs_are_compared() -> None:
    before = [outcome("1", (2,)), outcome("2", (1,))]
    changes = find_changes(before, [outcome("2", (1,)), outcome("3", (1,))])
    assert {one.result.n_queries for one in changes} == {1}
    assert find_changes(before, [outcome("1", (1,), dataset="other")]) == []


def test_a_median_rank_beyond_the_hits_is_no_number() -> None:
    means = summarise([outcome("1", (1,)), outcome("2", ()), outcome("3", ())])
    row = means["pets"]["text → image"]
    assert row["R@1"] == pytest.approx(1 / 3, abs=1e-4)
    assert row["median rank"] == float("inf")
    assert "–" in means_table(means["pets"])


def test_hubs_of_queries_that_search_in_different_places() -> None:
    outcomes = [outcome(str(n), (1,), n_items=2, top=(f"{n}a", f"{n}b")) for n in range(3)]
    assert sorted(hub_counts(outcomes)) == [1] * 6


def test_tables_line_up() -> None:
    changes = find_changes([outcome("1", (2,))], [outcome("1", (1,))])
    lines = changes_table(changes).split("\n\n")[0].splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].startswith("|------")
    assert "+0.5000" in lines[2]


def test_means_that_stayed_the_same_are_counted() -> None:
    sounds = [outcome("s", (1,), row="sounds")]
    changes = find_changes([outcome("1", (2,)), *sounds], [outcome("1", (1,)), *sounds])
    text = changes_table(changes)
    assert "sounds" not in text
    assert text.endswith("5 of 9 means stayed the same, query by query.")
    same = find_changes(sounds, sounds)
    assert changes_table(same) == "3 of 3 means stayed the same, query by query."
