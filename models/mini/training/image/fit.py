"""One head: contrastive learning between views of pictures and their captions."""

from __future__ import annotations

import argparse

import torch
import torch.optim.swa_utils
from torch import Tensor

from .batches import captioned, imagined, named
from .data import Data
from .head import Anchors, Head
from .words import Labels, unit

RATE = 1.5e-3
SHARPNESS = 20.0
"""Inverse temperature of the contrastive loss."""
AVERAGING = 0.99
"""Of the running mean of the weights: what is shipped is the mean of about the last 100 steps."""
_N_IMAGINED = 256


def train_head(data: Data, labels: Labels, arguments: argparse.Namespace, seed: int) -> Head:
    """InfoNCE between pictures and two of their captions, with targets softened by captions."""
    torch.manual_seed(seed)
    anchors = Anchors(labels.anchors, arguments.anchor_weight, arguments.temperature)
    head = Head(arguments, data.train[0].mean(0), data.train[0].std(0) + 1e-3, anchors)
    n_pictures, size = data.train.shape[1], arguments.batch
    n_step = arguments.epochs * (n_pictures // size)
    optimiser = optimiser_of(head, arguments.anchor_rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [RATE, arguments.anchor_rate], total_steps=n_step, pct_start=0.2
    )
    average = torch.optim.swa_utils.AveragedModel(head, avg_fn=running_mean)
    for _ in range(arguments.epochs):
        order = torch.randperm(n_pictures)
        for rows in order[: n_pictures // size * size].split(size):
            loss = step_loss(head, data, labels, rows, arguments)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            average.update_parameters(head)
    head.load_state_dict(average.module.state_dict())
    return head.eval()


def optimiser_of(head: Head, anchor_rate: float) -> torch.optim.Optimizer:
    """The anchors go slowly and are not pulled to zero."""
    other = [part for name, part in head.named_parameters() if not name.startswith("anchors")]
    return torch.optim.AdamW(
        [
            {"params": other, "lr": RATE, "weight_decay": 0.1},
            {"params": list(head.anchors.parameters()), "lr": anchor_rate, "weight_decay": 0.0},
        ]
    )


def step_loss(
    head: Head, data: Data, labels: Labels, rows: Tensor, arguments: argparse.Namespace
) -> Tensor:
    """Three sorts of pictures, each compared with its own sort only."""
    sorts = (
        (captioned(data, rows, arguments.mixing), 1.0, arguments.caption_sharpness),
        (named(data, arguments.named, arguments.mixing), arguments.named_share, SHARPNESS),
        (
            imagined(data, labels, _N_IMAGINED),
            arguments.imagined_share,
            arguments.caption_sharpness,
        ),
    )
    # Half the digits are enough for the products, and four times faster where the processor
    # knows them.
    with torch.autocast("cpu", torch.bfloat16):
        vectors = head.vectors(torch.cat([features for (features, _), _, _ in sorts]))
        parts = vectors.split([len(features) for (features, _), _, _ in sorts])
        losses = [
            share * contrastive(part, captions, arguments.soft, sharpness)
            for part, ((_, captions), share, sharpness) in zip(parts, sorts, strict=True)
        ]
    return torch.stack(losses).sum()


def running_mean(mean: Tensor, weights: Tensor, n_before: int) -> Tensor:
    """The mean of the last steps; in the beginning of fewer, to forget the random start."""
    share = min(AVERAGING, n_before / (n_before + 10))
    return share * mean + (1 - share) * weights


def contrastive(
    vectors: Tensor, captions: Tensor, soft: float, caption_sharpness: float = SHARPNESS
) -> Tensor:
    """Both directions; a share of each target goes to pictures with like captions."""
    n, k = captions.shape[:2]
    flat, centre = captions.transpose(0, 1).reshape(-1, 384), unit(captions.mean(1))
    alike = ((centre @ centre.T).float() * caption_sharpness).softmax(1)
    to_text = ((1 - soft) * torch.eye(n) + soft * alike).repeat(1, k) / k
    near = ((flat @ centre.T).float() * caption_sharpness).softmax(1)
    to_picture = (1 - soft) * torch.eye(n).repeat(k, 1) + soft * near
    scores = (vectors @ flat.T).float() * SHARPNESS
    return -(
        (to_text * scores.log_softmax(1)).sum(1).mean()
        + (to_picture * scores.T.log_softmax(1)).sum(1).mean()
    )
