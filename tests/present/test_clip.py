"""Clips: the right part, whole or not at all, and never over something else."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import UnreadableFileError, UserError
from mmsearch.media.sound import read_samples
from mmsearch.media.video import frame_at
from mmsearch.present import clip
from mmsearch.present.clip import clip_name, cut_clip
from mmsearch.present.clip_encode import CODECS, SOUND_CODECS
from mmsearch.types import Modality, TimeRange
from tests.present.media_files import quiet_then_loud, write_sound

RED, GREEN, BLUE = (220, 30, 30), (30, 200, 30), (30, 30, 220)
SECOND = TimeRange(1.0, 2.0)


def go_on(_done: float) -> bool:
    return True


def make_film(path: Path, *, gop: int = 10, sound: bool = True, rotation: int = 0) -> Path:
    """Three seconds of 160 x 90, red, green, blue, with a tone that is there in the second one."""
    import av

    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=10, options={"x264-params": "scenecut=0"})
        video.width, video.height, video.pix_fmt = 160, 90, "yuv420p"
        video.codec_context.gop_size = gop
        audio = container.add_stream("aac", rate=16_000, layout="mono") if sound else None
        for second, colour in enumerate((RED, GREEN, BLUE)):
            for place in range(10):
                pixels = np.full((90, 160, 3), colour, np.uint8)
                frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
                frame.pts, frame.time_base = second * 10 + place, Fraction(1, 10)
                container.mux(video.encode(frame))
            if audio is not None:
                at_s = np.arange(16_000) / 16_000
                tone = 0.5 * (second == 1) * np.sin(2 * np.pi * 440 * at_s)
                block = av.AudioFrame.from_ndarray(
                    tone.astype(np.float32)[None], format="fltp", layout="mono"
                )
                block.sample_rate, block.pts = 16_000, second * 16_000
                container.mux(audio.encode(block))
        container.mux(video.encode())
        if audio is not None:
            container.mux(audio.encode())
    return path


def duration_s(path: Path) -> float:
    import av

    with av.open(str(path)) as container:
        return (container.duration or 0) / 1_000_000


def colour_at(path: Path, at_s: float) -> tuple[int, ...]:
    return tuple(frame_at(path, at_s, max_side_px=160)[40, 80].tolist())


def nearly(colour: tuple[int, int, int]) -> object:
    return pytest.approx(colour, abs=25)


def loudness(path: Path) -> float:
    samples = np.concatenate(list(read_samples(path)))
    return float(np.sqrt(np.mean(samples**2)))


def rest_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
def test_packets_are_copied_from_a_key_frame(tmp_path: Path, suffix: str) -> None:
    film = make_film(tmp_path / f"a{suffix}")
    made = cut_clip(film, tmp_path / f"b{suffix}", SECOND, go_on)
    assert made is not None
    assert made.is_copy
    # Pictures that others refer to come along: two at most of these ten a second.
    assert duration_s(made.path) == pytest.approx(1.0, abs=0.25)
    assert colour_at(made.path, 0.0) == nearly(GREEN)
    assert colour_at(made.path, 0.8) == nearly(GREEN)
    assert loudness(made.path) > 0.25


def test_a_film_without_near_key_frames_is_encoded(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", gop=300)
    made = cut_clip(film, tmp_path / "b.mp4", TimeRange(1.5, 2.5), go_on)
    assert made is not None
    assert not made.is_copy
    assert duration_s(made.path) == pytest.approx(1.0, abs=0.15)
    assert colour_at(made.path, 0.1) == nearly(GREEN)
    assert colour_at(made.path, 0.8) == nearly(BLUE)
    assert 0.1 < loudness(made.path) < 0.3, "the tone is in the first half only"


def test_a_container_that_does_not_take_the_codec_gets_its_own(tmp_path: Path) -> None:
    made = cut_clip(make_film(tmp_path / "a.mp4"), tmp_path / "b.webm", SECOND, go_on)
    assert made is not None
    assert not made.is_copy
    assert colour_at(made.path, 0.5) == nearly(GREEN)
    assert loudness(made.path) > 0.25


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_every_sort_of_film_can_be_written(tmp_path: Path, suffix: str) -> None:
    film = make_film(tmp_path / "a.mkv", gop=300, sound=False)
    made = cut_clip(film, tmp_path / f"b{suffix}", TimeRange(1.5, 2.0), go_on)
    assert made is not None
    assert colour_at(made.path, 0.2) == nearly(GREEN)


@pytest.mark.parametrize("suffix", sorted(SOUND_CODECS))
def test_every_sort_of_sound_can_be_written(tmp_path: Path, suffix: str) -> None:
    sound = write_sound(tmp_path / "a.wav", quiet_then_loud(4))
    made = cut_clip(sound, tmp_path / f"b{suffix}", TimeRange(2.5, 3.5), go_on)
    assert made is not None
    assert made.is_copy == (suffix == ".wav")
    assert duration_s(made.path) == pytest.approx(1.0, abs=0.3)
    assert loudness(made.path) == pytest.approx(0.35, abs=0.05)


def test_a_flac_tells_its_own_length_and_is_without_loss(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.wav", quiet_then_loud(4))
    whole = cut_clip(sound, tmp_path / "a.flac", TimeRange(0.0, 4.0), go_on)
    assert whole is not None
    part = cut_clip(whole.path, tmp_path / "b.flac", TimeRange(2.5, 3.5), go_on)
    assert part is not None
    assert duration_s(part.path) == pytest.approx(1.0, abs=0.6)
    exact = np.concatenate(list(read_samples(part.path)))
    assert np.abs(exact).max() == pytest.approx(0.5, abs=0.001)


def test_the_sound_alone_of_a_film(tmp_path: Path) -> None:
    made = cut_clip(make_film(tmp_path / "a.mp4"), tmp_path / "b.mp3", SECOND, go_on)
    assert made is not None
    assert loudness(made.path) > 0.25


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[float] = []

    def note(done: float) -> bool:
        told.append(done)
        return True

    cut_clip(make_film(tmp_path / "a.mp4", gop=300), tmp_path / "b.mp4", SECOND, note)
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] > 0.8


@pytest.mark.parametrize("gop", [10, 300])
def test_a_stopped_clip_leaves_nothing(tmp_path: Path, gop: int) -> None:
    film = make_film(tmp_path / "a.mp4", gop=gop)
    target = tmp_path / "b.mp4"
    assert cut_clip(film, target, SECOND, lambda done: done < 0.4) is None
    assert not target.exists()
    assert not rest_of(tmp_path)


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    film, target = make_film(tmp_path / "a.mp4"), tmp_path / "b.mp4"
    target.write_bytes(b"precious")
    with pytest.raises(UserError, match="is there already"):
        cut_clip(film, target, SECOND, go_on)
    assert target.read_bytes() == b"precious"
    assert cut_clip(film, target, SECOND, go_on, overwrite=True) is not None
    assert colour_at(target, 0.5) == nearly(GREEN)


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    film, target = make_film(tmp_path / "a.mp4"), tmp_path / "b.mp4"

    def meanwhile(_done: float) -> bool:
        target.write_bytes(b"precious")
        return True

    with pytest.raises(UserError, match="is there already"):
        cut_clip(film, target, SECOND, meanwhile)
    assert target.read_bytes() == b"precious"
    assert not rest_of(tmp_path)


def test_drives_without_links_work_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    film, target = make_film(tmp_path / "a.mp4"), tmp_path / "b.mp4"
    assert cut_clip(film, target, SECOND, go_on) is not None
    assert colour_at(target, 0.5) == nearly(GREEN)


def test_the_film_itself_is_never_the_target(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4")
    before = film.read_bytes()
    (tmp_path / "same.mp4").symlink_to(film)
    for target in (film, tmp_path / "same.mp4"):
        with pytest.raises(UserError, match="is the file that"):
            cut_clip(film, target, SECOND, go_on, overwrite=True)
    assert film.read_bytes() == before


def test_a_full_drive_and_a_missing_folder_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = make_film(tmp_path / "a.mp4")
    with pytest.raises(UserError, match="cannot be written"):
        cut_clip(film, tmp_path / "gone" / "b.mp4", SECOND, go_on)

    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clip, "_write", full)
    with pytest.raises(UserError, match="no room left"):
        cut_clip(film, tmp_path / "b.mp4", SECOND, go_on)
    assert not rest_of(tmp_path)


def test_unreadable_files_and_unknown_sorts_are_said(tmp_path: Path) -> None:
    broken = tmp_path / "a.mp4"
    broken.write_bytes(b"no film at all" * 100)
    with pytest.raises(UnreadableFileError):
        cut_clip(broken, tmp_path / "b.mp4", SECOND, go_on)
    with pytest.raises(UserError, match=r"cannot be written as \.txt"):
        cut_clip(broken, tmp_path / "b.txt", SECOND, go_on)
    assert not rest_of(tmp_path)


def test_names_say_where_the_clip_is_from() -> None:
    part = TimeRange(42.4, 3671.0)
    assert clip_name(Path("/f/a.b.MKV"), Modality.VIDEO, part) == "a.b 0.42–61.11.mkv"
    assert clip_name(Path("/f/a.wmv"), Modality.VIDEO, part).endswith(".mp4")
    assert clip_name(Path("/f/a.mp3"), Modality.AUDIO, part).endswith(".mp3")
    assert clip_name(Path("/f/a.wma"), Modality.AUDIO, part).endswith(".m4a")
