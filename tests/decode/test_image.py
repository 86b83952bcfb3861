"""Pictures to segments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.types import U8, Frames, Metadata, Modality, Segment


def decode(path: Path, options: DecodeOptions | None = None) -> tuple[Metadata, U8]:
    metadata, segment = decode_file(path, Modality.IMAGE, options or DecodeOptions())
    assert isinstance(metadata, Metadata)
    assert isinstance(segment, Segment)
    assert segment.locator is None
    assert isinstance(segment.content, Frames)
    return metadata, segment.content.pixels


def stripes(size_px: tuple[int, int]) -> Image.Image:
    """Green in the middle half, red at the left and right."""
    image = Image.new("RGB", size_px, (255, 0, 0))
    image.paste((0, 255, 0), (size_px[0] // 4, 0, 3 * size_px[0] // 4, size_px[1]))
    return image


def test_a_square_of_the_asked_size(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    stripes((1600, 900)).save(path)
    metadata, pixels = decode(path)
    assert pixels.shape == (1, 224, 224, 3)
    assert pixels.dtype == np.uint8
    assert (metadata.width_px, metadata.height_px) == (1600, 900)
    assert decode(path, DecodeOptions(image_px=64))[1].shape == (1, 64, 64, 3)


def test_squashed_or_cropped(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    stripes((400, 200)).save(path)
    _, squashed = decode(path, DecodeOptions(image_px=32))
    _, cropped = decode(path, DecodeOptions(image_px=32, picture_fit="crop"))
    assert squashed[0, 16, 0].tolist() == pytest.approx([255, 0, 0], abs=10)
    assert squashed[0, 16, 16].tolist() == pytest.approx([0, 255, 0], abs=10)
    assert cropped[0, 16, 1].tolist() == pytest.approx([0, 255, 0], abs=10)


def test_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "Camera"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2023:07:14 18:03:11"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (48.0, 30.0, 0.0), 3: "E", 4: (11.0, 15.0, 0.0)}
    )
    stripes((60, 40)).save(path, exif=exif)
    metadata, _ = decode(path)
    assert metadata == Metadata(
        width_px=40,
        height_px=60,
        camera="Camera",
        taken_at="2023-07-14T18:03:11",
        latitude=48.5,
        longitude=11.25,
    )


def test_an_animation_is_one_segment_of_several_frames(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("RGB", (40, 30), (20 * step, 0, 0)) for step in range(12)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert decode(path, DecodeOptions(image_px=32))[1].shape == (4, 32, 32, 3)


def test_the_limits_of_the_options_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    stripes((400, 200)).save(path)
    with pytest.raises(UnreadableFileError) as caught:
        decode(path, DecodeOptions(max_pixels=1000))
    assert caught.value.kind is FailureKind.TOO_LARGE
    assert "400 x 200" in caught.value.message


@pytest.mark.data
def test_reducing_on_the_way_shows_the_same_picture(data_folder: Path, tmp_path: Path) -> None:
    """A large JPEG through DCT scaling, against decoding all of it."""
    source = next((data_folder / "odd" / "exif_orientation").glob("*_0.jpg"))
    path = tmp_path / "a.jpg"
    with Image.open(source) as image:
        image.resize((4000, 3000), Image.Resampling.LANCZOS).save(path, quality=90)
    with Image.open(path) as image:
        whole = np.asarray(image.resize((224, 224), Image.Resampling.BICUBIC), np.int16)
    _, pixels = decode(path)
    assert np.abs(pixels[0] - whole).mean() < 2
