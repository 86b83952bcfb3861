from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.identifiers import name_words
from mmsearch.postings import AssetNames, name_key
from mmsearch.store.asset_names import asset_names, split_name
from mmsearch.store.records import metadata_to_json
from mmsearch.types import Metadata


def words_of(names: AssetNames, row: int) -> dict[str, int]:
    """Each word of an asset and how much it counts."""
    found = {}
    for term in names.words.terms:
        pairs = names.words.of(term)
        rows = names.words.rows[pairs].tolist()
        if row in rows:
            found[term] = int(names.words.counts[pairs][rows.index(row)])
    return found


def test_a_name_counts_more_than_what_the_file_says_and_that_more_than_its_folder() -> None:
    said = metadata_to_json(Metadata(title="Slow Song", artist="Anna", camera="Canon EOS"))

    names = asset_names(["Holidays in Rome/2019/IMG_4711 Colosseum.JPG", "a.ogg"], ["{}", said])

    assert words_of(names, 0) == {
        **{"holiday": 1, "rome": 1, "2019": 1},
        **{"imag": 3, "4711": 1, "colosseum": 3, "jpg": 1},
    }
    assert words_of(names, 1) == {
        **{"a": 3, "ogg": 1, "slow": 2, "song": 2, "anna": 2, "canon": 2, "eos": 2}
    }
    assert names.words.lengths.tolist() == [11, 14]


def test_words_that_are_nowhere_have_no_pairs() -> None:
    names = asset_names(["b.jpg", "d.jpg"], ["{}"] * 2)
    for term in ("", "a", "c", "zz"):
        assert len(names.words.rows[names.words.of(term)]) == 0


def test_a_name_has_the_same_key_in_any_order_and_case() -> None:
    paths = ["x/Red Dog.jpg", "dog_red.png", "dog.jpg", "._~", "red dog/1.jpg"]

    keys = asset_names(paths, ["{}"] * len(paths)).keys.tolist()

    assert keys[0] == keys[1] == name_key(name_words("dogs, red"))
    assert keys[3] == 0
    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    ("name", "stem", "extension"),
    [
        ("a.b.jpg", "a.b", "jpg"),
        ("Makefile", "Makefile", ""),
        (".bashrc", ".bashrc", ""),
        ("end.", "end", ""),
    ],
)
def test_the_extension_is_what_people_see(name: str, stem: str, extension: str) -> None:
    assert split_name(name) == (stem, extension)


@given(st.lists(st.text(alphabet="ab/._ 1", max_size=12), max_size=8))
def test_postings_hold_the_words_of_all_paths(paths: list[str]) -> None:
    names = asset_names(paths, ["{}"] * len(paths))
    for row, path in enumerate(paths):
        folder, _, name = path.rpartition("/")
        stem, extension = split_name(name)
        expected = {*name_words(folder), *name_words(stem), *name_words(extension)}
        assert set(words_of(names, row)) == expected
        assert names.words.lengths[row] == sum(words_of(names, row).values())
