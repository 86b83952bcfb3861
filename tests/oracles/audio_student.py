"""The audio tower as a torch module: what is trained, and the slow reference of the graph."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

N_SCORES = 521
N_FEATURE = 768
DIM = 384
STEM = 16
STAGES = ((2, 32, 1), (3, 80, 2), (4, 160, 3), (4, 256, 2))
"""Expansion, channels, number of blocks; the first block of each halves the picture."""


def conv(n_in: int, n_out: int, size: int, *, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """A convolution without bias and its batch norm."""
    return nn.Sequential(
        nn.Conv2d(n_in, n_out, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(n_out),
    )


class Block(nn.Module):
    """Inverted residual: widen, look around, narrow; halves the picture unless it is residual."""

    def __init__(self, n_in: int, wide: int, n_out: int) -> None:
        super().__init__()
        self.is_residual = n_in == n_out
        stride = 1 if self.is_residual else 2
        self.expand = conv(n_in, wide, 1)
        self.depthwise = conv(wide, wide, 3, stride=stride, groups=wide)
        self.project = conv(wide, n_out, 1)

    def forward(self, value: Tensor) -> Tensor:
        inner = torch.relu(self.depthwise(torch.relu(self.expand(value))))
        narrow: Tensor = self.project(inner)
        return value + narrow if self.is_residual else narrow


Widths = tuple[tuple[int, int, int], ...]
"""Channels of each block: in, widened, out."""


def trained_widths() -> Widths:
    """The blocks of the student that is trained."""
    widths, n_in = [], STEM
    for expansion, n_out, n_block in STAGES:
        for _ in range(n_block):
            widths.append((n_in, n_in * expansion, n_out))
            n_in = n_out
    return tuple(widths)


class AudioStudent(nn.Module):
    """Log-mel patches (n, 96, 64) to class logits (n, 521) and an embedding (n, 384)."""

    def __init__(self, widths: Widths | None = None, n_feature: int = N_FEATURE) -> None:
        super().__init__()
        widths = widths or trained_widths()
        self.stem = conv(1, widths[0][0], 3, stride=2)
        self.blocks = nn.ModuleList(Block(*width) for width in widths)
        self.head = conv(widths[-1][2], n_feature, 1)
        self.scores = nn.Linear(n_feature, N_SCORES)
        self.embedding = nn.Linear(n_feature, DIM)

    def features(self, patches: Tensor) -> Tensor:
        """Mean over the patch of the last feature map: (n, n_feature)."""
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
        student = cls(_widths(weights), len(weights["head.weight"]))
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


def _widths(weights: Mapping[str, NDArray[np.float32]]) -> Widths:
    """The channels of the blocks, read off the weights."""
    n_block = sum(name.endswith("expand.weight") for name in weights)
    expand = [weights[f"blocks.{number}.expand.weight"] for number in range(n_block)]
    project = [weights[f"blocks.{number}.project.weight"] for number in range(n_block)]
    return tuple(
        (wider.shape[1], wider.shape[0], narrower.shape[0])
        for wider, narrower in zip(expand, project, strict=True)
    )
