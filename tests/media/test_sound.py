"""Reading the sound of any file."""

from __future__ import annotations

import json
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.sound import has_sound, read_samples, sound_metadata
from mmsearch.types import AUDIO_RATE_HZ, F32
from tests.sounds import CODECS, loudest_hz, noise, sine, write_sound


def _read(path: Path, **limits: float) -> F32:
    blocks = list(read_samples(path, **limits))
    assert all(
        block.dtype == np.float32 and 0 < len(block) <= AUDIO_RATE_HZ and block.ndim == 1
        for block in blocks
    )
    return np.concatenate(blocks)


def _failure(path: Path) -> FailureKind:
    with pytest.raises(UnreadableFileError) as caught:
        list(read_samples(path))
    return caught.value.kind


def _write_wav(path: Path, samples: F32, *, n_channel: int, rate_hz: int) -> Path:
    """Write with the standard library, whose files differ from FFmpeg's."""
    with wave.open(str(path), "wb") as file:
        file.setparams((n_channel, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(np.repeat(samples * 32_767, n_channel).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("suffix", CODECS)
def test_every_family_of_codecs(suffix: str, tmp_path: Path) -> None:
    tones = np.concatenate([sine(440, 1), sine(880, 1), sine(1760, 1)])
    samples = _read(write_sound(tmp_path / f"x.{suffix}", tones))
    assert len(samples) == pytest.approx(3 * AUDIO_RATE_HZ, abs=0.1 * AUDIO_RATE_HZ)
    for second, frequency_hz in enumerate((440, 880, 1760)):
        part = samples[second * AUDIO_RATE_HZ + 1000 : (second + 1) * AUDIO_RATE_HZ - 1000]
        assert loudest_hz(part, rate_hz=AUDIO_RATE_HZ) == pytest.approx(frequency_hz, abs=2)
        assert np.abs(part).max() == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize("suffix", CODECS)
def test_a_part_is_the_same_as_in_the_whole(suffix: str, tmp_path: Path) -> None:
    path = write_sound(tmp_path / f"x.{suffix}", noise(4))
    whole, part = _read(path), _read(path, start_s=2.5, end_s=3.5)
    assert len(part) == AUDIO_RATE_HZ
    # Within 1 ms: containers such as Matroska round their times to milliseconds.
    start = round(2.5 * AUDIO_RATE_HZ)
    matches = [float(whole[at : at + 8000] @ part[:8000]) for at in range(start - 99, start + 99)]
    assert abs(int(np.argmax(matches)) - 99) <= 16


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"])
def test_depths_of_samples(codec: str, tmp_path: Path) -> None:
    samples = _read(write_sound(tmp_path / "x.wav", sine(440, 1), codec=codec, rate_hz=48_000))
    assert loudest_hz(samples, rate_hz=AUDIO_RATE_HZ) == pytest.approx(440, abs=1)
    assert np.abs(samples).max() == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize("layout", ["mono", "stereo", "5.1", "quad"])
def test_channels_do_not_change_the_level(layout: str, tmp_path: Path) -> None:
    samples = _read(write_sound(tmp_path / "x.flac", sine(440, 1, level=0.9), layout=layout))
    assert np.abs(samples).max() == pytest.approx(0.9, rel=0.02)


def test_many_channels_and_odd_rates(tmp_path: Path) -> None:
    for n_channel, rate_hz in ((16, 44_100), (3, 8_000), (1, 96_000), (2, 11_025)):
        tone = sine(440, 1, rate_hz=rate_hz)
        path = _write_wav(tmp_path / "x.wav", tone, n_channel=n_channel, rate_hz=rate_hz)
        samples = _read(path)
        assert len(samples) == pytest.approx(AUDIO_RATE_HZ, abs=10)
        assert loudest_hz(samples, rate_hz=AUDIO_RATE_HZ) == pytest.approx(440, abs=1)


def test_samples_beyond_full_scale_are_clipped_and_what_is_no_number_is_zero(
    tmp_path: Path,
) -> None:
    wild = np.concatenate([sine(440, 1, level=5.0), np.full(4800, np.nan, np.float32)])
    wild[100] = np.inf
    samples = _read(write_sound(tmp_path / "x.wav", wild, codec="pcm_f32le"))
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() == 1.0


def test_a_track_that_begins_late_and_has_a_hole(tmp_path: Path) -> None:
    path = tmp_path / "x.mkv"
    _write_film(path, first_s=1.0, second_s=4.0)
    samples = np.abs(_read(path))
    loud = [float(samples[second * AUDIO_RATE_HZ :][:8000].max()) for second in range(5)]
    assert [level > 0.4 for level in loud] == [False, True, False, False, True]
    assert np.flatnonzero(samples > 0.1)[0] == pytest.approx(AUDIO_RATE_HZ, abs=200)
    part = _read(path, start_s=3.5, end_s=4.5)
    assert np.flatnonzero(np.abs(part) > 0.1)[0] == pytest.approx(AUDIO_RATE_HZ / 2, abs=200)


def _write_film(path: Path, *, first_s: float, second_s: float) -> None:
    """Write five seconds of black with a second of tone at each of two places."""
    with av.open(str(path), "w") as film:
        picture_stream = film.add_stream("mpeg4", rate=10, width=32, height=32)
        sound_stream = film.add_stream("pcm_s16le", rate=48_000, layout="mono")
        for _ in range(50):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            film.mux(picture_stream.encode(picture))
        tone = (sine(440, 1) * 32_767).astype(np.int16)
        for begin_s in (first_s, second_s):
            for at in range(0, len(tone), 4800):
                frame = av.AudioFrame.from_ndarray(tone[None, at : at + 4800], "s16", "mono")
                frame.sample_rate, frame.pts = 48_000, round(begin_s * 48_000) + at
                film.mux(sound_stream.encode(frame))
        film.mux(picture_stream.encode(None))
        film.mux(sound_stream.encode(None))


def test_a_film_without_sound(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "x.mp4"), "w") as film:
        stream = film.add_stream("mpeg4", rate=10, width=32, height=32)
        picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        film.mux(stream.encode(picture))
        film.mux(stream.encode(None))
    assert not has_sound(tmp_path / "x.mp4")
    assert _failure(tmp_path / "x.mp4") == FailureKind.UNSUPPORTED
    assert has_sound(write_sound(tmp_path / "x.wav", sine(440, 1)))


def test_limits(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.mp3", sine(440, 3))
    assert len(_read(path, max_s=1.2)) == round(1.2 * AUDIO_RATE_HZ)
    assert len(_read(path, start_s=1.5, max_s=0.25)) == AUDIO_RATE_HZ // 4
    assert len(_read(path, start_s=0.5, end_s=0.75, max_s=9)) == AUDIO_RATE_HZ // 4
    assert list(read_samples(path, start_s=99.0)) == []
    assert list(read_samples(path, start_s=2.0, end_s=1.0)) == []


@pytest.mark.parametrize("suffix", ["mp3", "wav", "flac", "ogg", "opus", "aac"])
def test_a_truncated_file_gives_what_is_left(suffix: str, tmp_path: Path) -> None:
    path = write_sound(tmp_path / f"x.{suffix}", noise(4))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert len(_read(path)) == pytest.approx(2 * AUDIO_RATE_HZ, rel=0.6)


def test_damaged_packets_are_skipped(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.mp3", noise(4))
    content = np.frombuffer(path.read_bytes(), np.uint8).copy()
    content[len(content) // 2 :][:2000] = 0x55
    path.write_bytes(content.tobytes())
    assert len(_read(path)) == pytest.approx(4 * AUDIO_RATE_HZ, rel=0.05)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    junk = np.random.default_rng(0).bytes(100_000)
    contents = {
        "empty.mp3": (b"", FailureKind.EMPTY),
        "junk.mp3": (junk, FailureKind.CORRUPT),
        "zeros.mp3": (bytes(100_000), FailureKind.CORRUPT),
        "header only.wav": (b"RIFF\x24\0\0\0WAVE", FailureKind.CORRUPT),
        "text.wav": (b"hello world\n" * 100, FailureKind.CORRUPT),
        "list.m3u8": (b"#EXTM3U\n#EXTINF:5,\n/etc/passwd\n", FailureKind.UNSUPPORTED),
        "list.mp3": (b"\xef\xbb\xbf#EXTM3U\nhttp://a/b.ts\n", FailureKind.UNSUPPORTED),
        "list.ogg": (b"ffconcat version 1.0\nfile /etc/passwd\n", FailureKind.UNSUPPORTED),
    }
    for name, (content, kind) in contents.items():
        (tmp_path / name).write_bytes(content)
        assert (name, _failure(tmp_path / name)) == (name, kind)
    assert _failure(tmp_path / "gone.mp3") == FailureKind.VANISHED
    assert _failure(tmp_path) == FailureKind.NOT_REGULAR


def test_a_cut_m4a_has_lost_its_index(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.m4a", noise(2))
    path.write_bytes(path.read_bytes()[:-2000])
    assert _failure(path) == FailureKind.CORRUPT


def test_protected_tracks(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.m4a", noise(1))
    path.write_bytes(path.read_bytes().replace(b"mp4a\0\0\0\0", b"drms\0\0\0\0", 1))
    assert _failure(path) == FailureKind.ENCRYPTED


def test_a_rate_of_one_sample_a_second_is_refused(tmp_path: Path) -> None:
    """A megabyte of it would become 16 billion samples."""
    path = _write_wav(tmp_path / "x.wav", sine(440, 1), n_channel=1, rate_hz=1)
    assert _failure(path) == FailureKind.CORRUPT


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_names_that_look_like_something_else(tmp_path: Path) -> None:
    source = write_sound(tmp_path / "x.flac", sine(440, 1)).read_bytes()
    for name in ("concat:a|b.flac", "名前 %d 'x'.flac", "new\nline.flac", "caf\udce9.flac"):
        (tmp_path / name).write_bytes(source)
        assert len(_read(tmp_path / name)) == AUDIO_RATE_HZ


def test_metadata_of_tags(tmp_path: Path) -> None:
    tags = {"title": " A\x07 song\n", "artist": "Größe", "album": "B" * 5000, "date": "2021-03-04"}
    for suffix in ("mp3", "flac", "opus", "m4a"):
        found = sound_metadata(write_sound(tmp_path / f"x.{suffix}", sine(440, 2), tags=tags))
        assert (found.title, found.artist) == ("A song", "Größe")
        assert found.album is not None
        assert len(found.album) == 300
        assert found.taken_at == "2021-03-04T00:00:00"
        assert found.duration_s == pytest.approx(2, abs=0.05)


def test_metadata_without_tags(tmp_path: Path) -> None:
    found = sound_metadata(write_sound(tmp_path / "x.wav", sine(440, 1)))
    assert (found.title, found.artist, found.album, found.taken_at) == (None,) * 4


@pytest.mark.data
def test_a_real_sine(data_folder: Path) -> None:
    path = data_folder / "odd" / "video" / "sine_mono_s32_44100.wav"
    samples = _read(path)
    assert len(samples) == 4 * AUDIO_RATE_HZ
    assert loudest_hz(samples, rate_hz=AUDIO_RATE_HZ) == pytest.approx(440, abs=1)


@pytest.mark.data
def test_real_sounds_and_films(data_folder: Path) -> None:
    folder = data_folder / "esc10"
    rows = [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]
    for row in rows[:20]:
        (path,) = folder.rglob(Path(row["file"]).name)
        assert len(_read(path)) == pytest.approx(5 * AUDIO_RATE_HZ, abs=200)
    film = data_folder / "odd" / "video" / "nasa_13013.mp4"
    assert has_sound(film)
    duration_s = sound_metadata(film).duration_s
    assert duration_s is not None
    assert len(_read(film)) == pytest.approx(duration_s * AUDIO_RATE_HZ, rel=0.02)
