"""How good some heads are together: Flickr8k dev, named pictures, the names of Caltech-101."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from .data import CAPTIONS, Data
from .head import Together


def measure(embed: Together, data: Data) -> dict[str, float]:
    """In %: recall on Flickr8k dev and of named pictures, mAP of Caltech-101 class names."""
    forth, back = ranks(data.dev_text @ embed(data.dev).T)
    precision = mean_average_precision(
        data.caltech_names @ embed(data.caltech).T, data.caltech_labels
    )
    return {
        "text to picture R@1": recall(forth, 1),
        "text to picture R@10": recall(forth, 10),
        "picture to text R@1": recall(back, 1),
        "picture to text R@10": recall(back, 10),
        "Caltech-101 mAP": round(100 * precision, 1),
        "name to picture R@10": found(
            data.named_dev_names @ embed(data.named_dev).T, data.named_dev_labels, 10
        ),
    }


def ranks(scores: Tensor) -> tuple[Tensor, Tensor]:
    """How many come before the right answer: of each caption's pictures, each picture's captions.

    scores: (5 n, n), the five captions of a picture one after the other. Returns (5 n,), (n,).
    """
    n_pictures = scores.shape[1]
    own = torch.arange(len(scores)) // CAPTIONS
    forth = (scores > scores.gather(1, own[:, None])).sum(1)
    best = scores.T.reshape(n_pictures, n_pictures, CAPTIONS).diagonal().max(0).values
    return forth, (best[:, None] < scores.T).sum(1)


def recall(before: Tensor, k: int) -> float:
    """Percentage of answers that stand among the first k."""
    return round(100 * float((before < k).float().mean()), 1)


def found(scores: Tensor, labels: Tensor, k: int) -> float:
    """Percentage of rows of scores (n_label, n) with a right column among their first k."""
    first = labels[scores.topk(k, dim=1).indices]
    right = (first == torch.arange(len(scores))[:, None]).any(1)
    return round(100 * float(right.float().mean()), 1)


def mean_average_precision(scores: Tensor, labels: Tensor) -> float:
    """Mean over the rows of scores (n_label, n); labels (n,) say which row a column belongs to."""
    precisions = []
    for label, row in enumerate(scores):
        right = (labels[row.argsort(descending=True)] == label).float()
        at = right.cumsum(0) / torch.arange(1, len(right) + 1)
        precisions.append(float((at * right).sum() / right.sum()))
    return float(np.mean(precisions))
