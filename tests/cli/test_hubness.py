"""``search --normalise`` and ``doctor --hubness`` on a library with a hub."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from mmsearch.normalise.method import METHODS
from mmsearch.normalising import library_terms
from mmsearch.types import Modality, QueryBanks
from tests.cli.conftest import Run
from tests.conftest import FakeEncoder
from tests.files import save_text

_ANIMALS = ("cat", "dog", "owl", "fox", "hen", "bee", "ant", "cow", "emu", "yak", "rat", "pig")


@pytest.fixture
def library(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Texts about animals, and one about all of them, which answers everything a little."""
    encoder = FakeEncoder()
    asked = encoder.encode_texts([f"{one} and {other}" for one in _ANIMALS for other in _ANIMALS])
    real = asked[np.sort(np.unique(asked.round(3), axis=0, return_index=True)[1])]
    banks = QueryBanks({("text", Modality.CODE): real, ("image", Modality.CODE): real})
    monkeypatch.setattr(library_terms, "shipped_banks", lambda spec: banks)
    monkeypatch.setattr(library_terms, "banks_identity", lambda spec: "animals")
    for place, animal in enumerate(_ANIMALS * 2):
        save_text(tmp_path / "texts" / f"{place:02}.txt", f"{animal} number {place} sits there")
    save_text(tmp_path / "texts" / "hub.txt", " ".join(_ANIMALS) + " and and and")
    assert run("index", tmp_path / "texts").code == 0
    return run


@pytest.mark.parametrize("method", [*METHODS, "auto", "none"])
def test_every_method_answers(library: Run, method: str) -> None:
    ran = library("search", "owl and ant", "--normalise", method, "--json")

    assert ran.code == 0, ran.err
    for hit in json.loads(ran.out):
        scores = hit["scores"]
        assert scores["normalised"] == pytest.approx(scores["cosine"] - scores["bank"], abs=2e-5)
        assert (scores["bank"] == 0) or method != "none"


def test_a_hub_is_found_less_often_with_a_method(library: Run) -> None:
    def bank_of_hub(method: str) -> float:
        ran = library("search", "owl and ant", "--normalise", method, "--json", "--limit", "50")
        scores = {Path(hit["path"]).name: hit["scores"] for hit in json.loads(ran.out)}
        return float(scores["hub.txt"]["bank"])

    assert bank_of_hub("none") == 0
    assert bank_of_hub("nnn") > 0.05
    assert bank_of_hub("is") > 0.02


def test_a_batch_and_the_python_interface_agree(library: Run, tmp_path: Path) -> None:
    from mmsearch.library import open_library

    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "a", "text": "owl and ant", "limit": 5}\n', "utf-8")
    batch = json.loads(library("search", "--batch", queries, "--normalise", "csls").out)
    with open_library(tmp_path / "library", encoder=FakeEncoder()) as opened:
        hits = opened.search("owl and ant", limit=5, normalise="csls")
    assert [hit.to_json()["scores"] for hit in hits] == [hit["scores"] for hit in batch["hits"]]


def test_doctor_shows_hubs_in_words_as_json_and_drawn(library: Run, tmp_path: Path) -> None:
    words = library("doctor", "--hubness", "--plot", tmp_path / "hubs.svg")
    assert words.code == 0, words.err
    assert "image → code" in words.out
    assert "the largest hub was" in words.out
    ElementTree.parse(tmp_path / "hubs.svg")

    told = json.loads(library("doctor", "--hubness", "--anew", "--json").out)
    pairs = {(one["query"], one["target"]): one for one in told}
    assert pairs["image", "code"]["method"] == "nnn k=8"
    assert pairs["image", "code"]["segments"] == 25


def test_doctor_of_a_small_library_and_wrong_use(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    told = run("doctor", "--hubness")
    assert (told.code, told.out) == (0, "There is too little in the library to have hubs.\n")
    assert run("doctor", "--hubness", "--json").out == "[]\n"
    assert run("doctor", "--hubness", "--plot", tmp_path / "hubs.svg").code == 1
    assert run("doctor", "--json").code == 2


def test_searches_are_remembered_and_checks_are_not(library: Run, tmp_path: Path) -> None:
    kept = tmp_path / "library" / "normalise" / "searches.f16"
    library("search", "owl and ant")
    assert kept.stat().st_size == FakeEncoder.spec.dim * 2
    library("doctor")
    assert kept.stat().st_size == FakeEncoder.spec.dim * 2
