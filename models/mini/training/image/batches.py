"""What one step of the training sees: captioned, named and imagined pictures."""

from __future__ import annotations

import torch
from torch import Tensor

from mmsearch.encode.mini.image_graph import N_CLASS_FEATURE

from .data import CAPTIONS, Data
from .head import classifier
from .named import N_WORDING
from .words import Labels, unit

_MOST = 6.0
"""The largest feature: the last layer ends at 6."""


def captioned(data: Data, rows: Tensor, mixing: float) -> tuple[Tensor, Tensor]:
    """Pictures of Flickr8k in random views with two captions each, mixed with one another."""
    view = torch.randint(len(data.train), (len(rows),))
    chosen = torch.rand(len(rows), CAPTIONS).argsort(1)[:, :2]
    return mixed(data.train[view, rows], data.train_text[rows[:, None], chosen], mixing)


def named(data: Data, n: int, mixing: float) -> tuple[Tensor, Tensor]:
    """Some of the named pictures, each with any wording and one of its three best."""
    rows = torch.randperm(data.named.shape[1])[:n]
    view = torch.randint(len(data.named), (n,))
    chosen = torch.stack([torch.randint(N_WORDING, (n,)), torch.randint(3, (n,))], 1)
    return mixed(data.named[view, rows], data.named_text[rows[:, None], chosen], mixing)


def imagined(data: Data, labels: Labels, n: int) -> tuple[Tensor, Tensor]:
    """Training pictures pushed towards a class of ImageNet, with words for that class."""
    chosen = torch.randperm(len(labels.wordings))[:n]
    words = torch.stack(
        [labels.wordings[label][torch.randint(len(labels.wordings[label]), ())] for label in chosen]
    )
    view, rows = torch.randint(len(data.train), (n,)), torch.randint(data.train.shape[1], (n,))
    features, middle = data.train[view, rows].clone(), data.train[0].mean(0)
    weight = classifier()[0][chosen]
    towards = (4 + 10 * torch.rand(n, 1)) * weight / weight.pow(2).sum(1, keepdim=True)
    kept, part = torch.rand(n, 1), slice(N_CLASS_FEATURE)
    seen = kept * features[:, part] + (1 - kept) * middle[part] + towards
    features[:, part] = seen.clamp(0, _MOST)
    return features, torch.stack([words, labels.synonyms[chosen]], 1)


def mixed(features: Tensor, captions: Tensor, mixing: float) -> tuple[Tensor, Tensor]:
    """Every picture mixed with another, and so its captions.

    Takes and returns features (n, 1600) and vectors of captions (n, 2, 384).
    """
    n = len(features)
    share = torch.distributions.Beta(mixing, mixing).sample((n, 1))
    share = torch.maximum(share, 1 - share)
    other = torch.randperm(n)
    captions = unit(share[:, None] * captions + (1 - share[:, None]) * captions[other])
    return share * features + (1 - share) * features[other], captions
