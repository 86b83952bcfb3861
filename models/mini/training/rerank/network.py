"""One network of a reranker: pooled features to the chances of words."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class Network(nn.Module):
    """A linear map plus a hidden layer, and a vector for each word."""

    def __init__(
        self, features: Tensor, share: Tensor, *, dim: int, hidden: int, dropout: float
    ) -> None:
        """features: (n, n_feature) of usual items; share: (n_word,) of texts with each word."""
        super().__init__()
        self.mean, self.spread = features.mean(0), features.std(0) + 1e-3
        n_feature = features.shape[1]
        self.linear = nn.Linear(n_feature, dim)
        self.hidden = nn.Linear(n_feature, hidden)
        self.out = nn.Linear(hidden, dim)
        self.words = nn.Linear(dim, len(share))
        self.drop, self.noise = nn.Dropout(dropout), 0.1
        self.usual = share.log()
        self.sharpness = nn.Parameter(torch.tensor(-1.5))
        """Logarithm of what a score is multiplied by in the contrastive loss."""
        nn.init.zeros_(self.out.weight)
        nn.init.normal_(self.words.weight, std=0.02)
        with torch.no_grad():
            self.words.bias.copy_(share.logit())

    def forward(self, features: Tensor) -> Tensor:
        """The logits of the words: (n, n_feature) to (n, n_word)."""
        scaled = (features - self.mean) / self.spread
        if self.training:
            scaled = self.drop(scaled + self.noise * torch.randn_like(scaled))
        hidden = self.drop(functional.gelu(self.hidden(scaled)))
        return self.words(self.linear(scaled) + self.out(hidden)).float()

    def evidence(self, logits: Tensor) -> Tensor:
        """How much likelier each word is than usual, as a logarithm: of the same shape."""
        return functional.logsigmoid(logits) - self.usual


def caption_scores(evidence: Tensor, words: Tensor, starts: Tensor) -> Tensor:
    """The sum over the words of each caption, for each picture: (n_caption, n_picture).

    evidence: (n_picture, n_word); words: the words of all captions, one caption after the other;
    starts: (n_caption,) where each of them begins.
    """
    return functional.embedding_bag(words, evidence.T.contiguous(), starts, mode="sum")
