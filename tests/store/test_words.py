"""Words in the store: the database's full-text index, and the postings that are made of it."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.postings import no_postings
from mmsearch.retrieve.lexical import lexical
from mmsearch.store.records import SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import LineRange, Modality
from tests.retrieve.slow_bm25 import slow_bm25

from .conftest import DIM, asset, segment


def code(content_id: str, words: str, ordinal: int = 0) -> SegmentRecord:
    plain = segment(content_id, ordinal, Modality.CODE, LineRange(1, 2))
    return replace(plain, words=words)


def put(store: Store, texts: dict[str, str]) -> None:
    """One file for each text."""
    store.commit(
        [asset(f"{name}.py", name, modality="code") for name in texts],
        [code(name, words) for name, words in texts.items()],
    )


def from_snapshot(store: Store, query: str) -> dict[str, float]:
    """The BM25 of each file by what a search opens."""
    _, gallery = store.gallery()
    assert gallery.words is not None
    return _by_path(store, query)


def from_database(store: Store, query: str) -> dict[str, float]:
    """The BM25 of each file by LanceDB's index."""
    matches = store.match_words(query.split(), 1000)
    return dict(zip(matches.content_ids, map(float, matches.scores), strict=True))


def _by_path(store: Store, query: str) -> dict[str, float]:
    _, gallery = store.gallery()
    found = lexical(query, gallery, store.match_words)
    if found is None:
        return {}
    scores = found.scores[gallery.first_segment[gallery.asset_content]].tolist()
    return {
        name: score for name, score in zip(gallery.content_ids, scores, strict=True) if score > 0
    }


def slow(texts: dict[str, str], query: str) -> dict[str, float]:
    scores = slow_bm25(list(texts.values()), query.split())
    return {name: score for name, score in zip(texts, scores, strict=True) if score > 0}


def approx(scores: dict[str, float]) -> object:
    return pytest.approx(scores, rel=1e-4)


def some_texts(n_text: int, seed: int = 1) -> dict[str, str]:
    """Texts of a few words, some common, some rare, some without any."""
    chance = random.Random(seed)
    words = [f"w{chr(97 + place)}" for place in range(20)]
    weights = [1 / (1 + place) for place in range(20)]
    return {
        f"c{place}": " ".join(chance.choices(words, weights, k=chance.randrange(12)))
        for place in range(n_text)
    }


QUERIES = ["wa", "wa wd", "wt", "wa we wo wt", "unknown", "unknown wc"]


def test_database_and_snapshot_score_like_the_slow_way(store: Store) -> None:
    texts = some_texts(200)
    with store.writing():
        put(store, texts)

    for query in QUERIES:
        assert from_database(store, query) == approx(slow(texts, query))
        assert from_snapshot(store, query) == approx(slow(texts, query))


def test_changes_one_by_one_equal_a_library_made_at_once(store: Store, tmp_path: Path) -> None:
    texts = some_texts(90)
    for start in range(0, 90, 30):
        with store.writing():
            put(store, dict(list(texts.items())[start : start + 30]))
    with store.writing():
        store.delete_assets([f"id-c{place}.py" for place in range(0, 90, 3)])
        put(store, {"later": "wa wa wz"})
    kept = {name: words for name, words in texts.items() if int(name[1:]) % 3}
    kept["later"] = "wa wa wz"
    at_once = Store(tmp_path / "at once", space="fake@1", dim=DIM)
    with at_once.writing():
        put(at_once, kept)

    for query in [*QUERIES, "wz"]:
        assert from_database(store, query) == approx(from_database(at_once, query))
        assert from_snapshot(store, query) == approx(from_snapshot(at_once, query))
    at_once.close()


def test_what_was_written_a_moment_ago_is_found(store: Store) -> None:
    reader = Store(store.folder, space="fake@1", dim=DIM)
    with store.writing():
        put(store, {"c1": "alpha beta", "c2": "gamma"})
        assert set(from_database(reader, "alpha gamma")) == {"c1", "c2"}
        assert set(from_snapshot(reader, "alpha gamma")) == {"c1", "c2"}
        assert set(_by_path(reader, "alpha")) == {"c1"}
        put(store, {"c3": "alpha alpha"})
        assert set(_by_path(reader, "alpha")) == {"c1", "c3"}
    assert set(from_snapshot(reader, "alpha")) == {"c1", "c3"}
    reader.close()


def test_copies_share_their_words_until_the_last_one_goes(store: Store) -> None:
    with store.writing():
        put(store, {"c1": "alpha"})
        store.commit([asset("copy.py", "c1", modality="code")], [])
    with store.writing():
        store.delete_assets(["id-c1.py"])
    assert set(from_snapshot(store, "alpha")) == {"c1"}

    with store.writing():
        store.delete_assets(["id-copy.py"])

    assert from_database(store, "alpha") == {}
    assert from_snapshot(store, "alpha") == {}


