"""One head: contrastive learning between views of pictures and their captions."""

from __future__ import annotations

import argparse

import torch
import torch.optim.swa_utils
from torch import Tensor

from .data import CAPTIONS, Data
from .head import Anchors, Head
from .words import unit

RATE = 1.5e-3
SHARPNESS = 20.0
"""Inverse temperature of the contrastive loss."""
AVERAGING = 0.99
"""Of the running mean of the weights: what is shipped is the mean of about the last 100 steps."""


def train_head(data: Data, anchors: Anchors, arguments: argparse.Namespace, seed: int) -> Head:
    """InfoNCE between pictures and two of their captions, with targets softened by captions."""
    torch.manual_seed(seed)
    head = Head(arguments, data.train[0].mean(0), data.train[0].std(0) + 1e-3)
    n_pictures, size = data.train.shape[1], arguments.batch
    n_step = arguments.epochs * (n_pictures // size)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=n_step, pct_start=0.2
    )
    average = torch.optim.swa_utils.AveragedModel(head, avg_fn=running_mean)
    for _ in range(arguments.epochs):
        order = torch.randperm(n_pictures)
        for rows in order[: n_pictures // size * size].split(size):
            features, captions = mixed(data, rows, arguments.mixing)
            # Half the digits are enough for the products, and four times faster where the
            # processor knows them.
            with torch.autocast("cpu", torch.bfloat16):
                vectors = unit(unit(head(features).float()) + anchors(features).float())
                loss = contrastive(vectors, captions, arguments.soft)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            average.update_parameters(head)
    head.load_state_dict(average.module.state_dict())
    return head.eval()


def running_mean(mean: Tensor, weights: Tensor, n_before: int) -> Tensor:
    """The mean of the last steps; in the beginning of fewer, to forget the random start."""
    share = min(AVERAGING, n_before / (n_before + 10))
    return share * mean + (1 - share) * weights


def mixed(data: Data, rows: Tensor, mixing: float) -> tuple[Tensor, Tensor]:
    """A batch in random views with two captions each, every picture mixed with another.

    Returns features (n, 1600) and vectors of captions (n, 2, 384).
    """
    view = torch.randint(len(data.train), (len(rows),))
    features = data.train[view, rows]
    chosen = torch.rand(len(rows), CAPTIONS).argsort(1)[:, :2]
    captions = data.train_text[rows[:, None], chosen]
    share = torch.distributions.Beta(mixing, mixing).sample((len(rows), 1))
    share = torch.maximum(share, 1 - share)
    other = torch.randperm(len(rows))
    captions = unit(share[:, None] * captions + (1 - share[:, None]) * captions[other])
    return share * features + (1 - share) * features[other], captions


def contrastive(vectors: Tensor, captions: Tensor, soft: float) -> Tensor:
    """Both directions; a share of each target goes to pictures with like captions."""
    n, k = captions.shape[:2]
    flat, centre = captions.transpose(0, 1).reshape(-1, 384), unit(captions.mean(1))
    alike = ((centre @ centre.T).float() * SHARPNESS).softmax(1)
    to_text = ((1 - soft) * torch.eye(n) + soft * alike).repeat(1, k) / k
    near = ((flat @ centre.T).float() * SHARPNESS).softmax(1)
    to_picture = (1 - soft) * torch.eye(n).repeat(k, 1) + soft * near
    scores = (vectors @ flat.T).float() * SHARPNESS
    return -(
        (to_text * scores.log_softmax(1)).sum(1).mean()
        + (to_picture * scores.T.log_softmax(1)).sum(1).mean()
    )
