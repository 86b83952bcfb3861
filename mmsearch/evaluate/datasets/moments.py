"""Films composed of moments: one scene in several shots, shots of very different lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.adapter import DATASETS, read_rows
from mmsearch.evaluate.datasets.film_making import Take, film_of_takes
from mmsearch.evaluate.datasets.flickr8k import picture_rows
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality, Query, TimeRange

_MAX_SCENE_FILMS, _SCENES_PER_FILM = 100, 6
_MAX_THING_FILMS, _THINGS_PER_FILM = 40, 5
_LENGTHS_S = (2.0, 1.5, 4.0, 3.0, 7.0, 2.5, 10.0, 1.0, 5.0)
"""A shot is as long as its place among all shots says; nine, so that it does not go in step with
the numbers of shots."""
_SCENE_VIEWS = (("",), ("", "left"), ("middle", "", "right"), ("right", ""), ("", "middle"))
"""The shots of a scene, by its place among all scenes."""
_MAX_ORDERED_FILMS = 20
_PICTURES_OF_THING = (2, 3, 4, 1)
_LOOK_AT = 100


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a moment shows, in words, and the shots it is made of."""

    text: str
    shots: tuple[tuple[Path, str], ...]
    """Picture and view of each."""


@DATASETS.register("moments")
def moments(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Captions and class names find a film and the moment in it (part: split of Flickr8k).

    A moment is a photograph seen whole and from nearer, in one to three shots, and asked for by
    a caption; or one to four pictures of a class of Caltech-101, asked for by its name. Films
    have five or six moments and up to a minute. Each moment is asked for twice: in its film, as
    with ``--in``, and among all films. Of films that also exist backwards, two moments are asked
    for in their order.
    """
    yield from _ask("caption", shelf, "scenes", _scene_films(data, part))
    yield from _ask("class name", shelf, "things", _thing_films(data))
    yield from _ask_in_order(shelf, _scene_films(data, part))


def _scene_films(data: Path, part: str) -> Iterator[list[_Moment]]:
    rows = picture_rows(data, part)
    n_films = min(_MAX_SCENE_FILMS, len(rows) // _SCENES_PER_FILM)
    if n_films == 0:
        raise UserError(f"{len(rows)} pictures are too few for films.")
    scenes = []
    for number, row in enumerate(rows[: n_films * _SCENES_PER_FILM]):
        views = _SCENE_VIEWS[number % len(_SCENE_VIEWS)]
        shots = tuple((row["file"], view) for view in views)
        scenes.append(_Moment(row["captions"][number % len(row["captions"])], shots))
    for number in range(n_films):
        yield scenes[number * _SCENES_PER_FILM :][:_SCENES_PER_FILM]


def _thing_films(data: Path) -> Iterator[list[_Moment]]:
    """Films of things until the pictures of one run out."""
    folder = data.absolute() / "caltech101"
    unused: dict[str, list[Path]] = {}
    for row in read_rows(folder / "labels.jsonl", ("file", "label")):
        unused.setdefault(row["label"], []).append(folder / row["file"])
    labels = sorted(unused)
    for number in range(_MAX_THING_FILMS):
        film: list[_Moment] = []
        for place in range(min(_THINGS_PER_FILM, len(labels))):
            # Neighbours in the alphabet are not always in one film: the step changes.
            turn = number * _THINGS_PER_FILM // len(labels)
            label = labels[(number * _THINGS_PER_FILM + place * (2 * turn + 1)) % len(labels)]
            n_pictures = _PICTURES_OF_THING[(number + place) % len(_PICTURES_OF_THING)]
            pictures, unused[label] = unused[label][:n_pictures], unused[label][n_pictures:]
            if not pictures or any(label == moment.text for moment in film):
                return
            film.append(_Moment(label, tuple((path, "") for path in pictures)))
        yield film


def _ask(
    what: str, shelf: Shelf, folder: str, films: Iterator[list[_Moment]]
) -> Iterator[JudgedQuery]:
    n_shots = 0
    for number, film in enumerate(films):
        made = film_of_takes(shelf, f"{folder}/{number:03}/film", _takes(film, n_shots))
        n_shots += len(made.shots)
        for place, (moment, truth) in enumerate(zip(film, _ranges(film, made.shots), strict=True)):
            for where, group in (
                ((made.path.parent,), f"{what} → moment of its film"),
                ((), f"{what} → film and moment"),
            ):
                query = Query(
                    text=moment.text,
                    literal=True,
                    modalities=(Modality.VIDEO,),
                    folders=where or (made.path.parent.parent,),
                    limit=_LOOK_AT,
                )
                name = f"{folder} {number}-{place}{' there' if where else ''}"
                yield JudgedQuery(name, query, frozenset([made.path]), truth, group)


def _takes(film: Sequence[_Moment], n_before: int) -> list[Take]:
    """The shots of a film; how long they are goes on from those before."""
    shots = [shot for moment in film for shot in moment.shots]
    return [
        Take(picture, _LENGTHS_S[(n_before + place) % len(_LENGTHS_S)], view)
        for place, (picture, view) in enumerate(shots)
    ]


def _ask_in_order(shelf: Shelf, films: Iterator[list[_Moment]]) -> Iterator[JudgedQuery]:
    """Ask for two moments of a film, one after the other; its twin has them the other way."""
    for number, film in enumerate(islice(films, _MAX_ORDERED_FILMS)):
        made = film_of_takes(shelf, f"orders/{number:03} forwards", _takes(film, number))
        film_of_takes(shelf, f"orders/{number:03} backwards", _takes(film[::-1], number))
        ranges = list(_ranges(film, made.shots))
        for first, second in combinations(range(len(film)), 2):
            text = ", then ".join(film[place].text.strip(" .") for place in (first, second))
            query = Query(
                text=text,
                literal=True,
                modalities=(Modality.VIDEO,),
                folders=(made.path.parent,),
                limit=_LOOK_AT,
            )
            truth = TimeRange(ranges[first].start_s, ranges[second].end_s)
            name, group = f"order {number}-{first}-{second}", "two captions in order → film"
            yield JudgedQuery(name, query, frozenset([made.path]), truth, group)


def _ranges(film: Sequence[_Moment], shots: Sequence[TimeRange]) -> Iterator[TimeRange]:
    """From where to where each moment of a film goes."""
    first = 0
    for moment in film:
        last = first + len(moment.shots) - 1
        yield TimeRange(shots[first].start_s, shots[last].end_s)
        first = last + 1