def test_each_segment_has_its_own_words(store: Store) -> None:
    with store.writing():
        store.commit(
            [asset("a.py", "c1", modality="code"), asset("b.jpg", "c2")],
            [segment("c2"), code("c1", "beta", 1), code("c1", "alpha", 0)],
        )

    _, gallery = store.gallery()
    for query, ordinal in (("alpha", 0), ("beta", 1)):
        found = lexical(query, gallery, None)
        assert found is not None
        content = gallery.asset_content[list(gallery.content_ids).index("c1")]
        assert found.scores.argmax() == gallery.first_segment[content] + ordinal
        assert (found.scores > 0).sum() == 1


def _die_writing(folder: Path, texts: dict[str, str]) -> None:
    store = Store(folder, space="fake@1", dim=DIM)
    with store.writing():
        put(store, texts)
        store.commit([], [code("half", "alpha", 0), code("half", "alpha", 1)])
        os._exit(1)


def test_a_killed_writer_leaves_no_word_without_a_file(store: Store) -> None:
    texts = {"c1": "alpha beta", "c2": "beta"}
    spawn = multiprocessing.get_context("spawn")
    writer = spawn.Process(target=_die_writing, args=(store.folder, texts))
    writer.start()
    writer.join()
    assert set(_by_path(store, "beta")) == {"c1", "c2"}, "commits before the kill are found"

    with store.writing():
        pass

    assert from_database(store, "alpha") == approx(slow(texts, "alpha"))
    assert from_snapshot(store, "alpha") == approx(slow(texts, "alpha"))


def _make_old(folder: Path) -> None:
    """Take away what a library of the version before did not have."""
    shutil.rmtree(folder / "tables" / "words.lance")
    for path in folder.glob("snapshot/*/words*"):
        path.unlink()
    for path in folder.glob("snapshot/*/head.json"):
        path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))


def _reopened(store: Store) -> Store:
    return Store(store.folder, space="fake@1", dim=DIM)


def test_an_old_library_opens_without_words(store: Store) -> None:
    with store.writing():
        put(store, {"c1": "alpha"})
    store.close()
    _make_old(store.folder)

    old = _reopened(store)

    _, gallery = old.gallery()
    assert gallery.n_segment == 1
    assert from_database(old, "alpha") == {}
    assert not (store.folder / "tables" / "words.lance").exists(), "reading writes nothing"
    old.close()


def test_code_of_an_old_library_is_forgotten_where_its_files_are_there(store: Store) -> None:
    picture = asset("a.jpg", "p1")
    away = asset("away.py", "c2", modality="code", root_id="away")
    with store.writing():
        put(store, {"c1": "alpha"})
        store.commit([picture, away], [segment("p1"), code("c2", "alpha")])
    store.close()
    _make_old(store.folder)
    old = _reopened(store)

    with old.writing():
        old.forget_wordless(["root"])
        assert {row["relative_path"] for row in old.assets().to_pylist()} == {"a.jpg", "away.py"}
        put(old, {"c1": "alpha"})
        old.forget_wordless(["root"])

    assert set(from_snapshot(old, "alpha")) == {"c1"}
    old.close()


def test_what_another_encoder_has_begun_is_begun_again(store: Store) -> None:
    with store.writing():
        put(store, {"c1": "alpha"})
    other = Store(store.folder, space="other@1", dim=DIM)
    with other.writing():
        other.commit([], [code("c1", "alpha")])

    with other.writing():
        assert other.fresh_tables().segment_contents() == set(), (
            "or its segments would be stored twice"
        )
        other.commit(
            [asset("c1.py", "c1", modality="code", space="other@1")], [code("c1", "alpha")]
        )

    assert set(from_snapshot(other, "alpha")) == {"c1"}
    assert from_database(other, "alpha") == approx(slow({"c1": "alpha"}, "alpha"))
    other.close()


@pytest.mark.parametrize("query", [["'"], ['"'], ["%"], ["\\"], ["*"], [";"], ["x" * 10_000]])
def test_odd_terms_are_only_terms(store: Store, query: Sequence[str]) -> None:
    with store.writing():
        put(store, {"c1": "alpha"})
    assert store.match_words(query, 10).scores == ()
    assert store.match_words([], 10).scores == ()


def test_a_library_of_pictures_has_empty_postings(store: Store) -> None:
    with store.writing():
        store.commit([asset("a.jpg", "c1")], [segment("c1")])

    words = store.gallery()[1].words

    assert words is not None
    assert words.lengths.tolist() == no_postings(1).lengths.tolist()
    assert len(words.terms) == len(words.rows) == 0


@pytest.mark.parametrize("damage", [b"", b"nonsense", None], ids=["empty", "nonsense", "gone"])
@pytest.mark.parametrize("name", ["words_rows.npy", "words.utf8", "words.npy"])
def test_damaged_postings_are_replaced_by_the_database(
    store: Store, name: str, damage: bytes | None
) -> None:
    with store.writing():
        put(store, {"c1": "alpha", "c2": "beta"})
    for path in store.folder.glob(f"snapshot/*/{name}"):
        path.unlink() if damage is None else path.write_bytes(damage)

    assert set(_by_path(_reopened(store), "alpha")) == {"c1"}
