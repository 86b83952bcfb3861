"""The charts of a report: all rows as bars, and each dataset's curves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from mmsearch.evaluate.measure import Means, hub_counts, promises
from mmsearch.evaluate.occurrence_plot import line_style, plot_occurrences
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.plot import Axis, Plot
from mmsearch.evaluate.reliability import reliability
from mmsearch.evaluate.svg import INK, SOFT_INK, Drawing, text_width_px

_MARGIN_PX = 20.0
_VALUE_PX = 50.0
_BAR_PX, _ROW_PX, _BAR_LENGTH_PX = 14.0, 24.0, 420.0
_SHADES = {"R@10": "#c6dbef", "R@5": "#6baed6", "R@1": "#08519c"}
"""Drawn in this order, each over the one before, which is never shorter."""
_MAP_COLOUR = "#d55e00"
_PLOT_PX, _PLOT_TOP_PX = (400.0, 220.0), 92.0
_MAX_K = 100
_FOUND = "Number of files by how often they are among the first ten"


def overview_chart(table: Mapping[str, Mapping[str, Means]]) -> str:
    """Bars of all rows: R@1 in R@5 in R@10, with a dot for mAP."""
    labels = [row for rows in table.values() for row in rows]
    label_px = max(map(text_width_px, [*labels, *table])) + 16
    left = _MARGIN_PX + label_px
    width_px = left + _BAR_LENGTH_PX + 3 * _VALUE_PX + _MARGIN_PX
    n_lines = len(labels) + 1.4 * len(table)
    top = 62.0
    height_px = top + n_lines * _ROW_PX + 40
    drawing = Drawing(width_px, height_px, "Recall by dataset")
    _overview_legend(drawing, left)
    bottom = height_px - 34
    for tenth in range(0, 11, 2):
        x = left + _BAR_LENGTH_PX * tenth / 10
        drawing.line((x, top - 6), (x, bottom))
        drawing.text((x, bottom + 18), f"{tenth / 10:.1f}", anchor="middle", colour=SOFT_INK)
    _overview_heads(drawing, left + _BAR_LENGTH_PX, top - 14)
    y = top
    for name, rows in table.items():
        drawing.text((_MARGIN_PX, y + 1.0 * _ROW_PX), name, is_bold=True)
        y += 1.4 * _ROW_PX
        for row, means in rows.items():
            _bars(drawing, row, means, left, y)
            y += _ROW_PX
    return drawing.to_svg()


def _overview_legend(drawing: Drawing, left: float) -> None:
    x = left
    for name in reversed(_SHADES):
        drawing.box((x, 16), 14, 12, colour=_SHADES[name])
        drawing.text((x + 20, 27), name)
        x += 80
    drawing.dot((x + 6, 22), colour=_MAP_COLOUR)
    drawing.text((x + 20, 27), "mAP")


def _overview_heads(drawing: Drawing, x: float, y: float) -> None:
    for place, name in enumerate(("R@1", "R@10", "mAP")):
        drawing.text((x + _VALUE_PX * (place + 1), y), name, anchor="end", colour=SOFT_INK)


def _bars(drawing: Drawing, row: str, means: Means, left: float, y: float) -> None:
    base = y + _ROW_PX / 2 + 4.5
    drawing.text((left - 10, base), row, anchor="end")
    top = y + (_ROW_PX - _BAR_PX) / 2
    for name, shade in _SHADES.items():
        drawing.box((left, top), _BAR_LENGTH_PX * means[name], _BAR_PX, colour=shade)
    drawing.dot((left + _BAR_LENGTH_PX * means["mAP"], y + _ROW_PX / 2), colour=_MAP_COLOUR)
    for place, name in enumerate(("R@1", "R@10", "mAP")):
        x = left + _BAR_LENGTH_PX + _VALUE_PX * (place + 1)
        drawing.text((x, base), f"{means[name]:.3f}", anchor="end", colour=INK)


def dataset_chart(name: str, outcomes: Sequence[Outcome]) -> str:
    """Recall over the number of hits, how often files are found, and what matches promise."""
    rows: dict[str, list[Outcome]] = {}
    for one in outcomes:
        rows.setdefault(one.row, []).append(one)
    plot_px, plot_height_px = _PLOT_PX
    legend_top = _PLOT_TOP_PX + plot_height_px + 62
    n_legend_lines = math.ceil(len(rows) / 2)
    width_px = 3 * (plot_px + 60 + _MARGIN_PX)
    drawing = Drawing(width_px, legend_top + n_legend_lines * 22 + 8, f"Curves of {name}")
    drawing.text((_MARGIN_PX, 32), name, is_bold=True)
    counts = [hub_counts(mine) for mine in rows.values()]
    first, second, third = (_MARGIN_PX + 50 + place * width_px / 3 for place in range(3))
    _recall_curves(Plot(drawing, (first, _PLOT_TOP_PX), _PLOT_PX), rows)
    plot_occurrences(Plot(drawing, (second, _PLOT_TOP_PX), _PLOT_PX), counts, title=_FOUND)
    _reliability(Plot(drawing, (third, _PLOT_TOP_PX), _PLOT_PX), rows)
    for place, row in enumerate(rows):
        x = first if place % 2 == 0 else second
        y = legend_top + place // 2 * 22
        drawing.curve([(x, y), (x + 30, y)], **line_style(place))
        drawing.text((x + 40, y + 4.5), row)
    return drawing.to_svg()


def _recall_curves(plot: Plot, rows: Mapping[str, Sequence[Outcome]]) -> None:
    last = min(_MAX_K, max(one.n_looked_at for some in rows.values() for one in some))
    ticks = [k for k in (1, 2, 5, 10, 20, 50, 100) if k <= last]
    x = Axis(1, max(last, 2), ticks, is_log=True)
    y = Axis(0, 1, [0, 0.25, 0.5, 0.75, 1])
    plot.frame(x, y, title="Share of queries with a right file among the first k hits", below="k")
    for place, some in enumerate(rows.values()):
        found = np.sort([min(one.ranks, default=_MAX_K + 1) for one in some])
        ks = np.arange(1, min(last, max(one.n_looked_at for one in some)) + 1)
        recalls = np.searchsorted(found, ks, side="right") / len(found)
        plot.curve(x, y, ks.tolist(), recalls.tolist(), **line_style(place))


def _reliability(plot: Plot, rows: Mapping[str, Sequence[Outcome]]) -> None:
    """What hits of about the same match promise and keep; the diagonal is a kept promise."""
    x = Axis(0, 1, [0, 0.25, 0.5, 0.75, 1])
    plot.frame(x, x, title="Share of right hits among the first ten, by their match", below="match")
    plot.curve(x, x, [0, 1], [0, 1], colour=SOFT_INK, dashes="2 4")
    for place, some in enumerate(rows.values()):
        bins = reliability(*promises(some))
        promised, kept = [one.promised for one in bins], [one.kept for one in bins]
        plot.curve(x, x, promised, kept, **line_style(place))
