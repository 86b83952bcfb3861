"""A large model for the files and a small one for the queries, in one space."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import installed_model, remove_model
from mmsearch.encode.models.pairing import agreement, pair
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.probes import content_of
from mmsearch.errors import ModelError
from mmsearch.types import Modality
from tests.tiny_models import TINY_CLIP, needs, save_tiny_clip


def test_agreement_counts_sentences_that_find_themselves() -> None:
    vectors = np.eye(6, dtype=np.float32)
    assert agreement(vectors, vectors) == 1
    assert agreement(vectors, np.roll(vectors, 1, axis=0)) == 0
    assert agreement(vectors, vectors[[0, 1, 2, 5, 4, 3]]) == pytest.approx(4 / 6)
    assert agreement(vectors, vectors[:, :4]) == 0


def save_pair(folder: Path) -> tuple[Path, Path]:
    """Two models with the same text tower and different ones for pictures."""
    from safetensors.torch import load_file, save_file

    large = save_tiny_clip(folder / "large", seed=1)
    vision = TINY_CLIP["vision_cfg"] | {"layers": 1}
    small = save_tiny_clip(folder / "small", TINY_CLIP | {"vision_cfg": vision}, seed=2)
    name = "open_clip_model.safetensors"
    of_large, of_small = load_file(large / name), load_file(small / name)
    texts = {key: one for key, one in of_large.items() if not key.startswith("visual.")}
    save_file(of_small | texts, small / name)
    return large, small


@needs("torch", "open_clip")
def test_the_small_one_encodes_queries_and_the_large_one_files(tmp_path: Path) -> None:
    large, small = (add_model(path) for path in save_pair(tmp_path))
    space = large.spec.space
    paired = pair(large, small)
    assert installed_model("large") == paired
    assert paired.queries_by == "small"
    assert paired.spec.space == space, "nothing has to be encoded anew"
    alone, together = TowersEncoder(large), TowersEncoder(paired)
    of_small = TowersEncoder(small)
    np.testing.assert_allclose(together.encode_texts(["a"]), of_small.encode_texts(["a"]))
    picture = [content_of(Modality.IMAGE, 32, 0)]
    np.testing.assert_allclose(
        together.encode_contents(Modality.IMAGE, picture),
        alone.encode_contents(Modality.IMAGE, picture),
    )
    with pytest.raises(ModelError, match="encodes the queries of 'large'"):
        remove_model("small")
    assert pair(paired, large).queries_by == ""
    remove_model("small")


@needs("torch", "open_clip")
def test_strangers_are_not_paired(tmp_path: Path) -> None:
    large = add_model(save_tiny_clip(tmp_path / "large", seed=1))
    stranger = add_model(save_tiny_clip(tmp_path / "stranger", seed=2))
    other = add_model(save_tiny_clip(tmp_path / "other", TINY_CLIP | {"embed_dim": 16}))
    for small in (stranger, other):
        with pytest.raises(ModelError, match=r"do not share a space.*trained for each other"):
            pair(large, small)
    assert installed_model("large") == large
