"""The window in German: every text translated, and the file that is read up to date."""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.errors import FailureKind
from mmsearch.gui import translating
from mmsearch.gui.engine_words import SHAPES_PATH
from mmsearch.gui.running import language_setting
from mmsearch.gui.settings_page import SettingsPage
from mmsearch.gui.texts import (
    counted,
    decimal_text,
    failure_name,
    kind_within,
    match_name,
    number_text,
    size_text,
)
from mmsearch.gui.theme import Theme
from mmsearch.gui.translating import install_language, wanted_language
from mmsearch.present.words import MatchWord
from mmsearch.settings import settings_path
from mmsearch.settings_file import save_setting
from mmsearch.types import Modality
from tests.gui.conftest import MakeWindow
from tests.gui.renew_translations import (
    TS_PATH,
    read_translations,
    shapes_as_json,
    write_translations,
)
from tests.gui.translated_texts import texts_of_source

RENEW = "run “python -m tests.gui.renew_translations” and translate what it names"


def test_every_text_of_the_source_has_a_finished_translation() -> None:
    wanted = {(name, text) for name, texts in texts_of_source().items() for text in texts}
    known = read_translations()
    assert wanted - set(known) == set(), f"new texts: {RENEW}"
    assert set(known) - wanted == set(), f"texts that are gone: {RENEW}"
    assert [key for key, text in known.items() if not text.strip()] == [], f"unfinished: {RENEW}"


def test_the_shapes_of_the_engines_sentences_are_up_to_date() -> None:
    assert SHAPES_PATH.read_text("utf-8") == shapes_as_json(), RENEW


def test_places_to_fill_and_lines_agree() -> None:
    for (context, source), text in read_translations().items():
        assert _fields(source) == _fields(text), f"{context}: {source!r} → {text!r}"
        assert source.count("\n") == text.count("\n"), f"{context}: {source!r}"
        assert source[:1].isspace() == text[:1].isspace(), f"{context}: {source!r}"
        assert source[-1:].isspace() == text[-1:].isspace(), f"{context}: {source!r}"


def _fields(text: str) -> list[str]:
    """What stands in braces; sorted, since the words around may stand in another order."""
    named = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    return sorted(named)


def test_headings_stay_headings_and_keys_are_called_as_on_a_german_keyboard() -> None:
    for (context, source), text in read_translations().items():
        if source.isupper() and len(source) > 1:
            assert text.isupper(), f"{context}: {source!r} → {text!r}"
        assert not re.search(r"\b(Ctrl|Shift|Space)\b", text), f"{context}: {text!r}"
        assert ("Ctrl" in source) == ("Strg" in text), f"{context}: {source!r} → {text!r}"


def test_one_and_many_differ_wherever_they_do_in_english() -> None:
    known = read_translations()
    pairs = [
        ((context, source), (context, many))
        for context, source in known
        for many in (source.replace(" file ", " files "), source + "s")
        if many != source and (context, many) in known and "{n}" in source
    ]
    assert len(pairs) >= 4
    for one, many in pairs:
        assert known[one] != known[many], (one, known[one])


def test_the_compiled_file_says_what_the_other_does() -> None:
    translator = QTranslator()
    assert translator.load(str(TS_PATH.with_suffix(".qm")))
    stale = [
        source
        for (context, source), text in read_translations().items()
        if translator.translate(context, source) != text
    ]
    assert stale == [], RENEW


def test_renewing_keeps_what_is_translated_and_names_what_is_not(tmp_path: Path) -> None:
    known = read_translations()
    path = tmp_path / "again.ts"
    assert write_translations(known, path) == []
    assert path.read_text("utf-8") == TS_PATH.read_text("utf-8"), RENEW
    del known[("texts", "strong")]
    known[("texts", "gone")] = "weg"
    assert write_translations(known, path) == ["texts: strong"]
    again = read_translations(path)
    assert again[("texts", "strong")] == ""
    assert ("texts", "gone") not in again
    assert ElementTree.parse(path).getroot().get("language") == "de"


@pytest.mark.usefixtures("german")
def test_german_words_numbers_and_keys() -> None:
    assert match_name(MatchWord.STRONG) == "stark"
    assert kind_within(Modality.IMAGE) == "Bilder"
    assert [failure_name(kind) for kind in ("too large", "other")] == ["zu groß", "other"]
    assert number_text(12_410) == "12.410"
    assert counted(12_410, "{n} Datei", "{n} Dateien") == "12.410 Dateien"
    assert size_text(1_400_000) == "1,4 MB"
    assert decimal_text(0.654, 2) == "0,65"
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Ctrl+Shift+C").toString(native) == "Strg+Umschalt+C"


def test_every_failure_has_a_name_of_its_own_and_english_ones_are_those_of_the_engine(
    request: pytest.FixtureRequest,
) -> None:
    assert [failure_name(kind) for kind in FailureKind] == [kind.value for kind in FailureKind]
    request.getfixturevalue("german")
    named = {failure_name(kind) for kind in FailureKind}
    assert len(named) == len(FailureKind)
    assert named.isdisjoint(kind.value for kind in FailureKind)


def test_english_numbers(qapp: QApplication) -> None:
    before = QLocale()
    assert install_language(qapp, "en") == []
    assert (number_text(12_410), size_text(1_400_000)) == ("12,410", "1.4 MB")
    QLocale.setDefault(before)


@pytest.mark.usefixtures("german")
def test_the_window_is_german(make_window: MakeWindow) -> None:
    window = make_window()
    page = window.parts.settings
    assert page.normalise.itemText(0) == "Automatisch (empfohlen)"
    assert page.theme.itemText(2) == "Dunkel"
    assert window.parts.results.head.strictness.text() == "Alle Treffer"


@pytest.mark.parametrize(
    ("spoken", "wanted"),
    [
        (["de-AT", "en-GB"], "de"),
        (["en-US", "de-DE"], "en"),
        (["fr-FR", "de_CH"], "de"),
        (["fr"], "en"),
        ([], "en"),
        (["system"], "en"),
    ],
)
def test_the_first_language_of_the_system_that_there_is(
    spoken: list[str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class System:
        @staticmethod
        def uiLanguages() -> list[str]:
            return spoken

    monkeypatch.setattr(translating.QLocale, "system", lambda: System())
    assert wanted_language("system") == wanted
    assert wanted_language("klingon") == wanted, "what nobody can speak is as if not set"
    assert wanted_language("de") == "de"
    assert wanted_language("en") == "en"


def test_the_language_is_chosen_on_the_settings_page(qtbot: QtBot, theme: Theme) -> None:
    page = SettingsPage(theme)
    qtbot.addWidget(page)
    told: list[tuple[str, object]] = []
    page.changed.connect(lambda name, value: told.append((name, value)))
    names = [page.language.itemText(place) for place in range(page.language.count())]
    assert names == ["As the system", "English", "Deutsch"]
    assert page.language.currentData() == "system"
    page.language.setCurrentIndex(page.language.findData("de"))
    page.language.activated.emit(page.language.currentIndex())
    assert told == [("language", "de")]


def test_the_setting_is_read_at_the_start_even_from_a_broken_file() -> None:
    assert language_setting() == "system"
    save_setting("language", "de")
    assert language_setting() == "de"
    settings_path().write_text("language = 5\n", "utf-8")
    assert language_setting() == "system"
