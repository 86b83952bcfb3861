"""The widgets of the window and where they stand; what they do is main_window's part."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from mmsearch.gui.banner import Banner
from mmsearch.gui.busy_line import BusyLine
from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.chip_line import ChipLine
from mmsearch.gui.completion_list import CompletionList
from mmsearch.gui.curves import Curves
from mmsearch.gui.drop_overlay import DropOverlay
from mmsearch.gui.error_list import ErrorList
from mmsearch.gui.filter_panel import FilterPanel
from mmsearch.gui.first_run_page import FirstRunPage
from mmsearch.gui.folder_panel import FolderPanel
from mmsearch.gui.hub_page import HubPage
from mmsearch.gui.icons import IconButton
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.key_sheet import KeySheet
from mmsearch.gui.kind_toggles import KindToggles
from mmsearch.gui.layouts import column, page, row, rule
from mmsearch.gui.left_column import LeftColumn
from mmsearch.gui.map_page import MapPage
from mmsearch.gui.pages import CalmPage, WelcomePage
from mmsearch.gui.preview_pane import PreviewPane
from mmsearch.gui.question_bar import QuestionBar
from mmsearch.gui.quick_look import QuickLook
from mmsearch.gui.result_model import ResultModel
from mmsearch.gui.result_page import ResultPage
from mmsearch.gui.root_model import RootModel
from mmsearch.gui.saved_panel import SavedPanel
from mmsearch.gui.search_box import SearchBox
from mmsearch.gui.settings_page import SettingsPage
from mmsearch.gui.status_row import StatusRow
from mmsearch.gui.tab_order import step_focus
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdict_line import VerdictLine
from mmsearch.gui.verdicts import Verdicts
from mmsearch.gui.viewer import Preview
from mmsearch.present.visuals import Visuals

_COLUMN_WIDTHS_PX = (220, 760, 340)
_MAP_BYTES = 16 * 2**20


class WindowParts(QWidget):
    """Search row on top, three columns, status row below."""

    def __init__(self, theme: Theme, jobs: Jobs, cache_folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.visuals = visuals = Visuals(cache_folder)
        self.loader = CellLoader(jobs, visuals, self)
        self.result_model = ResultModel(self.loader, self)
        self.root_model = RootModel(self)
        self.curves = Curves(jobs, self)
        away = self.root_model.connect_words
        preview = Preview(jobs, visuals, self.loader, self.curves, away)
        # The search row.
        self.left_button = IconButton(
            "left-column", self.tr("Folders, key ["), theme, checkable=True
        )
        self.right_button = IconButton(
            "right-column", self.tr("Preview, key ]"), theme, checkable=True
        )
        self.theme_button = IconButton("moon", self.tr("Dark colours"), theme)
        self.menu_button = IconButton("menu", self.tr("Menu"), theme)
        self.search_box = SearchBox(theme, cache_folder / "pasted")
        self.kinds = KindToggles(theme)
        self.chips = ChipLine(theme)
        self.busy = BusyLine(theme)
        self.banner = Banner(theme)
        self.question = QuestionBar(theme)
        # The columns.
        self.folders = FolderPanel(self.root_model, theme)
        self.filters = FilterPanel(theme)
        self.saved = SavedPanel(theme)
        self.left = LeftColumn(self.folders, self.saved, self.filters)
        self.opening = CalmPage("search", theme)
        self.problem = CalmPage("warning", theme)
        self.first_run = FirstRunPage(theme)
        self.welcome = WelcomePage(theme)
        self.results = ResultPage(self.result_model, theme)
        self.verdicts = Verdicts(self)
        self.verdict_line = VerdictLine(self.verdicts, theme)
        self.results.add_above(self.verdict_line)
        self.errors = ErrorList(theme)
        self.settings = SettingsPage(theme)
        self.hubs = HubPage(theme)
        # The loader of the results leaves out whatever is not in sight there.
        self.map = MapPage(theme, CellLoader(jobs, visuals, self, max_bytes=_MAP_BYTES))
        self.preview = PreviewPane(preview, theme)
        self.status = StatusRow(theme)
        self.stack = self._made_stack()
        self.columns = self._made_columns()
        # A splitter takes every child for a column of its own; what lies above needs a holder.
        self.middle = page(self)
        column(self.middle, gap_px=0).addWidget(self.columns)
        self._lay_out()
        # Above everything.
        self.drops = DropOverlay(theme, self.middle)
        self.completions = CompletionList(theme, self)
        self.quick_look = QuickLook(preview, theme, self)
        self.key_sheet = KeySheet(theme, self)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on in the order in which one reads."""
        return step_focus(self, forward=forward)

    def _made_stack(self) -> QStackedWidget:
        stack = QStackedWidget()
        for some in (
            self.opening,
            self.problem,
            self.first_run,
            self.welcome,
            self.results,
            self.errors,
            self.settings,
            self.hubs,
            self.map,
        ):
            stack.addWidget(some)
        return stack

    def _made_columns(self) -> QSplitter:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        for place, some in enumerate((self.left, self.stack, self.preview)):
            columns.addWidget(some)
            columns.setStretchFactor(place, 1 if some is self.stack else 0)
        columns.setSizes(list(_COLUMN_WIDTHS_PX))
        return columns

    def _lay_out(self) -> None:
        head = row(gap_px=8)
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(self.left_button)
        head.addWidget(self.search_box, 1)
        head.addWidget(self.kinds)
        head.addSpacing(8)
        head.addWidget(self.theme_button)
        head.addWidget(self.menu_button)
        head.addWidget(self.right_button)
        layout = column(self, gap_px=0)
        layout.addLayout(head)
        layout.addWidget(self.chips)
        layout.addWidget(self.busy)
        layout.addWidget(self.banner)
        layout.addWidget(self.question)
        layout.addWidget(rule())
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.status)
