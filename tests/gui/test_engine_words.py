"""What the engine says, recognised and said again in another language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from mmsearch.errors import FailureKind, QueryError, UnreadableFileError, UserError
from mmsearch.gui.engine_words import Shape, engine_error, engine_text, reworded, shapes
from tests.gui.engine_texts import FRAGMENTS, PACKAGE_PATH, engine_texts

KNOWN = [Shape.of(source) for source in ("{0} is in {1}.", "Did you mean {0}?", "a dog")]
WORDS = {"{0} is in {1}.": "In {1} ist {0}.", "Did you mean {0}?": "{0}?", "a dog": "ein Hund"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Rain is in Spain.", "In Spain ist Rain."),
        ("a dog is in a {box}.", "In a {box} ist ein Hund."),
        ("x is in y. Did you mean z?", "In y ist x. z?"),
        ("x is in y. Nobody knows this.", "In y ist x. Nobody knows this."),
        ("Nobody knows this. Did you mean z?", "Nobody knows this. z?"),
        ("", ""),
    ],
)
def test_sentences_keep_their_values(said: str, expected: str) -> None:
    assert reworded(said, KNOWN, WORDS.__getitem__) == expected


def test_every_shape_knows_itself_again_and_no_other() -> None:
    taken = {}
    for source in engine_texts():
        said = source.format(*(f"/a/{number}" for number in range(6)))
        found = next(shape for shape in shapes() if shape.pattern.fullmatch(said))
        taken[source] = found.source
    assert {source: other for source, other in taken.items() if source != other} == {}


def test_the_fragments_are_said_somewhere() -> None:
    source = "".join(path.read_text("utf-8") for path in PACKAGE_PATH.rglob("*.py"))
    for fragment in FRAGMENTS:
        longest = max(fragment.replace("}", "{").split("{"), key=len)
        assert longest.strip(" :,;") in source, fragment


@pytest.mark.usefixtures("german")
def test_errors_speak_german_and_stay_what_they_are() -> None:
    broken = UnreadableFileError(FailureKind.MEMORY, "The file needs more memory than allowed.")
    said = engine_error(broken)
    assert said.message == "Die Datei braucht mehr Speicher als erlaubt."
    assert isinstance(said, UnreadableFileError)
    assert said.kind is FailureKind.MEMORY
    wrong = engine_error(QueryError("This quote is never closed.", text='"a', place=(0, 1)))
    assert wrong.message == "Dieses Anführungszeichen wird nie geschlossen."
    assert isinstance(wrong, QueryError)
    assert wrong.pointer() == '"a\n^'
    assert broken.message.startswith("The file"), "the error itself says what it said"


@pytest.mark.usefixtures("german")
def test_reasons_of_the_hub_guard_are_german() -> None:
    told = (
        "tried 1,000 titles and file names: reciprocal rank +0.031, skewness 1.20 → 0.31; "
        "300 generated queries: reciprocal rank -0.002, skewness 1.20 → 0.40"
    )
    assert engine_text(told) == (
        "versucht mit 1,000 Titeln und Dateinamen: reziproker Rang +0.031, Schiefe 1.20 → 0.31; "
        "300 erzeugten Fragen: reziproker Rang -0.002, Schiefe 1.20 → 0.40"
    )


def test_english_stays_as_it_is(qapp: QApplication) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    assert engine_text("The file is empty.") == "The file is empty."
    assert str(engine_error(UserError("The file is empty.", "Why?"))) == "The file is empty. Why?"
    QLocale.setDefault(before)
