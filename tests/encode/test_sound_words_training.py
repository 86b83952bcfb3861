"""The training of the reranker of sounds on made-up windows."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.mini.training.audio.judge_sound_words import pairs, reranked
from models.mini.training.audio.pool import Sound
from models.mini.training.audio.sound_words import fit, known_words, targets
from models.mini.training.rerank.network import Network

pytestmark = pytest.mark.models  # the tokens are the text tower's


def test_words_of_names_are_known_unless_they_are_dull_or_never_heard() -> None:
    names = ["Dog", "the sound of Rain", "Dog bark", "Zither"]
    words, has = known_words(names, np.array([0.7, 0.1, 0.5, 0.0], np.float32))
    assert np.all(np.diff(words.pieces) > 0)
    assert has.shape == (4, 3)
    assert has.sum(axis=1).tolist() == [1, 1, 2, 0]
    assert sorted(words.share.tolist()) == pytest.approx([0.1, 0.5, 1.0])


def test_a_word_is_heard_as_its_likeliest_class_and_surely_in_a_label() -> None:
    scores = np.array([[0.2, 0.6], [0.1, 0.0], [0.3, 0.4]], np.float32)
    labels = np.array([[-1, -1], [0, -1], [0, 1]])
    has_class = np.array([[1, 1, 0, 0], [0, 1, 0, 0]], np.float32)
    has_label = np.array([[0, 0, 1, 0], [1, 0, 0, 1]], np.float32)
    heard, known = targets(scores, labels, has_label, has_class)
    assert heard == pytest.approx(
        np.array([[0.2, 0.6, 0, 0], [0.1, 0.1, 1, 0], [1, 0.4, 1, 1]], np.float32)
    )
    assert known.tolist() == [[1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1]]


def test_the_network_learns_several_words_of_a_window() -> None:
    torch.manual_seed(0)
    heard = (torch.rand(2000, 4) < 0.3).float()
    features = heard.repeat(1, 3) + 0.1 * torch.rand(2000, 12)
    share = torch.full((4,), 0.3)
    network = Network(features, share, dim=8, hidden=8, dropout=0.0)
    fit(network, features, heard, torch.ones_like(heard), epochs=20)
    assert not network.training
    with torch.no_grad():
        assert ((network(features) > 0) == (heard > 0.5)).float().mean() > 0.95


def test_only_the_first_fifty_change_places() -> None:
    cosines = -np.arange(60, dtype=np.float32)
    told = np.zeros(60, np.float32)
    told[[49, 55]] = 100
    order = np.argsort(-reranked(cosines, told))
    assert order[:3].tolist() == [49, 0, 1]
    assert order[50:].tolist() == list(range(50, 60))


def test_pairs_ask_for_every_mixture_of_the_two() -> None:
    sounds = [Sound("esc10", label, 0, np.zeros(1, np.float32)) for label in ("Dog", "Rain", "Dog")]
    texts, right = pairs(sounds)
    assert set(texts) <= {"dog and rain", "rain and dog"}
    for text, mine in zip(texts, right, strict=True):
        assert mine.sum() == len([one for one in texts if set(one.split()) == set(text.split())])
