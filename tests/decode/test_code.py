"""Programs and texts cut into pieces."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
import sysconfig
from pathlib import Path

import pytest

from mmsearch.decode.code import decode
from mmsearch.decode.options import DecodeOptions
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.text import read_text
from mmsearch.types import CodeText, LineRange, Metadata
from tests.decode.snippets import SNIPPETS, split

Pieces = list[tuple[LineRange, CodeText]]


def _decode(path: Path, **options: int) -> tuple[Pieces, Metadata]:
    pieces: Pieces = []
    metadata: list[Metadata] = []
    for item in decode(path, DecodeOptions(**options)):  # type: ignore[arg-type]
        if isinstance(item, Metadata):
            metadata.append(item)
            continue
        assert isinstance(item.content, CodeText)
        assert isinstance(item.locator, LineRange)
        pieces.append((item.locator, item.content))
    assert len(metadata) == 1
    return pieces, metadata[0]


def _write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def _places(pieces: Pieces) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(place.first_line, place.last_line, content.scope) for place, content in pieces]


def _check(path: Path, pieces: Pieces) -> None:
    """Every line is in a piece, unless there is nothing in it, and pieces are what they say."""
    lines = read_text(path).split("\n")
    covered: set[int] = set()
    for place, content in pieces:
        assert content.text == "\n".join(lines[place.first_line - 1 : place.last_line])
        assert place.last_line - place.first_line < 60 + 5
        covered.update(range(place.first_line, place.last_line + 1))
    names = {
        word
        for _, content in pieces
        for name in content.scope
        for word in re.findall(r"\w+", name.lower())
    }
    empty = re.compile(
        r"(end|else|begin|pass|public|private|implementation|try|class|namespace|module|package"
        r"|impl|mod|struct|export|const|interface)"
    )
    for number, line in enumerate(lines, 1):
        if number in covered or re.match(r"\s*(\W+$|[})]|end\b|#endif)", line):
            continue
        words = set(re.findall(r"\w+", line.lower())) - names
        assert all(empty.fullmatch(word) for word in words), (path, number, line)


@pytest.mark.parametrize("language", SNIPPETS)
def test_a_function_with_its_comment_is_a_piece(language: str, tmp_path: Path) -> None:
    name, program, first, last = split(language)
    path = _write(tmp_path, name, program)
    pieces, metadata = _decode(path)
    assert metadata.language == language
    assert metadata.n_lines == program.count("\n")
    assert all(content.language == language for _, content in pieces)
    found = [content for place, content in pieces if place == LineRange(first, last)]
    assert len(found) == 1, _places(pieces)
    assert "needle" in found[0].text.lower()
    assert "needle" in found[0].scope[-1].lower()
    _check(path, pieces)


def test_names_around_a_function(tmp_path: Path) -> None:
    expected = {
        "python": ("class Haystack", "needle"),
        "java": ("class Haystack", "needle"),
        "cpp": ("namespace hay", "Haystack::needle"),
        "rust": ("impl Haystack", "needle"),
        "ruby": ("module Hay", "class Haystack", "needle"),
        "csharp": ("namespace Hay", "class Haystack", "needle"),
        "elixir": ("defmodule Haystack", "needle"),
        "go": ("needle",),
        "swift": ("class Haystack", "needle"),
        "terraform": ("resource aws_instance needle",),
        "julia": ("module Hay", "needle"),
    }
    for language, scope in expected.items():
        name, program, first, _ = split(language)
        pieces, _ = _decode(_write(tmp_path, name, program))
        assert scope in [content.scope for place, content in pieces if place.first_line == first], (
            language
        )


def test_a_class_is_its_head_and_its_members(tmp_path: Path) -> None:
    name, program, _, _ = split("python")
    pieces, _ = _decode(_write(tmp_path, name, program))
    assert _places(pieces) == [
        (1, 3, ()),
        (6, 9, ("class Haystack",)),
        (11, 13, ("class Haystack", "other")),
        (15, 23, ("class Haystack", "needle")),
        (26, 28, ("last",)),
    ]
    assert pieces[3][1].text.startswith("    # Finds the needle.\n    @staticmethod\n")


def test_a_long_function_becomes_overlapping_windows(tmp_path: Path) -> None:
    body = "".join(f"    x{number} = {number}\n" for number in range(200))
    path = _write(
        tmp_path, "x.py", f"import os\n\n\ndef long():\n{body}\n\ndef f():\n    return 1\n"
    )
    pieces, _ = _decode(path)
    _check(path, pieces)
    windows = [place for place, content in pieces if content.scope == ("long",)]
    assert len(windows) >= 4
    assert all(
        before.last_line - after.first_line >= 4 for before, after in itertools.pairwise(windows)
    )


def test_functions_in_a_long_function_are_found(tmp_path: Path) -> None:
    inner = "".join(
        f"  function inner{number}(a) {{\n    const b = a;\n    return b;\n  }}\n\n"
        for number in range(30)
    )
    path = _write(tmp_path, "x.js", f"(function () {{\n{inner}}})();\nfunction o() {{\n{inner}}}\n")
    pieces, _ = _decode(path)
    _check(path, pieces)
    scopes = [content.scope for _, content in pieces]
    assert ("inner7",) in scopes
    assert ("o", "inner7") in scopes


def test_tiny_neighbours_are_together(tmp_path: Path) -> None:
    getters = "".join(f"    int get{number}() {{ return {number}; }}\n" for number in range(20))
    path = _write(tmp_path, "X.java", f"class X {{\n{getters}}}\n")
    pieces, _ = _decode(path)
    _check(path, pieces)
    assert len(pieces) == 2


def test_clauses_of_a_function_are_together(tmp_path: Path) -> None:
    program = "fac :: Int -> Int\nfac 0 = 1\nfac n = n * fac (n - 1)\n\nfib 0 = 0\nfib 1 = 1\n"
    pieces, _ = _decode(_write(tmp_path, "x.hs", program + "fib n =\n  fib (n - 1) + 1\n"))
    assert _places(pieces) == [(1, 3, ("fac",)), (5, 8, ("fib",))]


def test_a_comment_of_another_indent_stays_where_it_is(tmp_path: Path) -> None:
    program = "def f():\n    a = 1\n    b = a\n    # of f\ndef g():\n    a = 1\n    return a\n"
    pieces, _ = _decode(_write(tmp_path, "x.py", program))
    assert _places(pieces)[-1] == (5, 7, ("g",))


def test_broken_programs(tmp_path: Path) -> None:
    program = split("java")[1]
    for cut in range(20, len(program), 37):
        path = _write(tmp_path, "X.java", program[:cut] + "\n}}}} ((\n" + program[cut + 9 :])
        pieces, _ = _decode(path)
        _check(path, pieces)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.js", "function f() {\n" * 3000 + "}\n" * 3000),
        ("deep.java", "class A {\n" * 3000 + "}\n" * 3000),
        ("deep.py", "".join(" " * depth + "if x:\n" for depth in range(150))),
        ("deep.lisp", "(a\n" * 5000 + ")" * 5000),
        ("open.c", "f(\n" * 10_000),
        ("deep.json", "[" * 100_000),
        ("deep.ipynb", "[" * 100_000),
        ("deep.md", "> " * 900 + "a\n" + "#" * 5000 + "\n" + "```\n" * 5000),
    ],
)
def test_deep_nesting_ends(name: str, text: str, tmp_path: Path) -> None:
    pieces, _ = _decode(_write(tmp_path, name, text))
    assert pieces
    assert all(len(content.scope) <= 25 for _, content in pieces)


def test_junk_ends(tmp_path: Path) -> None:
    rng = random.Random(0)
    words = ["{", "}", "(", ")", "<", ">", "a", "b::c", "*", ";\n", "template", "class", "if", "#"]
    junk = " ".join(rng.choices(words, k=20_000))
    for suffix in ("cpp", "rs", "ts", "py", "hs", "sql", "php"):
        path = _write(tmp_path, f"x.{suffix}", junk)
        _check(path, _decode(path)[0])


def test_a_million_lines_are_bounded(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.txt", "one two\n" * 1_000_000)
    pieces, metadata = _decode(path, max_chunks_per_file=100)
    assert len(pieces) == 100
    assert metadata.notes == ("only the first 100 parts",)
    assert metadata.n_lines == 1_000_000


def test_minified_programs_give_a_little(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.min.js", "function a(b){return b+1}var c=a(2);" * 20_000 + "\n")
    pieces, metadata = _decode(path)
    assert _places(pieces) == [(1, 1, ())]
    assert len(pieces[0][1].text) == 2000
    assert metadata.notes == ("lines are cut after 2000 characters",)
    path = _write(tmp_path, "y.min.js", ("function a(b){return b+1};" * 70 + "\n") * 200)
    pieces, metadata = _decode(path)
    assert len(pieces) == 5
    assert metadata.notes == ("minified: only its beginning",)


def test_data_gives_a_beginning(tmp_path: Path) -> None:
    rows = "".join(f"{number},name {number}\n" for number in range(50_000))
    pieces, metadata = _decode(_write(tmp_path, "x.csv", rows))
    assert len(pieces) == 50
    assert metadata.notes == ("data: only its beginning",)


def test_many_signs_on_few_lines(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.txt", ("word " * 350 + "\n") * 40)
    pieces, _ = _decode(path)
    assert all(len(content.text) < 12_000 for _, content in pieces)
    _check(path, pieces)


def test_plain_text_is_cut_at_blank_lines(tmp_path: Path) -> None:
    paragraph = "one\ntwo\nthree\nfour\nfive\nsix\n\n"
    path = _write(tmp_path, "x.txt", paragraph * 40)
    pieces, metadata = _decode(path)
    _check(path, pieces)
    assert metadata.language == "text"
    assert sum(content.text.startswith("one\n") for _, content in pieces) == 1
    assert all(place.last_line - place.first_line < 45 for place, _ in pieces)


def test_scripts_between_tags(tmp_path: Path) -> None:
    page = "<template>\n  <div/>\n</template>\n\n<script>\n// Finds.\nfunction needle(a) {\n"
    page += "  return a;\n}\n</script>\n\n<style>\n.a { b: c }\n</style>\n"
    for name in ("x.vue", "x.svelte", "x.html"):
        path = _write(tmp_path, name, page)
        pieces, _ = _decode(path)
        _check(path, pieces)
        assert (6, 9, ("needle",)) in _places(pieces)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("x.h", "namespace a {\nclass B {\n};\n}\n", "cpp"),
        ("x.h", "int f(int a);\n", "c"),
        ("x.h", "#import <a.h>\n@interface B\n@end\n", "objc"),
        ("x.m", "% Comment\nfunction a = b(c)\n  a = c;\nend\n", "matlab"),
        ("x.m", "#import <a.h>\nint main() {\n}\n", "objc"),
        ("tool", "#!/usr/bin/env python3\nx = 1\n", "python"),
    ],
)
def test_the_text_decides_between_rivals(
    name: str, text: str, language: str, tmp_path: Path
) -> None:
    assert _decode(_write(tmp_path, name, text))[1].language == language


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "shift_jis", "euc_kr"])
def test_line_numbers_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    comment = (
        "한국어 주석입니다. 파일을 읽고 한 줄씩 처리합니다."
        if encoding == "euc_kr"
        else "日本語のコメントです"
    )
    program = (
        f"x = 1\r\n# a\x0c {comment}\r\n\r\n\r\n# {comment}\r\ndef needle():\r\n    return 1\r\n"
    )
    (tmp_path / "x.py").write_bytes(program.encode(encoding))
    pieces, metadata = _decode(tmp_path / "x.py")
    assert _places(pieces)[-1] == (5, 7, ("needle",))
    assert pieces[-1][1].text == f"# {comment}\ndef needle():\n    return 1"
    assert metadata.n_lines == 7


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "binary.py").write_bytes(b"\x7fELF\x00\x01")
    (tmp_path / "empty.py").touch()
    (tmp_path / "big.py").write_bytes(b"x = 1\n" * 100)
    for name, kind in (
        ("binary.py", FailureKind.BINARY),
        ("empty.py", FailureKind.EMPTY),
        ("big.py", FailureKind.TOO_LARGE),
        ("gone.py", FailureKind.VANISHED),
    ):
        with pytest.raises(UnreadableFileError) as caught:
            _decode(tmp_path / name, max_text_bytes=500)
        assert caught.value.kind == kind


def test_the_standard_library() -> None:
    """Real programs, all of them covered."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    paths = sorted(path for path in folder.rglob("*.py") if "site-packages" not in path.parts)
    for path in random.Random(1).sample(paths, 60):
        if path.stat().st_size > 100_000 or not path.read_bytes().strip():
            continue
        pieces, metadata = _decode(path)
        if not metadata.notes:
            _check(path, pieces)


@pytest.mark.data
def test_functions_as_files(data_folder: Path, tmp_path: Path) -> None:
    functions = list(json.loads((data_folder / "cosqa" / "functions.json").read_text()))
    n_whole = 0
    for text in functions[::60]:
        path = _write(tmp_path, "x.py", text)
        pieces, _ = _decode(path)
        _check(path, pieces)
        n_whole += len(pieces) == 1 and len(pieces[0][1].scope) == 1
    assert n_whole >= 0.98 * len(functions[::60])


@pytest.mark.data
@pytest.mark.parametrize("language", ["cpp", "go", "java", "js", "python"])
def test_problems_in_many_languages(language: str, data_folder: Path, tmp_path: Path) -> None:
    archive = data_folder / "humaneval_x" / f"humaneval_{language}.jsonl.gz"
    with gzip.open(archive, "rt", encoding="utf-8") as file:
        problems = [json.loads(line) for line in file]
    suffix = {"python": "py"}.get(language, language)
    for problem in problems[::8]:
        path = _write(tmp_path, f"x.{suffix}", problem["prompt"] + problem["canonical_solution"])
        pieces, _ = _decode(path)
        _check(path, pieces)
        assert any(content.scope for _, content in pieces)
