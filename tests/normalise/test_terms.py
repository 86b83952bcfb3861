from __future__ import annotations

import numpy as np
import pytest

from mmsearch.errors import UserError
from mmsearch.gallery import MODALITIES
from mmsearch.normalise.bank import Bank, LinearMap
from mmsearch.normalise.candidates import default_setting, same_for_all
from mmsearch.normalise.fit import Banks, fit_rows
from mmsearch.normalise.setting import RAW, Setting
from mmsearch.normalise.terms import NO_TERMS, Factor, Terms, assemble, bank_term
from mmsearch.types import Modality
from tests.normalise.test_methods import unit_rows

IMAGE, CODE = MODALITIES.index(Modality.IMAGE), MODALITIES.index(Modality.CODE)
NNN = Setting("nnn", {"k": 2, "weight": 1.0})


def test_what_an_item_was_made_into_does_not_count_for_it() -> None:
    items = unit_rows(4, seed=1)
    bank = Bank(items, made_of=items)

    cosines = bank.cosines(items)

    assert np.isneginf(np.diag(cosines)).all()
    assert np.isfinite(cosines).sum() == 12
    alone = fit_rows(items, np.arange(1), Banks(own=Bank(items[:1], made_of=items[:1])), NNN)
    assert alone == pytest.approx(0)


def test_terms_are_the_same_in_blocks_and_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    items = unit_rows(50, seed=1)
    banks = Banks(real=Bank(unit_rows(9, seed=2)), own=Bank(items[:7], made_of=items[:7]))
    everything = np.arange(50)
    together = fit_rows(items, everything, banks, NNN)

    monkeypatch.setattr("mmsearch.normalise.fit._ROWS_AT_ONCE", 8)
    assert fit_rows(items, everything, banks, NNN) == pytest.approx(together, abs=1e-6)
    one_by_one = [fit_rows(items, everything[place : place + 1], banks, NNN) for place in range(50)]
    assert np.concatenate(one_by_one) == pytest.approx(together, abs=1e-6)


def test_a_kind_keeps_its_level() -> None:
    raw = np.zeros((6, 3), np.float32)
    raw[:, 0] = [0.1, 0.2, 0.6, 5, 6, 7]
    kind = np.uint8([IMAGE] * 3 + [CODE] * 3)
    settings = {Modality.IMAGE: NNN, Modality.CODE: Setting("nnn", strength=0.5)}

    (factor,) = assemble(raw, None, kind, settings)

    assert factor.term == pytest.approx([-0.2, -0.1, 0.3, -0.5, 0, 0.5], abs=1e-6)


def test_kinds_without_a_setting_stay_raw_and_so_does_a_single_segment() -> None:
    raw = np.ones((3, 3), np.float32) * np.float32([[1], [2], [4]])
    kind = np.uint8([IMAGE, IMAGE, CODE])

    assert assemble(raw, None, kind, {Modality.CODE: NNN, Modality.IMAGE: RAW}) == []


def test_the_own_bank_counts_little_in_a_tiny_library() -> None:
    raw = np.zeros((100, 3), np.float32)
    raw[:, 1] = np.linspace(-1, 1, 100)
    kind = np.full(100, IMAGE, np.uint8)

    (many,) = assemble(raw, None, kind, {Modality.IMAGE: NNN})
    (few,) = assemble(raw[::10], None, kind[::10], {Modality.IMAGE: NNN})

    assert np.ptp(many.term) == pytest.approx(1, abs=0.01)
    assert np.ptp(few.term) < 0.2


def test_dynamic_terms_count_only_after_a_hub_of_that_kind() -> None:
    kind = np.uint8([IMAGE, IMAGE, CODE, CODE])
    factor = Factor(np.float32([0.1, 0.2, 0.3, 0.4]), np.array([True, False, False, True]))
    terms = Terms({"text": [factor]})

    off = bank_term(np.float32([0.9, 0, 0.9, 0]), kind, terms, "text")
    assert off == pytest.approx([0.1, 0.2, 0, 0])
    off = bank_term(np.float32([0, 0.9, 0, 0.9]), kind, terms, "text")
    assert off == pytest.approx([0, 0, 0.3, 0.4])


