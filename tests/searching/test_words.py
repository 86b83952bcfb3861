"""What words add, whatever the meaning says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.identifiers import name_words
from mmsearch.postings import name_key
from mmsearch.searching.words import logits_by_name
from mmsearch.types import Query
from tests.galleries import gallery_of

NAMES = st.lists(
    st.lists(st.sampled_from(["dog", "Sea", "old", "2023", "Haus"]), min_size=1, max_size=3),
    min_size=1,
    max_size=12,
).map(lambda names: [" ".join(words) for words in names])


@given(NAMES, st.data())
def test_a_name_that_one_file_has_outweighs_any_meaning(
    names: list[str], data: st.DataObject
) -> None:
    keys = [name_key(name_words(name)) for name in names]
    wanted = data.draw(st.integers(0, len(names) - 1))
    meaning = data.draw(st.lists(st.floats(-8, 8), min_size=len(names), max_size=len(names)))
    paths = [f"{place}/{name}.jpg" for place, name in enumerate(names)]
    gallery = gallery_of(segments_per_content=[1] * len(names), paths=paths)

    by_name = logits_by_name(Query(text=f"the {names[wanted]}"), gallery)

    assert by_name is not None
    if keys.count(keys[wanted]) == 1:
        assert int((np.array(meaning) + by_name).argmax()) == wanted


def test_words_that_are_not_wanted_add_nothing() -> None:
    gallery = gallery_of(segments_per_content=[1], paths=["dog.jpg"])
    assert logits_by_name(Query(text="dog", by_words=False), gallery) is None
