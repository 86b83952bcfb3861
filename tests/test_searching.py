"""Meaning and words together, as a user of the library meets them; no weights needed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.film_making import Take, write_film
from mmsearch.indexing import ledger
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store.tables import Tables
from mmsearch.types import Hit, Modality, Query, TimeRange
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture, save_text

MODULES = {
    "load.py": "def loadTable(path):\n    return read(path)\n",
    "save.py": "def save_rows(rows, path):\n    write(rows, path)\n",
    "walk.py": 'def walk(folder):\n    """Visit every picture below a folder."""\n',
    "red.py": "COLOURS = ['red', 'green']\n",
}


@pytest.fixture
def library(tmp_path: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    folder = tmp_path / "things"
    for name, text in MODULES.items():
        save_text(folder / name, text)
    save_picture(folder / "red.png", RED)
    save_picture(folder / "blue.png", BLUE)
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(folder)
        library.index()
        yield library


def code_hits(library: Library, text: str, **fields: object) -> dict[str, Hit]:
    hits = library.search(text, modalities=(Modality.CODE,), **fields)
    return {hit.path.name: hit for hit in hits}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("loading a table", "load.py"),
        ("loadTable", "load.py"),
        ("saved row", "save.py"),
        ("pictures below folders", "walk.py"),
    ],
)
def test_code_is_found_by_words_that_the_encoder_does_not_know(
    library: Library, text: str, name: str
) -> None:
    scores = {name: hit.scores["lexical"] for name, hit in code_hits(library, text).items()}
    assert max(scores, key=scores.__getitem__) == name
    assert scores[name] > 0


def test_words_change_the_order(library: Library) -> None:
    assert next(iter(code_hits(library, "loadTable returning tables read at a path"))) == "load.py"


def test_the_trace_names_words_where_they_took_part(library: Library) -> None:
    hits = library.search("load a table")

    for hit in hits:
        assert ("lexical" in hit.scores) == (hit.modality is Modality.CODE)
    assert max(hit.scores.get("lexical", 0) for hit in hits) > 0
    assert all(0 <= hit.match <= 1 for hit in hits)
    assert "lexical" not in library.search("red", modalities=(Modality.IMAGE,))[0].scores


def test_the_least_match_keeps_the_order_and_cuts_the_end(library: Library) -> None:
    everything = library.search("red")
    least = everything[2].match

    strict = library.search("red", min_match=least)

    assert [hit.path for hit in strict] == [hit.path for hit in everything if hit.match >= least]
    assert 0 < len(strict) < len(everything)
    assert library.search("red", min_match=1) == []


def test_a_good_picture_stays_above_code_that_has_the_word(library: Library) -> None:
    assert [hit.path.name for hit in library.search("red")][:2] == ["red.png", "red.py"]


@pytest.mark.parametrize(
    "text",
    [
        "load (table",
        "+load -table path:x*^2~",
        "the a is",
        "' OR 1=1 --",
        "\x00load",
        "load " * 10_000,
        "λόγος 日本",
    ],
)
def test_no_text_is_an_error(library: Library, text: str) -> None:
    assert len(library.search(text)) == 6


def test_examples_alone_and_what_to_avoid_ask_for_no_words(
    library: Library, tmp_path: Path
) -> None:
    example = tmp_path / "things" / "load.py"

    assert "lexical" not in code_hits(library, "", like=(example,))["load.py"].scores
    both = code_hits(library, "save", like=(example,), avoid=("rows",))
    assert both["save.py"].scores["lexical"] > 0
    assert both["load.py"].scores["lexical"] == 0


def test_words_answer_alike_where_the_database_is_asked(library: Library) -> None:
    at_rest = code_hits(library, "load the table from a path")
    ready = library._answers.ready()
    assert ready.gallery.words is not None
    library._answers._ready = replace(ready, gallery=replace(ready.gallery, words=None))
    meanwhile = code_hits(library, "load the table from a path")

    assert list(meanwhile) == list(at_rest)
    for name, hit in meanwhile.items():
        assert hit.scores["lexical"] == pytest.approx(at_rest[name].scores["lexical"], rel=1e-4)
        assert hit.match == pytest.approx(at_rest[name].match, abs=1e-4)


def test_words_follow_the_files(library: Library, tmp_path: Path) -> None:
    save_text(tmp_path / "things" / "load.py", "def openSheet(path):\n    return path\n")
    (tmp_path / "things" / "save.py").unlink()
    library.index()

    assert code_hits(library, "table")["load.py"].scores["lexical"] == 0
    assert next(iter(code_hits(library, "opened sheets"))) == "load.py"
    assert "save.py" not in code_hits(library, "save rows")


def test_searching_by_words_goes_on_while_another_thread_indexes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_COMMIT_EVERY_SEGMENTS", 3)
    for place in range(40):
        save_text(tmp_path / "things" / f"more{place}.py", f"def needle{place}(hay):\n    pass\n")
    indexer = threading.Thread(target=library.index)
    indexer.start()
    n_found = []
    while indexer.is_alive():
        hits = code_hits(library, "hay", limit=100).values()
        n_found.append(sum(hit.scores.get("lexical", 0) > 0 for hit in hits))
    indexer.join()

    assert n_found == sorted(n_found), "what was found once stays found"
    assert (
        sum(hit.scores["lexical"] > 0 for hit in code_hits(library, "hay", limit=100).values())
        == 40
    )
    assert next(iter(code_hits(library, "needle17 hay pass"))) == "more17.py"


def test_a_library_at_rest_is_searched_without_its_database(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening it would take longer than everything else in a search from the command line."""
    library.close()

    def fail(*_: object) -> None:
        raise AssertionError("the database was opened")

    monkeypatch.setattr(Tables, "__init__", fail)
    assert code_hits(library, "loadTable")["load.py"].scores["lexical"] > 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("blue", "blue.png"),
        ("walk", "walk.py"),
        ("the walk", "walk.py"),
        ("walk.py", "walk.py"),
        ("SAVE", "save.py"),
        ("load", "load.py"),
    ],
)
def test_a_query_that_is_a_name_finds_that_file_first(
    library: Library, text: str, name: str
) -> None:
    first, second = library.search(text)[:2]

    assert first.path.name == name
    assert first.scores["name"] > 5
    assert first.match > 0.9
    assert "name" not in second.scores


