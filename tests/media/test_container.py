"""Opening films and sounds so that a hostile file reaches nothing but itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, cast

import av.error
import pytest

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.container import describe_av_error, open_container, packets_of
from tests.decode.films import make_film, scene

SCRIPTS = {
    "hls": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{target}\n#EXT-X-ENDLIST\n",
    "concat": b"ffconcat version 1.0\nfile {target}\n",
    "dash": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n",
    "lavfi": b"testsrc=size=32x32",
    "webvtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_names_other_files_is_not_opened(tmp_path: Path, name: str) -> None:
    target = tmp_path / "secret.mp4"
    make_film(target, [(scene(1), 0.5)])
    path = tmp_path / "film.mp4"
    path.write_bytes(SCRIPTS[name].replace(b"{target}", str(target).encode()))
    with pytest.raises(UnreadableFileError) as caught, open_container(path):
        pass
    assert caught.value.kind is FailureKind.CORRUPT


def test_missing_empty_and_irregular(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    kinds = {
        tmp_path / "gone.mp4": FailureKind.VANISHED,
        empty: FailureKind.EMPTY,
        tmp_path: FailureKind.NOT_REGULAR,
    }
    if sys.platform != "win32":
        pipe = tmp_path / "pipe.mp4"
        os.mkfifo(pipe)
        kinds[pipe] = FailureKind.NOT_REGULAR
    for path, kind in kinds.items():
        with pytest.raises(UnreadableFileError) as caught, open_container(path):
            pass
        assert caught.value.kind is kind


def test_errors_inside_the_block_are_described(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(scene(1), 0.5)])
    with pytest.raises(UnreadableFileError) as caught, open_container(path):
        raise av.error.InvalidDataError(1, "bad")
    assert caught.value.kind is FailureKind.CORRUPT


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (av.error.MemoryError, FailureKind.MEMORY),
        (av.error.PermissionError, FailureKind.PERMISSION),
        (av.error.FileNotFoundError, FailureKind.VANISHED),
        (av.error.DecoderNotFoundError, FailureKind.UNSUPPORTED),
        (av.error.InvalidDataError, FailureKind.CORRUPT),
    ],
)
def test_kinds(error: type[av.error.FFmpegError], kind: FailureKind) -> None:
    assert describe_av_error(error(1, "words of FFmpeg")).kind is kind


def test_a_track_that_begins_amid_the_file_ends_the_packets() -> None:
    class Container:
        def demux(self, stream: object) -> Any:
            yield "packet"
            raise IndexError("list index out of range")

    container = cast(Any, Container())
    assert list(packets_of(container, cast(Any, None))) == ["packet"]
