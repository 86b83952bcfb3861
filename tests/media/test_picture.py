"""Pictures of every format: upright, in the right colours, reduced, and never a bomb."""

from __future__ import annotations

import os
import stat
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.picture import PixelLimits, open_frames, open_picture, read_picture
from mmsearch.types import U8
from tests.media.raw_photos import write_dng

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def halves(size_px: tuple[int, int] = (80, 60)) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", size_px, BLUE)
    image.paste(RED, (0, 0, size_px[0], size_px[1] // 2))
    return image


def pixels(path: Path, *, at_least_px: int | None = None) -> U8:
    image = open_picture(path, at_least_px=at_least_px)
    assert image.mode == "RGB"
    return np.asarray(image)


def assert_halves(array: U8, tolerance: float = 12) -> None:
    height = len(array)
    assert array[: height // 2 - 4].mean(axis=(0, 1)) == pytest.approx(RED, abs=tolerance)
    assert array[height // 2 + 4 :].mean(axis=(0, 1)) == pytest.approx(BLUE, abs=tolerance)


def kind_of_failure(path: Path, limits: PixelLimits | None = None) -> FailureKind:
    with pytest.raises(UnreadableFileError) as caught:
        read_picture(path, at_least_px=224, limits=limits)
    return caught.value.kind


@pytest.mark.parametrize(
    "name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.bmp", "a.tif", "a.avif", "a.ppm", "a.jp2"]
)
def test_formats(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    halves().save(path)
    array = pixels(path)
    assert array.shape == (60, 80, 3)
    assert_halves(array)


def test_heic(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(halves()).save(path)
    array = pixels(path)
    assert array.shape == (60, 80, 3)
    assert_halves(array)


def test_the_content_counts_not_the_name(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.dng", "a"):
        path = tmp_path / name
        halves().save(path, "PNG")
        assert_halves(pixels(path))


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 1, WHITE),
        ("L", 128, (128, 128, 128)),
        ("LA", (0, 255), (0, 0, 0)),
        ("LA", (0, 0), WHITE),
        ("RGBA", (255, 0, 0, 255), RED),
        ("RGBA", (0, 0, 0, 0), WHITE),
        ("RGBA", (0, 0, 255, 128), (127, 127, 255)),
        ("I;16", 32896, (128, 128, 128)),
        ("I;16", 2048, (127, 127, 127)),  # 12 bits of a camera
    ],
)
def test_modes_in_png(
    tmp_path: Path, mode: str, colour: int | tuple[int, ...], expected: tuple[int, int, int]
) -> None:
    path = tmp_path / "a.png"
    Image.new(mode, (20, 10), colour).save(path)
    assert pixels(path).reshape(-1, 3)[0].tolist() == pytest.approx(expected, abs=1)


def test_transparency_of_palettes(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    image = Image.new("P", (20, 10), 1)
    image.putpalette([255, 0, 0, 0, 0, 0])
    image.paste(0, (0, 0, 10, 10))
    image.save(path, transparency=1)
    array = pixels(path)
    assert tuple(array[5, 5]) == RED
    assert tuple(array[5, 15]) == WHITE


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("CMYK", (0, 255, 255, 0), RED),
        ("LAB", (136, 208, 195), (255, 0, 0)),
        ("F", 0.0, (0, 0, 0)),
        ("I", 65535, WHITE),
        ("RGBX", (255, 0, 0, 0), RED),
    ],
)
def test_modes_in_tiff(
    tmp_path: Path, mode: str, colour: float | tuple[int, ...], expected: tuple[int, int, int]
) -> None:
    path = tmp_path / "a.tif"
    Image.new(mode, (20, 10), colour).save(path)
    assert pixels(path).reshape(-1, 3)[0].tolist() == pytest.approx(expected, abs=12)


def test_floating_point_with_holes(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    values = np.array([[0, 0.5, 1.0, np.nan, np.inf]], np.float32)
    Image.fromarray(values).save(path)
    assert pixels(path)[0, :, 0].tolist() == [0, 127, 255, 0, 0]


@pytest.mark.data
@pytest.mark.parametrize("kind", ["Landscape", "Portrait"])
def test_every_exif_orientation_comes_out_upright(data_folder: Path, kind: str) -> None:
    folder = data_folder / "odd" / "exif_orientation"
    reference = read_picture(folder / f"{kind}_0.jpg", at_least_px=100)
    expected = np.asarray(reference.frames[0], np.int16)
    for orientation in range(1, 9):
        turned = read_picture(folder / f"{kind}_{orientation}.jpg", at_least_px=100)
        assert (turned.width_px, turned.height_px) == (reference.width_px, reference.height_px)
        assert np.abs(np.asarray(turned.frames[0], np.int16) - expected).mean() < 2


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_orientation_in_other_formats(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"a{suffix}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    how_stored = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    image = halves()
    for turn in how_stored.get(orientation, []):
        image = image.transpose(turn)
    image.save(path, exif=exif)
    picture = read_picture(path)
    assert (picture.width_px, picture.height_px) == (80, 60)
    assert picture.frames[0].size == (80, 60)
    assert_halves(np.asarray(picture.frames[0]))


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_reduced_but_not_below_what_is_wanted(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    halves((2000, 1500)).save(path)
    picture = read_picture(path, at_least_px=224)
    assert (picture.width_px, picture.height_px) == (2000, 1500)
    assert 224 <= min(picture.frames[0].size) < 448
    assert_halves(np.asarray(picture.frames[0]))
    assert open_picture(path).size == (2000, 1500)
    small = tmp_path / f"small{suffix}"
    halves().save(small)
    assert open_picture(small, at_least_px=224).size == (80, 60)


def test_a_very_wide_picture_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (60_000, 40), 200).save(path)
    assert read_picture(path, at_least_px=32).width_px == 60_000


def png_header(width_px: int, height_px: int) -> bytes:
    """A PNG that claims a size, with hardly any data."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size_px", [(60_000, 60_000), (20_000, 20_000), (40_000, 30_000)])
def test_bombs_are_too_large(tmp_path: Path, size_px: tuple[int, int]) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png_header(*size_px))
    assert kind_of_failure(path) is FailureKind.TOO_LARGE


def test_limits_of_whole_and_reduced_pictures(tmp_path: Path) -> None:
    baseline, progressive, png = tmp_path / "a.jpg", tmp_path / "b.jpg", tmp_path / "c.png"
    halves((2000, 1500)).save(baseline)
    halves((2000, 1500)).save(progressive, progressive=True)
    halves((2000, 1500)).save(png)
    limits = PixelLimits(whole=1_000_000, reduced=5_000_000)
    assert read_picture(baseline, at_least_px=224, limits=limits).width_px == 2000
    assert kind_of_failure(progressive, limits) is FailureKind.TOO_LARGE
    assert kind_of_failure(png, limits) is FailureKind.TOO_LARGE
    tighter = PixelLimits(whole=1_000_000, reduced=2_000_000)
    assert kind_of_failure(baseline, tighter) is FailureKind.TOO_LARGE


def animation(path: Path, colours: list[tuple[int, int, int]]) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in colours]
    options = {"loop": 0} if path.suffix in {".gif", ".webp", ".png"} else {}
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, **options)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_animations_give_four_different_frames(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    colours = [(20 * step, 0, 255 - 20 * step) for step in range(12)]
    animation(path, colours)
    frames = open_frames(path, max_frames=4)
    assert len(frames) == 4
    reds = [np.asarray(frame)[..., 0].mean() for frame in frames]
    assert reds == pytest.approx([20, 80, 160, 200], abs=25)
    assert reds == sorted(reds)
    assert open_picture(path).size == (40, 30)


def test_frames_that_repeat_count_once(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    animation(path, [RED, BLUE] * 4)
    assert 1 <= len(open_frames(path, max_frames=4)) <= 2


def test_pages_are_no_animation(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    animation(path, [RED, BLUE, WHITE])
    (frame,) = open_frames(path, max_frames=4)
    assert tuple(np.asarray(frame)[0, 0]) == RED


def test_a_damaged_animation_gives_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    animation(path, [(10 * step, 0, 0) for step in range(20)])
    path.write_bytes(path.read_bytes()[:-300])
    assert len(open_frames(path, max_frames=4)) >= 1


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_raw_photographs_by_their_preview(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "a.dng"
    stored = {
        1: halves((600, 450)),
        3: halves((600, 450)).transpose(Image.Transpose.ROTATE_180),
        6: halves((450, 600)).transpose(Image.Transpose.ROTATE_90),
        8: halves((450, 600)).transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    write_dng(path, (0, 255, 0), orientation=orientation, preview=stored)
    picture = read_picture(path, at_least_px=224)
    turned = orientation in (6, 8)
    assert (picture.width_px, picture.height_px) == ((480, 640) if turned else (640, 480))
    assert_halves(np.asarray(picture.frames[0]))


def test_raw_photographs_without_a_useful_preview_are_developed(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    write_dng(path, (200, 60, 60), orientation=6, preview=halves((64, 48)))
    picture = read_picture(path, at_least_px=224)
    assert (picture.width_px, picture.height_px) == (480, 640)
    red, green, blue = np.asarray(picture.frames[0]).mean(axis=(0, 1))
    assert red > 150
    assert max(green, blue) < 100


def test_a_damaged_raw_photograph(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(b"II*\0" + b"\xff" * 5000)
    assert kind_of_failure(path) in (FailureKind.UNSUPPORTED, FailureKind.CORRUPT)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif", ".bmp", ".tif", ".avif"])
def test_truncated_files_are_corrupt(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    noise = np.random.default_rng(0).integers(0, 255, (60, 80, 3)).astype(np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert kind_of_failure(path) is FailureKind.CORRUPT


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FailureKind.EMPTY),
        (b"\xff\xd8\xff\xe0", FailureKind.CORRUPT),
        (b"\x89PNG\r\n\x1a\n", FailureKind.CORRUPT),
        (b"this is text", FailureKind.UNSUPPORTED),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", FailureKind.UNSUPPORTED),
        (b"\xd7\xcd\xc6\x9a" + b"\0" * 60, FailureKind.UNSUPPORTED),  # WMF
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, FailureKind.CORRUPT),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 64, FailureKind.UNSUPPORTED),
    ],
)
def test_what_is_no_picture(tmp_path: Path, content: bytes, kind: FailureKind) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert kind_of_failure(path) is kind


def test_missing_and_irregular_files(tmp_path: Path) -> None:
    assert kind_of_failure(tmp_path / "gone.jpg") is FailureKind.VANISHED
    assert kind_of_failure(tmp_path) is FailureKind.NOT_REGULAR


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "a.jpg"
    os.mkfifo(pipe)
    assert kind_of_failure(pipe) is FailureKind.NOT_REGULAR
    assert kind_of_failure(Path("/dev/null")) is FailureKind.NOT_REGULAR


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    halves().save(path)
    path.chmod(stat.S_IWUSR)
    assert kind_of_failure(path) is FailureKind.PERMISSION


@pytest.mark.data
def test_pictures_that_broke_decoders(data_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each is a picture or an UnreadableFileError; a hang would be seen as a slow test."""
    kinds: dict[str, FailureKind | None] = {}
    for path in sorted((data_folder / "odd" / "pictures").iterdir()):
        try:
            read_picture(path, at_least_px=224, max_frames=4)
            kinds[path.name] = None
        except UnreadableFileError as error:
            kinds[path.name] = error.kind
    assert len(kinds) == 50
    for name, kind in kinds.items():
        if "bomb" in name:
            assert kind is FailureKind.TOO_LARGE
    assert set(kinds.values()) <= {
        None,
        FailureKind.CORRUPT,
        FailureKind.UNSUPPORTED,
        FailureKind.TOO_LARGE,
    }
    capfd.readouterr()  # libtiff prints what it finds
