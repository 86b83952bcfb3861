"""All kinds in one folder: does the right thing come first whatever else is there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mmsearch.evaluate.datasets.adapter import DATASETS, no_part, read_rows
from mmsearch.evaluate.datasets.caltech101 import labelled_pictures
from mmsearch.evaluate.datasets.cosqa import function_texts
from mmsearch.evaluate.datasets.esc10 import labelled_sounds
from mmsearch.evaluate.datasets.film_making import film_of
from mmsearch.evaluate.datasets.flickr8k import picture_rows
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Locator, Modality, Query

_MAX_PICTURES = 500
_MAX_FILMS = 60
_SHOTS_PER_FILM = 4
_OTHER_FUNCTIONS = 500
_CAPTIONS_ASKED = 2
_LOOK_AT = 100
_SURE = 3
"""A photograph shows a thing that three of its five captions mention."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """What can be seen in pictures and heard in sounds."""

    name: str
    mention: re.Pattern[str]
    sound_label: str
    picture_label: str | None


def _thing(name: str, words: str, sound_label: str, picture_label: str | None) -> _Thing:
    return _Thing(name, re.compile(rf"\b(?:{words})\b", re.I), sound_label, picture_label)


_THINGS = (
    _thing("dog", r"dogs?|pupp(?:y|ies)", "dog bark", "dalmatian"),
    _thing("baby", r"baby|babies|infants?|toddlers?", "baby cry", None),
    _thing("rooster", r"roosters?|cockerels?|chickens?|hens?", "rooster", "rooster"),
    _thing("helicopter", r"helicopters?", "helicopter", "helicopter"),
)
_IN_EVERY_PHOTOGRAPH = {"faces"}
"""Classes that most photographs of people show."""


@dataclass(slots=True)
class _Shown:
    """What was put on the shelf."""

    shelf: Shelf
    pictures_of: dict[str, list[Path]] = field(default_factory=dict)
    sounds_of: dict[str, list[Path]] = field(default_factory=dict)
    films_of: dict[str, list[Path]] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)


@DATASETS.register("mixed")
def mixed(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Sentences search all kinds at once; pictures find sounds of their thing, sounds pictures.

    Photographs that may or may not show one of the things (one or two captions mention it) are
    left out, and so are class names that a caption of a photograph mentions.
    """
    no_part("mixed", part)
    shown = _Shown(shelf)
    rows = [row for row in picture_rows(data, "") if _is_clear(row)]
    yield from _photographs(rows[:_MAX_PICTURES], shown)
    yield from _films(rows[_MAX_PICTURES:][: _MAX_FILMS * _SHOTS_PER_FILM], shown)
    yield from _class_names(labelled_pictures(data, shelf), shown)
    yield from _sounds(data, shown)
    yield from _questions(data, shelf)
    for thing in _THINGS:
        yield from _any_to_any(thing, shown)


def _n_mentions(row: dict[str, Any], thing: _Thing) -> int:
    return sum(bool(thing.mention.search(caption)) for caption in row["captions"])


def _is_clear(row: dict[str, Any]) -> bool:
    mentions = [_n_mentions(row, thing) for thing in _THINGS]
    return not any(0 < count < _SURE for count in mentions)


def _things_in(row: dict[str, Any]) -> list[str]:
    return [thing.name for thing in _THINGS if _n_mentions(row, thing) >= _SURE]


def _photographs(rows: list[dict[str, Any]], shown: _Shown) -> Iterator[JudgedQuery]:
    for number, row in enumerate(rows):
        path = shown.shelf.link(f"photographs/{number:04}{row['file'].suffix}", row["file"])
        for name in _things_in(row):
            shown.pictures_of.setdefault(name, []).append(path)
        shown.captions += row["captions"]
        for place, caption in enumerate(row["captions"][:_CAPTIONS_ASKED]):
            yield _everywhere(f"photograph {number}-{place}", caption, [path], "caption")


