"""Cross-encoders: a tiny random one, against transformers one pair at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.towers.judge import open_judge
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from tests.tiny_models import TEXTS, needs, save_tiny_cross_encoder

pytestmark = needs("torch", "transformers")


@pytest.mark.parametrize("n_label", [1, 2])
def test_scores_are_those_of_single_pairs(n_label: int, tmp_path: Path) -> None:
    torch, transformers = import_library("torch"), import_library("transformers")
    folder = save_tiny_cross_encoder(tmp_path / "tiny", n_label=n_label)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder).eval()
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    expected = []
    for text in TEXTS:
        with torch.inference_mode():
            logits = model(**tokens("a dog", text, return_tensors="pt")).logits[0]
        expected.append(float(logits[0] if n_label == 1 else logits[1] - logits[0]))
    found = open_judge("cross_encoder", folder, {}).score("a dog", TEXTS)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_it_is_installed_but_encodes_nothing(tmp_path: Path) -> None:
    record = add_model(save_tiny_cross_encoder(tmp_path / "tiny"))
    assert (record.family, record.is_encoder) == ("cross_encoder", False)


def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    folder = save_tiny_cross_encoder(tmp_path / "tiny", n_label=5)
    with pytest.raises(ModelError, match="sorts into 5 classes"):
        add_model(folder)
