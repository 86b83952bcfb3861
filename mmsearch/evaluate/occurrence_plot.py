"""How often something is among the first ten answers, as steps: what hubs look like."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.evaluate.plot import Axis, Plot

_LINES = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#444444", "#7f3c8d",
)  # fmt: skip


def line_style(place: int) -> dict[str, str]:
    """Colour and dashes of a line; dashes tell lines apart that lie on each other."""
    return {"colour": _LINES[place % len(_LINES)], "dashes": ("", "7 4")[place % 2]}


def plot_occurrences(plot: Plot, counts: Sequence[NDArray[np.int64]], *, title: str) -> None:
    """Steps over bins 0, 1, 2–3, 4–7, …; both axes are logarithmic, so that one hub is seen."""
    bins = [_in_bins(mine) for mine in counts]
    n_bins = max(map(len, bins))
    most = max(int(mine.max()) for mine in bins)
    x = Axis(
        0, n_bins, [place + 0.5 for place in range(n_bins)], [_bin_name(p) for p in range(n_bins)]
    )
    top = 10 ** math.ceil(math.log10(max(most, 2)))
    ticks = [10**power for power in range(math.ceil(math.log10(top)) + 1)]
    y = Axis(0.5, top, ticks, is_log=True)
    plot.frame(x, y, title=title, below="times")
    for place, mine in enumerate(bins):
        padded = np.append(mine, np.zeros(n_bins - len(mine), int))
        edges = np.repeat(np.arange(n_bins + 1), 2)[1:-1]
        heights = np.repeat(np.maximum(padded, 0.5), 2)
        plot.curve(x, y, edges.tolist(), heights.tolist(), **line_style(place))


def _in_bins(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many counts are 0, 1, 2–3, 4–7, …"""
    places = np.ceil(np.log2(counts + 1)).astype(int)
    return np.bincount(places)


def _bin_name(place: int) -> str:
    if place < 2:
        return str(place)
    return f"{2 ** (place - 1)}–{2**place - 1}"