def _films(rows: list[dict[str, Any]], shown: _Shown) -> Iterator[JudgedQuery]:
    for number in range(len(rows) // _SHOTS_PER_FILM):
        own = rows[number * _SHOTS_PER_FILM :][:_SHOTS_PER_FILM]
        film = film_of(shown.shelf, number, [row["file"] for row in own])
        for name in {name for row in own for name in _things_in(row)}:
            shown.films_of.setdefault(name, []).append(film.path)
        for place, row in enumerate(own):
            shown.captions += row["captions"]
            name, text = f"shot {number}-{place}", row["captions"][0]
            yield _everywhere(name, text, [film.path], "caption of a shot", film.shots[place])


def _class_names(by_label: dict[str, list[Path]], shown: _Shown) -> Iterator[JudgedQuery]:
    of_things = {thing.picture_label: thing.name for thing in _THINGS}
    said = " ".join(shown.captions).lower()
    for label, paths in sorted(by_label.items()):
        if label in of_things:
            shown.pictures_of.setdefault(of_things[label], []).extend(paths)
        elif label not in _IN_EVERY_PHOTOGRAPH and not _is_said(label, said):
            yield _everywhere(f"class {label}", label, paths, "class name of pictures")


def _is_said(label: str, captions: str) -> bool:
    """Whether the last word of a class name, its thing, is in the captions."""
    word = label.split()[-1].removesuffix("s")
    return re.search(rf"\b{re.escape(word)}s?\b", captions) is not None


def _sounds(data: Path, shown: _Shown) -> Iterator[JudgedQuery]:
    by_label: dict[str, list[Path]] = {}
    for (_, label), paths in labelled_sounds(data, shown.shelf).items():
        by_label.setdefault(label, []).extend(paths)
    of_things = {thing.sound_label: thing.name for thing in _THINGS}
    for label, paths in sorted(by_label.items()):
        if label in of_things:
            shown.sounds_of.setdefault(of_things[label], []).extend(paths)
        text = f"the sound of {label}"
        yield _everywhere(f"sound {label}", text, paths, "“the sound of …”")


def _questions(data: Path, shelf: Shelf) -> Iterator[JudgedQuery]:
    rows = read_rows(data / "cosqa" / "dev.jsonl", ("query", "function"))
    texts = function_texts(data)
    asked = {row["function"] for row in rows}
    others = [number for number in sorted(texts) if number not in asked][:_OTHER_FUNCTIONS]
    paths = {
        number: shelf.write(f"functions/{number:05}.py", texts[number] + "\n")
        for number in sorted([*asked, *others])
    }
    for place, row in enumerate(rows):
        right = [paths[row["function"]]]
        yield _everywhere(f"question {place}", row["query"], right, "question about code")


def _any_to_any(thing: _Thing, shown: _Shown) -> Iterator[JudgedQuery]:
    pictures = shown.pictures_of.get(thing.name, [])
    sounds = shown.sounds_of.get(thing.name, [])
    if not pictures or not sounds:
        return
    everything = [*pictures, *sounds, *shown.films_of.get(thing.name, [])]
    yield _everywhere(f"thing {thing.name}", thing.name, everything, "name of a thing")
    for example in pictures:
        yield _like(example, sounds, Modality.AUDIO, "picture → its sounds", thing)
    for example in sounds:
        yield _like(example, pictures, Modality.IMAGE, "sound → its pictures", thing)


_EVERYTHING = 100_000


def _everywhere(
    name: str, text: str, relevant: list[Path], what: str, place: Locator = None
) -> JudgedQuery:
    query = Query(text=text, limit=_LOOK_AT if len(relevant) == 1 else _EVERYTHING)
    return JudgedQuery(name, query, frozenset(relevant), place, f"{what} → all kinds")


def _like(
    example: Path, relevant: list[Path], kind: Modality, group: str, thing: _Thing
) -> JudgedQuery:
    query = Query(like=(example,), modalities=(kind,), limit=_EVERYTHING)
    return JudgedQuery(f"{thing.name} {example.name}", query, frozenset(relevant), None, group)
