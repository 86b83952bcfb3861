"""Excerpts keep the text, number the lines rightly, and know the found ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.errors import UnreadableFileError
from mmsearch.present import excerpt as module
from mmsearch.present.excerpt import Excerpt, TokenKind, excerpt
from mmsearch.types import LineRange
from tests.files import save_text

SOURCE = '''\
"""A module."""

import os


def area(width, height):
    """Return the
    area."""
    # multiply
    return width * height * 1.5


class Box:
    name = 'box'
'''


def kinds_of(shown: Excerpt, number: int) -> dict[str, TokenKind]:
    (line,) = (line for line in shown.lines if line.number == number)
    return {span.text.strip(): span.kind for span in line.spans}


def test_lines_are_numbered_and_marked(tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.py", SOURCE)
    shown = excerpt(path, LineRange(6, 10), n_before=2, max_lines=9)
    assert [line.number for line in shown.lines] == list(range(4, 13))
    assert [line.number for line in shown.lines if line.is_hit] == [6, 7, 8, 9, 10]
    assert [line.text for line in shown.lines] == SOURCE.split("\n")[3:12]
    assert shown.n_file_lines == 14


def test_other_places_are_marked_too_and_the_best_one_is_known(tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.py", SOURCE)
    shown = excerpt(path, LineRange(13, 14), others=[LineRange(3, 3)], n_before=400)
    assert [line.number for line in shown.lines if line.is_hit] == [3, 13, 14]
    assert shown.found == 13


def test_tokens_have_kinds(tmp_path: Path) -> None:
    shown = excerpt(save_text(tmp_path / "a.py", SOURCE), LineRange(6, 10))
    assert kinds_of(shown, 6)["def"] is TokenKind.KEYWORD
    assert kinds_of(shown, 6)["area"] is TokenKind.NAME
    assert kinds_of(shown, 8)['area."""'] is TokenKind.STRING, "a string over two lines"
    assert kinds_of(shown, 9)["# multiply"] is TokenKind.COMMENT
    assert kinds_of(shown, 10)["1.5"] is TokenKind.NUMBER


def test_a_string_that_opened_above_the_excerpt_is_known(tmp_path: Path) -> None:
    shown = excerpt(save_text(tmp_path / "a.py", SOURCE), LineRange(8, 8), n_before=0)
    assert kinds_of(shown, 8)['area."""'] is TokenKind.STRING


def test_no_hit_starts_at_the_top(tmp_path: Path) -> None:
    shown = excerpt(save_text(tmp_path / "a.py", SOURCE), None, max_lines=3)
    assert [line.number for line in shown.lines] == [1, 2, 3]
    assert not any(line.is_hit for line in shown.lines)


def test_a_hit_beyond_the_end_shows_the_end(tmp_path: Path) -> None:
    """The file has become shorter since it was indexed."""
    shown = excerpt(save_text(tmp_path / "a.py", "a = 1\nb = 2\n"), LineRange(50, 60))
    assert [line.text for line in shown.lines] == ["b = 2"]


def test_long_lines_are_cut_and_tabs_are_spaces(tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.js", "\tx = 1\n" + "y" * 5000 + "\n")
    first, second = excerpt(path, None).lines
    assert first.text == "    x = 1"
    assert len(second.text) == 400
    assert second.text.endswith("…")


def test_an_unknown_language_is_plain(tmp_path: Path) -> None:
    (line,) = excerpt(save_text(tmp_path / "a.unknownlang", "def x\n"), None).lines
    assert [span.kind for span in line.spans] == [TokenKind.PLAIN]


def test_far_lines_are_reached_without_lexing_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_text(tmp_path / "a.py", "".join(f"x{n} = {n}\n" for n in range(20_000)))
    lexed: list[int] = []
    real = module._spans_per_line

    def spy(path: Path, lines: list[str]) -> object:
        lexed.append(len(lines))
        return real(path, lines)

    monkeypatch.setattr(module, "_spans_per_line", spy)
    shown = excerpt(path, LineRange(15_000, 15_003), n_before=0, max_lines=4)
    assert [line.text for line in shown.lines] == [f"x{n} = {n}" for n in range(14_999, 15_003)]
    assert lexed[0] < 400


def test_binary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(UnreadableFileError):
        excerpt(path, None)


@given(
    st.lists(st.text(alphabet="ab \"'#{}()/*\\.\f\v\u2028λ😀", max_size=12), min_size=1, max_size=9)
)
def test_colours_never_change_the_text(lines: list[str]) -> None:
    for name in ("a.py", "a.js", "a.html", "a.c", "a.txt", "a.json"):
        spans = list(module._spans_per_line(Path(name), lines))
        assert ["".join(span.text for span in row) for row in spans] == lines, name


def test_the_first_excerpts_may_come_from_several_threads(tmp_path: Path) -> None:
    """In a fresh process, because Pygments is imported only once."""
    paths = [str(save_text(tmp_path / name, SOURCE)) for name in ("a.py", "b.js", "c.c", "d.rs")]
    script = (
        "import sys; from concurrent.futures import ThreadPoolExecutor; from pathlib import Path;"
        "from mmsearch.present.excerpt import excerpt; sys.setswitchinterval(1e-6);"
        "pool = ThreadPoolExecutor(4);"
        "list(pool.map(lambda name: excerpt(Path(name), None), sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
