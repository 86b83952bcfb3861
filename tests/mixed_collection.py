"""Builds a mixed folder with known answers from the data folder: the main job on real input.

Pictures with captions, films whose shots are known, sounds with a class, source files with known
functions; and the judged queries that ``mmsearch eval`` reads.

    python -m tests.mixed_collection FOLDER [--pictures 200] [--films 40] …
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmsearch.evaluate.datasets.film_making import Take, write_film

_FUNCTIONS_PER_FILE = 4
_SHOTS_PER_FILM = 4


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each."""

    pictures: int = 200
    films: int = 40
    sounds: int = 80
    functions: int = 200


def build(folder: Path, data: Path, sizes: Sizes, *, seed: int = 1) -> Path:
    """Fill ``folder/files`` and write ``folder/queries.jsonl``; returns the path of the queries."""
    chance = random.Random(seed)
    pictures = _lines(data / "flickr8k" / "dev.jsonl")
    chance.shuffle(pictures)
    for_films = pictures[sizes.pictures :][: sizes.films * _SHOTS_PER_FILM]
    files = folder / "files"
    queries = [
        *_pictures(files / "pictures", data / "flickr8k", pictures[: sizes.pictures]),
        *_films(files / "films", data, for_films, chance),
        *_sounds(files / "sounds", data / "esc10", sizes.sounds, chance),
        *_functions(files / "code", data / "cosqa", sizes.functions, chance),
    ]
    path = folder / "queries.jsonl"
    path.write_text("".join(json.dumps(query) + "\n" for query in queries), "utf-8")
    return path


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _pictures(folder: Path, source: Path, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    folder.mkdir(parents=True)
    for number, row in enumerate(rows):
        target = folder / f"picture {number:04}.jpg"
        shutil.copy(source / row["file"], target)
        yield {
            "id": f"image-{number}",
            "text": row["captions"][number % 5],
            "types": ["image"],
            "relevant": [str(target)],
        }


def _films(
    folder: Path, data: Path, rows: list[dict[str, Any]], chance: random.Random
) -> Iterator[dict[str, Any]]:
    folder.mkdir(parents=True)
    for start in range(0, len(rows), _SHOTS_PER_FILM):
        shots = rows[start : start + _SHOTS_PER_FILM]
        target = folder / f"film {start // _SHOTS_PER_FILM:03}.mp4"
        lengths_s = [chance.choice((2.0, 3.0, 4.0)) for _ in shots]
        pictures = [data / "flickr8k" / shot["file"] for shot in shots]
        write_film(target, list(map(Take, pictures, lengths_s)))
        begin_s = 0.0
        for place, (shot, length_s) in enumerate(zip(shots, lengths_s, strict=True)):
            yield {
                "id": f"video-{start + place}",
                "text": shot["captions"][place % 5],
                "types": ["video"],
                "relevant": [str(target)],
                "segment": {"start_s": begin_s, "end_s": begin_s + length_s},
            }
            begin_s += length_s


def _sounds(
    folder: Path, source: Path, n_sounds: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    folder.mkdir(parents=True)
    rows = [row for row in _lines(source / "labels.jsonl") if row["fold"] == 4]
    chance.shuffle(rows)
    by_label: dict[str, list[str]] = {}
    for number, row in enumerate(rows[:n_sounds]):
        target = folder / f"sound {number:03}.ogg"
        shutil.copy(source / row["file"], target)
        by_label.setdefault(row["label"], []).append(str(target))
    for label, relevant in sorted(by_label.items()):
        words = label.replace("_", " ")
        for place, text in enumerate((words, f"the sound of {words}")):
            query = {"text": text, "types": ["audio"], "relevant": relevant}
            yield {"id": f"audio-{label}-{place}", **query}


def _functions(
    folder: Path, source: Path, n_functions: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    folder.mkdir(parents=True)
    text_of = {
        index: text for text, index in json.loads((source / "functions.json").read_text()).items()
    }
    rows = _lines(source / "dev.jsonl")
    chance.shuffle(rows)
    wanted = list(dict.fromkeys(row["function"] for row in rows))[:n_functions]
    places: dict[int, tuple[str, int, int]] = {}
    for start in range(0, len(wanted), _FUNCTIONS_PER_FILE):
        target = folder / f"module_{start // _FUNCTIONS_PER_FILE:03}.py"
        lines: list[str] = []
        for index in wanted[start : start + _FUNCTIONS_PER_FILE]:
            own = text_of[index].strip("\n").splitlines()
            places[index] = (str(target), len(lines) + 1, len(lines) + len(own))
            lines += [*own, "", ""]
        target.write_text("\n".join(lines), "utf-8")
    for number, row in enumerate(row for row in rows if row["function"] in places):
        path, first_line, last_line = places[row["function"]]
        yield {
            "id": f"code-{number}",
            "text": row["query"],
            "types": ["code"],
            "relevant": [path],
            "segment": {"first_line": first_line, "last_line": last_line},
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    default_data = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=default_data)
    for name, value in (("pictures", 200), ("films", 40), ("sounds", 80), ("functions", 200)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    sizes = Sizes(given.pictures, given.films, given.sounds, given.functions)
    print(build(given.folder.absolute(), given.data, sizes))


if __name__ == "__main__":
    main()
