from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from mmsearch.evaluate.charts import dataset_chart, overview_chart
from mmsearch.evaluate.measure import summarise
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.plot import Axis, Plot
from mmsearch.evaluate.svg import Drawing

SVG = "{http://www.w3.org/2000/svg}"


def outcomes(name: str, ranks: list[tuple[int, ...]]) -> list[Outcome]:
    return [
        Outcome(
            *(name, "text → <image>", str(n), some, 1, 50, 100, None, 5.0, ("hub", f"{n}")),
            matches=(0.9, 0.1),
        )
        for n, some in enumerate(ranks)
    ]


def numbers(text: str | None) -> list[float]:
    return [float(word) for pair in (text or "").split() for word in pair.split(",")]


def test_bars_are_as_long_as_the_means() -> None:
    table = summarise(outcomes("pets", [(1,), (3,), (7,), ()]))

    picture = ElementTree.fromstring(overview_chart(table))

    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert {"pets", "text → <image>", "0.250", "0.750"} <= set(texts)
    # The legend's boxes come first, then the bars from light to dark; the card has round corners.
    boxes = [box for box in picture.iter(f"{SVG}rect") if "rx" not in box.attrib]
    lengths = [float(box.attrib["width"]) for box in boxes[3:]]
    assert lengths == pytest.approx([0.75 * 420, 0.5 * 420, 0.25 * 420])


def test_recall_curve_and_steps_of_occurrence() -> None:
    picture = ElementTree.fromstring(dataset_chart("pets", outcomes("pets", [(1,), (4,), ()])))

    recall, steps, diagonal, kept, legend = picture.iter(f"{SVG}polyline")
    points = np.array(numbers(recall.attrib["points"])).reshape(-1, 2)
    assert len(points) == 100, "k from 1 to 100"
    bottom, top = 92 + 220, 92
    shares = (bottom - points[:, 1]) / (bottom - top)
    assert shares[[0, 2, 3, 99]] == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3], abs=1e-3)
    assert (np.diff(points[:, 0]) > 0).all()
    # 46 files never, 3 once, none in 2–3: "hub" is there three times.
    heights = np.array(numbers(steps.attrib["points"])).reshape(-1, 2)[::2, 1]
    assert len(heights) == 3
    assert heights[0] < heights[1] < bottom
    assert legend.attrib["stroke"] == recall.attrib["stroke"]
    (left, low), (right, high) = np.array(numbers(diagonal.attrib["points"])).reshape(-1, 2)
    assert (right - left, low - high) == (400, 220)
    # One hit of three with match 0.9 is right, and none of those with 0.1.
    promises = np.array(numbers(kept.attrib["points"])).reshape(-1, 2)
    assert (promises[:, 0] - left) / 400 == pytest.approx([0.1, 0.9], abs=1e-3)
    assert (low - promises[:, 1]) / 220 == pytest.approx([0, 1 / 3], abs=1e-3)


def test_many_rows_stay_apart() -> None:
    rows = [
        Outcome("pets", f"row {n}", str(n), (1,), 1, 50, 100, None, 5.0, ("a",)) for n in range(9)
    ]
    picture = ElementTree.fromstring(dataset_chart("pets", rows))
    legend = list(picture.iter(f"{SVG}polyline"))[-9:]
    looks = {(line.attrib["stroke"], line.attrib.get("stroke-dasharray")) for line in legend}
    assert len(looks) >= 8
    lowest = max(float(text.attrib["y"]) for text in picture.iter(f"{SVG}text"))
    assert lowest < float(picture.attrib["height"])


def test_axes_place_values() -> None:
    linear, log = Axis(0, 4, [0, 2, 4]), Axis(1, 100, [1, 10, 1000], is_log=True)
    assert linear.share(1) == 0.25
    assert log.share(10) == pytest.approx(0.5)
    assert [name for _, name in log.marks()] == ["1", "10", "1,000"]


def test_words_are_escaped() -> None:
    drawing = Drawing(100, 100, "a < b & c")
    Plot(drawing, (10, 10), (50, 50)).curve(
        Axis(0, 1, []), Axis(0, 1, []), [0, 1], [0, 1], colour="#000"
    )
    picture = ElementTree.fromstring(drawing.to_svg())
    assert picture.findtext(f"{SVG}title") == "a < b & c"
    assert numbers(picture.find(f"{SVG}polyline").attrib["points"]) == [10, 60, 60, 10]  # type: ignore[union-attr]
