"""One network: each word by itself, and each caption against those of other pictures."""

from __future__ import annotations

import argparse

import numpy as np
import torch
import torch.optim.swa_utils
from torch import Tensor
from torch.nn import functional

from models.mini.training.image.data import CAPTIONS
from models.mini.training.image.fit import running_mean
from models.mini.training.image.words import unit

from .data import Data
from .network import Network, caption_scores


def train_network(data: Data, options: argparse.Namespace, seed: int) -> Network:
    """Binary cross-entropy of the words, and InfoNCE of captions with softened targets."""
    torch.manual_seed(seed)
    network = Network(
        data.features[0].float(),
        torch.tensor(data.words.share),
        dim=options.dim,
        hidden=options.hidden,
        dropout=options.dropout,
    )
    n_picture, size = data.features.shape[1], options.batch
    optimiser = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=options.epochs * (n_picture // size), pct_start=0.2
    )
    average = torch.optim.swa_utils.AveragedModel(network, avg_fn=running_mean)
    for _ in range(options.epochs):
        order = torch.randperm(n_picture)
        for rows in order[: n_picture // size * size].split(size):
            loss = step_loss(network, data, rows, options)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(network)
    network.load_state_dict(average.module.state_dict())
    return network.eval()


def step_loss(network: Network, data: Data, rows: Tensor, options: argparse.Namespace) -> Tensor:
    """Of some pictures in random views, each with one of its captions."""
    views = torch.randint(len(data.features), (len(rows),))
    captions = rows * CAPTIONS + torch.randint(CAPTIONS, (len(rows),))
    words = [data.captions[place] for place in captions.tolist()]
    starts = torch.tensor(np.cumsum([0] + [len(some) for some in words[:-1]]))
    # Half the digits are enough for the products, and faster where the processor knows them.
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(data.features[views, rows].float())
    scores = caption_scores(network.evidence(logits), torch.tensor(np.concatenate(words)), starts)
    targets = soft_targets(data, rows, captions, options)
    by_word = functional.binary_cross_entropy_with_logits(logits, data.has[rows], reduction="none")
    contrast = contrastive(scores * network.sharpness.exp(), targets)
    return contrast + options.word_share * by_word.sum(1).mean()


def soft_targets(data: Data, rows: Tensor, captions: Tensor, options: argparse.Namespace) -> Tensor:
    """Which pictures each caption asks for: its own, and a little those with like captions."""
    centre = unit(data.vectors.view(-1, CAPTIONS, 384)[rows].mean(1))
    alike = (data.vectors[captions] @ centre.T * options.caption_sharpness).softmax(1)
    return (1 - options.soft) * torch.eye(len(rows)) + options.soft * alike


def contrastive(scores: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy of both directions; both (n_caption, n_picture)."""
    back = targets.T / targets.T.sum(1, keepdim=True)
    return -(
        (targets * scores.log_softmax(1)).sum(1).mean()
        + (back * scores.T.log_softmax(1)).sum(1).mean()
    )
