"""The few shapes that a chart is made of, written as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

INK, SOFT_INK, RULE = "#1f2328", "#57606a", "#d8dee4"
FONT_PX = 13
_LETTER_PX = 6.9
"""Mean width of a letter of the font; nothing measures text where there is no screen."""

Point = tuple[float, float]


def text_width_px(text: str) -> float:
    """About how wide a text is drawn."""
    return len(text) * _LETTER_PX


class Drawing:
    """Collects shapes on a white card, which reads well on light and dark pages alike."""

    def __init__(self, width_px: float, height_px: float, title: str) -> None:
        self._width_px = width_px
        self._height_px = height_px
        self._shapes = [
            f"<title>{escape(title)}</title>",
            f'<rect x="0.5" y="0.5" width="{width_px - 1:.0f}" height="{height_px - 1:.0f}" '
            f'rx="6" fill="#ffffff" stroke="{RULE}"/>',
        ]

    def text(
        self,
        at: Point,
        words: str,
        *,
        anchor: str = "start",
        colour: str = INK,
        is_bold: bool = False,
    ) -> None:
        """Words whose base line begins ("start"), has its middle, or ends at a point."""
        weight = ' font-weight="600"' if is_bold else ""
        self._shapes.append(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}" '
            f'fill="{colour}"{weight}>{escape(words)}</text>'
        )

    def line(self, start: Point, end: Point, *, colour: str = RULE, width_px: float = 1) -> None:
        """A straight line."""
        self._shapes.append(
            f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
            f'stroke="{colour}" stroke-width="{width_px}"/>'
        )

    def box(self, corner: Point, width_px: float, height_px: float, *, colour: str) -> None:
        """A filled rectangle, ``corner`` being its upper left."""
        self._shapes.append(
            f'<rect x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{width_px:.1f}" '
            f'height="{height_px:.1f}" fill="{colour}"/>'
        )

    def dot(self, at: Point, *, colour: str, radius_px: float = 3.5) -> None:
        """A filled circle with a white rim."""
        self._shapes.append(
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius_px}" fill="{colour}" '
            'stroke="#ffffff"/>'
        )

    def curve(self, points: Sequence[Point], *, colour: str, dashes: str = "") -> None:
        """A line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-linejoin="round"{dashed}/>'
        )

    def to_svg(self) -> str:
        """The finished picture."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self._width_px:.0f}" '
            f'height="{self._height_px:.0f}" '
            f'viewBox="0 0 {self._width_px:.0f} {self._height_px:.0f}" '
            f'font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif" '
            f'font-size="{FONT_PX}" role="img">'
        )
        return "\n".join([head, *self._shapes, "</svg>"]) + "\n"
