"""BLIP as two towers: a tiny random one of the real architecture against transformers' own way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.towers.blip_towers import open_towers
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from mmsearch.types import Frames, Modality
from tests.tiny_models import TEXTS, needs, save_tiny_blip

pytestmark = needs("torch", "transformers")


def test_texts_and_pictures_meet_as_transformers_has_it(tmp_path: Path) -> None:
    """The slow oracle: the cosines of the contrastive head, one text at a time."""
    torch, transformers = import_library("torch"), import_library("transformers")
    folder = save_tiny_blip(tmp_path / "blip")
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), np.uint8)
    towers = open_towers(folder, {})
    assert (towers.dim, towers.image_px) == (12, 32)
    texts = towers.texts(TEXTS)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    pictures = towers.contents(Modality.IMAGE, [Frames(picture[None]) for picture in pixels])

    model = transformers.BlipForImageTextRetrieval.from_pretrained(folder).eval()
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    given = torch.tensor((pixels / 255 - 0.5) / 0.5, dtype=torch.float32).permute(0, 3, 1, 2)
    for text, vector in zip(TEXTS, texts, strict=True):
        made = tokens(text, return_tensors="pt")
        with torch.inference_mode():
            expected = model(
                input_ids=made["input_ids"],
                attention_mask=made["attention_mask"],
                pixel_values=given,
                use_itm_head=False,
            ).itm_score
        np.testing.assert_allclose(pictures @ vector, expected[:, 0].numpy(), atol=2e-5)


def test_it_is_installed_as_an_encoder_by_the_name_of_the_catalogue(tmp_path: Path) -> None:
    """Else it is taken for the reranker that it is, too."""
    record = add_model(save_tiny_blip(tmp_path / "blip"), model_id="blip-itc-base")
    assert (record.family, record.dim, record.image_px) == ("blip", 12, 32)
    assert record.modalities == (Modality.IMAGE, Modality.VIDEO)


def test_what_prepares_pictures_has_to_be_understood(tmp_path: Path) -> None:
    folder = save_tiny_blip(tmp_path / "blip")
    (folder / "preprocessor_config.json").write_text('{"image_mean": [1]}')
    with pytest.raises(ModelError, match="how pictures are prepared"):
        open_towers(folder, {})
