"""Titles, captions and keywords in pictures: of every standard, and broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from mmsearch.media.picture import read_picture
from mmsearch.media.picture_text import PictureText, read_picture_text

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Low &amp; high</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>lighthouse</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
<dc:creator><rdf:Seq><rdf:li>Anna</rdf:li></rdf:Seq></dc:creator>
<rdf:li mwg-rs:Name="Grandma"/><mwg-rs:Name>Otto</mwg-rs:Name>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def iptc(*pairs: tuple[int, bytes]) -> bytes:
    return b"".join(
        bytes([0x1C, 2, number]) + len(value).to_bytes(2, "big") + value for number, value in pairs
    )


def text_of(info: dict[object, object], exif: Image.Exif | None = None) -> PictureText:
    image = Image.new("RGB", (8, 8))
    image.info.update(info)
    return read_picture_text(image, exif or Image.Exif())


def test_xmp_is_read_from_every_format(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.webp", "a.png"):
        path, options = tmp_path / name, {}
        if name == "a.png":
            chunks = PngImagePlugin.PngInfo()
            chunks.add_itxt("XML:com.adobe.xmp", XMP.decode())
            options["pnginfo"] = chunks
        else:
            options["xmp"] = XMP
        Image.new("RGB", (32, 32)).save(path, **options)

        text = read_picture(path).text

        assert (text.title, text.author) == ("Low & high", "Anna"), name
        assert text.tags == ("lighthouse", "sea", "Grandma", "Otto"), name


def test_iptc_in_a_photoshop_block() -> None:
    data = iptc((5, b"Title"), (120, "Grüße".encode()), (25, b"dog"), (25, b"dog"), (80, b"Bo"))

    text = text_of({"photoshop": {0x0404: data}})

    assert text == PictureText("Title", "Grüße", "Bo", ("dog",))
    assert (
        text_of({"photoshop": {0x0404: iptc((120, "Grüße".encode("cp1252")))}}).caption == "Grüße"
    )


def test_exif_of_cameras_and_of_windows(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "a lighthouse"
    exif[ExifTags.Base.Artist] = "Anna"
    exif[ExifTags.Base.XPTitle] = "Türme".encode("utf-16-le") + b"\0\0"
    exif[ExifTags.Base.XPKeywords] = "sea;tower".encode("utf-16-le")
    path = tmp_path / "a.jpg"
    Image.new("RGB", (32, 32)).save(path, exif=exif)

    assert read_picture(path).text == PictureText("Türme", "a lighthouse", "Anna", ("sea", "tower"))


@pytest.mark.parametrize("written", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "", "\0\0", 7])
def test_what_a_camera_writes_by_itself_is_no_caption(written: object) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = written
    assert text_of({}, exif).caption is None


def test_texts_are_bounded() -> None:
    data = iptc((120, b"x" * 9000), *((25, b"%d" % number) for number in range(500)))
    text = text_of({"photoshop": {0x0404: data}})
    assert text.caption is not None
    assert len(text.caption) == 2000
    assert len(text.tags) == 100


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_rubbish_is_no_error(packet: bytes, block: bytes) -> None:
    xmp = b"<dc:subject><rdf:li>" + packet + b"</rdf:li></dc:subject>"
    text = text_of({"xmp": xmp, "photoshop": {0x0404: b"\x1c\x02\x19" + block}})
    for tag in text.tags:
        tag.encode("utf-8")
        assert 0 < len(tag) <= 100


@pytest.mark.parametrize("info", [{"xmp": 3}, {"photoshop": b"x"}, {"photoshop": {0x0404: "x"}}])
def test_what_is_not_even_bytes(info: dict[object, object]) -> None:
    assert text_of(info) == PictureText()


def test_a_bomb_of_xml_is_only_text() -> None:
    bomb = b"<!ENTITY a 'ha'>" * 1000 + XMP * 2000
    assert len(text_of({"xmp": bomb}).tags) <= 100
