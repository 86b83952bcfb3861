"""Models of open_clip: tiny random ones of its real architectures, and all that can be wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import folder_of, installed_models, verify_model
from mmsearch.encode.models.recognise import recognise
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.open_clip_text import KNOWN_TEXT_TOWERS
from mmsearch.encode.towers.open_clip_towers import CONFIG, WEIGHTS, open_towers
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from mmsearch.settings import models_path
from mmsearch.types import Frames, Modality
from tests.tiny_models import TEXTS, TINY_CLIP, needs, save_tiny_clip, save_tiny_xlm_clip

pytestmark = needs("torch", "open_clip")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_clip(tmp_path_factory.mktemp("models") / "Tiny CLIP")


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(saved, tmp_path / saved.name))


def pictures(n: int, side_px: int = 32) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (n, side_px, side_px, 3), np.uint8)


def test_texts_and_pictures_as_open_clip_has_them(saved: Path) -> None:
    """The slow oracle: open_clip's own way from a folder to vectors."""
    torch, open_clip = import_library("torch"), import_library("open_clip")
    from PIL import Image

    towers = open_towers(saved, {})
    model, _, prepare = open_clip.create_model_and_transforms(f"local-dir:{saved}")
    tokens = open_clip.get_tokenizer(f"local-dir:{saved}")(["a dog", "the sea"])
    given = pictures(3)
    model.eval()
    with torch.inference_mode():
        of_texts = model.encode_text(tokens).numpy()
        prepared = torch.stack([prepare(Image.fromarray(picture)) for picture in given])
        of_pictures = model.encode_image(prepared, normalize=True).numpy()
    np.testing.assert_allclose(towers.texts(["a dog", "the sea"]), of_texts, atol=1e-5)
    found = towers.contents(Modality.IMAGE, [Frames(picture[None]) for picture in given])
    np.testing.assert_allclose(found, of_pictures, atol=1e-5)


def test_what_a_model_says_of_itself(saved: Path) -> None:
    towers = open_towers(saved, {})
    assert (towers.dim, towers.image_px) == (24, 32)
    assert towers.modalities == (Modality.IMAGE, Modality.VIDEO)


def test_pictures_of_another_size_are_made_to_fit(saved: Path) -> None:
    assert open_towers(saved, {}).contents(Modality.IMAGE, [Frames(pictures(1, 50))]).shape == (
        1,
        24,
    )


def test_frames_of_a_shot_become_one_vector(saved: Path) -> None:
    towers, given = open_towers(saved, {}), pictures(3)
    single = towers.contents(Modality.IMAGE, [Frames(picture[None]) for picture in given])
    shot = towers.contents(Modality.VIDEO, [Frames(given)])
    np.testing.assert_allclose(shot[0], single.mean(axis=0), atol=1e-5)


@pytest.mark.parametrize("changes", [
    {"custom_text": True},
    {"custom_text": True, "multimodal_cfg": {
        "context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1,
    }},
    {"vision_cfg": {
        "image_size": 64, "timm_model_name": "fastvit_t8", "timm_model_pretrained": False,
        "timm_pool": "avg", "timm_proj": None,
    }},
], ids=["a text tower apart", "CoCa", "a vision tower of timm"])  # fmt: skip
def test_other_architectures(changes: dict[str, Any], tmp_path: Path) -> None:
    config = TINY_CLIP | changes
    if "multimodal_cfg" in changes:
        config["text_cfg"] = config["text_cfg"] | {"embed_cls": True, "output_tokens": True}
        config["vision_cfg"] = config["vision_cfg"] | {"output_tokens": True, "pool_type": "tok"}
        config["vision_cfg"]["attentional_pool"] = True
        config["vision_cfg"]["attn_pooler_heads"] = 2
    towers = open_towers(save_tiny_clip(tmp_path / "other", config), {})
    assert towers.texts(["a dog"]).shape == (1, 24)
    side_px = towers.image_px
    assert towers.contents(Modality.IMAGE, [Frames(pictures(2, side_px))]).shape == (1, 24)