def test_without_terms_nothing_is_taken_off() -> None:
    assert bank_term(np.float32([1]), np.uint8([IMAGE]), NO_TERMS, "text") is None
    terms = Terms({"image": [Factor(np.float32([1]))]})
    assert bank_term(np.float32([1]), np.uint8([IMAGE]), terms, "text") is None


def test_factors_add_up() -> None:
    terms = Terms({"text": [Factor(np.float32([1, 2])), Factor(np.float32([10, 20]))]})
    assert bank_term(np.zeros(2, np.float32), np.uint8([0, 0]), terms, "text") == pytest.approx(
        [11, 22]
    )


def test_a_map_gives_unit_vectors() -> None:
    some = LinearMap(np.eye(6, dtype=np.float32) * 3, np.ones(6, np.float32))
    assert np.linalg.norm(some(unit_rows(5, seed=1)), axis=1) == pytest.approx(1)


def test_settings_survive_json_and_wrong_ones_are_refused() -> None:
    assert Setting.from_json(NNN.to_json()) == NNN
    with pytest.raises(ValueError, match="magic"):
        Setting.from_json({"method": "magic", "parameters": {}, "strength": 1})


def test_a_named_method_is_for_all_pairs() -> None:
    assert {one.method for one in same_for_all("csls").values()} == {"csls"}
    assert all(one.is_raw for one in same_for_all("none").values())
    with pytest.raises(UserError, match="magic"):
        same_for_all("magic")


def test_nothing_is_done_by_default_for_an_encoder_that_was_not_measured() -> None:
    assert default_setting(("text", Modality.IMAGE), is_measured=True).method == "is"
    assert default_setting(("text", Modality.IMAGE), is_measured=False) == RAW
    assert default_setting(("code", Modality.IMAGE), is_measured=True) == RAW
    foreign = default_setting(("text", Modality.VIDEO), is_measured=False, has_bank=True)
    assert str(foreign) == "nnn ×0.5"


def test_what_could_not_be_encoded_has_no_term_and_changes_none() -> None:
    items = unit_rows(9, seed=1)
    items[4] = 0
    banks = Banks(real=Bank(unit_rows(20, seed=2)))
    kind = np.full(9, IMAGE, np.uint8)
    others = np.delete(np.arange(9), 4)

    raw = fit_rows(items, np.arange(9), banks, NNN)
    (factor,) = assemble(raw, None, kind, {Modality.IMAGE: NNN})
    (without,) = assemble(raw[others], None, kind[others], {Modality.IMAGE: NNN})

    assert factor.term[4] == 0
    assert factor.term[others] == pytest.approx(without.term)
    assert assemble(raw[4:5], None, kind[4:5], {Modality.IMAGE: NNN}) == []


def test_pictures_and_films_keep_their_level_together() -> None:
    """One mean for both: films of one sort must not gain on pictures of many sorts."""
    raw = np.zeros((4, 3), np.float32)
    raw[:, 0] = [0.1, 0.3, 0.3, 0.5]
    kind = np.uint8([IMAGE, IMAGE, MODALITIES.index(Modality.VIDEO), CODE])
    settings = {Modality.VIDEO: NNN, Modality.IMAGE: NNN}

    (factor,) = assemble(raw, None, kind, settings)

    assert factor.term[1] == factor.term[2]
    assert factor.term[:3].sum() == pytest.approx(0, abs=1e-6)
    (films,) = assemble(raw, None, np.uint8([IMAGE, IMAGE, 1, 1]), {Modality.VIDEO: NNN})
    assert films.term.sum() == pytest.approx(0, abs=1e-6)
