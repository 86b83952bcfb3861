"""One plot: two axes and curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mmsearch.evaluate.svg import SOFT_INK, Drawing, Point


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis reaches from and to, and where it is marked."""

    low: float
    high: float
    ticks: Sequence[float]
    names: Sequence[str] = ()
    """Of the ticks; none means their numbers."""
    is_log: bool = False

    def share(self, value: float) -> float:
        """Where between low (0) and high (1) a value lies."""
        if self.is_log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def marks(self) -> list[tuple[float, str]]:
        """Each tick with its name."""
        names = self.names or [
            f"{tick:,.4g}" if tick < 1000 else f"{tick:,.0f}" for tick in self.ticks
        ]
        return list(zip(self.ticks, names, strict=True))


@dataclass(frozen=True, slots=True)
class Plot:
    """A part of a drawing with axes at its left and below."""

    drawing: Drawing
    corner: Point
    size_px: tuple[float, float]

    def frame(self, x: Axis, y: Axis, *, title: str, below: str) -> None:
        """Draw title, grid, and the names of the ticks."""
        left, top = self.corner
        width_px, height_px = self.size_px
        bottom = top + height_px
        self.drawing.text((left, top - 22), title)
        for value, name in y.marks():
            level = bottom - height_px * y.share(value)
            self.drawing.line((left, level), (left + width_px, level))
            self.drawing.text((left - 8, level + 4.5), name, anchor="end", colour=SOFT_INK)
        for value, name in x.marks():
            at = left + width_px * x.share(value)
            self.drawing.line((at, bottom), (at, bottom + 4), colour=SOFT_INK)
            self.drawing.text((at, bottom + 20), name, anchor="middle", colour=SOFT_INK)
        self.drawing.text((left + width_px, bottom + 38), below, anchor="end", colour=SOFT_INK)

    def curve(
        self, x: Axis, y: Axis, xs: Sequence[float], ys: Sequence[float], **style: str
    ) -> None:
        """Draw a curve through (xs, ys)."""
        left, top = self.corner
        width_px, height_px = self.size_px
        points = [
            (left + width_px * x.share(one), top + height_px * (1 - y.share(other)))
            for one, other in zip(xs, ys, strict=True)
        ]
        self.drawing.curve(points, **style)
