"""Counts to tick and bars to brush, and the queries that come of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mmsearch.errors import QueryError
from mmsearch.expression import Field
from mmsearch.gui.brush_histogram import BrushHistogram
from mmsearch.gui.facet_list import N_SHOWN, FacetList
from mmsearch.gui.filter_panel import FilterPanel
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.retrieve.facets import Bin, Count, Facets
from mmsearch.types import Modality
from tests.gui.asking import answered, ask
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary, made_hit

FACETS = Facets(
    100,
    kinds=(Count("video", 70), Count("image", 30)),
    extensions=tuple(Count(name, 50 - place) for place, name in enumerate("abcdefgh")),
    sizes=(Bin(0, 9_999, 5), Bin(10_000, 99_999, 90), Bin(100_000, None, 5)),
    dates=(Bin(0, 30, 1), Bin(31, 58, 0), Bin(59, 89, 3)),
)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> FilterPanel:
    made = FilterPanel(theme)
    qtbot.addWidget(made)
    made.resize(200, 700)
    made.show_facets(FACETS)
    made.show()
    return made


def names(one: FacetList) -> list[str]:
    return [row.choice.name for row in one.rows()]


def test_sections_stand_where_there_is_a_choice(panel: FilterPanel) -> None:
    shown = {field for field, one in panel.lists.items() if one.isVisible()}
    assert shown == {Field.TYPE, Field.EXTENSION}
    shown = {field for field, one in panel.ranges.items() if one.isVisible()}
    assert shown == {Field.DATE, Field.SIZE}
    assert not panel.reset_button.isVisible()


def test_kinds_keep_their_order_and_are_told(qtbot: QtBot, panel: FilterPanel) -> None:
    rows = panel.lists[Field.TYPE].rows()
    assert [row.accessibleName() for row in rows] == ["Pictures, 30 files", "Videos, 70 files"]
    with qtbot.waitSignal(panel.kind_toggled) as toggled:
        rows[1].click()
    assert toggled.args == [Modality.VIDEO]
    panel.show_kinds((Modality.VIDEO,))
    assert [row.isChecked() for row in rows] == [False, True]


def test_ticking_filters_and_unticking_does_not(qtbot: QtBot, panel: FilterPanel) -> None:
    row = panel.lists[Field.EXTENSION].rows()[1]
    with qtbot.waitSignal(panel.changed):
        row.click()
    assert panel.filters() == "ext:b"
    assert row.isChecked()
    assert panel.reset_button.isVisible()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert panel.filters() == ""


def test_the_rest_is_shown_on_demand(panel: FilterPanel) -> None:
    one = panel.lists[Field.EXTENSION]
    assert names(one) == list("abcde")
    assert one.more.text() == "3 more"
    one.more.click()
    assert names(one) == list("abcdefgh")
    assert not one.more.isVisible()


def test_the_most_frequent_tags_are_on_offer_and_those_that_are_chosen(panel: FilterPanel) -> None:
    tags = tuple(Count(f"word {place}", 90 - place) for place in range(30))
    panel.show_facets(Facets(100, tags=tags))
    one = panel.lists[Field.TAG]
    assert one.isVisible()
    assert one.more.text() == "15 more"
    one.rows()[1].click()
    assert panel.filters() == 'tag:"word 1"'
    panel.set_filters('tag:"word 25"')
    one.more.click()
    assert names(one) == [f"word {place}" for place in (*range(20), 25)]
    assert one.rows()[-1].choice.n == 65


def test_what_is_chosen_stays_on_show(panel: FilterPanel) -> None:
    panel.set_filters("ext:h,gone")
    assert names(panel.lists[Field.EXTENSION]) == [*"abcde"[:N_SHOWN], "h", "gone"]


def test_dragging_marks_a_range(qtbot: QtBot, panel: FilterPanel) -> None:
    bars = panel.ranges[Field.SIZE]
    width = bars.width()
    QTest.mousePress(bars, Qt.MouseButton.LeftButton, pos=QPoint(5, 20))
    QTest.mouseMove(bars, QPoint(width // 2, 20))
    with qtbot.waitSignal(panel.changed):
        QTest.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=QPoint(width // 2, 20))
    assert panel.filters() == "size:0B..99999B"
    assert bars.marked_words() == "< 10 kB – < 100 kB"
    panel.show_facets(FACETS)
    assert bars.marked_words() == "< 10 kB – < 100 kB"
    qtbot.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(5, 20))
    assert panel.filters() == ""


def test_an_open_end_stays_open(qtbot: QtBot, panel: FilterPanel) -> None:
    bars = panel.ranges[Field.SIZE]
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(bars.width() - 3, 20))
    assert panel.filters() == "size:>=100kB"
    assert bars.marked_words() == "> 100 kB"


def test_keys_move_widen_and_clear(qtbot: QtBot, panel: FilterPanel) -> None:
    bars = panel.ranges[Field.DATE]
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert panel.filters() == "date:1970-01"
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert panel.filters() == "date:1970-02"
    qtbot.keyClick(bars, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert panel.filters() == "date:1970-02..1970-03"
    assert bars.accessibleDescription() == "1970-02 – 1970-03"
    qtbot.keyClick(bars, Qt.Key.Key_Delete)
    assert panel.filters() == ""


def test_keys_on_empty_bars_do_nothing(qtbot: QtBot, theme: Theme) -> None:
    bars = BrushHistogram("none", str, theme)
    qtbot.addWidget(bars)
    with qtbot.assertNotEmitted(bars.brushed):
        qtbot.keyClick(bars, Qt.Key.Key_Right)
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton)


def test_reset_lets_everything_through(qtbot: QtBot, panel: FilterPanel) -> None:
    panel.set_filters("ext:a size:>1MB")
    with qtbot.waitSignals([panel.changed, panel.kinds_cleared]):
        panel.reset_button.click()
    assert panel.filters() == ""


# In the window -----------------------------------------------------------------------------


def test_filters_narrow_the_query_and_are_chips(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.facets_given = FACETS
    ask(qtbot, window, "dog")
    rows = window.parts.filters.lists[Field.EXTENSION].rows
    qtbot.waitUntil(lambda: len(rows()) == N_SHOWN)
    with answered(qtbot, window):
        rows()[0].click()
    assert library.queries[-1].filters == "ext:a"
    assert library.queries[-1].text == "dog"
    assert window.parts.chips.texts() == ["Extension: a"]
    with answered(qtbot, window):
        window.parts.chips.chips()[0].cross.click()
    assert library.queries[-1].filters == ""
    assert not rows()[0].isChecked()


def test_kinds_are_the_buttons_of_the_search_row(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.facets_given = FACETS
    ask(qtbot, window, "dog")
    rows = window.parts.filters.lists[Field.TYPE].rows
    qtbot.waitUntil(lambda: len(rows()) == 2)
    with answered(qtbot, window):
        rows()[1].click()
    assert library.queries[-1].modalities == (Modality.VIDEO,)
    assert window.parts.kinds.kinds() == (Modality.VIDEO,)
    window.parts.kinds.toggle(Modality.IMAGE)
    assert [row.isChecked() for row in rows()] == [True, True]
    window.parts.filters.reset_button.click()
    assert window.parts.kinds.kinds() == ()


def test_filters_alone_are_a_query(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    with answered(qtbot, window):
        window.parts.filters.set_filters("ext:jpg")
    assert window.parts.stack.currentWidget() is window.parts.results
    window.parts.filters.reset()
    qtbot.waitUntil(lambda: window.parts.stack.currentWidget() is window.parts.welcome)


def test_where_filters_leave_nothing_one_click_resets_them(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = []
    window.parts.filters.set_filters("ext:jpg")
    ask(qtbot, window, "dog")
    (button,) = window.parts.results.nothing.buttons()
    button.click()
    assert window.parts.filters.filters() == ""


def test_filters_are_remembered(qtbot: QtBot, make_window: MakeWindow) -> None:
    first = make_window()
    first.parts.filters.set_filters("ext:jpg date:2023")
    first.close()
    assert make_window().parts.filters.filters() == "ext:jpg date:2023"


def test_remembered_filters_are_chips_before_the_library_is_open(make_window: MakeWindow) -> None:
    first = make_window()
    first.parts.filters.set_filters("ext:jpg date:2023")
    first.close()
    again = make_window(wait=False)
    assert again.parts.stack.currentWidget() is again.parts.opening
    assert again.parts.chips.texts() == ["Extension: jpg", "Date: 2023"]
    assert again.parts.chips.isVisible()


def test_a_wrong_query_leaves_the_counts(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    before = [row.choice for row in window.parts.filters.lists[Field.TYPE].rows()]

    def fail(query: object) -> Facets:
        raise QueryError("wrong")

    library.facets = fail  # type: ignore[method-assign]
    window.filter_flow.count_again()
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    assert [row.choice for row in window.parts.filters.lists[Field.TYPE].rows()] == before


def test_where_nothing_is_close_one_click_searches_everywhere(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = [made_hit(1, "/photos/a.jpg", match=0.01)]
    loosen = window.parts.results.head.loosen
    ask(qtbot, window, "dog")
    assert not loosen.isVisible(), "there is nothing to loosen"
    window.parts.filters.set_filters("ext:jpg")
    window.parts.kinds.toggle(Modality.IMAGE)
    ask(qtbot, window, "dog")
    n_before = len(library.queries)
    with answered(qtbot, window):
        loosen.click()
    assert (library.queries[-1].filters, library.queries[-1].modalities) == ("", ())
    assert len(library.queries) == n_before + 1, "asked once"
    assert not loosen.isVisible()


def test_other_words_are_not_counted_again(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    def settled() -> bool:
        return window.jobs.n_waiting() == 0

    ask(qtbot, window, "dog type:video")
    qtbot.waitUntil(settled)
    n_counted = len(library.counted)
    assert library.counted[-1].where is not None
    ask(qtbot, window, "cat type:video")
    qtbot.waitUntil(settled)
    assert len(library.counted) == n_counted
    ask(qtbot, window, "cat")
    qtbot.waitUntil(settled)
    assert len(library.counted) == n_counted + 1
    assert library.counted[-1].where is None


def test_counts_go_back_when_the_query_is_cleared(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog type:video")
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    window.parts.search_box.clear()
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    assert library.counted[-1].where is None
