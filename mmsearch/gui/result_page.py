"""The middle of the window: how many results, the grid, or an honest word when there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from mmsearch.gui.answers import (
    asks_the_same,
    has_more,
    is_far,
    is_narrowed,
    judges_the_same,
    nearest,
)
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.layouts import column, set_role
from mmsearch.gui.pages import CalmPage
from mmsearch.gui.result_grid import ResultGrid
from mmsearch.gui.result_head import ResultHead
from mmsearch.gui.result_model import ResultModel
from mmsearch.gui.result_table import ResultTable
from mmsearch.gui.search_session import Answer
from mmsearch.gui.texts import counted, kind_name, number_text
from mmsearch.gui.theme import Theme
from mmsearch.gui.view_button import ResultView
from mmsearch.gui.window_state import WindowState
from mmsearch.present.arrangement import Order
from mmsearch.present.words import MatchWord, match_word
from mmsearch.types import Hit, Progress

N_NEAREST = 12
"""So many are shown when nothing is close."""


class ResultPage(QWidget):
    """Takes answers; knows nothing of where they come from."""

    more_asked = Signal()
    all_kinds_asked = Signal()
    all_folders_asked = Signal()
    no_filters_asked = Signal()
    loosen_asked = Signal()
    """Search everywhere: what narrows the query beside its text is in the way."""
    strictness_changed = Signal()
    by_kind_changed = Signal()
    """The best of each kind are wanted, or no longer."""

    def __init__(self, model: ResultModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._answer: Answer | None = None
        self._offered: Answer | None = None
        self._progress: Progress | None = None
        self.grid = ResultGrid(model, theme, self)
        self.table = ResultTable(model, self.grid.selectionModel(), theme, self)
        self.nothing = CalmPage("search", theme, self)
        self.head = ResultHead(theme, self)
        self.more, self.fresh = self.head.more, self.head.fresh
        self._count = self.head.count
        self._stack = QStackedWidget(self)
        for shown in (self.grid, self.table, self.nothing):
            self._stack.addWidget(shown)
        layout = column(self, gap_px=0)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)
        self._connect()

    def _connect(self) -> None:
        head = self.head
        head.more.clicked.connect(self.more_asked)
        head.loosen.clicked.connect(self.loosen_asked)
        head.fresh.clicked.connect(self._take_offer)
        head.strictness.changed.connect(self.strictness_changed)
        head.order_chosen.connect(self._set_order)
        head.view_chosen.connect(self._show_view)
        self.table.order_asked.connect(head.set_order)
        self.grid.stack_clicked.connect(self.toggle_stack)
        self.table.stack_clicked.connect(self.toggle_stack)

    def add_above(self, line: QWidget) -> None:
        """Place a line between the head and the results."""
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(layout.indexOf(self._stack), line)

    # Views ---------------------------------------------------------------------------------

    def restore(self, state: WindowState) -> None:
        """Show results as at the end of the last run."""
        self.head.strictness.show_step(state.number("strictness", default=0))
        view = state.text("view")
        if view in set(ResultView):
            self.head.view_button.set_view(ResultView(view))
        columns = state.blob("list_columns")
        if columns is not None:
            self.table.horizontalHeader().restoreState(columns)
            self.table.show_order(self._model.order)

    def remember(self, state: WindowState) -> None:
        """Keep how results are shown for the next run."""
        state.set_number("strictness", self.head.strictness.step())
        state.set_text("view", self.view().value)
        state.set_blob("list_columns", self.table.horizontalHeader().saveState())

    def min_match(self) -> float:
        """How close results have to be, as Query.min_match."""
        return self.head.strictness.min_match()

    def toggle_stack(self, index: QModelIndex | QPersistentModelIndex | None = None) -> None:
        """Open or close the stack of a row, or of the current one."""
        wanted = index or self.grid.currentIndex()
        hit = self._model.hit(wanted)
        row = self._model.index(wanted.row())
        if hit is not None and self._model.toggle_stack(row):
            self.grid.select_row(self._model.row_of(hit.asset_id) or 0)

    def _set_order(self, order: Order) -> None:
        current = self.grid.current_hit()
        self._model.set_order(order)
        self.table.show_order(order)
        self._select(current)

    def _select(self, hit: Hit | None) -> None:
        kept = self._model.row_of(hit.asset_id) if hit else None
        self.grid.select_row(kept or 0)

    def view(self) -> ResultView:
        """How results are laid out."""
        return self.head.view_button.view()

    def is_by_kind(self) -> bool:
        """Whether the best of each kind are wanted, however many there are of others."""
        return self.view() is ResultView.KINDS

    def _show_view(self, view: ResultView) -> None:
        was_by_kind = bool(self._model.sections())
        had_focus = self.grid.hasFocus() or self.table.hasFocus()
        current = self.grid.current_hit()
        as_list = view is ResultView.LIST
        # Whoever gives the keyboard to the results gives it to the view on show.
        self.grid.setFocusProxy(self.table if as_list else None)  # type: ignore[arg-type]
        self.grid.set_view(view)
        if self._stack.currentWidget() is not self.nothing:
            self._stack.setCurrentWidget(self._shown_view())
        if self.grid.current_hit() is not current:
            self._select(current)
        self.table.follow()
        if had_focus:
            self._shown_view().setFocus()
        if was_by_kind != self.is_by_kind():
            self.by_kind_changed.emit()

    def _shown_view(self) -> ResultGrid | ResultTable:
        return self.table if self.view() is ResultView.LIST else self.grid

    # Answers -------------------------------------------------------------------------------

    def show_answer(self, answer: Answer) -> None:
        """Show hits; the same hits again leave everything where it is."""
        n_new = self._n_new(answer) if answer.again else 0
        waits = n_new > 0 or self._would_jump(answer)
        self.fresh.setVisible(waits)
        if waits:
            self._offer(answer, n_new)
            return
        before = self._answer
        self._answer = answer
        again = before is not None and asks_the_same(before.query, answer.query)
        if not again or before is None or before.hits != answer.hits:
            row = self.grid.currentIndex().row()
            self._show_hits(answer, keep_place=again)
            if before is not None and again and not judges_the_same(before.query, answer.query):
                # What was judged moves away; the eye stays, and goes on with what is there now.
                self.grid.select_row(max(0, min(row, len(self._model.hits()) - 1)))
        self._count.setText(self.count_words(answer))
        self.head.loosen.setVisible(is_far(answer) and is_narrowed(answer.query))
        self.head.show_choices(not is_far(answer))
        set_role(self._count, "strong" if is_far(answer) else "secondary")
        self.more.setVisible(has_more(answer) and not is_far(answer))

    def _n_new(self, answer: Answer) -> int:
        """How many hits are there that were not, if there is something on show worth keeping."""
        if self._answer is None or not self._answer.hits or is_far(self._answer):
            return 0
        shown = {hit.asset_id for hit in self._answer.hits}
        return sum(hit.asset_id not in shown for hit in answer.hits)

    def _would_jump(self, answer: Answer) -> bool:
        """Whether a better order would move results that the mouse is pointing at."""
        if not answer.is_refined or self._answer is None or not self._stack.underMouse():
            return False
        before, after = self._answer.hits, answer.hits
        return [hit.asset_id for hit in before] != [hit.asset_id for hit in after]

    def _offer(self, answer: Answer, n_new: int) -> None:
        """Nothing moves under somebody's eyes: new hits, or a better order, wait for a click."""
        self._offered = replace(answer, again=False, is_refined=False)
        text = counted(n_new, self.tr("Show {n} new"), self.tr("Show {n} new"))
        if n_new == 0:
            text = self.tr("Show in a better order")
        self.fresh.setText(text)
        self.fresh.setAccessibleName(text)

    def _take_offer(self) -> None:
        if self._offered is not None:
            self.show_answer(self._offered)

    def _show_hits(self, answer: Answer, *, keep_place: bool) -> None:
        current = self.grid.current_hit() if keep_place else None
        if not keep_place:
            self._model.close_sections()
        hits = nearest(answer, N_NEAREST) if is_far(answer) else answer.hits
        self._model.set_hits(hits)
        if not hits:
            self._say_nothing(answer)
            self._stack.setCurrentWidget(self.nothing)
            return
        self._stack.setCurrentWidget(self._shown_view())
        self._select(current)

    def clear(self) -> None:
        """Show no results."""
        self._answer = self._offered = None
        self.fresh.hide()
        self._model.set_hits([])
        self._count.clear()

    def show_progress(self, progress: Progress | None) -> None:
        """Say how much is indexed so far, or nothing when all is."""
        self._progress = progress
        self.head.show_indexing(self.progress_words(), self.progress_words(short=True))

    # Words ---------------------------------------------------------------------------------

    def count_words(self, answer: Answer) -> str:
        """Say how many results there are, or that nothing is close."""
        n = len(answer.hits)
        if n == 0:
            return ""
        if is_far(answer):
            if self.progress_words():
                return self.tr("Nothing is close so far. The nearest:")
            return self.tr("Nothing in your library is close to this. The nearest:")
        n_close = sum(match_word(hit.match) is not MatchWord.WEAK for hit in answer.hits)
        close = counted(n_close, self.tr("{n} result"), self.tr("{n} results"))
        if n_close == n:
            return close
        weaker = self.tr("{0} weaker below").format(number_text(n - n_close))
        return f"{close} · {weaker}"

    def progress_words(self, *, short: bool = False) -> str:
        """Say how much is searched while the indexing runs."""
        progress = self._progress
        if progress is None or progress.phase != "indexing" or not progress.n_todo:
            return ""
        n_all = progress.n_unchanged + progress.n_todo
        n_done = progress.n_unchanged + progress.n_done
        if short:
            return self.tr("{0} % searched").format(int(100 * n_done / n_all))
        return self.tr("{0} of {1} files searched so far").format(
            number_text(n_done), number_text(n_all)
        )

    def head_text(self) -> str:
        """What the line above the grid says."""
        return self._count.text()

    def _say_nothing(self, answer: Answer) -> None:
        query = answer.query
        buttons: list[tuple[str, Callable[[], object]]] = []
        parts = []
        if query.modalities:
            kinds = ", ".join(kind_name(kind) for kind in query.modalities)
            parts.append(self.tr("You search only: {0}.").format(kinds))
            buttons.append((self.tr("Search all kinds"), self.all_kinds_asked.emit))
        if query.folders:
            folders = ", ".join(folder.name for folder in query.folders)
            parts.append(self.tr("You search only in: {0}.").format(folders))
            buttons.append((self.tr("Search all folders"), self.all_folders_asked.emit))
        parts += map(engine_text, answer.reasons)
        if query.filters:
            buttons.append((self.tr("Reset the filters"), self.no_filters_asked.emit))
        if query.min_match and not parts:
            parts.append(
                self.tr("No file is that close to what you look for. You see: “{0}”.").format(
                    self.head.strictness.text()
                )
            )
        if query.min_match:
            buttons.append((self.tr("Show all matches"), lambda: self.head.strictness.set_step(0)))
        if not parts:
            parts.append(self.tr("Nothing is indexed yet. Results appear as files are read."))
        self.nothing.say(self.tr("No results"), " ".join(parts), buttons)
