"""Small sound files of every family, and hostile ones under innocent names."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from mmsearch.types import U8
from tests.decode.films import Recipe, make_film, scene
from tests.decode.snippets import SNIPPETS
from tests.media.raw_photos import write_dng
from tests.printed_pages import random_lines, save_page
from tests.sounds import CODECS, sine, write_sound

_PICTURES = (
    *("png", "jpg", "gif", "webp", "bmp", "tif", "ico", "icns", "tga", "pcx", "ppm", "sgi"),
    *("jp2", "dds", "blp", "msp", "xbm", "avif"),
)
_FILMS = {
    "mp4": "libx264",
    "mkv": "libvpx-vp9",
    "avi": "mpeg4",
    "mpg": "mpeg2video",
    "mov": "mjpeg",
    "flv": "flv",
    "ts": "mpeg2video",
    "wmv": "wmv2",
    "webm": "libvpx",
}


def make_seeds(folder: Path) -> list[Path]:
    """Write one file a family into ``folder``; the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    pillow_heif.register_heif_opener()
    return [*_pictures(folder), *_films(folder), *_sounds(folder), *_texts(folder), *_lies(folder)]


def _pictures(folder: Path) -> Iterator[Path]:
    picture = Image.fromarray(_noisy(64, 48))
    for suffix in _PICTURES:
        path = folder / f"picture.{suffix}"
        is_bilevel = suffix in ("msp", "xbm")
        if suffix == "icns":
            picture.resize((128, 128)).save(path)
        elif suffix == "blp":
            picture.quantize().save(path)
        elif suffix == "gif":
            picture.save(path, save_all=True, append_images=[picture.rotate(90)])
        else:
            (picture.convert("1") if is_bilevel else picture).save(path)
        yield path
    heif = folder / "picture.heic"
    picture.save(heif, format="HEIF")
    yield heif
    raw = folder / "photograph.dng"
    write_dng(raw, (200, 40, 40), size_px=(96, 64), preview=picture)
    yield raw
    tagged = folder / "tagged.jpg"
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "a dog on a beach", 6
    picture.save(tagged, exif=exif)
    yield tagged
    for suffix in ("png", "jpg"):
        chance = random.Random(suffix)
        yield save_page(folder / f"page.{suffix}", random_lines(chance, 6), chance)


def _noisy(width_px: int, height_px: int) -> U8:
    chance = np.random.default_rng(0)
    return chance.integers(0, 256, (height_px, width_px, 3), np.uint8)


def _films(folder: Path) -> Iterator[Path]:
    for suffix, codec in _FILMS.items():
        path = folder / f"film.{suffix}"
        pixel_format = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        options = {"preset": "ultrafast"} if codec == "libx264" else {}
        recipe = Recipe(codec=codec, options=options, pixel_format=pixel_format)
        make_film(path, [(scene(1), 0.6), (scene(2), 0.6)], recipe)
        yield path


def _sounds(folder: Path) -> Iterator[Path]:
    for suffix in sorted(set(CODECS) - set(_FILMS)):
        yield write_sound(folder / f"sound.{suffix}", sine(440, 1.0), tags={"title": "a tone"})


def _texts(folder: Path) -> Iterator[Path]:
    for language, (name, program) in SNIPPETS.items():
        path = folder / f"{language.replace('/', '_')}_{name}"
        path.write_text(program, "utf-8")
        yield path
    notebook = folder / "notebook.ipynb"
    notebook.write_text('{"cells": [{"cell_type": "code", "source": ["a = 1\\n", "b"]}]}', "utf-8")
    yield notebook


def _lies(folder: Path) -> Iterator[Path]:
    """What a hostile person would put under the name of a picture, a film or a sound."""
    for name, content in _lying_contents().items():
        path = folder / name
        path.write_bytes(content)
        yield path


def _lying_contents() -> dict[str, bytes]:
    playlist = b"#EXTM3U\n#EXTINF:5,\nhttp://192.0.2.1/a.ts\n#EXTINF:5,\n/etc/passwd\n"
    concat = b"ffconcat version 1.0\nfile /etc/passwd\nfile http://192.0.2.1/a.mp4\n"
    svg = (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
        b'<image x:href="http://192.0.2.1/a.png"/><text>&a;</text></svg>'
    )
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(http://192.0.2.1)>>>>endobj\n"
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/tmp/x) (w) file closefile\n"
    mpd = b'<?xml version="1.0"?><MPD><BaseURL>http://192.0.2.1/</BaseURL></MPD>'
    sdp = b"v=0\no=- 0 0 IN IP4 192.0.2.1\ns=x\nc=IN IP4 192.0.2.1\nm=video 5004 RTP/AVP 96\n"
    return {
        **{f"playlist.{suffix}": playlist for suffix in ("mp4", "ts", "mp3", "ogg", "jpg")},
        **{f"concat.{suffix}": concat for suffix in ("mp4", "wav", "png")},
        **{f"drawing.{suffix}": svg for suffix in ("png", "jpg", "html", "xml")},
        **{f"document.{suffix}": pdf for suffix in ("jpg", "tif")},
        **{f"postscript.{suffix}": eps for suffix in ("png", "psd")},
        "manifest.mp4": mpd,
        "session.avi": sdp,
        "archive.jpg": _archive(),
        "archive.ipynb": _archive(),
        "laughs.xml": _laughs(),
        "deep.json": b"[" * 100_000,
        "deep.py": b"(" * 50_000,
        "long.txt": b"a" * 3_000_000,
        "nulls.c": b"\0" * 10_000,
    }


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escaped.txt", "x")
        archive.writestr("zeros", bytes(5_000_000))
    return buffer.getvalue()


def _laughs() -> bytes:
    rows = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE l [<!ENTITY l0 "ha">{"".join(rows)}]><l>&l9;</l>'.encode()
