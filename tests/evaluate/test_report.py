from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from mmsearch import __version__
from mmsearch.errors import UserError
from mmsearch.evaluate.changes import find_changes
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.report import Circumstances, write_report

AFTER = [
    Outcome("esc10:4", "class name", "a", (1, 2), 2, 80, 80, None, 4.0, ("x",)),
    Outcome("own", "image", "b", (2,), 1, 10, 100, True, 4.0, ("y",)),
]
WORDS = Circumstances("mmsearch eval esc10:4 own.jsonl", ["mini@3"], "old.jsonl")


def test_a_report_names_its_circumstances_and_shows_its_charts(tmp_path: Path) -> None:
    changes = find_changes(AFTER, AFTER)

    report, *charts = write_report(tmp_path / "new" / "my report.md", AFTER, changes, WORDS)

    text = report.read_text("utf-8")
    for words in (
        f"mmsearch {__version__}",
        "mini@3",
        "`mmsearch eval esc10:4 own.jsonl`",
        " cores",
        "## esc10:4\n\nClass names find the sounds",
        "## own\n\n| what",
        "## Compared with old.jsonl",
        "two-sided paired randomisation",
    ):
        assert words in text, words
    names = ["my report.svg", "my report-esc10-4.svg", "my report-own.svg"]
    assert [chart.name for chart in charts] == names
    for chart in charts:
        assert f"(<{chart.name}>)" in text
        ElementTree.parse(chart)


def test_no_comparison_without_an_earlier_run(tmp_path: Path) -> None:
    report, *_ = write_report(tmp_path / "report.md", AFTER, [], WORDS)
    assert "Compared" not in report.read_text("utf-8")


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        write_report(tmp_path / "file" / "report.md", AFTER, [], WORDS)
