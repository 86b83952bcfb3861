"""Text of any encoding."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.text import decode_text, read_text

_TEXTS = {
    "latin-1": "// José Peña: función que añade niños\nint main() { return 0; }\n",
    "cp1252": "# “quoted” – it’s Größe, dépôt, São Paulo …\nx = 1\n",
    "cp1250": "# Zażółć gęślą jaźń, proszę państwa. Łódź jest piękna o świcie.\nx = 1\n",
    "cp1251": "# Это комментарий на русском языке. Читает файл и обрабатывает строки.\nx = 1\n",
    "koi8_r": "# Это комментарий на русском языке. Читает файл и обрабатывает строки.\nx = 1\n",
    "shift_jis": "# これは日本語のコメントです。ファイルを読み込んで、行ごとに処理する。\nx = 1\n",
    "euc_jp": "# これは日本語のコメントです。ファイルを読み込んで、行ごとに処理する。\nx = 1\n",
    "gbk": "# 这是一个中文注释。读取文件并逐行处理数据。\nx = 1\n",
    "big5": "# 這是一個中文註釋。讀取檔案並逐行處理資料。\nx = 1\n",
    "euc_kr": "# 이것은 한국어 주석입니다. 파일을 읽고 한 줄씩 처리합니다.\nx = 1\n",
    "utf-8": "# naïve ∑ 日本語 🎉\nx = 1\n",
    "utf-8-sig": "# naïve ∑ 日本語 🎉\nx = 1\n",
    "utf-16": "# naïve ∑ 日本語 🎉\nx = 1\n",
    "utf-16-le": "# a file of Windows, without a mark\nx = 'Größe'\n",
    "utf-16-be": "# a file without a mark\nx = 'Größe'\n",
    "utf-32": "# naïve ∑ 日本語 🎉\nx = 1\n",
}


def _kind(content: bytes) -> FailureKind:
    with pytest.raises(UnreadableFileError) as caught:
        decode_text(content)
    return caught.value.kind


@pytest.mark.parametrize("encoding", _TEXTS)
def test_encodings(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_bytes(_TEXTS[encoding].encode(encoding))
    assert read_text(tmp_path / "x.py") == _TEXTS[encoding]


@pytest.mark.parametrize(
    "text", ["temp = 25 # °C\n", "/* © 2004 Müller */\n", "// Räkna åtta\n", "# 10 µm ± ½\n"]
)
def test_a_single_accent_is_western(text: str) -> None:
    plain = "def f(x):\n    return x\n" * 50
    assert decode_text((plain + text).encode("latin-1")) == plain + text


def test_damage_in_utf8_stays_where_it_is() -> None:
    text = decode_text("Größe, Höhe, naïve 日本語\n".encode() * 50 + b"\xff\xfe junk\n")
    assert text.startswith("Größe, Höhe, naïve 日本語\n")
    assert text.endswith("\ufffd\ufffd junk\n")


def test_line_ends_are_those_of_an_editor() -> None:
    text = decode_text(b"1\r\n2\r3\n4\x0c still 4\x0b and \xc2\x85 4 \xe2\x80\xa8 4\r\r6")
    assert text.split("\n")[:3] == ["1", "2", "3"]
    assert text.split("\n")[3].endswith(" 4")
    assert text.split("\n")[4:] == ["", "6"]


def test_binary_is_refused() -> None:
    rng = random.Random(0)
    assert _kind(b"text\0text") == FailureKind.BINARY
    assert _kind(rng.randbytes(5000)) == FailureKind.BINARY
    assert _kind(bytes(byte or 1 for byte in rng.randbytes(5000))) == FailureKind.BINARY
    assert _kind(b"\x7fELF" + bytes(range(256)) * 10) == FailureKind.BINARY
    assert _kind(b"\x89PNG\r\n\x1a\n" + rng.randbytes(300)) == FailureKind.BINARY
    assert _kind("".join(chr(n % 32) for n in range(999)).encode("utf-16")) == FailureKind.BINARY


def test_colours_of_terminals_and_form_feeds_are_text() -> None:
    log = "\x1b[31merror\x1b[0m something\n\x0c\n" * 100
    assert decode_text(log.encode()) == log


def test_nothing_is_empty(tmp_path: Path) -> None:
    (tmp_path / "x.py").touch()
    with pytest.raises(UnreadableFileError) as caught:
        read_text(tmp_path / "x.py")
    assert caught.value.kind == FailureKind.EMPTY
    assert _kind(b" \n\t\n") == FailureKind.EMPTY
    assert _kind(b"\xef\xbb\xbf") == FailureKind.EMPTY
    assert _kind(b"\xff\xfe") == FailureKind.EMPTY


def test_the_limit(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("x = 1\n" * 100)
    assert len(read_text(tmp_path / "x.py", max_bytes=600)) == 600
    with pytest.raises(UnreadableFileError) as caught:
        read_text(tmp_path / "x.py", max_bytes=599)
    assert caught.value.kind == FailureKind.TOO_LARGE


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, kind in (
        (tmp_path, FailureKind.NOT_REGULAR),
        (tmp_path / "gone", FailureKind.VANISHED),
        (Path("/dev/zero"), FailureKind.NOT_REGULAR),
    ):
        with pytest.raises(UnreadableFileError) as caught:
            read_text(path)
        assert caught.value.kind == kind


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_a_reason(content: bytes) -> None:
    try:
        result: str | FailureKind = decode_text(content)
    except UnreadableFileError as error:
        result = error.kind
    if isinstance(result, FailureKind):
        assert result in (FailureKind.BINARY, FailureKind.EMPTY)
    else:
        assert "\0" not in result
        assert "\r" not in result
        result.encode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_utf8_comes_back_unchanged(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert decode_text(text.encode()) == text
