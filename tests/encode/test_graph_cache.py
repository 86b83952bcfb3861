"""Built graphs are kept, checked, and rebuilt when anything is wrong with them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from mmsearch.encode import graph_cache
from mmsearch.encode.graph_cache import cached_graph

GRAPH = b"a graph" * 1000


class Builder:
    """Counts how often it is asked."""

    def __init__(self, content: bytes = GRAPH) -> None:
        self.content = content
        self.n_calls = 0

    def __call__(self) -> bytes:
        self.n_calls += 1
        return self.content


def kept(graph: Path | bytes) -> Path:
    assert isinstance(graph, Path)
    return graph


def test_second_time_comes_from_the_cache() -> None:
    builder = Builder()
    first = kept(cached_graph("tower", ["a"], builder))
    assert first.read_bytes() == GRAPH
    assert cached_graph("tower", ["a"], builder) == first
    assert builder.n_calls == 1


def test_other_weights_or_code_are_another_graph() -> None:
    builder = Builder()
    cached_graph("tower", ["a", "1"], builder)
    cached_graph("tower", ["a", "2"], builder)
    assert builder.n_calls == 2


def test_old_graph_of_the_same_tower_is_removed_and_others_stay() -> None:
    other = kept(cached_graph("other", ["a"], Builder(b"other")))
    old = kept(cached_graph("tower", ["a"], Builder(b"old")))
    new = kept(cached_graph("tower", ["b"], Builder(b"new")))
    assert (other.exists(), old.exists(), new.exists()) == (True, False, True)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(GRAPH[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"b" + GRAPH[1:]),
    ],
    ids=["cut short", "empty", "one byte changed"],
)
def test_damaged_file_is_rebuilt(damage: Callable[[Path], object]) -> None:
    builder = Builder()
    path = kept(cached_graph("tower", ["a"], builder))
    damage(path)
    assert kept(cached_graph("tower", ["a"], builder)).read_bytes() == GRAPH
    assert builder.n_calls == 2


def test_no_half_written_file_stays_behind() -> None:
    path = kept(cached_graph("tower", ["a"], Builder()))
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_unwritable_cache_builds_in_memory_and_warns_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # A file where the folder should be stops root too, whom permissions would not.
    (tmp_path / "cache").write_text("in the way")
    monkeypatch.setenv("MMSEARCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(graph_cache, "_warned_folders", set())
    with caplog.at_level(logging.WARNING):
        assert cached_graph("tower", ["a"], Builder()) == GRAPH
        assert cached_graph("other", ["a"], Builder()) == GRAPH
    assert len(caplog.records) == 1
    assert "cannot keep model graphs" in caplog.text
