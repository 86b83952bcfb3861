"""The training of the reranker on made-up pictures; what is shipped is what was trained."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch

from mmsearch.encode.mini.picture_words import read_weights
from mmsearch.encode.mini.picture_words_graph import picture_words_graph
from mmsearch.encode.session import open_session
from models.mini.training.rerank.data import Data, shares
from models.mini.training.rerank.fit import contrastive, soft_targets, step_loss, train_network
from models.mini.training.rerank.network import Network, caption_scores
from models.mini.training.rerank.ship import write
from models.mini.training.rerank.words import Words, known_words

OPTIONS = argparse.Namespace(
    dim=8,
    hidden=12,
    dropout=0.1,
    epochs=12,
    batch=20,
    rate=5e-3,
    soft=0.2,
    caption_sharpness=10.0,
    word_share=0.3,
)
N_PICTURE, N_WORD = 60, 6


@pytest.fixture
def data() -> Data:
    """A picture is one of six sorts, which its features show and its captions name."""
    torch.manual_seed(4)
    sorts = torch.arange(N_PICTURE) % N_WORD
    features = torch.rand(1, N_PICTURE, 1600)
    features[0, torch.arange(N_PICTURE), sorts] += 20
    captions = [np.array([sort]) for sort in sorts.tolist() for _ in range(5)]
    vectors = torch.nn.functional.normalize(torch.randn(N_WORD, 384), dim=1)
    words = Words(np.arange(2000, 2000 + N_WORD), np.full(N_WORD, 1 / N_WORD, np.float32))
    return Data(
        words=words,
        features=features.half(),
        captions=captions,
        vectors=vectors[sorts].repeat_interleave(5, 0),
        has=torch.tensor(shares(captions, N_WORD)),
    )


def test_it_learns_which_words_a_picture_deserves(data: Data) -> None:
    network = train_network(data, OPTIONS, seed=0)
    assert not network.training
    with torch.no_grad():
        best = network(data.features[0].float()).argmax(1)
    assert (best == torch.arange(N_PICTURE) % N_WORD).float().mean() > 0.9


def test_what_is_shipped_is_what_was_trained(data: Data, tmp_path: Path) -> None:
    networks = [train_network(data, OPTIONS, seed=seed) for seed in (0, 1)]
    write(networks, data.words, 0.02, tmp_path / "words.safetensors")
    weights = read_weights(tmp_path / "words.safetensors")
    session = open_session(picture_words_graph(weights))
    features = data.features[0].float()
    found = session.run(["evidence"], {"features": features.numpy()})[0]
    with torch.no_grad():
        expected = torch.stack([one.evidence(one(features)) for one in networks]).mean(0)
    assert torch.nn.functional.cosine_similarity(torch.tensor(found), expected).min() > 0.999
    assert weights["pieces"].tolist() == data.words.pieces.tolist()
    assert weights["weight"].tolist() == pytest.approx([0.02])


def test_the_loss_falls_when_captions_fit(data: Data) -> None:
    network = train_network(data, OPTIONS, seed=0)
    fresh = Network(
        data.features[0].float(),
        torch.tensor(data.words.share),
        dim=OPTIONS.dim,
        hidden=OPTIONS.hidden,
        dropout=0.0,
    )
    rows = torch.arange(20)
    assert step_loss(network, data, rows, OPTIONS) < step_loss(fresh, data, rows, OPTIONS)


def test_a_caption_is_the_sum_of_its_words() -> None:
    evidence = torch.tensor([[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]])
    scores = caption_scores(evidence, torch.tensor([0, 2, 2, 1]), torch.tensor([0, 3, 3]))
    assert scores.tolist() == [[9.0, 72.0], [0.0, 0.0], [2.0, 16.0]]


def test_targets_are_shared_with_pictures_of_like_captions(data: Data) -> None:
    rows = torch.arange(12)  # each sort twice
    targets = soft_targets(data, rows, rows * 5, OPTIONS)
    assert targets.sum(1).tolist() == pytest.approx([1.0] * 12)
    assert torch.all(targets.diag() > 0.8)
    assert torch.all(targets[torch.arange(6), torch.arange(6) + 6] > 0.05)


def test_contrast_is_least_where_each_caption_has_its_picture() -> None:
    right, wrong = torch.eye(4) * 9, torch.eye(4).roll(1, 0) * 9
    assert contrastive(right, torch.eye(4)) < 0.01
    assert contrastive(wrong, torch.eye(4)) > 9


def test_rare_words_and_special_tokens_are_not_known() -> None:
    rows = [np.array([101, 102, 3000, 3000, 2500]), np.array([3000, 2500, 2400])]
    words = known_words(rows, 2)
    assert words.pieces.tolist() == [2500, 3000]
    assert words.share.tolist() == [1.0, 1.0]
    assert words.of(np.array([3000, 7, 2500, 3000, 9000])).tolist() == [1, 0, 1]
