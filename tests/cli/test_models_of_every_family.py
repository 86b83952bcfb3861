"""Tiny models of every real architecture on the command line: added, indexed, searched, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mmsearch.settings import models_path
from tests.files import save_picture, save_text
from tests.sounds import sine, write_sound
from tests.tiny_models import (
    needs,
    save_tiny_blip,
    save_tiny_clap,
    save_tiny_clip,
    save_tiny_clip_moe,
    save_tiny_codet5p,
    save_tiny_text,
    save_tiny_xlm_clip,
)

from .conftest import Run

pytestmark = needs("torch", "open_clip", "transformers")


def named(name: str, save: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Saved in a folder that is called like the model of the catalogue."""
    return lambda folder: save(folder / name)


FAMILIES: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "open_clip": (named("tiny", save_tiny_clip), "tiny", "image"),
    "multilingual open_clip": (
        named("CLIP-ViT-B-32-xlm-roberta-base-laion5B-s13B-b90k", save_tiny_xlm_clip),
        "clip-xlm-roberta-b32",
        "image",
    ),
    "blip": (named("blip-itm-base-coco", save_tiny_blip), "blip-itc-base", "image"),
    "clip-moe": (
        named("clip-moe-4-2-sharegpt4v.pt", save_tiny_clip_moe),
        "clip-moe-sharegpt4v",
        "image",
    ),
    "clap": (named("clap-htsat-unfused", save_tiny_clap), "clap-htsat", "audio"),
    "codet5+": (named("codet5p-110m-embedding", save_tiny_codet5p), "codet5p-110m", "code"),
    "unixcoder": (
        named("unixcoder-base", lambda folder: save_tiny_text(folder, "RobertaModel")),
        "unixcoder",
        "code",
    ),
    "tas-b": (
        named(
            "msmarco-distilbert-base-tas-b",
            lambda folder: save_tiny_text(folder, "DistilBertModel", pooling="cls_token"),
        ),
        "tas-b",
        "code",
    ),
    "contriever": (named("contriever-msmarco", save_tiny_text), "contriever", "code"),
    "multilingual": (
        named("paraphrase-multilingual-MiniLM-L12-v2", save_tiny_text),
        "multilingual-minilm",
        "code",
    ),
    "coderankembed": (
        named(
            "CodeRankEmbed",
            lambda folder: save_tiny_text(folder, "NomicBertModel", pooling="cls_token"),
        ),
        "coderankembed",
        "code",
    ),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_added_indexed_searched_removed(family: str, run: Run, tmp_path: Path) -> None:
    save, model_id, kind = FAMILIES[family]
    files = tmp_path / "files"
    save_picture(files / "picture.png", (200, 30, 30))
    save_text(files / "sorting.py", "def sort(a):\n    return sorted(a)\n")
    write_sound(files / "sound.wav", sine(440, 1.0))
    (tmp_path / "models").mkdir()

    ran = run("models", "add", save(tmp_path / "models"))
    assert (ran.code, ran.err.count("Error")) == (0, 0), ran.err
    assert ran.out.startswith(f"Installed {model_id}: ")
    assert run("models", "use", model_id).code == 0
    assert run("index", files).code == 0
    (space,) = json.loads(run("status", "--json").out)["spaces"]
    assert space.startswith(f"{model_id}+fake@")
    hits = json.loads(run("search", "a red dog", "--type", kind, "--json").out)
    assert [Path(hit["path"]).stem for hit in hits] == [
        {"image": "picture", "audio": "sound", "code": "sorting"}[kind]
    ]
    assert run("models", "use", "mini").code == 0
    assert run("models", "remove", model_id).code == 0
    left = [path for path in models_path().rglob("*") if path.is_file()]
    assert left == []
