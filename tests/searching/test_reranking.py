"""Reranking in a library: pictures and films change places among their kind, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import QueryError
from mmsearch.evaluate.datasets.film_making import Take, write_film
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import F32, Hit, Modality, Query
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture, save_text
from tests.searching.test_picture_scores import ColourWords, WordyEncoder

QUERY = Query(text="a blue thing", rerank="words", rerank_s=60.0, by_words=False)


def open_in(folder: Path, encoder: FakeEncoder) -> Library:
    things = folder / "things"
    for name, colour in (("one", RED), ("three", GREEN), ("two", BLUE)):
        save_picture(things / f"{name}.png", colour)
    save_text(things / "code.py", "def thing():\n    return 1\n")
    settings = Settings(decode_in_process=True)
    library = open_library(folder / "library", encoder=encoder, settings=settings)
    library.add(things)
    library.index()
    return library


@pytest.fixture
def encoder() -> WordyEncoder:
    return WordyEncoder()


@pytest.fixture
def library(tmp_path: Path, encoder: WordyEncoder) -> Iterator[Library]:
    with open_in(tmp_path, encoder) as library:
        yield library


def names(hits: list[Hit]) -> list[str]:
    return [hit.path.name for hit in hits if hit.modality is Modality.IMAGE]


def test_what_the_words_describe_rises(library: Library, encoder: WordyEncoder) -> None:
    """Blue, too, is found first without; with red for a name it would not be."""
    by_colour = {"one.png": "red", "two.png": "blue", "three.png": "green"}
    for name, colour in by_colour.items():
        hits = library.search(replace(QUERY, text=f"thing return {colour}"))
        assert names(hits)[0] == name


def test_pictures_change_places_among_themselves_alone(library: Library) -> None:
    plain = library.search(replace(QUERY, rerank="none"))
    hits = library.search(QUERY)
    assert [hit.modality for hit in hits] == [hit.modality for hit in plain]
    assert [hit.match for hit in hits] == pytest.approx([hit.match for hit in plain])
    assert sorted(names(hits)) == sorted(names(plain))


def test_the_trace_says_what_it_added(library: Library) -> None:
    for hit in library.search(QUERY):
        assert ("rerank words" in hit.scores) == (hit.modality is Modality.IMAGE)
    assert all("rerank words" not in hit.scores for hit in library.search("a blue thing"))


def test_it_is_off_unless_it_is_asked_for(library: Library, encoder: WordyEncoder) -> None:
    library.search("a blue thing")
    assert encoder.n_opened == 0


def test_examples_are_no_sentence(library: Library, encoder: WordyEncoder, tmp_path: Path) -> None:
    example = tmp_path / "things" / "one.png"
    library.search(replace(QUERY, text="", like=(example,)))
    library.search(replace(QUERY, text="", filters="type:image"))
    assert encoder.n_opened == 0


def test_nothing_to_rerank_needs_no_reranker(tmp_path: Path) -> None:
    with open_in(tmp_path, FakeEncoder()) as library:
        hits = library.search(replace(QUERY, modalities=(Modality.CODE,)))
        assert [hit.path.name for hit in hits] == ["code.py"]


def test_another_encoder_is_told(tmp_path: Path) -> None:
    with open_in(tmp_path, FakeEncoder()) as library, pytest.raises(QueryError, match="reranked"):
        library.search(QUERY)


def test_no_time_is_no_time_to_rerank(library: Library) -> None:
    with pytest.raises(QueryError, match="seconds"):
        library.search(replace(QUERY, rerank_s=0.0))


def test_a_better_order_is_offered_where_the_settings_want_it(
    library: Library, tmp_path: Path
) -> None:
    plain = Query(text="a blue thing")
    assert library.refined(plain) is None
    library.use_settings(Settings(decode_in_process=True, rerank_pictures=True))
    better = library.refined(plain)
    assert better == replace(plain, rerank="words")
    assert library.refined(better) is None
    films = replace(plain, modalities=(Modality.VIDEO,))
    assert library.refined(films) == replace(films, rerank="words")
    assert library.refined(replace(plain, modalities=(Modality.CODE,))) is None
    assert library.refined(Query(like=(tmp_path / "things" / "one.png",))) is None


def test_an_encoder_without_a_reranker_offers_none(tmp_path: Path) -> None:
    with open_in(tmp_path, FakeEncoder()) as library:
        library.use_settings(Settings(decode_in_process=True, rerank_pictures=True))
        assert library.refined(Query(text="a blue thing")) is None


class ContraryWords(ColourWords):
    """Likes best what a word does not describe."""

    def scores(self, words: np.ndarray, features: np.ndarray) -> F32:
        return -10 * super().scores(words, features)


def test_films_are_looked_at_where_they_answer(tmp_path: Path) -> None:
    """All have red in them; of what answers to "red" nothing is blue, whatever else they show."""
    encoder = WordyEncoder()
    encoder.words = ContraryWords()
    with open_in(tmp_path, encoder) as library:
        folder = tmp_path / "things"
        red, blue = (Take(folder / f"{name}.png", 2.0) for name in ("one", "two"))
        write_film(folder / "with red.mp4", [blue, red, blue])
        write_film(folder / "blue.mp4", [blue, blue])
        library.index()
        query = replace(QUERY, text="red", rerank="none", modalities=(Modality.VIDEO,))
        plain = library.search(query)
        hits = library.search(replace(query, rerank="words"))
    assert [hit.path.stem for hit in plain] == ["with red", "blue"]
    assert [hit.path.stem for hit in hits] == ["blue", "with red"]
    assert [hit.match for hit in hits] == pytest.approx([hit.match for hit in plain])
    assert {hit.path.stem: hit.locator for hit in hits} == {
        hit.path.stem: hit.locator for hit in plain
    }
    told = {hit.path.stem: hit.scores["rerank words"] for hit in hits}
    assert told["with red"] < -50 < told["blue"] < 5
