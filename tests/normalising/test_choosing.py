"""What a library can say for itself reaches the guard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mmsearch.gallery import Gallery
from mmsearch.normalise.probes import Judged
from mmsearch.normalising.choosing import Choices, default_choices
from mmsearch.normalising.library_terms import LibraryTerms
from mmsearch.normalising.liked import liked_answers
from mmsearch.store.verdicts import Verdicts
from mmsearch.types import F32, Modality
from tests.normalising.conftest import DIM, SPEC, encode_nothing, gallery, unit_rows

PAIR = ("text", Modality.IMAGE)


def reason(terms: LibraryTerms) -> str:
    return terms.choices.by_pair[PAIR].reason


def test_liked_answers_are_looked_at(terms: LibraryTerms) -> None:
    some = gallery(unit_rows(150, 1))
    judged = [Judged(some.vectors[place], (f"c{place}", "gone")) for place in range(20)]

    terms.refit(some, 1, encode_nothing, judged=judged)
    assert "20 liked answers" in reason(terms)

    terms.refit(some, 2, encode_nothing, judged=judged[:15])
    assert "20 liked answers" in reason(terms), "a few more or less are no reason to look again"
    terms.refit(some, 3, encode_nothing)
    assert "liked" not in reason(terms)


def test_titles_and_names_are_looked_at(terms: LibraryTerms) -> None:
    some: Gallery = replace(
        gallery(unit_rows(150, 1)), relative_paths=[f"old red barn {n}.jpg" for n in range(150)]
    )

    def encode(texts: Sequence[str]) -> F32:
        assert set(texts) == {"old red barn"}
        return unit_rows(len(texts), 5)

    terms.refit(some, 1, encode)
    assert "150 titles and file names" in reason(terms)


def test_the_latest_verdict_on_a_sentence_counts() -> None:
    vector = (1.0,) + (0.0,) * (DIM - 1)

    def verdict(space: str, text: str, liked: str, vector: tuple[float, ...] = vector) -> Verdicts:
        return Verdicts(space, text, vector, ((liked, 0), (liked, 1)), ())

    found = liked_answers(
        [
            verdict(SPEC.space, "dog", "first"),
            verdict(SPEC.space, "dog", "second"),
            verdict("other space", "cat", "third"),
            verdict(SPEC.space, "examples only", "fourth", ()),
            Verdicts(SPEC.space, "nothing", vector, (), ()),
        ],
        SPEC,
    )
    assert [one.liked for one in found] == [("second",)]
    assert np.array_equal(found[0].vector, np.array(vector, np.float32))


def test_choices_survive_json_and_odd_ones_are_not_read() -> None:
    choices = replace(default_choices("these banks", is_measured=True), n_segment={"image": 4})
    assert Choices.read(choices.to_json(), "these banks") == choices
    assert Choices.read(choices.to_json(), "other banks") is None
    for name in ("pairs", "bank", "n_segment", "n_judged", "made_for"):
        odd = {key: value for key, value in choices.to_json().items() if key != name}
        assert Choices.read(odd, "these banks") is None
