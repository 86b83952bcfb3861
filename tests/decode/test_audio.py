"""Sound cut into windows."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from mmsearch.decode.audio import decode, segments_of_sound
from mmsearch.decode.options import DecodeOptions
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.types import AUDIO_RATE_HZ, F32, Metadata, Samples, Segment, TimeRange
from tests.sounds import loudest_hz, noise, sine, write_sound


def _decode(path: Path, **options: float) -> tuple[list[tuple[TimeRange, F32]], Metadata]:
    windows: list[tuple[TimeRange, F32]] = []
    metadata: list[Metadata] = []
    for item in decode(path, DecodeOptions(**options)):  # type: ignore[arg-type]
        if isinstance(item, Metadata):
            metadata.append(item)
        else:
            windows.append(_unpack(item))
    assert len(metadata) == 1
    return windows, metadata[0]


def _unpack(segment: Segment) -> tuple[TimeRange, F32]:
    assert isinstance(segment.content, Samples)
    assert isinstance(segment.locator, TimeRange)
    samples, place = segment.content.samples, segment.locator
    assert samples.dtype == np.float32
    assert len(samples) == round((place.end_s - place.start_s) * AUDIO_RATE_HZ)
    assert np.abs(samples).max() <= 1
    return place, samples


def _places(windows: list[tuple[TimeRange, F32]]) -> list[tuple[float, float]]:
    return [(round(place.start_s, 2), round(place.end_s, 2)) for place, _ in windows]


@pytest.mark.parametrize(
    ("length_s", "places"),
    [
        (0.05, [(0, 0.05)]),
        (0.8, [(0, 0.8)]),
        (4.9, [(0, 4.9)]),
        (5.0, [(0, 5)]),
        (5.1, [(0, 5)]),
        (6.0, [(0, 5), (1, 6)]),
        (7.5, [(0, 5), (2.5, 7.5)]),
        (9.0, [(0, 5), (2.5, 7.5), (4, 9)]),
    ],
)
def test_windows_cover_the_sound(
    length_s: float, places: list[tuple[float, float]], tmp_path: Path
) -> None:
    windows, metadata = _decode(write_sound(tmp_path / "x.wav", noise(length_s)))
    assert _places(windows) == places
    assert metadata.duration_s == pytest.approx(length_s, abs=0.001)
    assert metadata.notes == ()


def test_windows_hold_what_their_place_says(tmp_path: Path) -> None:
    tones = np.concatenate([sine(500 + 100 * second, 1) for second in range(14)])
    windows, _ = _decode(write_sound(tmp_path / "x.mp3", tones))
    assert len(windows) == 5
    for place, samples in windows:
        for second in range(int(place.start_s + 1), int(place.end_s)):
            at = round((second - place.start_s) * AUDIO_RATE_HZ)
            heard_hz = loudest_hz(samples[at + 500 : at + 15_500], rate_hz=AUDIO_RATE_HZ)
            assert heard_hz == pytest.approx(500 + 100 * second, abs=3)


@pytest.mark.parametrize(("window_s", "hop_s"), [(1.0, 1.0), (1.0, 3.0), (0.975, 0.4875)])
def test_other_windows(window_s: float, hop_s: float, tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.wav", noise(10))
    windows, _ = _decode(path, window_s=window_s, hop_s=hop_s)
    starts_s = [place.start_s for place, _ in windows]
    assert starts_s[:3] == pytest.approx([0, hop_s, 2 * hop_s], abs=0.001)
    assert windows[-1][0].end_s == pytest.approx(10, abs=0.25)
    assert all(len(samples) == round(window_s * AUDIO_RATE_HZ) for _, samples in windows)


def test_silence_is_left_out(tmp_path: Path) -> None:
    quiet = np.zeros(round(48_000 * 20.1), np.float32)
    path = write_sound(tmp_path / "x.flac", np.concatenate([quiet, noise(4.8), quiet]))
    windows, metadata = _decode(path)
    assert _places(windows) == [(17.5, 22.5), (20, 25), (22.5, 27.5)]
    assert metadata.duration_s == pytest.approx(45)


def test_hiss_far_below_the_rest_is_silence(tmp_path: Path) -> None:
    hiss = noise(20.1, level=0.0005, seed=1)
    path = write_sound(tmp_path / "x.flac", np.concatenate([hiss, noise(4.8), hiss]))
    windows, _ = _decode(path)
    assert _places(windows) == [(17.5, 22.5), (20, 25), (22.5, 27.5)]


def test_a_recording_that_is_quiet_throughout_is_kept(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.wav", sine(440, 100, level=0.0009), codec="pcm_f32le")
    windows, metadata = _decode(path)
    starts_s = [place.start_s for place, _ in windows]
    assert starts_s == [2.5 * number for number in range(39)]
    assert metadata.notes == ()


def test_a_click_in_silence_is_found(tmp_path: Path) -> None:
    samples = np.zeros(48_000 * 20, np.float32)
    samples[48_000 * 12 : 48_000 * 12 + 48] = 0.5
    windows, _ = _decode(write_sound(tmp_path / "x.wav", samples))
    assert _places(windows) == [(7.5, 12.5), (10, 15)]


@pytest.mark.parametrize("level", [0.0, 0.00002, 0.5])
def test_a_silent_file_has_metadata_and_no_window(level: float, tmp_path: Path) -> None:
    """A constant is silence too, whatever its level."""
    samples = np.full(48_000 * 12, level, np.float32)
    windows, metadata = _decode(write_sound(tmp_path / "x.wav", samples, codec="pcm_f32le"))
    assert windows == []
    assert metadata.notes == ("silent",)
    assert metadata.duration_s == pytest.approx(12)


def test_the_constant_part_is_removed(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.wav", sine(440, 3, level=0.2) + np.float32(0.4))
    ((_, samples),) = _decode(path)[0]
    assert samples.mean() == pytest.approx(0, abs=1e-4)
    assert np.abs(samples).max() == pytest.approx(0.2, rel=0.1)


def test_clipped_sound_stays_within_full_scale(tmp_path: Path) -> None:
    loud = np.clip(sine(440, 3, level=9) + np.float32(0.5), -1, 1)
    ((_, samples),) = _decode(write_sound(tmp_path / "x.mp3", loud))[0]
    assert np.abs(samples).max() <= 1


@pytest.mark.parametrize("limit_s", [7.5, 8.0])
def test_the_limit_is_noted(limit_s: float, tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.mp3", noise(20))
    windows, metadata = _decode(path, max_audio_s=limit_s)
    assert windows[-1][0].end_s == pytest.approx(limit_s)
    assert metadata.notes == (f"only the first {limit_s:g} seconds",)
    assert metadata.duration_s == pytest.approx(20, abs=0.1)


def test_hours_take_bounded_memory(tmp_path: Path) -> None:
    beeps = np.tile(np.concatenate([sine(440, 1, rate_hz=8000), np.zeros(72_000)]), 60)
    path = write_sound(tmp_path / "x.wav", beeps.astype(np.float32), rate_hz=8000, layout="mono")
    tracemalloc.start()
    try:
        n_windows = sum(1 for _ in decode(path, DecodeOptions())) - 1
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert n_windows == pytest.approx(60 * 3, abs=61)
    # Ten minutes are 38 MB of samples.
    assert peak_bytes < 8_000_000


def test_the_track_of_a_film(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "x.mka", noise(6))
    segments = list(segments_of_sound(path, DecodeOptions()))
    assert _places([_unpack(segment) for segment in segments]) == [(0, 5), (1, 6)]


def test_damage_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.mp3").write_bytes(bytes(5000))
    with pytest.raises(UnreadableFileError) as caught:
        list(decode(tmp_path / "x.mp3", DecodeOptions()))
    assert caught.value.kind == FailureKind.CORRUPT


@pytest.mark.data
def test_real_sounds(data_folder: Path) -> None:
    folder = data_folder / "esc10"
    rows = [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]
    for row in rows[::16]:
        (path,) = folder.rglob(Path(row["file"]).name)
        windows, metadata = _decode(path)
        assert 1 <= len(windows) <= 2
        assert metadata.duration_s == pytest.approx(5, abs=0.3)


@pytest.mark.data
def test_real_films(data_folder: Path) -> None:
    folder = data_folder / "odd" / "video"
    assert list(segments_of_sound(folder / "h265_video.mp4", DecodeOptions())) == []
    spoken = list(segments_of_sound(folder / "nasa_13013.mp4", DecodeOptions()))
    assert _places([_unpack(segment) for segment in spoken])[0] == (0, 5)