def test_a_text_tower_of_transformers(tmp_path: Path) -> None:
    """The slow oracle: the tower by transformers alone, pooled and projected by hand."""
    torch, transformers = import_library("torch"), import_library("transformers")
    from safetensors.torch import load_file

    folder = save_tiny_xlm_clip(tmp_path / "xlm")
    found = open_towers(folder, {}).texts(TEXTS)
    state = load_file(folder / WEIGHTS)
    prefix = "text.transformer."
    own = {name.removeprefix(prefix): one for name, one in state.items() if prefix in name}
    config = transformers.AutoConfig.from_pretrained(folder)
    model = transformers.XLMRobertaModel(config, add_pooling_layer=False).eval()
    assert not model.load_state_dict(own, strict=False).missing_keys
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    for text, vector in zip(TEXTS, found, strict=True):
        with torch.inference_mode():
            given = tokens(text, return_tensors="pt")["input_ids"]
            mean = model(given).last_hidden_state[0].mean(dim=0)
            inner = torch.nn.functional.gelu(state["text.proj.0.weight"] @ mean)
            expected = (state["text.proj.2.weight"] @ inner).numpy()
        np.testing.assert_allclose(vector, expected, atol=2e-5)
    record = add_model(folder)
    assert (record.family, record.dim) == ("open_clip", 24)


def test_known_text_towers_need_no_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = save_tiny_xlm_clip(tmp_path / "xlm")
    before = open_towers(folder, {}).texts(TEXTS)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").unlink()
    with pytest.raises(ModelError, match="xlm-roberta-tiny, of which nothing is known"):
        open_towers(folder, {})
    monkeypatch.setitem(KNOWN_TEXT_TOWERS, "xlm-roberta-tiny", config)  # type: ignore[misc]
    np.testing.assert_allclose(open_towers(folder, {}).texts(TEXTS), before)
    add_model(folder)
    written = json.loads((folder_of("xlm") / "config.json").read_text())
    assert written["model_type"] == "xlm-roberta", "from now on it is whole by itself"


@pytest.mark.parametrize("name", sorted(KNOWN_TEXT_TOWERS))
def test_what_is_known_of_text_towers_makes_models(name: str) -> None:
    """Of the sizes that their authors tell, in millions; none of them is filled."""
    torch, transformers = import_library("torch"), import_library("transformers")
    content = dict(KNOWN_TEXT_TOWERS[name])
    config = transformers.AutoConfig.for_model(content.pop("model_type"), **content)
    with torch.device("meta"):
        model = transformers.AutoModel.from_config(config)
    n_million = sum(tensor.numel() for tensor in model.parameters()) / 1e6
    expected = {
        "roberta-base": 125, "xlm-roberta-base": 278, "xlm-roberta-large": 560,
        "google/mt5-base": 390, "facebook/nllb-200-distilled-600M": 615,
        "facebook/nllb-200-distilled-1.3B": 1371,
    }  # fmt: skip
    assert n_million == pytest.approx(expected[name], rel=0.01)


def test_bare_weights_take_the_tokens_that_lie_beside_them(tmp_path: Path) -> None:
    """As MCIP comes: a file of weights, and the tokens of another model."""
    folder = save_tiny_xlm_clip(tmp_path / "xlm")
    (folder / CONFIG).unlink()
    (folder / "config.json").unlink()
    found = recognise(folder / WEIGHTS, architecture="ViT-SO400M-14-SigLIP-384")
    assert sorted(found.others) == ["tokenizer.json", "tokenizer_config.json"]


def test_bare_weights_with_the_name_of_their_architecture(tmp_path: Path) -> None:
    torch, open_clip = import_library("torch"), import_library("open_clip")
    smallest = "RN50"  # no architecture of open_clip is tiny; its configuration is what is tested
    from mmsearch.encode.towers.open_clip_towers import config_of_architecture

    config = config_of_architecture(smallest)
    assert config["model_cfg"]["embed_dim"] == open_clip.get_model_config(smallest)["embed_dim"]
    assert config["preprocess_cfg"]["mean"] == open_clip.OPENAI_DATASET_MEAN
    assert config_of_architecture("ViT-B-16-SigLIP")["preprocess_cfg"]["mean"] == (0.5, 0.5, 0.5)
    torch.save({"x": torch.ones(3)}, tmp_path / "weights.pt")
    with pytest.raises(ModelError, match=r"does not say what it is.*--architecture ViT-B-32"):
        add_model(tmp_path / "weights.pt")
    with pytest.raises(ModelError, match=r"no architecture 'ViT-B-23'. Did you mean ViT-B-32"):
        add_model(tmp_path / "weights.pt", architecture="ViT-B-23")
    with pytest.raises(ModelError, match="million parameters, but its weights hold"):
        add_model(tmp_path / "weights.pt", architecture="ViT-B-32")
    assert installed_models() == {}


