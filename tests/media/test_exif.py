"""EXIF as cameras write it, and as broken files have it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from mmsearch.media.exif import camera_name, describe_exif, orientation_of, read_exif

MAKE, MODEL, DATE = ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.DateTime
ORIGINAL = ExifTags.Base.DateTimeOriginal


def exif_of(
    tags: dict[int, Any],
    *,
    camera_tags: dict[int, Any] | None = None,
    gps: dict[int, Any] | None = None,
) -> Image.Exif:
    exif = Image.Exif()
    exif.update(tags)
    exif.get_ifd(ExifTags.IFD.Exif).update(camera_tags or {})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps or {})
    return exif


def test_facts_survive_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = exif_of(
        {MAKE: "FUJIFILM\0", MODEL: "X-T4 "},
        camera_tags={ORIGINAL: "2023:07:14 18:03:11"},
        gps={1: "S", 2: (33.0, 51.0, 24.84), 3: "E", 4: (151.0, 12.0, 55.08)},
    )
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    with Image.open(path) as image:
        facts = describe_exif(read_exif(image))
    assert facts.camera == "FUJIFILM X-T4"
    assert facts.taken_at == "2023-07-14T18:03:11"
    assert facts.latitude == pytest.approx(-33.8569, abs=1e-4)
    assert facts.longitude == pytest.approx(151.2153, abs=1e-4)


@pytest.mark.parametrize(
    ("make", "model", "expected"),
    [
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("Apple", "iPhone 12", "Apple iPhone 12"),
        ("SONY", None, "SONY"),
        (None, "DSC-RX100", "DSC-RX100"),
        (None, None, None),
    ],
)
def test_the_maker_is_named_once(make: str | None, model: str | None, expected: str | None) -> None:
    assert camera_name(make, model) == expected


@pytest.mark.parametrize(
    "when", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2023:13:01 00:00:00", "", "yesterday"]
)
def test_dates_that_are_none(when: str) -> None:
    assert describe_exif(exif_of({}, camera_tags={ORIGINAL: when})).taken_at is None


def test_the_time_of_the_last_change_counts_only_from_a_camera() -> None:
    assert describe_exif(exif_of({DATE: "2020:01:02 03:04:05"})).taken_at is None
    facts = describe_exif(exif_of({DATE: "2020:01:02 03:04:05", MODEL: "X"}))
    assert facts.taken_at == "2020-01-02T03:04:05"


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (float("nan"), 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: "48.1", 3: "E", 4: "11.5"},
        {1: "N", 2: (48.0, 8.0, 0.0)},
        {},
    ],
)
def test_positions_that_are_none(gps: dict[int, Any]) -> None:
    facts = describe_exif(exif_of({}, gps=gps))
    assert (facts.latitude, facts.longitude) == (None, None)


def test_position_in_minutes() -> None:
    gps = {1: "N", 2: (Fraction(48), Fraction(15, 2)), 3: "W", 4: (Fraction(11), Fraction(30))}
    facts = describe_exif(exif_of({}, gps=gps))
    assert (facts.latitude, facts.longitude) == (48.125, -11.5)


@pytest.mark.parametrize("value", [0, 9, "1", (1, 2), None])
def test_nonsense_is_no_orientation(value: object) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = value
    assert orientation_of(exif) is None


@pytest.mark.parametrize("cut", range(8, 120, 7))
def test_broken_exif_never_costs_the_picture(tmp_path: Path, cut: int) -> None:
    """The block is cut off and its pointers run wild."""
    whole = exif_of(
        {MAKE: "A", MODEL: "B", DATE: "2020:01:02 03:04:05"}, gps={1: "N", 2: (1.0, 2.0, 3.0)}
    ).tobytes()
    broken = whole[:cut] + b"\xff" * (len(whole) - cut)
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(path, exif=broken)
    from mmsearch.media.picture import read_picture

    describe_exif(read_picture(path).exif)
