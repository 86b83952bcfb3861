from __future__ import annotations

import pytest

from mmsearch.encode import opening
from mmsearch.encode.opening import open_encoder_of
from mmsearch.errors import ModelError
from tests.conftest import FakeEncoder


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
