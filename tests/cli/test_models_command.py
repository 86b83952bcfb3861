"""Models of one's own on the command line, from adding one to removing it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmsearch.settings import load_settings, models_path
from tests.files import GREEN, save_picture
from tests.sounds import sine, write_sound
from tests.tiny_models import install, needs, save_tiny_clap, save_tiny_clip, save_tiny_text

from .conftest import Run


def test_the_plain_list_is_of_the_embedded_encoder(run: Run) -> None:
    ran = run("models")
    assert ran.code == 0
    assert ran.out.startswith("mini@")
    assert ": ready\n" in ran.out
    assert [json.loads(line)["id"] for line in run("models", "--json").out.splitlines()] == ["mini"]


def test_the_list_names_what_one_may_get(run: Run) -> None:
    lines = run("models", "list").out.splitlines()
    assert lines[0].startswith("* mini ")
    assert any("siglip2-b16 " in line and "available" in line for line in lines)
    assert any("mobileclip-s2" in line and "not for commercial use" in line for line in lines)
    sounds = run("models", "list", "--kind", "audio", "--json").out.splitlines()
    assert {json.loads(line)["id"] for line in sounds} == {"mini", "clap-htsat"}
    assert run("models", "list", "--installed").out.count("\n") == 3


def test_showing_a_model(run: Run) -> None:
    out = run("models", "show", "coderankembed").out
    assert "licence       MIT" in out
    assert "query prefix  'Represent this query for searching relevant code: '" in out
    assert "https://huggingface.co/nomic-ai/CodeRankEmbed" in out
    assert "not stated" in run("models", "show", "contriever").out


def test_names_that_are_none(run: Run) -> None:
    ran = run("models", "show", "siglip3-b16")
    assert ran.code == 1
    assert "Error: The catalogue has no model 'siglip3-b16'.\nHint: Did you mean sig" in ran.err
    assert "is not installed" in run("models", "use", "siglip2-b16").err
    assert "is not installed" in run("models", "remove", "siglip2-b16").err
    assert "cannot be the id" in run("models", "use", "../../etc").err
    assert run("models", "use", "mini").code == 0


def test_a_reranker_is_used_and_no_more(run: Run) -> None:
    install("judge", family="cross_encoder")
    assert "mends the order of results in the window" in run("models", "use", "judge").out
    assert load_settings().reranker == "judge"
    assert "* judge " in run("models", "list", "--installed").out
    assert "is in use" in run("models", "remove", "judge").err
    assert run("models", "use", "judge", "--off").out == "judge is asked no more.\n"
    assert load_settings().reranker == ""
    assert "is not asked for" in run("models", "use", "judge", "--off").err


def test_adding_what_is_no_model(run: Run, tmp_path: Path) -> None:
    assert "does not exist" in run("models", "add", tmp_path / "gone").err
    assert "no configuration" in run("models", "add", tmp_path).err
    assert not [path for path in models_path().rglob("*") if path.is_file()]


@needs("torch", "open_clip")
def test_from_adding_a_model_to_removing_it(
    run: Run, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    save_tiny_clip(tmp_path / "Tiny CLIP")
    assert run("index", folder).code == 3
    ran = run("models", "add", tmp_path / "Tiny CLIP")
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "Installed tiny-clip: image, video, 24 dimensions.",
    )
    assert "tiny-clip: sound" in run("models", "verify").out
    told = run("models", "use", "tiny-clip").out
    assert told == "tiny-clip: image, video\nNow run: mmsearch index\n"
    assert load_settings().models == ("tiny-clip",)
    assert "in use" in run("models", "remove", "tiny-clip").err
    assert run("models", "use", "tiny-clip", "--queries", "tiny-clip").code == 0
    exported = run("models", "export", "--onnx", "tiny-clip").out.splitlines()
    assert [line.partition(":")[0] for line in exported[:2]] == ["texts", "pictures"]
    assert all("cosine 1.000000" in line for line in exported[:2])

    save_picture(folder / "green.png", GREEN)
    assert run("index").code == 3
    spaces = json.loads(run("status", "--json").out)["spaces"]
    assert spaces[0].startswith("tiny-clip+fake@")
    # What the embedded encoder knows is still found by it, pictures now by the other.
    assert "sorting.py" in run("search", "sort items", "--type", "code").out.splitlines()[0]
    pictures = json.loads(run("search", "a picture", "--type", "image", "--json").out)
    assert len(pictures) == 3
    like = json.loads(run("search", "--like", folder / "green.png", "--json").out)
    assert Path(like[0]["path"]).name == "green.png"
    assert all(0 < hit["match"] < 1 for hit in pictures)

    assert run("models", "use", "mini").code == 0
    assert run("index").code == 3
    assert "red.png" in run("search", "red").out.splitlines()[0]
    assert run("models", "remove", "tiny-clip").out.startswith("Removed tiny-clip; ")
    assert run("models", "list", "--installed").out.count("\n") == 3


@needs("torch", "open_clip")
def test_a_model_in_use_that_has_vanished(run: Run, folder: Path, tmp_path: Path) -> None:
    save_tiny_clip(tmp_path / "tiny")
    run("models", "add", tmp_path / "tiny")
    run("models", "use", "tiny")
    (models_path() / "tiny" / "record.json").unlink()
    ran = run("index", folder)
    assert ran.code == 1
    assert "is not installed" in ran.err
    assert "models use mini" in ran.err


@needs("torch", "open_clip", "transformers")
def test_models_for_different_kinds_side_by_side(run: Run, folder: Path, tmp_path: Path) -> None:
    write_sound(folder / "tone.wav", sine(440, 2.0))
    models = {
        "clip": save_tiny_clip(tmp_path / "clip"),
        "clap": save_tiny_clap(tmp_path / "clap"),
        "words": save_tiny_text(tmp_path / "words"),
    }
    for name, path in models.items():
        assert run("models", "add", path).code == 0
        assert run("models", "use", name).code == 0
    assert load_settings().models == ("words", "clap", "clip")
    assert run("index", folder).code == 3
    (space,) = json.loads(run("status", "--json").out)["spaces"]
    assert space.startswith("words+clap+clip@"), "nothing is left for the embedded encoder"
    for kind, name in (("audio", "tone.wav"), ("code", "sorting.py"), ("image", "red.png")):
        hits = json.loads(run("search", "a dog", "--type", kind, "--json").out)
        assert name in {Path(hit["path"]).name for hit in hits}
        like = json.loads(run("search", "--like", folder / name, "--json").out)
        assert Path(like[0]["path"]).name == name
        assert like[0]["match"] > 0.1

    # A second model for texts takes the place of the first, which is left with nothing.
    save_tiny_text(tmp_path / "other", "DistilBertModel")
    run("models", "add", tmp_path / "other")
    run("models", "use", "other")
    assert load_settings().models == ("other", "clap", "clip")
    for name in ("words", "clap"):
        assert run("models", "remove", name).code == (1 if name == "clap" else 0)
