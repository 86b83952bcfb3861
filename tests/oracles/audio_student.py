"""The audio tower as a torch module: what is trained, and the slow reference of the graph."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

N_SCORES = 521
N_FEATURE = 640
DIM = 384
STEM = 16
STAGES = ((2, 32, 1, 2), (3, 72, 2, 2), (4, 144, 3, 2))
"""Expansion, channels, number of blocks, stride of the first block."""


def conv(n_in: int, n_out: int, size: int, *, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """A convolution without bias and its batch norm."""
    return nn.Sequential(
        nn.Conv2d(n_in, n_out, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(n_out),
    )


class Block(nn.Module):
    """Inverted residual: widen, look around, narrow."""

    def __init__(self, n_in: int, n_out: int, *, expansion: int, stride: int) -> None:
        super().__init__()
        wide = n_in * expansion
        self.expand = conv(n_in, wide, 1)
        self.depthwise = conv(wide, wide, 3, stride=stride, groups=wide)
        self.project = conv(wide, n_out, 1)
        self.is_residual = stride == 1 and n_in == n_out

    def forward(self, value: Tensor) -> Tensor:
        inner = torch.relu(self.depthwise(torch.relu(self.expand(value))))
        narrow: Tensor = self.project(inner)
        return value + narrow if self.is_residual else narrow


class AudioStudent(nn.Module):
    """Log-mel patches (n, 96, 64) to class logits (n, 521) and an embedding (n, 384)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv(1, STEM, 3, stride=2)
        blocks, n_in = [], STEM
        for expansion, n_out, n_block, stride in STAGES:
            for number in range(n_block):
                step = stride if number == 0 else 1
                blocks.append(Block(n_in, n_out, expansion=expansion, stride=step))
                n_in = n_out
        self.blocks = nn.ModuleList(blocks)
        self.head = conv(n_in, N_FEATURE, 1)
        self.scores = nn.Linear(N_FEATURE, N_SCORES)
        self.embedding = nn.Linear(N_FEATURE, DIM)

    def features(self, patches: Tensor) -> Tensor:
        """Mean over the patch of the last feature map: (n, N_FEATURE)."""
        value = torch.relu(self.stem((patches[:, None] + 3.0) / 3.0))
        for block in self.blocks:
            value = block(value)
        pooled: Tensor = torch.relu(self.head(value)).mean(dim=(2, 3))
        return pooled

    def forward(self, patches: Tensor) -> tuple[Tensor, Tensor]:
        features = self.features(patches)
        return self.scores(features), self.embedding(features)

    @classmethod
    def from_folded(cls, weights: Mapping[str, NDArray[np.float32]]) -> AudioStudent:
        """A student with the shipped weights, whose batch norms are folded into the convolutions.

        The batch norms that are left only add: scale 1, mean 0, variance 1.
        """
        student = cls()
        state = student.state_dict()
        for name, array in weights.items():
            stem, _, part = name.rpartition(".")
            value = torch.from_numpy(array)
            if name == "anchors":
                continue
            if f"{stem}.0.weight" not in state:
                state[name] = value
            elif part == "weight":
                state[f"{stem}.0.weight"] = value
                state[f"{stem}.1.running_var"].fill_(1 - student.stem[1].eps)
            else:
                state[f"{stem}.1.bias"] = value
        student.load_state_dict(state)
        return student.eval()
