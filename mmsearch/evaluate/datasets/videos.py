"""Films of known shots, made from the pictures of Flickr8k."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.adapter import DATASETS, one_right
from mmsearch.evaluate.datasets.film_making import film_of
from mmsearch.evaluate.datasets.flickr8k import picture_rows
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality, Query

_SHOTS_PER_FILM = 4
_MAX_FILMS = 200
_LOOK_AT = 100


@DATASETS.register("videos")
def videos(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Captions and pictures find the film and the shot they are in (part: split of Flickr8k).

    Up to 200 films of four shots of two to four seconds; each caption of a shot is a query, and
    the picture of one shot of each film is an example.
    """
    rows = picture_rows(data, part)
    n_films = min(_MAX_FILMS, len(rows) // _SHOTS_PER_FILM)
    if n_films == 0:
        raise UserError(f"{len(rows)} pictures are too few for films.")
    for number in range(n_films):
        own = rows[number * _SHOTS_PER_FILM :][:_SHOTS_PER_FILM]
        film = film_of(shelf, number, [row["file"] for row in own])
        for place, (row, shot) in enumerate(zip(own, film.shots, strict=True)):
            for of_shot, caption in enumerate(row["captions"]):
                name, group = f"{number}-{place}-{of_shot}", "text → film and shot"
                yield one_right(name, caption, film.path, Modality.VIDEO, group, place=shot)
        place = number % _SHOTS_PER_FILM
        like = Query(like=(own[place]["file"],), modalities=(Modality.VIDEO,), limit=_LOOK_AT)
        relevant, group = frozenset([film.path]), "picture → film and shot"
        yield JudgedQuery(f"picture {number}", like, relevant, film.shots[place], group)
