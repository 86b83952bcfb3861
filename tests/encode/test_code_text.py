"""The text of a piece of code that the encoder reads."""

from __future__ import annotations

from mmsearch.encode.mini.code_text import code_text
from mmsearch.types import CodeText

METHOD = '    def close(self):\n        """Close the file."""\n        self._file.close()'


def test_code_stays_as_it_is() -> None:
    code = "def addTwo(a_b):\n    # why\n    return a_b + 2"
    assert code_text(CodeText(code, "python")) == code


def test_blocks_around_come_first_but_not_the_name_of_the_piece_itself() -> None:
    words = code_text(CodeText(METHOD, "python", ("class Connection", "close")))
    assert words == f"class Connection\n{METHOD.strip()}"


def test_a_class_is_not_named_twice() -> None:
    code = "class Reader:\n    pass"
    assert code_text(CodeText(code, "python", ("class Reader",))) == code


def test_prose_is_not_touched() -> None:
    assert code_text(CodeText("Two dogs play on the beach.\n", "text")) == (
        "Two dogs play on the beach."
    )


def test_nothing_stays_nothing() -> None:
    assert code_text(CodeText("")) == ""
