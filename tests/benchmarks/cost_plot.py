"""Draws what searching.py measured against the size of the library.

python -m tests.benchmarks.cost_plot COSTS.json COSTS.svg
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mmsearch.evaluate.plot import Axis, Plot
from mmsearch.evaluate.svg import Drawing, text_width_px

_PLOT_PX = (300.0, 200.0)
_LEFT_PX, _TOP_PX, _APART_PX = 70.0, 80.0, 90.0
_COLOURS = ("#08519c", "#d55e00", "#6baed6")

Reading = Callable[[Mapping[str, Any]], float]

_PANELS: dict[str, dict[str, Reading]] = {
    "Milliseconds of a search with 100 hits": {
        "median": lambda one: one["library_ms"]["p50"],
        "filtered": lambda one: one["library_filtered_by_extension_ms"]["p50"],
        "the scan alone": lambda one: one["scan_ms"]["p50"],
    },
    "Seconds to open, and to add 1,000": {
        "opening": lambda one: max(one["open_s"], 0.001),
        "adding, processor": lambda one: one["adding_1000"]["processor_s"],
    },
    "Bytes a segment": {
        "in memory": lambda one: max(one["resident_bytes_a_segment"], 1),
        "on disk": lambda one: sum(one["disk_bytes_a_segment"].values()),
    },
}


def cost_chart(sizes: Mapping[str, Mapping[str, Any]]) -> str:
    """One panel a cost, both axes logarithmic: SVG."""
    width_px = _LEFT_PX + len(_PANELS) * (_PLOT_PX[0] + _APART_PX)
    drawing = Drawing(width_px, _TOP_PX + _PLOT_PX[1] + 60, "Cost by size of the library")
    for place, (title, curves) in enumerate(_PANELS.items()):
        left = _LEFT_PX + place * (_PLOT_PX[0] + _APART_PX)
        _panel(Plot(drawing, (left, _TOP_PX), _PLOT_PX), title, curves, sizes)
    return drawing.to_svg()


def _panel(
    plot: Plot, title: str, curves: Mapping[str, Reading], sizes: Mapping[str, Mapping[str, Any]]
) -> None:
    xs = [float(size) for size in sizes]
    ys = {name: [float(read(one)) for one in sizes.values()] for name, read in curves.items()}
    x, y = _powers(xs, with_names=True), _powers([value for some in ys.values() for value in some])
    plot.frame(x, y, title="", below="segments")
    left, top = plot.corner
    plot.drawing.text((left, top - 40), title, is_bold=True)
    for place, (name, values) in enumerate(ys.items()):
        plot.curve(x, y, xs, values, colour=_COLOURS[place])
        plot.drawing.text((left, top - 16), name, colour=_COLOURS[place])
        left += text_width_px(name) + 18


def _powers(values: list[float], *, with_names: bool = False) -> Axis:
    """An axis over the powers of ten around some values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    ticks = [10.0**power for power in range(low, max(high, low + 1) + 1)]
    short = {1e4: "10k", 1e5: "100k", 1e6: "1M", 1e7: "10M"}
    names = [short.get(tick, f"{tick:,.0f}") for tick in ticks] if with_names else ()
    return Axis(ticks[0], ticks[-1], ticks, names, is_log=True)


def main() -> None:
    costs = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(cost_chart(costs["figures"]["sizes"]), "utf-8")


if __name__ == "__main__":
    main()
