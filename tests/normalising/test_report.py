"""Hubs before and after, in libraries in which they are known."""

from __future__ import annotations

import json

import numpy as np
import pytest

from mmsearch.gallery import Gallery
from mmsearch.normalising.library_terms import AUTO, LibraryTerms
from mmsearch.normalising.report import PairReport, path_of_segment
from mmsearch.types import Modality
from tests.galleries import gallery_of
from tests.normalising.conftest import DIM, encode_nothing, gallery, unit_rows


def with_hub(n: int) -> Gallery:
    """Texts, the first of which lies where pictures that ask for texts do."""
    rows = unit_rows(n, 1, lean=0)
    rows[0] = np.eye(DIM)[0]
    return gallery(rows, [Modality.CODE] * n)


def reported(terms: LibraryTerms, some: Gallery) -> dict[tuple[str, Modality], PairReport]:
    terms.refit(some, 1, encode_nothing)
    found = terms.report(some, terms.terms(some, 1, AUTO, is_at_rest=True))
    return {one.pair: one for one in found}


def test_hubs_are_found_and_are_smaller_afterwards(terms: LibraryTerms) -> None:
    one = reported(terms, with_hub(400))["image", Modality.CODE]

    assert one.before.largest == 0
    assert one.before.most > 20
    assert one.after.most < 0.6 * one.before.most
    assert one.after.skewness < one.before.skewness
    assert one.choice.setting.method == "nnn"
    assert one.before.counts.sum() == one.after.counts.sum() == 10 * one.n_probe


def test_a_file_is_no_answer_to_itself(terms: LibraryTerms) -> None:
    some = gallery(unit_rows(60, 1))
    one = reported(terms, some)["image", Modality.IMAGE]
    assert one.before.counts.sum() == 10 * 60
    alone = gallery(np.repeat(unit_rows(1, 1), 25, axis=0))
    assert ("image", Modality.IMAGE) not in reported(terms, alone)


def test_kinds_that_are_not_there_are_not_reported(terms: LibraryTerms) -> None:
    some = gallery(unit_rows(60, 1), [Modality.CODE] * 60)
    assert {pair[1] for pair in reported(terms, some)} == {Modality.CODE}
    assert reported(terms, gallery(unit_rows(0, 1), [])) == {}


def test_json_names_the_file(terms: LibraryTerms) -> None:
    some = with_hub(100)
    one = reported(terms, some)["image", Modality.CODE]
    told = json.loads(json.dumps(one.to_json(some)))
    assert told["before"]["largest_hub_path"] == "000"
    assert told["segments"] == 100
    assert told["before"]["largest_hub"] == one.before.most
    assert {"query", "target", "method", "reason", "asked", "after"} <= told.keys()


@pytest.mark.parametrize(("segment", "path"), [(0, "000"), (2, "000"), (3, "001")])
def test_the_file_of_a_segment(segment: int, path: str) -> None:
    some = gallery_of(segments_per_content=[3, 1])
    assert path_of_segment(some, segment) == path