def test_a_name_is_found_while_another_session_writes(
    library: Library, tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    with library._store.writing():
        other = open_library(tmp_path / "library", encoder=fake_encoder)
        assert other.search("walk")[0].path.name == "walk.py"
        other.close()


@pytest.fixture
def films(tmp_path: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    """A film of red, green (twice) and blue, and a red picture."""
    folder = tmp_path / "films"
    pictures = {
        name: save_picture(tmp_path / f"{name}.png", colour)
        for name, colour in {"red": RED, "green": GREEN, "blue": BLUE}.items()
    }
    folder.mkdir()
    shots = [("red", 1.5), ("green", 1.0), ("green", 2.0), ("blue", 3.0)]
    write_film(folder / "film.mp4", [Take(pictures[name], length_s) for name, length_s in shots])
    save_picture(folder / "red.png", RED)
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(folder)
        library.index()
        yield library


def test_a_film_is_found_with_its_moment(films: Library) -> None:
    film = films.search("green", modalities=(Modality.VIDEO,))[0]

    assert isinstance(film.locator, TimeRange)
    assert film.locator == film.moments[0].range
    assert film.locator.start_s == pytest.approx(1.5, abs=0.2)
    assert film.locator.end_s == pytest.approx(4.5, abs=0.2)
    told = film.to_json()
    assert told["segment"].items() <= told["moments"][0].items()
    assert "moments" not in films.search("red", modalities=(Modality.IMAGE,))[0].to_json()


def test_the_order_of_things_in_films_is_seen(films: Library, tmp_path: Path) -> None:
    shots = [Take(tmp_path / f"{name}.png", 1.5) for name in ("blue", "red", "green")]
    write_film(tmp_path / "films" / "backwards.mp4", shots)
    films.index()

    forwards = films.search("red, then blue", modalities=(Modality.VIDEO,))
    backwards = films.search("blue then red", modalities=(Modality.VIDEO,))

    assert [hit.path.stem for hit in forwards] == ["film", "backwards"]
    assert [hit.path.stem for hit in backwards] == ["backwards", "film"]
    first = backwards[0].locator
    assert isinstance(first, TimeRange)
    assert (first.start_s, first.end_s) == pytest.approx((0, 3), abs=0.2)


def test_the_curve_of_a_film_is_high_where_it_answers(films: Library) -> None:
    film = films.search("green", modalities=(Modality.VIDEO,))[0]

    curve = films.relevance_curve("blue", film.path)

    best = curve.parts[curve.matches.index(max(curve.matches))]
    assert best.end_s == pytest.approx(7.5, abs=0.3)
    assert curve.moments[0].best == best


def test_what_has_no_curve_is_told(films: Library, tmp_path: Path) -> None:
    picture = films.search("red", modalities=(Modality.IMAGE,))[0].path
    with pytest.raises(UserError, match="no film or sound"):
        films.relevance_curve("red", picture)
    with pytest.raises(UserError, match="not in the library"):
        films.relevance_curve("red", tmp_path / "films" / "other.mp4")
    with pytest.raises(UserError, match="not in the library"):
        films.relevance_curve("red", tmp_path / "elsewhere.mp4")


def test_words_count_by_rank_where_the_encoder_says_nothing_of_its_cosines(
    library: Library, fake_encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "loadTable returning tables read at a path"
    by_sum = [hit.path.name for hit in library.search(query, modalities=(Modality.CODE,))]
    monkeypatch.setattr(type(fake_encoder), "calibration", {})

    hits = library.search(query, modalities=(Modality.CODE,))

    assert hits[0].path.name == by_sum[0] == "load.py"
    assert sum(hit.scores.get("words", 0) for hit in hits) == pytest.approx(0, abs=1e-3)


def test_a_word_that_many_folders_have_does_not_drown_what_is_meant(
    tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    for place in range(30):
        save_picture(tmp_path / "things" / "red holidays" / f"{place}.png", BLUE, spot=place)
    save_picture(tmp_path / "things" / "other" / "7.png", RED)
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(tmp_path / "things")
        library.index()

        assert library.search("something red")[0].path.parent.name == "other"
        assert library.search("holidays")[0].words[0].where == "folder"


def test_what_is_avoided_is_avoided_by_its_words_too(library: Library, tmp_path: Path) -> None:
    save_text(tmp_path / "things" / "bubble_sort.py", "def run(items):\n    return order(items)\n")
    save_text(tmp_path / "things" / "quick_sort.py", "def run(items):\n    return order(items)\n")
    library.index()

    def names(text: str) -> list[str]:
        return list(code_hits(library, text))

    assert set(names("sort")[:2]) == {"bubble_sort.py", "quick_sort.py"}
    assert names("sort -bubble")[0] == "quick_sort.py"
    assert names("sort -bubble").index("bubble_sort.py") > 1
    assert names("sort -quick")[0] == "bubble_sort.py"


def test_the_parts_of_a_composed_query_are_traced(library: Library, tmp_path: Path) -> None:
    hits = library.search(f'red -blue 2:green like:"{tmp_path / "things" / "red.png"}"')
    names = {name for name in hits[0].scores if name.startswith("cosine ")}
    assert names == {"cosine text", "cosine text:2", "cosine not:1", "cosine like:1"}
    assert hits[0].path.name == "red.png"


def test_alternatives_find_either(library: Library) -> None:
    first = {hit.path.name for hit in library.search("red OR blue")[:2]}
    assert first == {"red.png", "blue.png"}
    mixed = library.search("(red type:image) OR (blue type:code)")
    assert mixed[0].path.name == "red.png"
    assert {hit.modality for hit in mixed} == {Modality.IMAGE, Modality.CODE}


def test_filters_alone_list_the_newest_first(library: Library, tmp_path: Path) -> None:
    os.utime(tmp_path / "things" / "walk.py", (2e9, 2e9))
    library.index()
    hits = library.search("type:code")
    assert hits[0].path.name == "walk.py"
    assert len(hits) == 4
    assert all(hit.match > 0.99 for hit in hits)
    assert library.count(Query(text="type:code")) == 4


def test_words_in_quotes_have_to_be_in_code(library: Library) -> None:
    for text in ("rows path", '"rows path"', 'write "rows path"', 'write 2:"rows"'):
        assert next(iter(code_hits(library, text))) == "save.py"
    loose, quoted = code_hits(library, "read path"), code_hits(library, '"read path"')
    assert quoted["load.py"].scores["logit"] == pytest.approx(loose["load.py"].scores["logit"])
    assert quoted["save.py"].scores["logit"] < loose["save.py"].scores["logit"] - 3
    image = library.search('"read path"', modalities=(Modality.IMAGE,))[0]
    same = library.search("read path", modalities=(Modality.IMAGE,))[0]
    assert image.scores["logit"] == pytest.approx(same.scores["logit"])
