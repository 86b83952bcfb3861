"""What can be set, on a page of its own; every change holds at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from mmsearch.gui.choice import Choice
from mmsearch.gui.details import DetailsTable
from mmsearch.gui.editor import AUTO, EDITORS, installed_editors
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, head_over_scroll, label, page, row
from mmsearch.gui.learned_section import LearnedSection
from mmsearch.gui.libraries_section import LibrariesSection
from mmsearch.gui.models_section import ModelsSection
from mmsearch.gui.texts import method_name, size_text
from mmsearch.gui.theme import Theme, ThemeMode
from mmsearch.gui.translating import LANGUAGES
from mmsearch.present.storage import StorePart, Used
from mmsearch.query.check import NORMALISERS
from mmsearch.settings import Settings

TEXT_PERCENTS = (80, 90, 100, 115, 130, 150, 175, 200)
REST_MS = 700
"""What is typed is taken when typing rests."""
_OWN = "own"
_WIDTH_PX, _CONTROL_PX, _PATTERNS_PX = 680, 320, 96


class SettingsPage(QWidget):
    """Shows settings and says what was changed; it keeps nothing itself."""

    back_asked = Signal()
    changed = Signal(str, object)
    """The name of a setting and its value."""
    theme_chosen = Signal(object)
    hubness_asked = Signal()
    reveal_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = Settings()
        self._used: tuple[Used, ...] = ()
        self.theme = self._made_choice(self.tr("Colours"), theme)
        self.text_size = self._made_choice(self.tr("Text size"), theme)
        self.language = self._made_choice(self.tr("Language"), theme)
        self.normalise = self._made_choice(self.tr("Balance results"), theme)
        self.grouping = self._made_choice(self.tr("Near-duplicates"), theme)
        self.best = self._made_choice(self.tr("Best results"), theme)
        self.past = self._made_choice(self.tr("Past searches"), theme)
        self.watch = self._made_choice(self.tr("What changes"), theme)
        self.printed = self._made_choice(self.tr("Text in pictures"), theme)
        self.notify = self._made_choice(self.tr("When indexing is done"), theme)
        self.ignore = QPlainTextEdit(self)
        self.editor = self._made_choice(self.tr("Editor for code"), theme)
        self.command = QLineEdit(self)
        self.trouble = label("", "error", wrap=True)
        self.storage = DetailsTable(self)
        self.learned = LearnedSection(self)
        self.models = ModelsSection(theme, self)
        self.libraries = LibrariesSection(self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._fill()
        self._lay_out(theme)
        self._connect()
        self.show_settings(self._settings)

    @property
    def settings(self) -> Settings:
        """What holds."""
        return self._settings

    # What is shown -------------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        """Show what holds, without saying that it was changed."""
        self._settings = settings
        self.trouble.hide()
        self.text_size.choose(settings.text_percent, f"{settings.text_percent} %")
        self.language.choose(settings.language, settings.language)
        self.normalise.choose(settings.normalise, settings.normalise)
        self.grouping.choose(settings.grouping, "")
        self.best.choose(settings.rerank_pictures, "")
        self.past.choose(settings.keep_searches, "")
        self.watch.choose(settings.watch, "")
        self.printed.choose(settings.read_printed, "")
        self.notify.choose(settings.notify, "")
        is_own = settings.editor != AUTO and settings.editor not in EDITORS
        self.editor.choose(_OWN if is_own else settings.editor, settings.editor)
        self.command.setVisible(is_own)
        if not self.command.hasFocus():
            with QSignalBlocker(self.command):
                self.command.setText(settings.editor if is_own else "")
        if not self.ignore.hasFocus():
            with QSignalBlocker(self.ignore):
                self.ignore.setPlainText("\n".join(settings.ignore))

    def show_theme(self, mode: ThemeMode) -> None:
        """Show which colours were chosen elsewhere."""
        self.theme.choose(mode, mode.value)

    def show_storage(self, used: Sequence[Used]) -> None:
        """Show what takes how much room."""
        self._used = tuple(used)
        names = {
            StorePart.INDEX: self.tr("Index"),
            StorePart.THUMBNAILS: self.tr("Thumbnails"),
            StorePart.WAVEFORMS: self.tr("Waves of sounds"),
            StorePart.OTHER: self.tr("Prepared models"),
        }
        rows = [(names[one.part], size_text(one.size_bytes)) for one in used]
        total = size_text(sum(one.size_bytes for one in used))
        place = [(self.tr("Lies in"), str(one.path)) for one in used[:1]]
        self.storage.show_rows([*place, *rows, (self.tr("Together"), total)])

    def show_trouble(self, text: str) -> None:
        """Say why a change could not be kept."""
        self.trouble.setText(text)
        self.trouble.show()

    # What is changed -----------------------------------------------------------------------

    def _connect(self) -> None:
        self.theme.activated.connect(lambda _: self._take_theme())
        self._tell_of(self.text_size, "text_percent")
        self._tell_of(self.language, "language")
        self._tell_of(self.normalise, "normalise")
        self._tell_of(self.grouping, "grouping")
        self._tell_of(self.best, "rerank_pictures")
        self._tell_of(self.past, "keep_searches")
        self._tell_of(self.watch, "watch")
        self._tell_of(self.printed, "read_printed")
        self._tell_of(self.notify, "notify")
        self.editor.activated.connect(lambda _: self._take_editor())
        for typed in (self.ignore.textChanged, self.command.textChanged):
            typed.connect(self._rest.start)
        self._rest.timeout.connect(self.take_typed)
        self.command.editingFinished.connect(self.take_typed)

    def _take_theme(self) -> None:
        self.theme_chosen.emit(ThemeMode(self.theme.currentData()))  # Qt keeps the bare text

    def _tell_of(self, choice: Choice, name: str) -> None:
        choice.activated.connect(lambda _: self._tell(name, choice.currentData()))

    def _take_editor(self) -> None:
        is_own = self.editor.currentData() == _OWN
        self.command.setVisible(is_own)
        if is_own:
            self.command.setFocus()
        else:
            self._tell("editor", self.editor.currentData())

    def take_typed(self) -> None:
        """Take what was typed: patterns, and a command of one's own."""
        self._rest.stop()
        lines = (line.strip() for line in self.ignore.toPlainText().splitlines())
        self._tell("ignore", tuple(line for line in lines if line))
        if self.editor.currentData() == _OWN and self.command.text().strip():
            self._tell("editor", self.command.text().strip())

    def _tell(self, name: str, value: object) -> None:
        if getattr(self._settings, name) != value:
            self.changed.emit(name, value)

    # How it looks --------------------------------------------------------------------------

    def _made_choice(self, name: str, theme: Theme) -> Choice:
        made = Choice(name, theme, self)
        made.setFixedWidth(_CONTROL_PX)
        return made

    def _fill(self) -> None:
        for mode, name in (
            (ThemeMode.SYSTEM, self.tr("As the system")),
            (ThemeMode.LIGHT, self.tr("Light")),
            (ThemeMode.DARK, self.tr("Dark")),
        ):
            self.theme.addItem(name, mode)
        for percent in TEXT_PERCENTS:
            name = self.tr("As the system") if percent == 100 else f"{percent} %"
            self.text_size.addItem(name, percent)
        self.language.addItem(self.tr("As the system"), "system")
        for language, name in LANGUAGES.items():
            self.language.addItem(name, language)
        self.grouping.addItem(self.tr("Stacked"), True)
        self.grouping.addItem(self.tr("Each for itself"), False)
        self.best.addItem(self.tr("Shown as found"), False)
        self.best.addItem(self.tr("Examined again, word by word"), True)
        self.past.addItem(self.tr("Remembered"), True)
        self.past.addItem(self.tr("Forgotten"), False)
        self.watch.addItem(self.tr("Index it at once"), True)
        self.watch.addItem(self.tr("Index it when asked"), False)
        self.printed.addItem(self.tr("Read in screenshots and scans"), True)
        self.printed.addItem(self.tr("Not read"), False)
        self.notify.addItem(self.tr("Tell me, if I am elsewhere"), True)
        self.notify.addItem(self.tr("Say nothing"), False)
        for method in NORMALISERS:
            self.normalise.addItem(method_name(method), method)
        self.editor.addItem(self.tr("The first that is there"), AUTO)
        for name in installed_editors():
            self.editor.addItem(EDITORS[name][0], name)
        self.editor.addItem(self.tr("A command…"), _OWN)
        self.command.setPlaceholderText("code --goto {path}:{line}")
        self.command.setAccessibleName(self.tr("Command of the editor"))
        self.command.setFixedWidth(_CONTROL_PX)
        self.command.setProperty("role", "field")
        self.ignore.setAccessibleName(self.tr("Files and folders to leave out"))
        self.ignore.setPlaceholderText("node_modules/\n*.tmp")
        self.ignore.setFixedSize(_CONTROL_PX, _PATTERNS_PX)
        self.ignore.setTabChangesFocus(True)
        self.ignore.setObjectName("field")

    def _lay_out(self, theme: Theme) -> None:
        back = IconButton("back", self.tr("Back (Esc)"), theme, self)
        back.clicked.connect(self.back_asked)
        head = row()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(back)
        head.addWidget(label(self.tr("Settings"), "large"), 1)
        inner = page(self)
        inner.setMaximumWidth(_WIDTH_PX)
        grid = self._made_grid(inner)
        grid.setContentsMargins(56, 8, 24, 24)
        head_over_scroll(self, head, inner, self.tr("Settings"))

    def _made_grid(self, inner: QWidget) -> QGridLayout:
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 168)
        grid.setColumnStretch(1, 1)
        hubness = button(self.tr("Which files turn up too often?"), "inline")
        hubness.clicked.connect(self.hubness_asked)
        reveal = button(self.tr("Show in file manager"), "inline")
        reveal.clicked.connect(self._ask_to_reveal)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("", self.trouble),
            (self.tr("LOOK"), QWidget()),
            (self.tr("Colours"), self.theme),
            (self.tr("Text size"), self.text_size),
            (self.tr("Language"), self.language),
            ("", self._made_hint(self.tr("From the next start of mmsearch on."))),
            (self.tr("SEARCH"), QWidget()),
            (self.tr("Near-duplicates"), self.grouping),
            (self.tr("Balance"), self.normalise),
            ("", self._made_hint(self.tr("So that no file turns up for everything."))),
            ("", hubness),
            (self.tr("Best results"), self.best),
            ("", self._made_hint(self.tr("Of pictures, films and sounds; half a second later."))),
            (self.tr("Past searches"), self.past),
            ("", self._made_hint(self.tr("They help to balance results and never leave this"
                                         " computer."))),
            (self.tr("WHAT YOU CALL THINGS"), QWidget()),
            ("", self.learned),
            (self.tr("INDEXING"), QWidget()),
            (self.tr("Leave out"), self.ignore),
            ("", self._made_hint(self.tr("One pattern a line, as in .gitignore; from the next"
                                         " look for changes on (F5)."))),
            (self.tr("What changes"), self.watch),
            (self.tr("Text in pictures"), self.printed),
            ("", self._made_hint(self.tr("Of files that are indexed from now on; a second each."))),
            (self.tr("When done"), self.notify),
            (self.tr("CODE"), QWidget()),
            (self.tr("Open with"), self.editor),
            ("", self.command),
            (self.tr("MODELS"), QWidget()),
            ("", self.models),
            (self.tr("LIBRARIES"), QWidget()),
            (self.tr("This one"), self.storage),
            ("", reveal),
            (self.tr("Others"), self.libraries),
        )  # fmt: skip
        for place, (name, control) in enumerate(rows):
            heads = name.isupper()
            if control in (self.learned, self.models):
                grid.addWidget(control, place, 0, 1, 2)
                continue
            tall = control in (self.ignore, self.storage, self.libraries)
            side = Qt.AlignmentFlag.AlignLeft
            side |= Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
            if heads:
                grid.setRowMinimumHeight(place, 36)
                side = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            if name:
                grid.addWidget(label(name, "heading" if heads else ""), place, 0, side)
            grid.addWidget(control, place, 1)
        grid.setRowStretch(len(rows), 1)
        return grid

    def _made_hint(self, text: str) -> QWidget:
        return label(text, "secondary", wrap=True)

    def _ask_to_reveal(self) -> None:
        if self._used:
            self.reveal_asked.emit(self._used[0].path)
