from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.encode import opening
from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import folder_of, installed_model
from mmsearch.encode.models.record import save_record
from mmsearch.encode.models.shrinking import shrink
from mmsearch.encode.opening import open_encoder_of
from mmsearch.errors import ModelError
from tests.conftest import FakeEncoder
from tests.tiny_models import TEXTS, needs, save_tiny_text


@pytest.mark.parametrize(
    ("space", "models"),
    [("fake@1", ["fake"]), ("fake@2", ["fake"]), ("a-model+mini@12+3.4", ["a-model", "mini"])],
)
def test_a_space_names_the_models_that_made_it(
    monkeypatch: pytest.MonkeyPatch, space: str, models: list[str]
) -> None:
    asked: list[list[str]] = []

    def opened(names: list[str]) -> FakeEncoder:
        asked.append(list(names))
        return FakeEncoder()

    monkeypatch.setattr(opening, "open_encoder", opened)

    assert (open_encoder_of(space) is not None) == (space == "fake@1"), "only as it was"
    assert asked == [models]


def test_a_model_that_is_gone_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(names: list[str]) -> FakeEncoder:
        raise ModelError("The model is not installed.")

    monkeypatch.setattr(opening, "open_encoder", gone)
    assert open_encoder_of("other@1") is None
    assert open_encoder_of("") is None


@needs("torch", "transformers")
def test_vectors_with_all_dimensions_answer_until_fewer_are_kept_of_everything(
    tmp_path: Path,
) -> None:
    record = add_model(save_tiny_text(tmp_path / "words"))
    before = opening.open_encoder(["words"]).spec.space
    options = {**record.options, "least_dim": 8}
    save_record(folder_of("words"), replace(record, options=options))
    whole = opening.open_encoder(["words"]).spec.space
    assert whole != before, "whatever changes a model changes its space"
    shrink(installed_model("words"), 8, {}, [])
    small = opening.open_encoder(["words"])
    assert small.spec.dim == 8 + 384
    for space, dim in ((small.spec.space, 8), (whole, 32)):
        found = open_encoder_of(space)
        assert found is not None
        assert found.spec.space == space
        assert found.encode_texts(TEXTS[:1]).shape == (1, dim + 384)
    assert open_encoder_of(before) is None
