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


class Head(nn.Module):
    """Linear map plus hidden layer: (n, 1600) features to (n, 384)."""

    def __init__(self, arguments: argparse.Namespace, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.mean, self.spread, self.noise = mean, spread, arguments.noise
        self.linear = nn.Linear(N_FEATURE, 384)
        self.hidden = nn.Linear(N_FEATURE, arguments.hidden)
        self.out = nn.Linear(arguments.hidden, 384)
        self.drop = nn.Dropout(arguments.dropout)
        nn.init.zeros_(self.out.weight)

    def forward(self, features: Tensor) -> Tensor:
        """Without the anchors, and of no particular length."""
        scaled = (features - self.mean) / self.spread
        if self.training:
            scaled = self.drop(scaled + self.noise * torch.randn_like(scaled))
        return self.linear(scaled) + self.out(self.drop(functional.gelu(self.hidden(scaled))))


class Anchors:
    """The label anchors with what the classifier believes: (n, 1600) features to (n, 384)."""

    def __init__(self, vectors: Tensor, weight: float, temperature: float) -> None:
        self.vectors, self.weight, self.temperature = vectors, weight, temperature

    def __call__(self, features: Tensor) -> Tensor:
        weight, bias = classifier()
        logits = features[:, :N_CLASS_FEATURE] @ weight.T + bias
        return self.weight * unit((logits.float() / self.temperature).softmax(1) @ self.vectors)


@functools.cache
def classifier() -> tuple[Tensor, Tensor]:
    """Weight (1000, 1280) and bias (1000,) of the frozen ImageNet classifier."""
    weights = backbone()
    weight, bias = (torch.tensor(np.array(weights[f"_fc.{part}"])) for part in ("weight", "bias"))
    return weight, bias
