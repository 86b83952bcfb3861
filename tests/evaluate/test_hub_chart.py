from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from mmsearch.evaluate.hub_chart import hub_chart
from mmsearch.normalise.guard import Choice
from mmsearch.normalise.setting import RAW, Setting
from mmsearch.normalising.report import Hubs, PairReport
from mmsearch.types import Modality


def report(kind: Modality, setting: Setting) -> PairReport:
    before, after = np.array([0, 1, 40, 3]), np.array([9, 12, 11, 12])
    return PairReport(
        ("text", kind), Choice(setting, "so"), "x", 44, Hubs(before, 2), Hubs(after, 1)
    )


def test_a_plot_for_each_pair_says_what_was_done() -> None:
    drawn = hub_chart([report(Modality.IMAGE, Setting("nnn")), report(Modality.CODE, RAW)])

    root = ElementTree.fromstring(drawn)
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "text → image" in texts
    assert "text → code" in texts
    assert any(text and text.startswith("raw: skewness") and "40" in text for text in texts)
    assert any(text and text.startswith("nnn: ") and text.endswith(", 12") for text in texts)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polyline"))) >= 8


def test_all_plots_are_on_the_card() -> None:
    root = ElementTree.fromstring(hub_chart([report(kind, RAW) for kind in Modality]))
    height_px = float(root.attrib["height"])
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert float(text.attrib["y"]) < height_px
