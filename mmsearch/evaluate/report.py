"""A report of a run as Markdown, with its charts as SVG beside it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from mmsearch import __version__
from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError
from mmsearch.evaluate.ablation import ablation_table
from mmsearch.evaluate.changes import Change
from mmsearch.evaluate.charts import dataset_chart, overview_chart
from mmsearch.evaluate.datasets import summary_of
from mmsearch.evaluate.measure import summarise
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.tables import changes_table, markdown_table, means_table

_NOTES = """\
R@k: share of the queries with a right file among the first k hits. MRR: mean of 1 / rank of the \
first right file. mAP: mean over all right files of the precision at each; files beyond the hits \
that were looked at count as not found. Median rank: of the first right file; “–” is beyond those \
hits. Right place: where the right file was found, the share with the right shot or lines. \
R1@0.5 and R1@0.7: the share of queries whose film was found and whose first moment overlaps the \
true one by at least that much (intersection over union). Moment mAP: mean average precision of \
all moments of that film over overlaps from 0.5 to 0.95, as in QVHighlights. \
ECE: expected calibration error, how far the match of the first ten hits is from the share of \
such hits that is right. Skewness and largest hub: of how often files are among the first ten; \
high values mean that a few files answer everything. ms: median time of a query."""

_P_NOTE = """\
p is how often chance alone would change a mean at least as much (two-sided paired randomisation \
test, 10,000 flips). Of twenty rows that did not really change, one has p below 0.05."""

_STAR_NOTE = "A star: the difference to everything is more than chance (the same test, p < 0.05)."


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a run was made with."""

    command_line: str
    spaces: Iterable[str]
    before: str = ""
    without: Mapping[str, Sequence[Outcome]] = field(default_factory=dict)
    """What was asked again without some means, see ablation.py."""


def write_report(
    path: Path,
    outcomes: Sequence[Outcome],
    changes: Sequence[Change],
    circumstances: Circumstances,
) -> list[Path]:
    """Write the report and its charts; returns all paths. Raises UserError if that fails."""
    charts = _charts(path, outcomes)
    text = _markdown(path, outcomes, changes, circumstances)
    try:
        for chart, svg in charts.items():
            write_atomically(chart, svg.encode())
        write_atomically(path, text.encode())
    except OSError as error:
        raise UserError(f"The report {path} cannot be written: {error.strerror}.") from error
    return [path, *charts]


def _charts(path: Path, outcomes: Sequence[Outcome]) -> dict[Path, str]:
    table = summarise(outcomes)
    charts = {path.with_suffix(".svg"): overview_chart(table)}
    for name in table:
        mine = [one for one in outcomes if one.dataset == name]
        charts[_chart_path(path, name)] = dataset_chart(name, mine)
    return charts


def _chart_path(path: Path, dataset: str) -> Path:
    return path.with_name(f"{path.stem}-{dataset.replace(':', '-')}.svg")


def _markdown(
    path: Path,
    outcomes: Sequence[Outcome],
    changes: Sequence[Change],
    circumstances: Circumstances,
) -> str:
    overview = f"![Recall by dataset](<{path.with_suffix('.svg').name}>)"
    parts = ["# How well searches find what they should", _circumstances(circumstances), overview]
    for name, rows in summarise(outcomes).items():
        chart = f"![Curves of {name}](<{_chart_path(path, name).name}>)"
        parts += [f"## {name}", summary_of(name), means_table(rows), chart]
    if circumstances.without:
        table = ablation_table(outcomes, circumstances.without)
        parts += ["## Without each of the means", table, _STAR_NOTE]
    if changes:
        parts += [f"## Compared with {circumstances.before}", changes_table(changes), _P_NOTE]
    return "\n\n".join([*filter(None, parts), "## What the columns mean", _NOTES]) + "\n"


def _circumstances(circumstances: Circumstances) -> str:
    packages = ("numpy", "onnxruntime", "lancedb", "av", "pillow")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    rows = [
        ["date", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")],
        ["machine", f"{_processor()}, {os.cpu_count()} cores, {platform.platform()}"],
        ["versions", f"mmsearch {__version__}, Python {platform.python_version()}, {versions}"],
        ["encoder", ", ".join(sorted(circumstances.spaces))],
        ["command", f"`{circumstances.command_line}`"],
    ]
    return markdown_table(["", ""], rows)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
