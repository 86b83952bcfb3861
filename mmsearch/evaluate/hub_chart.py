"""The hubs of a library before and after normalising, as an SVG drawing."""

from __future__ import annotations

from collections.abc import Sequence

from mmsearch.evaluate.occurrence_plot import line_style, plot_occurrences
from mmsearch.evaluate.plot import Plot
from mmsearch.evaluate.svg import SOFT_INK, Drawing
from mmsearch.normalising.report import PairReport

_PLOT_PX = (400.0, 200.0)
_COLUMN_PX, _ROW_PX = 490.0, 340.0
_LEFT_PX, _TOP_PX = 70.0, 120.0
_N_COLUMN = 2
_TITLE = "Segments by how often they are among the first ten"


def hub_chart(reports: Sequence[PairReport]) -> str:
    """A plot for each pair of kinds: how many segments turn up how often, before and after."""
    n_row = max(1, -(-len(reports) // _N_COLUMN))
    drawing = Drawing(_N_COLUMN * _COLUMN_PX, n_row * _ROW_PX + 20, "Hubs before and after")
    for place, report in enumerate(reports):
        row, column = divmod(place, _N_COLUMN)
        _one(drawing, report, column * _COLUMN_PX + _LEFT_PX, row * _ROW_PX)
    return drawing.to_svg()


def _one(drawing: Drawing, report: PairReport, left: float, top: float) -> None:
    query_kind, target = report.pair
    drawing.text((left, top + 34), f"{query_kind} → {target.value}", is_bold=True)
    words = (
        f"raw: skewness {report.before.skewness:.2f}, largest hub {report.before.most:,}",
        f"{report.choice.setting}: {report.after.skewness:.2f}, {report.after.most:,}",
    )
    for line, text in enumerate(words):
        y = top + 56 + 18 * line
        drawing.curve([(left, y - 4), (left + 24, y - 4)], **line_style(line))
        drawing.text((left + 32, y), text, colour=SOFT_INK)
    plot = Plot(drawing, (left, top + _TOP_PX), _PLOT_PX)
    plot_occurrences(plot, [report.before.counts, report.after.counts], title=_TITLE)
