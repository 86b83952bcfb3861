"""Packed files come out as they went in, and take little memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.indexing import todo_list
from mmsearch.indexing.todo_list import Todo, TodoList
from mmsearch.types import Modality, Stamp

PATHS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
TODOS = st.builds(
    Todo,
    st.sampled_from(["one", "two"]),
    st.just(Path("/root")),
    PATHS,
    st.sampled_from(Modality),
    st.builds(Stamp, NUMBERS, NUMBERS),
)


@given(st.lists(TODOS, max_size=12))
def test_they_come_out_as_they_went_in(todos: list[Todo]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(todo_list, "_PER_PACK", 4)
        packed = TodoList()
        for todo in todos:
            packed.append(todo)
        assert len(packed) == len(todos)
        assert list(packed) == todos


def test_a_root_may_be_a_single_file() -> None:
    stamp = Stamp(1, 1)
    assert Todo("r", Path("/a.py"), ".", Modality.CODE, stamp).path == Path("/a.py")
    assert Todo("r", Path("/a"), "b/c.py", Modality.CODE, stamp).path == Path("/a/b/c.py")


def test_a_million_files_would_fit_into_memory() -> None:
    root = Path("/home/anna/Pictures")
    tracemalloc.start()
    packed = TodoList()
    for place in range(20_000):
        name = f"{place // 100:05}/Holiday {place:07}.jpg"
        packed.append(Todo("root", root, name, Modality.IMAGE, Stamp(place, place * 10**9)))
    used_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used_bytes / 20_000 < 100
