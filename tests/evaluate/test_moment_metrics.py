"""The metrics of moments against the published figures of QVHighlights, and by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmsearch.evaluate.highlight_metrics import first_is_highlight, highlight_precision
from mmsearch.evaluate.moment_metrics import IOUS, first_overlap, moment_precision, overlaps

_LENGTHS_S = {"full": (0, 150), "long": (30, 150), "middle": (10, 30), "short": (0, 10)}
_CLIP_S = 2


class Published:
    """The judged queries and one set of predictions, by query."""

    def __init__(self, data: Path) -> None:
        folder = data / "qvhighlights"
        self.true = _by_query(folder / "highlight_val_release.jsonl")
        self.found = _by_query(folder / "sample_val_preds.jsonl")
        self.expected = json.loads((folder / "expected_metrics.json").read_text())

    def windows(self, name: str) -> dict[int, list[tuple[float, float]]]:
        """The true moments that are as long as the name says; queries without any are left out."""
        least, most = _LENGTHS_S[name]
        kept = {
            query: [(a, b) for a, b in row["relevant_windows"] if least < b - a <= most]
            for query, row in self.true.items()
        }
        return {query: windows for query, windows in kept.items() if windows}

    def is_highlight(self, query: int, least: int) -> np.ndarray:
        row = self.true[query]
        judged = np.zeros((row["duration"] // _CLIP_S, 3))
        judged[row["relevant_clip_ids"]] = row["saliency_scores"]
        return judged >= least


def _by_query(path: Path) -> dict[int, Any]:
    return {row["qid"]: row for row in map(json.loads, path.read_text().splitlines())}


@pytest.fixture(scope="module")
def published(data_folder: Path) -> Published:
    return Published(data_folder)


def percent(values: Any) -> float:
    return round(100 * float(np.mean(values)), 2)


@pytest.mark.data
@pytest.mark.parametrize("name", _LENGTHS_S)
def test_moments_have_the_published_figures(published: Published, name: str) -> None:
    windows, expected = published.windows(name), published.expected[name]
    found = {query: published.found[query]["pred_relevant_windows"] for query in windows}
    places = {query: [(a, b) for a, b, _ in rows] for query, rows in found.items()}

    first = np.array([first_overlap(places[query], true) for query, true in windows.items()])
    recalls = {str(iou): percent(first >= iou) for iou in IOUS}
    assert recalls == expected["MR-R1"]

    precisions = np.array(
        [
            moment_precision(places[query], [score for *_, score in found[query]], true)
            for query, true in windows.items()
        ]
    )
    means = {str(iou): percent(precisions[:, place]) for place, iou in enumerate(IOUS)}
    assert means | {"average": percent(precisions)} == expected["MR-mAP"]


@pytest.mark.data
@pytest.mark.parametrize(("name", "least"), [("Fair", 2), ("Good", 3), ("VeryGood", 4)])
def test_highlights_have_the_published_figures(published: Published, name: str, least: int) -> None:
    scores = {
        query: np.array(row["pred_saliency_scores"]) for query, row in published.found.items()
    }
    judged = {query: published.is_highlight(query, least) for query in scores}

    hits = percent([first_is_highlight(scores[query], judged[query]) for query in scores])
    precision = percent([highlight_precision(scores[query], judged[query]) for query in scores])
    assert {"HL-mAP": precision, "HL-Hit1": hits} == published.expected[f"HL-min-{name}"]


def test_overlap_is_intersection_over_union() -> None:
    assert overlaps([(0, 10)], [(5, 15), (10, 20), (0, 10)])[0] == pytest.approx([1 / 3, 0, 1])


def test_a_moment_without_length_overlaps_nothing() -> None:
    assert overlaps([(3, 3)], [(3, 3), (0, 5)]).tolist() == [[0, 0]]


def test_nothing_found_is_no_overlap() -> None:
    assert first_overlap([], [(0, 1)]) == 0
    assert moment_precision([], [], [(0, 1)]).tolist() == [0.0] * len(IOUS)


def test_a_moment_is_found_once_only() -> None:
    precision = moment_precision([(0, 10), (0, 10), (20, 30)], [3, 2, 1], [(0, 10), (20, 30)])
    assert precision == pytest.approx([(1 + 2 / 3) / 2] * len(IOUS))


def test_a_query_without_true_moments_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        first_overlap([(0, 1)], [])


def test_a_highlight_beyond_the_film_is_none() -> None:
    assert not first_is_highlight(np.array([0.0, 1.0]), np.array([[True]]))
