"""The trained part of the picture tower."""

from __future__ import annotations

import argparse
import functools

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from mmsearch.encode.mini.image_graph import N_CLASS_FEATURE, N_FEATURE

from .features import backbone
from .words import unit


class Anchors(nn.Module):
    """The label anchors with what the classifier believes: (n, 1600) features to (n, 384)."""

    def __init__(self, vectors: Tensor, weight: float, temperature: float) -> None:
        super().__init__()
        self.vectors = nn.Parameter(vectors.clone())
        self.weight, self.temperature = weight, temperature

    def forward(self, features: Tensor) -> Tensor:
        """Of length ``weight``."""
        weight, bias = classifier()
        logits = features[:, :N_CLASS_FEATURE] @ weight.T + bias
        belief = (logits.float() / self.temperature).softmax(1)
        return self.weight * unit((belief @ self.vectors).float())


class Head(nn.Module):
    """Linear map plus hidden layer: (n, 1600) features to (n, 384); beside it its own anchors."""

    def __init__(
        self, arguments: argparse.Namespace, mean: Tensor, spread: Tensor, anchors: Anchors
    ) -> None:
        super().__init__()
        self.mean, self.spread, self.noise = mean, spread, arguments.noise
        self.linear = nn.Linear(N_FEATURE, 384)
        self.hidden = nn.Linear(N_FEATURE, arguments.hidden)
        self.out = nn.Linear(arguments.hidden, 384)
        self.drop = nn.Dropout(arguments.dropout)
        self.anchors = anchors
        nn.init.zeros_(self.out.weight)

    def forward(self, features: Tensor) -> Tensor:
        """Without the anchors, and of no particular length."""
        scaled = (features - self.mean) / self.spread
        if self.training:
            scaled = self.drop(scaled + self.noise * torch.randn_like(scaled))
        return self.linear(scaled) + self.out(self.drop(functional.gelu(self.hidden(scaled))))

    def vectors(self, features: Tensor) -> Tensor:
        """What the tower gives: both together, of unit length."""
        return unit(unit(self(features).float()) + self.anchors(features))


class Together:
    """Several heads as the one that is shipped, their anchors read as the options say."""

    def __init__(self, heads: list[Head], options: argparse.Namespace, usual: Tensor) -> None:
        vectors = torch.stack([head.anchors.vectors.detach() for head in heads]).mean(0)
        self.heads, self.power = heads, options.power
        self.anchors = Anchors(vectors, options.read_weight, options.read_temperature)
        self.length = 1.0
        self.length = float(self.learned(usual).norm(dim=1).median())

    @torch.no_grad()
    def learned(self, features: Tensor) -> Tensor:
        """The sum of the heads: (n, 1600) to (n, 384)."""
        return sum((head(features) for head in self.heads), torch.zeros(1))

    @torch.no_grad()
    def __call__(self, features: Tensor) -> Tensor:
        """Unit vectors (n, 384); the learned part is longer where the heads are sure."""
        learned = self.learned(features)
        surety = (learned.norm(dim=1, keepdim=True) / self.length) ** self.power
        return unit(surety * unit(learned) + self.anchors(features))


@functools.cache
def classifier() -> tuple[Tensor, Tensor]:
    """Weight (1000, 1280) and bias (1000,) of the frozen ImageNet classifier."""
    weights = backbone()
    weight, bias = (torch.tensor(np.array(weights[f"_fc.{part}"])) for part in ("weight", "bias"))
    return weight, bias
