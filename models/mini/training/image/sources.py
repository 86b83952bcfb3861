"""Named drawings and cut-out photographs out of Debian packages: they are only trained on.

| package | what | licence |
|---|---|---|
| fonts-noto-color-emoji | emoji | SIL OFL 1.1 |
| unicode-cldr-core | their English names and keywords | Unicode-DFS-2016 |
| tuxpaint-stamps-default | photographs and drawings, each with a sentence | GPL-2+ |
| openclipart-svg | drawings with titles and keywords | public domain |
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from .drawings import emoji_drawing, emoji_font, read_drawing
from .packages import unpacked

Named = tuple[str, list[str], Image.Image]
"""Name, wordings (the first three are the best), drawing."""

_NO_EMOJI = re.compile(
    r"^(flag:|keycap|Japanese|clock|tag )|o’clock|-thirty|button|arrow|symbol|hair$"
)
_SKIN_COLOURS = range(0x1F3FB, 0x1F400)
_NO_STAMP = re.compile(r"alphabets|math|money|_mirror\.")
_NO_CLIP = re.compile(
    r"^(shapes|special|decorations|buttons|logos|computer/(icons|buttons|folders)"
    r"|signs_and_symbols/(flags|map_symbols|led|semaphore)|recreation/games/cards|geography"
    r"|unsorted|transportation/(roadsigns|aiga)|people/(stickmen|pantyhose))"
)
_NO_TITLE = re.compile(
    r"etiquette|svg|submission|clip ?art|theme|^[a-z]{1,2}$|untitled|icons?$|architetto", re.I
)
_NO_TAG = re.compile(r"\d|^(hash|clip_art|clip art|image|media|public domain|png|unsorted)$")
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_WORK = "{http://web.resource.org/cc/}Work"


def named_drawings(work: Path) -> Iterator[Named]:
    """All of them, one source after the other."""
    for source in (emoji, stamps, clip_art):
        yield from source(work)


def emoji(work: Path) -> Iterator[Named]:
    """Emoji that show a thing, an animal, a person or a scene."""
    font = emoji_font(unpacked(work, "fonts-noto-color-emoji"))
    for character, (name, keywords) in sorted(emoji_names(work).items()):
        drawing = emoji_drawing(character, font) if shows_something(character, name) else None
        if drawing:
            plain = name.replace(":", "")
            words = [word for word in keywords if word != plain][:6]
            yield (
                plain,
                [plain, f"a picture of a {plain}", ", ".join([plain, *words]), *words[:3]],
                drawing,
            )


def emoji_names(work: Path) -> dict[str, tuple[str, list[str]]]:
    """English name and keywords of each emoji, from the Unicode locale data."""
    names: dict[str, str] = {}
    keywords: dict[str, list[str]] = {}
    folder = unpacked(work, "unicode-cldr-core") / "usr/share/unicode/cldr/common"
    for kind in ("annotations", "annotationsDerived"):
        for entry in ElementTree.parse(folder / kind / "en.xml").iter("annotation"):
            character, text = entry.attrib["cp"].replace("\ufe0f", ""), entry.text or ""
            if entry.get("type") == "tts":
                names[character] = text
            else:
                keywords[character] = [word.strip() for word in text.split("|")]
    return {character: (name, keywords.get(character, [])) for character, name in names.items()}


def shows_something(character: str, name: str) -> bool:
    """Neither a flag, a letter or an arrow, nor one person in another colour."""
    is_coloured = any(ord(part) in _SKIN_COLOURS for part in character)
    is_letter = all(ord(part) < 0x2300 for part in character)
    return not (is_coloured or is_letter or _NO_EMOJI.search(name))


def stamps(work: Path) -> Iterator[Named]:
    """Stamps of Tux Paint; the first line of the text beside each tells what it is."""
    folder = unpacked(work, "tuxpaint-stamps-default") / "usr/share/tuxpaint/stamps"
    for path in sorted([*folder.rglob("*.png"), *folder.rglob("*.svg")]):
        text = path.with_suffix(".txt")
        if _NO_STAMP.search(str(path.relative_to(folder))) or not text.exists():
            continue
        sentence = text.read_text("utf-8", errors="replace").split("\n")[0].strip().rstrip(".")
        drawing = read_drawing(path) if sentence else None
        if drawing:
            name = re.sub(r"^(an?|the) ", "", sentence, flags=re.I)
            kind = path.parent.name.replace("_", " ")
            wordings = [sentence, name, f"a picture of {sentence.lower()}", f"{name}, {kind}"]
            yield name, wordings, drawing


def clip_art(work: Path) -> Iterator[Named]:
    """Drawings of the Open Clip Art Library, less buttons, patterns, maps, flags and cards."""
    folder = unpacked(work, "openclipart-svg") / "usr/share/openclipart/svg"
    for path in sorted(folder.rglob("*.svg")):
        if _NO_CLIP.search(str(path.relative_to(folder))):
            continue
        title, tags = titled(path)
        drawing = read_drawing(path) if title else None
        if drawing:
            wordings = [title, ", ".join([title, *tags[:5]]), f"a drawing of {title.lower()}"]
            yield title, wordings + tags[:2], drawing


def titled(path: Path) -> tuple[str, list[str]]:
    """Title and keywords inside an SVG; no title where neither it nor the file's name tells any."""
    try:
        described = next(ElementTree.parse(path).getroot().iter(_WORK), None)
    except ElementTree.ParseError:
        return "", []
    if described is None:
        return "", []
    title = " ".join(re.sub(r"[\d_]+", " ", described.findtext(f"{_DC}title") or "").split())
    if _NO_TITLE.search(title):
        stem = re.sub(r"(_[a-z]+){1,2}_\d*r?$", "", path.stem)  # the drawer's name, cut off
        title = " ".join(re.sub(r"[\d_-]+", " ", stem).split())
    found = [(item.text or "").strip().lower() for item in described.iter(f"{_RDF}li")]
    tags = [tag for tag in dict.fromkeys(found) if 2 < len(tag) < 30 and not _NO_TAG.search(tag)]
    return (title.strip(" -."), tags) if 2 < len(title) <= 70 else ("", [])
