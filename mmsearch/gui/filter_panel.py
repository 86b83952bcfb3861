"""The filters in the side column, with how many files each would leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mmsearch.expression import Field
from mmsearch.gui.brush_histogram import BrushHistogram
from mmsearch.gui.chip_words import field_name
from mmsearch.gui.facet_list import Choice, FacetList
from mmsearch.gui.folder_tree import FolderTree
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.texts import kind_name, size_text
from mmsearch.gui.theme import Theme
from mmsearch.present.words import clock
from mmsearch.query.dates import day_of
from mmsearch.query.filter_set import FilterSet
from mmsearch.retrieve.facets import Bin, Count, Facets
from mmsearch.types import Modality

_LISTED = (Field.TAG, Field.EXTENSION, Field.CAMERA, Field.LANGUAGE)
_MOST_TAGS = 20
_RANGED = (Field.DATE, Field.SIZE, Field.DURATION)


class FilterPanel(QWidget):
    """Holds a FilterSet; the kinds are those of the buttons in the search row."""

    changed = Signal()
    kind_toggled = Signal(object)
    kinds_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = FilterSet()
        self._kinds: tuple[Modality, ...] = ()
        self._facets = Facets(0)
        self.lists: dict[Field, FacetList] = {}
        self.ranges: dict[Field, BrushHistogram] = {}
        self._sections: dict[Field, QWidget] = {}
        self.reset_button = button(self.tr("Reset"), "link")
        self.reset_button.clicked.connect(self.reset)
        head = row()
        head.addWidget(label(self.tr("FILTERS"), "heading"), 1)
        head.addWidget(self.reset_button)
        head.setContentsMargins(4, 0, 0, 0)
        self._column = column(self, gap_px=12)
        self._column.addLayout(head)
        self._add_list(Field.TYPE, theme)
        self.folders = FolderTree(theme, self)
        self.folders.chosen.connect(
            lambda path: self._choose(self._filters.only(Field.FOLDER, path))
        )
        self._add_section(Field.FOLDER, self.folders)
        for field in (Field.DATE, Field.TAG, Field.EXTENSION, Field.SIZE, Field.DURATION):
            add = self._add_range if field in _RANGED else self._add_list
            add(field, theme)
        for field in (Field.CAMERA, Field.LANGUAGE):
            self._add_list(field, theme)
        self._show()

    def _add_list(self, field: Field, theme: Theme) -> None:
        made = FacetList(theme, self)
        made.setAccessibleName(field_name(field))
        made.toggled.connect(partial(self._on_toggled, field))
        self.lists[field] = made
        self._add_section(field, made)

    def _add_range(self, field: Field, theme: Theme) -> None:
        made = BrushHistogram(field_name(field), _SAYERS[field], theme, self)
        made.brushed.connect(partial(self._on_brushed, field))
        self.ranges[field] = made
        self._add_section(field, made)

    def _add_section(self, field: Field, body: QWidget) -> None:
        section = QWidget(self)
        layout = column(section, gap_px=4)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.addWidget(label(field_name(field), "small"))
        layout.addWidget(body)
        self._sections[field] = section
        self._column.addWidget(section)

    # What is chosen ------------------------------------------------------------------------

    def filters(self) -> str:
        """The filters as Query.filters."""
        return self._filters.to_text()

    def set_filters(self, text: str) -> None:
        """Choose what a text of the query language says."""
        before, self._filters = self._filters, FilterSet.from_text(text)
        self._show()
        if before != self._filters:
            self.changed.emit()

    def reset(self) -> None:
        """Let everything through, kinds included."""
        self.kinds_cleared.emit()
        self.set_filters("")

    def _on_toggled(self, field: Field, value: str) -> None:
        if field is Field.TYPE:
            self.kind_toggled.emit(Modality(value))
        else:
            self._choose(self._filters.toggled(field, value))

    def _on_brushed(self, field: Field, chosen: tuple[int | None, int | None] | None) -> None:
        self._choose(self._filters.limited(field, *(chosen or (None, None))))

    def _choose(self, filters: FilterSet) -> None:
        self._filters = filters
        self._show()
        self.changed.emit()

    # What is there -------------------------------------------------------------------------

    def show_facets(self, facets: Facets) -> None:
        """Show other counts."""
        if facets != self._facets:
            self._facets = facets
            self._show()

    def show_kinds(self, kinds: tuple[Modality, ...]) -> None:
        """Tick the kinds that are searched."""
        self._kinds = kinds
        self._show()

    def _show(self) -> None:
        facets = self._facets
        counts = {
            Field.TAG: self._tags(),
            Field.EXTENSION: facets.extensions,
            Field.CAMERA: facets.cameras,
            Field.LANGUAGE: facets.languages,
        }
        n_by_kind = {one.value: one.n for one in facets.kinds}
        kinds = [
            Choice(kind.value, kind_name(kind), n_by_kind[kind.value])
            for kind in Modality
            if kind.value in n_by_kind
        ]
        self._show_list(Field.TYPE, kinds, [kind.value for kind in self._kinds])
        for field in _LISTED:
            choices = [_choice(one) for one in counts[field]]
            self._show_list(field, choices, self._filters.values(field))
        bins = (facets.dates, facets.sizes, facets.durations)
        for field, ones in zip(_RANGED, bins, strict=True):
            chosen = self._filters.range(field)
            self.ranges[field].show_bins(ones, chosen)
            has_choice = len(ones) > 1 and any(one.n for one in ones)
            self._sections[field].setVisible(has_choice or chosen is not None)
        folder = next(iter(self._filters.values(Field.FOLDER)), "")
        self.folders.show_folders(facets.folders, folder)
        self._sections[Field.FOLDER].setVisible(self.folders.has_choice() or bool(folder))
        self.reset_button.setVisible(bool(self._filters.parts or self._kinds))

    def _tags(self) -> Sequence[Count]:
        """The most frequent, and of the others those that are chosen."""
        first, rest = self._facets.tags[:_MOST_TAGS], self._facets.tags[_MOST_TAGS:]
        chosen = self._filters.values(Field.TAG)
        return [*first, *(one for one in rest if one.value in chosen)]

    def _show_list(self, field: Field, choices: Sequence[Choice], checked: Sequence[str]) -> None:
        self.lists[field].show_choices(choices, checked)
        self._sections[field].setVisible(bool(choices or checked))


def _choice(count: Count) -> Choice:
    return Choice(count.value, count.value, count.n)


def _say_date(one: Bin) -> str:
    first = day_of(one.low)
    is_month = one.high is not None and one.high - one.low < 31
    return f"{first.year:04}-{first.month:02}" if is_month else f"{first.year:04}"


def _say_size(one: Bin) -> str:
    return f"< {size_text(one.high + 1)}" if one.high is not None else f"> {size_text(one.low)}"


def _say_duration(one: Bin) -> str:
    if one.high is None:
        return f"> {clock(one.low / 1000)}"
    return f"< {clock((one.high + 1) / 1000)}"


_SAYERS: dict[Field, Callable[[Bin], str]] = {
    Field.DATE: _say_date,
    Field.SIZE: _say_size,
    Field.DURATION: _say_duration,
}
