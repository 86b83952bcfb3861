"""Trains the head of the picture tower and ships it: models/mini/image_head.safetensors.

    python -m models.mini.training.train_image [--work .cache/image]

Features of the frozen EfficientNet-Lite0 are computed once and kept in the work folder; an
interrupted run goes on from there. Without them, it takes three minutes on two cores. What is
learned: a linear map plus a hidden layer, several of them from different seeds, joined into one
wide layer; beside it stand the label anchors, the sum of the sentence vectors of the ImageNet
classes weighted by their probability, which know many more things than Flickr8k shows.

imagenet_labels.jsonl holds the names and definitions of the 1,000 classes (WordNet 3.0).
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.encode.mini.image_graph import feature_graph
from mmsearch.encode.session import open_session
from mmsearch.encode.torch_file import read_torch_file
from mmsearch.installed import shipped_path

DATA = Path(__file__).parents[4] / "shared" / "data"
VIEWS = ("whole", "flipped", "crop 1", "crop 2")
CAPTIONS = 5
SHARPNESS = 20.0
"""Inverse temperature of the contrastive loss."""


@dataclass(frozen=True)
class Data:
    """Features, captions and labels of the splits, as tensors."""

    train: Tensor
    """(n_view, 6000, 1280)"""
    train_text: Tensor
    """(6000, 5, 384)"""
    dev: Tensor
    dev_text: Tensor
    caltech: Tensor
    caltech_names: Tensor
    caltech_labels: Tensor


class Head(nn.Module):
    """Linear map plus hidden layer, and the anchors: (n, 1280) features to (n, 384)."""

    def __init__(self, arguments: argparse.Namespace, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.mean, self.spread, self.noise = mean, spread, arguments.noise
        self.linear = nn.Linear(1280, 384)
        self.hidden = nn.Linear(1280, arguments.hidden)
        self.out = nn.Linear(arguments.hidden, 384)
        self.drop = nn.Dropout(arguments.dropout)
        nn.init.zeros_(self.out.weight)

    def forward(self, features: Tensor) -> Tensor:
        scaled = (features - self.mean) / self.spread
        if self.training:
            scaled = self.drop(scaled + self.noise * torch.randn_like(scaled))
        return self.linear(scaled) + self.out(self.drop(functional.gelu(self.hidden(scaled))))


def unit(vectors: Tensor) -> Tensor:
    return functional.normalize(vectors, dim=-1)


def features_of(name: str, paths: list[Path], view: str, work: Path) -> Tensor:
    """Features of the pictures in one view, from the work folder if they are there."""
    kept = work / f"{name} {view}.npy"
    if not kept.exists():
        session = open_session(feature_graph(_backbone()))
        chance = np.random.default_rng(VIEWS.index(view))
        rows = [
            session.run(None, {"pixels": np.stack([_look(path, view, chance) for path in some])})[0]
            for some in (paths[at : at + 32] for at in range(0, len(paths), 32))
        ]
        np.save(kept, np.concatenate(rows).astype(np.float16))
        print(f"{kept.name}: {len(paths)} pictures", flush=True)
    return torch.tensor(np.load(kept).astype(np.float32))


def _look(path: Path, view: str, chance: np.random.Generator) -> np.ndarray:
    """The picture squashed to 224 x 224, whole, flipped, or a random part of it."""
    picture = Image.open(path).convert("RGB")
    box = (0.0, 0.0, float(picture.width), float(picture.height))
    flipped = view == "flipped"
    if view.startswith("crop"):
        share, shape = chance.uniform(0.45, 0.95), np.exp(chance.uniform(-0.25, 0.25))
        width = picture.width * min(1.0, np.sqrt(share * shape))
        height = picture.height * min(1.0, np.sqrt(share / shape))
        left = chance.uniform(0, picture.width - width)
        top = chance.uniform(0, picture.height - height)
        box, flipped = (left, top, left + width, top + height), chance.random() < 0.5
    small = picture.resize((224, 224), Image.Resampling.BICUBIC, box=box)
    return np.asarray(small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if flipped else small)


def _backbone() -> dict[str, np.ndarray]:
    return dict(read_torch_file(read_catalog()["mini"].file("image weights").verify()))


_encoder = functools.cache(open_encoder)


def texts(sentences: list[str]) -> Tensor:
    return torch.tensor(_encoder().encode_texts(sentences))


def load(data: Path, work: Path) -> Data:
    """Read or compute everything that training and measuring need."""
    rows = {name: _rows(data / "flickr8k" / f"{name}.jsonl") for name in ("train", "dev")}
    paths = {name: [data / "flickr8k" / row["file"] for row in some] for name, some in rows.items()}
    caltech = _rows(data / "caltech101" / "labels.jsonl")
    names = sorted({row["label"] for row in caltech})
    captions = {name: [c for row in some for c in row["captions"]] for name, some in rows.items()}
    kept = work / "captions.npy"
    if not kept.exists():
        np.save(kept, texts(captions["train"]).numpy())
    return Data(
        train=torch.stack([features_of("train", paths["train"], view, work) for view in VIEWS]),
        train_text=torch.tensor(np.load(kept)).reshape(-1, CAPTIONS, 384),
        dev=features_of("dev", paths["dev"], "whole", work),
        dev_text=texts(captions["dev"]),
        caltech=features_of(
            "caltech", [data / "caltech101" / row["file"] for row in caltech], "whole", work
        ),
        caltech_names=texts([name.replace("_", " ") for name in names]),
        caltech_labels=torch.tensor([names.index(row["label"]) for row in caltech]),
    )


def label_anchors() -> Tensor:
    """A vector for each ImageNet class: its synonyms, its first name in a sentence, its meaning."""
    rows = _rows(Path(__file__).with_name("imagenet_labels.jsonl"))
    first = [row["names"][0] for row in rows]
    synonyms = [unit(texts(row["names"]).mean(0)) for row in rows]
    return unit(
        torch.stack(synonyms)
        + texts(first)
        + 0.5 * texts([row["definition"] for row in rows])
        + texts([f"a photo of a {name}" for name in first])
    )


def train_head(data: Data, anchors: Tensor, arguments: argparse.Namespace, seed: int) -> Head:
    """InfoNCE between pictures and two of their captions, with targets softened by captions."""
    torch.manual_seed(seed)
    head = Head(arguments, data.train[0].mean(0), data.train[0].std(0) + 1e-3)
    optimiser = torch.optim.AdamW(head.parameters(), lr=1.5e-3, weight_decay=0.1)
    n_pictures, size = data.train.shape[1], arguments.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 1.5e-3, total_steps=arguments.epochs * (n_pictures // size), pct_start=0.2
    )
    for _ in range(arguments.epochs):
        order = torch.randperm(n_pictures)
        for rows in order[: n_pictures // size * size].split(size):
            features, captions = mixed(data, rows, arguments.mixing)
            vectors = unit(
                unit(head(features))
                + arguments.anchor_weight * unit(probabilities(features) @ anchors)
            )
            loss = contrastive(vectors, captions, arguments.soft)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return head.eval()


def mixed(data: Data, rows: Tensor, mixing: float) -> tuple[Tensor, Tensor]:
    """A batch in random views with two captions each, every picture mixed with another."""
    view = torch.randint(len(VIEWS), (len(rows),))
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
    alike = ((centre @ centre.T) * SHARPNESS).softmax(1)
    to_text = ((1 - soft) * torch.eye(n) + soft * alike).repeat(1, k) / k
    near = ((flat @ centre.T) * SHARPNESS).softmax(1)
    to_picture = (1 - soft) * torch.eye(n).repeat(k, 1) + soft * near
    scores = vectors @ flat.T * SHARPNESS
    return -(
        (to_text * scores.log_softmax(1)).sum(1).mean()
        + (to_picture * scores.T.log_softmax(1)).sum(1).mean()
    )


_classifier: list[Tensor] = []


def probabilities(features: Tensor) -> Tensor:
    """The class distribution of the frozen ImageNet classifier: (n, 1000)."""
    if not _classifier:
        weights = _backbone()
        _classifier.extend(
            torch.tensor(np.array(weights[f"_fc.{part}"])) for part in ("weight", "bias")
        )
    weight, bias = _classifier
    return (features @ weight.T + bias).softmax(1)


@torch.no_grad()
def measure(heads: list[Head], data: Data, anchors: Tensor, weight: float) -> dict[str, float]:
    """Recall on Flickr8k dev in both directions, and mAP of Caltech-101 class names."""

    def embed(features: Tensor) -> Tensor:
        learned = unit(sum((head(features) for head in heads), torch.zeros(1)))
        return unit(learned + weight * unit(probabilities(features) @ anchors))

    scores = data.dev_text @ embed(data.dev).T
    own = torch.arange(len(scores)) // CAPTIONS
    ranks = (scores > scores.gather(1, own[:, None])).sum(1)
    best = scores.T.reshape(len(data.dev), len(data.dev), CAPTIONS).diagonal().max(0).values
    back = (best[:, None] < scores.T).sum(1)
    named = data.caltech_names @ embed(data.caltech).T
    precisions = []
    for label, row in enumerate(named):
        right = (data.caltech_labels[row.argsort(descending=True)] == label).float()
        at = right.cumsum(0) / torch.arange(1, len(right) + 1)
        precisions.append(float((at * right).sum() / right.sum()))
    return {
        "text to picture R@1": float((ranks < 1).float().mean()),
        "text to picture R@10": float((ranks < 10).float().mean()),
        "picture to text R@1": float((back < 1).float().mean()),
        "picture to text R@10": float((back < 10).float().mean()),
        "Caltech-101 mAP": float(np.mean(precisions)),
    }


@torch.no_grad()
def ship(heads: list[Head], anchors: Tensor, weight: float) -> None:
    """Join the heads into one, fold the scaling in, and write file and catalogue row."""

    def folded(layer: nn.Linear, head: Head) -> tuple[Tensor, Tensor]:
        scaled = layer.weight / head.spread
        return scaled, layer.bias - scaled @ head.mean

    linear = [folded(head.linear, head) for head in heads]
    hidden = [folded(head.hidden, head) for head in heads]
    tensors = {
        "linear.weight": sum(part for part, _ in linear),
        "linear.bias": sum(part for _, part in linear) + sum(head.out.bias for head in heads),
        "hidden.weight": torch.cat([part for part, _ in hidden]),
        "hidden.bias": torch.cat([part for _, part in hidden]),
        "out.weight": torch.cat([head.out.weight for head in heads], dim=1),
        "out.bias": torch.zeros(384),
        "anchors": anchors,
        "anchor_weight": torch.tensor([weight]),
        "anchor_temperature": torch.ones(1),
    }
    small = {"linear.weight", "hidden.weight", "out.weight", "anchors"}
    arrays = {
        name: np.ascontiguousarray(tensor.numpy(), np.float16 if name in small else np.float32)
        for name, tensor in tensors.items()
    }
    path = shipped_path("models", "mini", "image_head.safetensors")
    save_file(arrays, path)
    path.chmod(0o644)
    _write_row(path)


def _write_row(path: Path) -> None:
    """Put the new checksum into the catalogue."""
    catalog = shipped_path("models", "catalog.toml")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    pattern = rf'(path = "mini/{path.name}"\n)sha256 = "\w+"\nsize_bytes = \d+'
    row = rf'\g<1>sha256 = "{digest}"' + f"\nsize_bytes = {path.stat().st_size}"
    text, n_changed = re.subn(pattern, row, catalog.read_text("utf-8"))
    if n_changed != 1:
        raise SystemExit(f"{catalog} has no row for {path.name}")
    catalog.write_text(text, "utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Train, measure, ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/image"))
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=768)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--dropout", type=float, default=0.4)
    parser.add_argument("--noise", type=float, default=0.1)
    parser.add_argument("--soft", type=float, default=0.3)
    parser.add_argument("--mixing", type=float, default=0.4)
    parser.add_argument("--anchor-weight", type=float, default=0.8)
    parser.add_argument("--dry", action="store_true", help="measure only, ship nothing")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    data, anchors = load(arguments.data, arguments.work), label_anchors()
    heads = []
    for seed in range(arguments.heads):
        heads.append(train_head(data, anchors, arguments, seed))
        figures = measure(heads, data, anchors, arguments.anchor_weight)
        print(len(heads), "heads", {name: round(value, 4) for name, value in figures.items()})
    if not arguments.dry:
        ship(heads, anchors, arguments.anchor_weight)


if __name__ == "__main__":
    main()
