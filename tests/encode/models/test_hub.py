"""Getting a model: what is asked for, what is checked, and what is said without a network."""

from __future__ import annotations

import io
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.encode.models import adding
from mmsearch.encode.models.download import NetworkError
from mmsearch.encode.models.folder import installed_models, verify_model
from mmsearch.encode.models.hub import by_hand, get_model, list_files
from mmsearch.encode.models.known import KnownModel
from mmsearch.encode.models.trying import Tried
from mmsearch.errors import ModelError
from mmsearch.settings import models_path
from mmsearch.types import Modality

from .fake_hub import COMMIT, FakeAnswer, FakeHub

KNOWN = KnownModel(
    id="tiny",
    name="Tiny",
    family="text",
    repository="someone/tiny",
    files=("config.json", "model.safetensors|pytorch_model.bin"),
    extra_files=("vocab.txt",),
    modalities=(Modality.CODE,),
    dim=8,
    n_parameters=10,
    languages="English",
    licence="",
)
FILES = {
    "config.json": b"{}",
    "model.safetensors": b"x" * 5000,
    "pytorch_model.bin": b"y" * 5000,
    "README.md": b"read me",
}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    """A hub whose model needs no opening: these tests are about how its files come."""
    tried = Tried((Modality.CODE,), 8, 0, {"code": 100.0})
    monkeypatch.setattr(adding, "try_model", lambda *arguments: tried)
    return FakeHub("someone/tiny", dict(FILES), frozenset({"model.safetensors"}))


def test_a_model_is_fetched_checked_and_installed(hub: FakeHub) -> None:
    told: list[tuple[int, int]] = []
    record = get_model(KNOWN, opened=hub, progress=lambda *there: told.append(there))
    assert told[-1] == (5002, 5002)
    assert [file.path for file in record.files] == ["config.json", "model.safetensors"]
    assert record.source == f"https://huggingface.co/someone/tiny/tree/{COMMIT}"
    assert record.licence == "mit", "of the page, where the catalogue has none"
    verify_model(record)
    assert installed_models() == {"tiny": record}
    assert [path.name for path in (models_path() / ".staging").iterdir()] == []


def test_the_second_choice_of_a_file(hub: FakeHub) -> None:
    del hub.files["model.safetensors"]
    names = [file.name for file in list_files(KNOWN, opened=hub).files]
    assert names == ["config.json", "pytorch_model.bin"]


def test_extra_files_come_where_they_are(hub: FakeHub) -> None:
    hub.files["vocab.txt"] = b"a"
    assert list_files(KNOWN, opened=hub).files[-1].name == "vocab.txt"


def test_an_interrupted_get_is_gone_on_with(hub: FakeHub) -> None:
    hub.breaks_after = 1000
    with pytest.raises(NetworkError):
        get_model(KNOWN, opened=hub)
    assert installed_models() == {}
    hub.breaks_after, hub.asked = None, []
    get_model(KNOWN, opened=hub)
    assert [wanted for _, wanted in hub.asked] == ["", "bytes=4000-"], "nothing twice"


def test_without_a_network_it_says_what_to_bring() -> None:
    @contextmanager
    def offline(url: str, headers: Mapping[str, str]) -> Iterator[FakeAnswer]:
        raise urllib.error.URLError("Name or service not known")
        yield

    with pytest.raises(NetworkError) as caught:
        get_model(KNOWN, opened=offline)
    assert caught.value.message == "The hub cannot be reached: Name or service not known."
    assert (
        caught.value.hint
        == by_hand(KNOWN)
        == (
            "You can also fetch these files on another computer from "
            "https://huggingface.co/someone/tiny/tree/main into one folder: config.json, "
            "model.safetensors or pytorch_model.bin (and, if there, vocab.txt); then run: "
            "mmsearch models add FOLDER --id tiny"
        )
    )
    assert not (models_path() / "tiny").exists()


def test_a_page_without_the_files_is_said(hub: FakeHub) -> None:
    del hub.files["config.json"]
    with pytest.raises(ModelError, match=r"page of Tiny has no config\.json"):
        get_model(KNOWN, opened=hub)


def test_an_answer_that_is_no_listing(hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "listing", lambda: {"error": "something"})
    with pytest.raises(NetworkError, match="is not understood"):
        list_files(KNOWN, opened=hub)


def test_a_full_disk_is_said_before_anything_is_fetched(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 1000}))
    with pytest.raises(ModelError, match=r"Tiny needs 0 MB, and .* has 0 MB left"):
        get_model(KNOWN, opened=hub)
    assert len(hub.asked) == 1, "the listing only"


def test_names_that_lead_out_of_the_folder_are_refused(hub: FakeHub, tmp_path: Path) -> None:
    hub.files["../../evil"] = b"evil"
    with pytest.raises(ModelError, match="no name for a file"):
        get_model(replace(KNOWN, extra_files=("../../evil",)), opened=hub)


ELSEWHERE = replace(
    KNOWN,
    files=("config.json",),
    weights_url="https://example.org/files/tiny-weights.pt",
    source="https://example.org/tiny",
)


@pytest.mark.parametrize("ranges", [True, False])
def test_weights_that_are_not_on_the_hub(hub: FakeHub, ranges: bool) -> None:
    """Their size is asked for; nobody tells a checksum, so the record pins what arrived."""
    hub.ranges = ranges
    hub.elsewhere[ELSEWHERE.weights_url] = torch_weights()
    record = get_model(ELSEWHERE, opened=hub)
    assert [file.path for file in record.files] == ["config.json", "model.safetensors"]
    assert record.source == ELSEWHERE.weights_url
    verify_model(record)


def test_weights_elsewhere_that_are_cut_short(hub: FakeHub) -> None:
    hub.elsewhere[ELSEWHERE.weights_url] = torch_weights()
    hub.breaks_after = 100
    with pytest.raises(NetworkError, match="broke after"):
        get_model(ELSEWHERE, opened=hub)
    assert installed_models() == {}
    hub.breaks_after = None
    get_model(ELSEWHERE, opened=hub)
    assert hub.asked[-1][1].startswith("bytes="), "it goes on where it was"
    assert "https://example.org/files/tiny-weights.pt" in by_hand(ELSEWHERE)


def test_a_place_that_does_not_say_how_large_it_is(hub: FakeHub) -> None:
    with pytest.raises(NetworkError, match="does not say how large"):
        get_model(ELSEWHERE, opened=hub)


def test_what_cannot_be_had_says_why(hub: FakeHub) -> None:
    refused = replace(KNOWN, refused="its weights were never published.")
    with pytest.raises(ModelError, match=r"Tiny cannot be had: its weights were never published\."):
        get_model(refused, opened=hub)
    assert hub.asked == []


def torch_weights() -> bytes:
    import torch

    content = io.BytesIO()
    torch.save({"weight": torch.arange(1000.0)}, content)
    return content.getvalue()
