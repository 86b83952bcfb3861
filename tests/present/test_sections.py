"""The best few of each kind, the kind with the best match first."""

from __future__ import annotations

from mmsearch.present.arrangement import Order, arranged
from mmsearch.present.sections import sections
from mmsearch.types import Hit, Modality
from tests.gui.fake_library import made_hit

KINDS = {"i": Modality.IMAGE, "v": Modality.VIDEO, "a": Modality.AUDIO, "c": Modality.CODE}


def made(kinds: str, *, groups: str = "") -> list[Hit]:
    n = len(kinds)
    return [
        made_hit(rank, f"/x/{n - rank}", KINDS[kind], match=1 - rank / 100, group=group.strip("."))
        for rank, (kind, group) in enumerate(zip(kinds, groups or "." * n, strict=True), 1)
    ]


def told(hits: list[Hit], n_most: int, *, opened: str = "", stacks: str = "") -> list[object]:
    kinds = {KINDS[one] for one in opened}
    found = sections(arranged(hits, Order.MATCH, set(stacks)), n_most, kinds)
    return [(one.kind.value[0], [hit.rank for hit in one.rows], one.n_all) for one in found]


def test_the_kind_with_the_best_match_comes_first() -> None:
    assert told(made("viivia"), 2) == [("v", [1, 4], 2), ("i", [2, 3], 3), ("a", [6], 1)]
    assert told([], 2) == []


def test_an_opened_kind_has_all() -> None:
    assert told(made("viivia"), 1, opened="i") == [
        ("v", [1], 2),
        ("i", [2, 3, 5], 3),
        ("a", [6], 1),
    ]


def test_the_best_match_counts_in_every_order() -> None:
    found = sections(arranged(made("via"), Order.NAME), 3, set())
    assert [one.kind for one in found] == [Modality.VIDEO, Modality.IMAGE, Modality.AUDIO]


def test_members_of_an_open_stack_take_nobodys_place() -> None:
    hits = made("iiii", groups="a.a.")
    assert told(hits, 2) == [("i", [1, 2], 3)]
    assert told(hits, 2, stacks="a") == [("i", [1, 3, 2], 4)]
