"""Installed rerankers in a library: what they read, what changes places, and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.folder import folder_of
from mmsearch.encode.models.record import ModelRecord, save_record
from mmsearch.encode.towers.judge import Item, Judge
from mmsearch.errors import ModelError, QueryError
from mmsearch.library import Library, open_library
from mmsearch.searching import judges
from mmsearch.settings import Settings
from mmsearch.types import F32, Hit, Modality, Query
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture, save_text

QUERY = Query(text="a thing", rerank="judge", rerank_s=60.0, by_words=False)


class Reader:
    """Counts how often the words of a query are in a text; of a picture, how red it is."""

    def __init__(self, *, sees: bool = False, at_once: int = 1) -> None:
        self.sees, self.at_once, self.sign = sees, at_once, 1
        self.read: list[Item] = []

    def score(self, query: str, items: Sequence[Item]) -> F32:
        self.read += items
        return np.array([self._score(query, item) for item in items], np.float32)

    def _score(self, query: str, item: Item) -> float:
        if isinstance(item, str):
            return self.sign * sum(item.count(word) for word in query.split())
        return float(item[..., 0].mean())


def install(family: str) -> None:
    folder = folder_of("judge")
    folder.mkdir(parents=True)
    save_record(folder, ModelRecord("judge", "Judge", family, (), 0, 0, ()))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()

    def opened(family: str, folder: Path, options: object, reading: str) -> Judge:
        return reader

    monkeypatch.setattr(judges, "open_judge", opened)
    return reader


@pytest.fixture
def library(tmp_path: Path, reader: Reader) -> Iterator[Library]:
    install("cross_encoder")
    things = tmp_path / "things"
    for name, colour in (("one", BLUE), ("three", RED), ("two", GREEN)):
        save_picture(things / f"{name}.png", colour)
    for name, number in (("first", 1), ("second", 5), ("third", 3)):
        words = "gold " * number
        save_text(things / f"{name}.py", f"def {name}():\n    # {words}\n    return {number}\n")
    settings = Settings(decode_in_process=True, grouping=False)
    with open_library(tmp_path / "library", encoder=FakeEncoder(), settings=settings) as library:
        library.add(things)
        library.index()
        yield library


def names(hits: list[Hit], kind: Modality) -> list[str]:
    return [hit.path.stem for hit in hits if hit.modality is kind]


def test_code_is_ordered_by_what_it_says(library: Library) -> None:
    hits = library.search(replace(QUERY, text="gold"))
    assert names(hits, Modality.CODE) == ["second", "third", "first"]
    assert [hit.scores.get("rerank model") for hit in hits if hit.modality is Modality.CODE] == [
        5, 3, 1,
    ]  # fmt: skip


def test_what_it_cannot_read_keeps_its_place(library: Library) -> None:
    plain = library.search(replace(QUERY, text="gold", rerank="none"))
    hits = library.search(replace(QUERY, text="gold"))
    assert [hit.modality for hit in hits] == [hit.modality for hit in plain]
    assert names(hits, Modality.IMAGE) == names(plain, Modality.IMAGE)
    assert [hit.match for hit in hits] == pytest.approx([hit.match for hit in plain])


def test_pictures_are_seen(library: Library, reader: Reader) -> None:
    reader.sees = True
    hits = library.search(QUERY)
    assert names(hits, Modality.IMAGE)[0] == "three"
    assert len(reader.read) == 3


def test_one_that_compares_orders_too(library: Library, reader: Reader) -> None:
    reader.at_once = 20
    hits = library.search(replace(QUERY, text="gold"))
    assert names(hits, Modality.CODE) == ["second", "third", "first"]


def test_what_it_said_is_not_asked_again(library: Library, reader: Reader) -> None:
    first = library.search(replace(QUERY, text="gold"))
    n_read = len(reader.read)
    assert [hit.path for hit in library.search(replace(QUERY, text="gold"))] == [
        hit.path for hit in first
    ]
    assert len(reader.read) == n_read
    library.search(replace(QUERY, text="silver"))
    assert len(reader.read) == 2 * n_read


MANY = 80


@pytest.fixture
def shelf(tmp_path: Path, reader: Reader) -> Iterator[Library]:
    """More texts than are looked at in the order of the first stage."""
    install("cross_encoder")
    reader.sign = -1  # it likes what the first stage puts last
    for number in range(MANY):
        save_text(tmp_path / "shelf" / f"{number}.txt", f"number {number}\n" + "gold " * number)
    settings = Settings(decode_in_process=True, grouping=False)
    with open_library(tmp_path / "library", encoder=FakeEncoder(), settings=settings) as library:
        library.add(tmp_path / "shelf")
        library.index()
        yield library


def best_five(library: Library, how: str, **more: object) -> list[str]:
    query = replace(QUERY, text="gold", rerank_how=how, limit=5)
    return [hit.path.stem for hit in library.search(replace(query, **more))]


BEST = ["0", "1", "2", "3", "4"]


def test_few_calls_find_what_is_best_of_all(shelf: Library, reader: Reader) -> None:
    assert best_five(shelf, "top") != BEST, "not all of them are among the first fifty"
    assert len(reader.read) == 50
    assert best_five(shelf, "axn") == BEST
    assert len(reader.read) == MANY, "nothing is asked twice"
    assert best_five(shelf, "axn", extensions=("py",)) == []


@pytest.mark.parametrize("how", ["anncur", "adaptive-anncur"])
def test_anncur_goes_by_what_was_said_of_other_sentences(
    how: str, shelf: Library, reader: Reader
) -> None:
    with pytest.raises(QueryError, match=f"nothing yet for {how} to go by") as told:
        best_five(shelf, how)
    assert told.value.hint == "First run: mmsearch models anchors judge"
    steps = list(shelf.score_anchors("judge", n_sentence=10))
    assert steps[-1] == (10 * MANY, 10 * MANY)
    assert list(shelf.score_anchors("judge", n_sentence=10)) == []
    assert best_five(shelf, how) == BEST


def test_one_that_compares_cannot_be_asked_one_by_one(library: Library, reader: Reader) -> None:
    reader.at_once = 20
    with pytest.raises(QueryError, match="judge compares texts with each other; “axn” needs"):
        library.search(replace(QUERY, rerank_how="axn"))


def test_a_file_that_is_gone_keeps_its_place(library: Library, tmp_path: Path) -> None:
    (tmp_path / "things" / "second.py").unlink()
    hits = library.search(replace(QUERY, text="gold"))
    assert {hit.path.stem for hit in hits} == {"one", "two", "three", "first", "second", "third"}
    found = names(hits, Modality.CODE)
    assert found.index("third") < found.index("first")


def test_examples_and_filters_are_no_sentence(
    library: Library, reader: Reader, tmp_path: Path
) -> None:
    library.search(replace(QUERY, text="", like=(tmp_path / "things" / "one.png",)))
    library.search(replace(QUERY, text="", filters="type:code"))
    assert reader.read == []


def test_a_better_order_is_offered_by_the_reranker_of_the_settings(library: Library) -> None:
    plain = Query(text="gold")
    assert library.refined(plain) is None
    library.use_settings(Settings(decode_in_process=True, reranker="judge", reranker_s=7.0))
    better = library.refined(plain)
    assert better == replace(plain, rerank="judge", rerank_s=7.0)
    assert library.refined(better) is None
    assert library.refined(Query(filters="type:code")) is None
    library.use_settings(Settings(decode_in_process=True, reranker="gone"))
    assert library.refined(plain) is None, "one that is not there any more costs nothing"


def test_names_of_rerankers_are_checked(library: Library) -> None:
    with pytest.raises(QueryError, match="reranker called 'juge'") as told:
        library.search(replace(QUERY, rerank="juge"))
    assert told.value.hint == "Did you mean judge?"
    with pytest.raises(QueryError, match="way of reranking"):
        library.search(replace(QUERY, rerank_how="somehow"))


def test_an_encoder_is_no_reranker(library: Library) -> None:
    folder = folder_of("judge")
    save_record(folder, ModelRecord("judge", "Judge", "text", (Modality.CODE,), 4, 0, ()))
    with pytest.raises(QueryError, match="no reranker called 'judge'"):
        library.search(QUERY)


def test_a_reranker_whose_files_were_changed_is_not_opened(tmp_path: Path) -> None:
    from tests.tiny_models import install as install_nothing

    record = install_nothing("broken")
    (folder_of("broken") / "weights").write_bytes(b"other")
    save_record(folder_of("broken"), replace(record, family="cross_encoder"))
    with pytest.raises(ModelError, match="changed or is damaged"):
        judges.Judges(tmp_path, tmp_path).opened("broken")