def test_added_removed_and_nothing_left(saved: Path) -> None:
    record = add_model(saved)
    assert (record.id, record.dim, record.image_px) == ("tiny-clip", 24, 32)
    assert record.per_s["image"] > 0
    encoder = TowersEncoder(record)
    vectors = encoder.encode_texts(["a dog", "a cat"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert not np.allclose(vectors[0], vectors[1])
    with pytest.raises(ModelError, match="There is a model 'tiny-clip' already"):
        add_model(saved)


def test_torch_weights_become_safetensors(folder: Path) -> None:
    torch = import_library("torch")
    from safetensors.torch import load_file

    state = load_file(folder / WEIGHTS)
    (folder / WEIGHTS).unlink()
    torch.save(state, folder / "open_clip_pytorch_model.bin")
    record = add_model(folder)
    assert [file.path for file in record.files] == [CONFIG, WEIGHTS]
    verify_model(record)


def spoil_config(folder: Path, **changes: Any) -> None:
    content = json.loads((folder / CONFIG).read_text())
    content["model_cfg"] |= changes
    (folder / CONFIG).write_text(json.dumps(content))


def cut_weights(folder: Path) -> None:
    content = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(content[: len(content) // 2])


def make_nan(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    state = load_file(folder / WEIGHTS)
    state["text_projection"][:] = float("nan")
    save_file(state, folder / WEIGHTS)


def put_evil(folder: Path) -> None:
    torch = import_library("torch")
    (folder / WEIGHTS).unlink()
    torch.save({"x": torch.nn.Linear(2, 2)}, folder / "open_clip_pytorch_model.bin")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda f: (f / CONFIG).write_text("{"), "no JSON"),
        (lambda f: (f / CONFIG).write_text("[]"), "is no configuration"),
        (lambda f: (f / CONFIG).write_text("{}"), "has no model_cfg"),
        (lambda f: (f / CONFIG).unlink(), "no configuration of a model"),
        (lambda f: (f / WEIGHTS).unlink(), "has no weights"),
        (lambda f: spoil_config(f, embed_dim=48), "do not fit the architecture.*size mismatch"),
        (lambda f: spoil_config(f, embed_dim="many"), "describes no model"),
        (lambda f: spoil_config(f, surprise=1), "describes no model"),
        (lambda f: spoil_config(f, vision_cfg={"layers": 900, "width": 90000}), "million param"),
        (lambda f: spoil_config(f, text_cfg={
            **TINY_CLIP["text_cfg"], "hf_tokenizer_name": "timm/ViT-B-16-SigLIP",
        }), r"files of the tokens \(tokenizer\.json"),
        (cut_weights, "damaged, cut short"),
        (make_nan, "no numbers"),
        (put_evil, "pickle with code"),
    ],
)  # fmt: skip
def test_bad_models_are_refused_in_one_line(spoil: Any, words: str, folder: Path) -> None:
    spoil(folder)
    with pytest.raises(ModelError, match=words) as caught:
        add_model(folder)
    assert "\n" not in str(caught.value)
    assert len(caught.value.message) < 400
    assert installed_models() == {}
    left = [path for path in models_path().rglob("*") if path.is_file()]
    assert left == [], "nothing half installed"


def test_damage_after_installing_is_noticed(saved: Path) -> None:
    record = add_model(saved)
    path = folder_of(record.id) / WEIGHTS
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"was changed or is damaged.*models remove tiny-clip"):
        TowersEncoder(record).encode_texts(["a dog"])
