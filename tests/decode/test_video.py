"""Films: shots where they are, colours as they are, and what broken files give."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.video import decode
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.types import F32, Frames, Metadata, Samples, Segment, TimeRange
from tests.decode.films import Recipe, make_film, panning, picture, plain, scene

OPTIONS = DecodeOptions(image_px=64)
TOLERANCE_S = 0.3


def read(path: Path, options: DecodeOptions = OPTIONS) -> tuple[list[Segment], Metadata]:
    """The segments of pictures of a film, and its metadata."""
    items = list(decode(path, options))
    (metadata,) = (item for item in items if isinstance(item, Metadata))
    segments = [item for item in items if isinstance(item, Segment)]
    return [item for item in segments if isinstance(item.content, Frames)], metadata


def span(segment: Segment) -> TimeRange:
    assert isinstance(segment.locator, TimeRange)
    return segment.locator


def cuts(segments: list[Segment]) -> list[float]:
    """Where shots begin, the first left out; checks that they lie end to end."""
    for before, after in itertools.pairwise(segments):
        assert span(before).end_s == pytest.approx(span(after).start_s)
    return [span(segment).start_s for segment in segments[1:]]


def mean_colour(segment: Segment) -> F32:
    assert isinstance(segment.content, Frames)
    return segment.content.pixels.mean(axis=(0, 1, 2))


MIXED = [(scene(1), 2.5), (scene(2), 2.0), (scene(3), 3.0), (scene(4), 2.0), (scene(5), 2.0)]
RECIPES = {
    "25 fps": Recipe(),
    "29.97 fps": Recipe(fps=Fraction(30_000, 1_001)),
    "60 fps": Recipe(fps=Fraction(60)),
    "variable frame rate": Recipe(fps=Fraction(30), drop_every=3),
    "starts at 7.3 s": Recipe(start_s=7.3),
    "pyramid of B-frames": Recipe(
        options={"preset": "medium", "bf": "5", "b-pyramid": "normal", "g": "250"}
    ),
    "keyframe each second": Recipe(
        options={"preset": "ultrafast", "g": "25", "sc_threshold": "0", "bf": "0"}
    ),
    "keyframe every two seconds": Recipe(
        options={"preset": "ultrafast", "g": "50", "sc_threshold": "0", "bf": "0"}
    ),
    "no keyframes at cuts": Recipe(
        options={"preset": "ultrafast", "g": "250", "sc_threshold": "0", "bf": "2"}
    ),
    "only keyframes": Recipe(codec="mjpeg", pixel_format="yuvj420p", options={}),
    "hevc, 10 bits": Recipe(
        codec="libx265",
        pixel_format="yuv420p10le",
        options={"preset": "ultrafast", "x265-params": "log-level=none"},
    ),
    "av1": Recipe(codec="libsvtav1", options={"preset": "12", "svtav1-params": "lp=1"}),
    "vp9": Recipe(codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"}),
    "mpeg4": Recipe(codec="mpeg4", options={"bf": "2", "g": "30"}),
}


@pytest.mark.parametrize("name", RECIPES)
def test_shots_are_found_where_they_are(tmp_path: Path, name: str) -> None:
    path = tmp_path / "film.mkv"
    expected = make_film(path, MIXED, RECIPES[name])
    segments, metadata = read(path)
    assert cuts(segments) == pytest.approx(expected, abs=TOLERANCE_S)
    assert span(segments[0]).start_s == pytest.approx(0, abs=0.1)
    assert span(segments[-1]).end_s == pytest.approx(11.5, abs=0.1)
    assert metadata.duration_s is not None
    assert (metadata.width_px, metadata.height_px) == (320, 180)
    assert metadata.notes == ()


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".avi", ".ts", ".flv", ".webm", ".mpg"])
def test_containers(tmp_path: Path, suffix: str) -> None:
    recipe = {
        ".webm": Recipe(codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"}),
        ".avi": Recipe(codec="mpeg4", options={}),
        ".mpg": Recipe(codec="mpeg2video", options={"bf": "2", "g": "12"}),
    }.get(suffix, Recipe())
    path = tmp_path / f"film{suffix}"
    expected = make_film(path, MIXED, recipe)
    segments, _ = read(path)
    assert cuts(segments) == pytest.approx(expected, abs=TOLERANCE_S)


def test_raw_stream_without_times(tmp_path: Path) -> None:
    path = tmp_path / "film.h264"
    expected = make_film(path, MIXED, Recipe(options={"preset": "ultrafast", "bf": "0"}))
    segments, _ = read(path)
    assert cuts(segments) == pytest.approx(expected, abs=TOLERANCE_S)


@pytest.mark.data
def test_real_pictures_in_two_second_shots(tmp_path: Path, data_folder: Path) -> None:
    lines = (data_folder / "flickr8k" / "dev.jsonl").read_text().splitlines()[:15]
    files = [data_folder / "flickr8k" / json.loads(line)["file"] for line in lines]
    path = tmp_path / "film.mp4"
    expected = make_film(path, [(picture(file), 2.0) for file in files])
    segments, _ = read(path)
    assert cuts(segments) == pytest.approx(expected, abs=TOLERANCE_S)
    for segment, file in zip(segments, files, strict=True):
        assert mean_colour(segment) == pytest.approx(picture(file).mean(axis=(0, 1)), abs=4)


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuvj420p", "yuv444p"])
def test_red_stays_red(tmp_path: Path, pixel_format: str) -> None:
    path = tmp_path / "film.mp4"
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (128, 128, 128)]
    shots = [(plain(colour), 2.0) for colour in colours]
    make_film(path, shots, Recipe(pixel_format=pixel_format))
    segments, _ = read(path)
    assert len(segments) == len(colours)
    for segment, colour in zip(segments, colours, strict=True):
        assert mean_colour(segment) == pytest.approx(colour, abs=6)


@pytest.mark.parametrize("rotation", [90, 180, -90])
def test_a_turned_film_comes_out_upright(tmp_path: Path, rotation: int) -> None:
    """The upper half is red as it should be shown; the file holds it turned the other way."""
    upright = plain((0, 0, 255)) if rotation == 180 else np.zeros((320, 180, 3), np.uint8)
    upright[:] = (0, 0, 255)
    upright[: len(upright) // 2] = (255, 0, 0)
    stored = np.ascontiguousarray(np.rot90(upright, -rotation // 90))
    path = tmp_path / "film.mp4"
    make_film(path, [(stored, 2.0)], Recipe(rotation=rotation))
    segments, metadata = read(path)
    assert (metadata.width_px, metadata.height_px) == (upright.shape[1], upright.shape[0])
    (segment,) = segments
    assert isinstance(segment.content, Frames)
    first = segment.content.pixels[0]
    assert first[:28].mean(axis=(0, 1)) == pytest.approx((255, 0, 0), abs=12)
    assert first[36:].mean(axis=(0, 1)) == pytest.approx((0, 0, 255), abs=12)


def test_a_moving_camera_is_no_cut(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(panning(1, 100), 4.0), (panning(3, 100), 4.0)])
    segments, _ = read(path)
    assert cuts(segments) == pytest.approx([4.0], abs=TOLERANCE_S)


def test_flashes_are_no_cuts(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    flash = [(plain((255, 255, 255)), 0.08), (scene(1), 1.5)]
    make_film(path, [(scene(1), 2.0), *flash, *flash, *flash])
    segments, _ = read(path)
    assert len(segments) == 1


def test_a_dissolve_is_a_cut_in_its_middle(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    steps = np.linspace(0, 1, 25)[:, None, None, None]
    dissolve = (scene(1) * (1 - steps) + scene(2) * steps).astype(np.uint8)
    make_film(path, [(scene(1), 4.0), (list(dissolve), 1.0), (scene(2), 4.0)])
    segments, _ = read(path)
    assert cuts(segments) == pytest.approx([4.5], abs=TOLERANCE_S)


def test_black_between_scenes_is_no_segment(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(scene(1), 3.0), (plain((0, 0, 0)), 2.0), (scene(2), 3.0)])
    segments, _ = read(path)
    assert [round(span(segment).start_s) for segment in segments] == [0, 5]
    assert [round(span(segment).end_s) for segment in segments] == [3, 8]


def test_a_black_film_has_one_segment(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(plain((0, 0, 0)), 3.0)])
    segments, _ = read(path)
    assert len(segments) == 1


def test_long_shots_are_split_without_splinters(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(panning(1, 200), 52.0)], Recipe(fps=Fraction(5)))
    segments, _ = read(path)
    lengths_s = [span(segment).end_s - span(segment).start_s for segment in segments]
    assert sum(lengths_s) == pytest.approx(52.0, abs=0.3)
    assert all(9.9 < length_s < 20.1 for length_s in lengths_s)


def test_frames_of_a_shot_are_spread_over_it_and_do_not_repeat(tmp_path: Path) -> None:
    still, moving = tmp_path / "still.mp4", tmp_path / "moving.mp4"
    make_film(still, [(scene(1), 6.0)])
    make_film(moving, [(panning(1, 150), 6.0)])
    (one,), _ = read(still)
    (three,), _ = read(moving)
    assert isinstance(one.content, Frames)
    assert isinstance(three.content, Frames)
    assert one.content.pixels.shape == (1, 64, 64, 3)
    assert three.content.pixels.shape == (3, 64, 64, 3)
    assert one.content.pixels.dtype == np.uint8


def test_crop_keeps_the_middle(tmp_path: Path) -> None:
    frame = plain((255, 0, 0)).copy()
    frame[:, 80:240] = (0, 255, 0)
    path = tmp_path / "film.mp4"
    make_film(path, [(frame, 2.0)])
    (squashed,), _ = read(path)
    (cropped,), _ = read(path, DecodeOptions(image_px=64, picture_fit="crop"))
    assert isinstance(cropped.content, Frames)
    assert cropped.content.pixels.shape == (1, 64, 64, 3)
    assert mean_colour(squashed)[0] > 100
    assert mean_colour(cropped)[0] < 50


def test_the_number_of_shots_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(scene(seed), 1.0) for seed in range(8)])
    segments, metadata = read(path, DecodeOptions(image_px=32, max_shots_per_video=5))
    assert len(segments) == 5
    assert metadata.notes == ("Only the first 5 shots were read.",)


def test_tags(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    tags = {"title": "Our trip", "creation_time": "2023-07-14T18:03:11.000000Z"}
    make_film(path, [(scene(1), 1.0)], Recipe(metadata=tags))
    _, metadata = read(path)
    assert metadata.title == "Our trip"
    assert metadata.taken_at == "2023-07-14T18:03:11"


def test_a_film_cut_off_yields_what_is_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    make_film(path, [(scene(seed), 3.0) for seed in range(8)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    segments, metadata = read(path)
    assert len(segments) >= 2
    assert metadata.notes[0].startswith("Only the first")


def test_damage_amid_a_film_costs_only_its_place(tmp_path: Path) -> None:
    path = tmp_path / "film.ts"
    make_film(path, [(scene(seed), 3.0) for seed in range(6)])
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = b"\xa5" * 3000
    path.write_bytes(content)
    segments, _ = read(path)
    assert span(segments[-1]).end_s == pytest.approx(18, abs=0.5)
    assert len(segments) >= 5


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FailureKind.EMPTY),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n", FailureKind.UNSUPPORTED),
        (b"ffconcat version 1.0\nfile '/etc/passwd'\n", FailureKind.UNSUPPORTED),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 3000, FailureKind.CORRUPT),
        (b"plain text, not a film\n" * 99, FailureKind.CORRUPT),
    ],
)
def test_what_is_no_film(tmp_path: Path, content: bytes, kind: FailureKind) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        list(decode(path, OPTIONS))
    assert caught.value.kind is kind


def test_a_name_that_looks_like_an_address_is_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "concat:a|b"
    folder.mkdir()
    path = folder / "http:x%20\udcff 'q'.mp4"
    plain_path = tmp_path / "film.mp4"
    make_film(plain_path, [(scene(1), 2.0)])
    plain_path.rename(path)
    segments, _ = read(path)
    assert len(segments) == 1


def test_sound_comes_as_further_segments(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    write_with_sound(path, with_pictures=True)
    items = [item for item in decode(path, OPTIONS) if isinstance(item, Segment)]
    kinds = [type(item.content) for item in items]
    assert kinds == [Frames, Samples, Samples, Samples]
    assert span(items[1]).end_s == pytest.approx(5.0)


def test_a_film_without_pictures_is_a_sound(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    write_with_sound(path, with_pictures=False)
    items = list(decode(path, OPTIONS))
    assert [type(item) for item in items] == [Segment, Segment, Segment, Metadata]


def write_with_sound(path: Path, *, with_pictures: bool) -> None:
    """Ten seconds of a still picture and a tone."""
    times_s = np.arange(10 * 16_000) / 16_000
    tone = (0.5 * np.sin(2 * np.pi * 440 * times_s)).astype(np.float32)[None]
    with av.open(str(path), "w") as container:
        if with_pictures:
            video = container.add_stream("libx264", rate=5, options={"preset": "ultrafast"})
            video.width, video.height = 320, 180
        audio = container.add_stream("aac", rate=16_000)
        if with_pictures:
            for _ in range(50):
                container.mux(video.encode(av.VideoFrame.from_ndarray(scene(1), format="rgb24")))
            container.mux(video.encode())
        sound = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        sound.sample_rate = 16_000
        container.mux(audio.encode(sound))
        container.mux(audio.encode())


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "n_shots", "size_px"),
    [
        ("av1_video.mkv", 1, (640, 360)),
        ("bottle-detection.mp4", 2, (640, 360)),
        ("bt709_full_range.mp4", 1, (1280, 720)),
        ("car-detection.mp4", 3, (768, 432)),
        ("h264_10bits.mp4", 1, (200, 200)),
        ("h265_10bits.mp4", 1, (200, 200)),
        ("h265_video.mp4", 1, (128, 128)),
        ("nasa_13013.mp4", 3, (480, 270)),
    ],
)
def test_real_films(data_folder: Path, name: str, n_shots: int, size_px: tuple[int, int]) -> None:
    segments, metadata = read(data_folder / "odd" / "video" / name)
    assert len(segments) == n_shots
    assert (metadata.width_px, metadata.height_px) == size_px
    assert metadata.notes == ()


@pytest.mark.data
def test_the_larger_of_several_streams_and_its_cuts(data_folder: Path) -> None:
    """Looked at by eye: a dissolve from 5.0 to 6.0 s and a cut at 8.0 s."""
    segments, _ = read(data_folder / "odd" / "video" / "nasa_13013.mp4")
    assert cuts(segments) == pytest.approx([5.5, 8.0], abs=TOLERANCE_S)
