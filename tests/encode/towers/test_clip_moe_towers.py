"""CLIP-MoE: a tiny random one as its authors' checkpoints are, against slow oracles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.known import known_model
from mmsearch.encode.towers.clip_moe_network import ClipMoe
from mmsearch.encode.towers.clip_moe_towers import open_towers
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.open_clip_towers import open_towers as open_dense
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from mmsearch.types import Frames, Modality
from tests.tiny_models import needs, save_tiny_clip_moe

pytestmark = needs("torch", "open_clip")
TEXTS = ["a dog", "a red cat on the long beach in the rain"]
FRAMES = [
    Frames(picture[None])
    for picture in np.random.default_rng(0).integers(0, 256, (3, 32, 32, 3), np.uint8)
]


def installed_folder(weights: Path) -> Path:
    """The weights as the loader wants them."""
    torch = import_library("torch")
    from safetensors.torch import save_file

    folder = weights.parent / "installed"
    folder.mkdir()
    state = torch.load(weights, weights_only=True)
    save_file({name: one.clone() for name, one in state.items()}, folder / "model.safetensors")
    return folder


def test_experts_that_are_all_alike_say_what_the_dense_model_says(tmp_path: Path) -> None:
    """Whatever the gates choose: so blocks, positions, tokens and projections are those of CLIP."""
    towers = open_towers(installed_folder(save_tiny_clip_moe(tmp_path / "m.pt", same=True)), {})
    dense = open_dense(tmp_path / "dense", {})
    np.testing.assert_allclose(towers.texts(TEXTS), dense.texts(TEXTS), atol=1e-5)
    found = open_towers_pictures(tmp_path / "installed")
    np.testing.assert_allclose(found, open_dense_pictures(tmp_path / "dense"), atol=1e-5)


def open_towers_pictures(folder: Path) -> np.ndarray:
    towers = open_towers(folder, {})
    towers._mean = towers._std = np.full(3, 0.5, np.float32)  # type: ignore[attr-defined]
    return towers.contents(Modality.IMAGE, FRAMES)


def open_dense_pictures(folder: Path) -> np.ndarray:
    return open_dense(folder, {}).contents(Modality.IMAGE, FRAMES)


@pytest.mark.parametrize("n_chosen", [1, 2, 3, 9])
def test_each_token_goes_to_the_experts_that_its_gate_wants_most(n_chosen: int) -> None:
    """The slow oracle: token by token."""
    torch = import_library("torch")
    torch.manual_seed(0)
    width, n_expert = 8, 3
    state = {"b.gate.weight": torch.randn(n_expert, width)}
    for place in range(n_expert):
        state[f"b.experts.{place}.c_fc.weight"] = torch.randn(4 * width, width)
        state[f"b.experts.{place}.c_fc.bias"] = torch.randn(4 * width)
        state[f"b.experts.{place}.c_proj.weight"] = torch.randn(width, 4 * width)
        state[f"b.experts.{place}.c_proj.bias"] = torch.randn(width)
    sizes = {
        "visual.conv1.weight": torch.zeros(width, 3, 16, 16),
        "visual.positional_embedding": torch.zeros(5, width),
        "positional_embedding": torch.zeros(4, width),
    }
    states = torch.randn(2, 5, width)
    found = ClipMoe(state | sizes, n_chosen)._feed_forward("b.", states)
    for row in range(2):
        for column in range(5):
            token = states[row, column]
            odds = (state["b.gate.weight"] @ token).softmax(0)
            chosen = odds.argsort(descending=True)[: min(n_chosen, n_expert)].tolist()
            expected = torch.zeros(width)
            for place in chosen:
                inner = state[f"b.experts.{place}.c_fc.weight"] @ token
                inner = inner + state[f"b.experts.{place}.c_fc.bias"]
                inner = inner * torch.sigmoid(1.702 * inner)
                said = state[f"b.experts.{place}.c_proj.weight"] @ inner
                said = said + state[f"b.experts.{place}.c_proj.bias"]
                expected += said * odds[place] / odds[chosen].sum()
            torch.testing.assert_close(found[row, column], expected, atol=1e-4, rtol=1e-4)


def test_later_positions_are_those_that_were_learned_anew(tmp_path: Path) -> None:
    folder = installed_folder(save_tiny_clip_moe(tmp_path / "m.pt"))
    before = open_towers(folder, {}).texts(["a dog", "word " * 30])
    from safetensors.torch import load_file, save_file

    state = load_file(folder / "model.safetensors")
    torch = import_library("torch")
    state["positional_embedding_res"] += torch.randn(state["positional_embedding_res"].shape)
    save_file(state, folder / "model.safetensors")
    after = open_towers(folder, {}).texts(["a dog", "word " * 30])
    np.testing.assert_allclose(after[0], before[0], atol=1e-5)
    assert not np.allclose(after[1], before[1], atol=1e-2), "longer than twenty"


def test_a_checkpoint_of_the_authors_is_known_by_its_name(tmp_path: Path) -> None:
    record = add_model(save_tiny_clip_moe(tmp_path / "clip-moe-4-2-recap-dc.pt"))
    assert (record.id, record.family, record.dim) == ("clip-moe-recap", "clip_moe", 24)
    assert record.name == known_model("clip-moe-recap").name
    vectors = TowersEncoder(record).encode_texts(["a dog"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_checkpoint_of_another_name_needs_to_be_told(tmp_path: Path) -> None:
    path = save_tiny_clip_moe(tmp_path / "mine.pt")
    with pytest.raises(ModelError, match="or clip-moe"):
        add_model(path)
    assert add_model(path, architecture="clip-moe").id == "mine"


def test_other_weights_are_refused(tmp_path: Path) -> None:
    torch = import_library("torch")
    torch.save({"visual.conv1.weight": torch.ones(2, 3, 4, 4)}, tmp_path / "odd.pt")
    with pytest.raises(ModelError, match="not those of a CLIP-MoE"):
        add_model(tmp_path / "odd.pt", architecture="clip-moe")
