"""Fewer dimensions of a model, learned from the library or as the model was trained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models import shrinking
from mmsearch.encode.models.folder import folder_of, installed_model
from mmsearch.encode.models.record import save_record
from tests.files import save_text
from tests.tiny_models import needs, save_tiny_clip, save_tiny_text

from .conftest import Run

pytestmark = needs("torch", "open_clip", "transformers")


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    """Sixty pictures that differ."""
    from PIL import Image

    folder = tmp_path / "noise"
    folder.mkdir()
    chance = np.random.default_rng(0)
    for place in range(60):
        pixels = chance.integers(0, 256, (4, 4, 3), np.uint8)
        Image.fromarray(pixels).resize((64, 64)).save(folder / f"{place}.png")
    return folder


def test_learned_from_the_library(run: Run, noise: Path, tmp_path: Path) -> None:
    run("index", noise)
    run("models", "add", save_tiny_clip(tmp_path / "tiny"))
    assert run("models", "use", "tiny").code == 0
    run("index")
    whole = json.loads(run("status", "--json").out)["spaces"]
    before = json.loads(run("search", "--like", noise / "7.png", "--json").out)

    ran = run("models", "use", "tiny", "--dimension", "20")
    assert ran.code == 0, ran.err
    kept, _, rest = ran.out.splitlines()[0].partition("; ")
    assert kept == "tiny: 20 of 24 dimensions are kept"
    assert int(rest.split()[0]) >= 80
    assert ran.out.splitlines()[-1] == "Now run: mmsearch index"
    record = installed_model("tiny")
    assert (record.dim, record.full_dim) == (20, 24)
    assert record.projection is not None
    assert run("models", "verify", "tiny").out == "tiny: sound\n"

    run("index")
    after = json.loads(run("search", "--like", noise / "7.png", "--json").out)
    assert Path(after[0]["path"]).name == "7.png"
    first = [{hit["path"] for hit in hits[:10]} for hits in (before, after)]
    assert len(first[0] & first[1]) >= 7

    told = run("models", "use", "tiny", "--dimension", "24").out
    assert told.startswith("tiny: 24 of 24 dimensions are kept.\n")
    assert installed_model("tiny").projection is None
    assert not (folder_of("tiny") / "projection.safetensors").exists()
    assert json.loads(run("status", "--json").out)["spaces"] == whole


def test_too_little_to_learn_from(run: Run, tmp_path: Path) -> None:
    run("index", save_text(tmp_path / "files" / "one.py", "x = 1\n").parent)
    run("models", "add", save_tiny_clip(tmp_path / "tiny"))
    ran = run("models", "use", "tiny", "--dimension", "20")
    assert ran.code == 1
    assert "at least 20 things of the library are needed" in ran.err
    assert installed_model("tiny").dim == 24
    assert "from 8 on can be kept" in run("models", "use", "tiny", "--dimension", "48").err


def test_too_much_would_be_lost(
    run: Run, noise: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shrinking, "kept_neighbours", lambda things, dim, sentences: 0.71)
    run("index", noise)
    run("models", "add", save_tiny_clip(tmp_path / "tiny"))
    ran = run("models", "use", "tiny", "--dimension", "8")
    assert ran.code == 1
    assert "With 8 dimensions only 71 of 100 nearest neighbours would stay." in ran.err
    assert installed_model("tiny").dim == 24


def test_models_that_were_trained_for_it_need_no_library(run: Run, tmp_path: Path) -> None:
    run("models", "add", save_tiny_text(tmp_path / "words"))
    record = installed_model("words")
    save_record(folder_of("words"), replace(record, options={"least_dim": 8}))
    ran = run("models", "use", "words", "--dimension", "16")
    assert ran.out.startswith("words: 16 of 32 dimensions are kept.\n")
    assert installed_model("words").projection is None
    assert run("models", "use", "words", "--dimension", "8").code == 0
    assert installed_model("words").dim == 8
