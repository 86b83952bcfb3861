"""Trains the reranker of sounds and ships it: models/mini/sound_words.safetensors.

    python -m models.mini.training.audio.sound_words --work .cache/audio --judge common-embedded
    python -m models.mini.training.audio.sound_words --work .cache/audio

It reads what the training of the tower left in the work folder: windows with the teacher's scores
and their labels, and the trained student. The second line ships (a minute, mostly listening); the
first one trains beside a student that has not heard folds 3 and 4, and prints what it is worth.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from mmsearch.encode.mini.picture_words import FIRST_WORD_PIECE
from mmsearch.installed import shipped_path
from models.mini.training.image.ship import write_row
from models.mini.training.rerank.network import Network
from models.mini.training.rerank.ship import write
from models.mini.training.rerank.words import Ints, Words, tokens

from .embed import listen
from .evaluate import Model
from .judge_sound_words import judge
from .prepare import DATA, load_pool
from .signals import F32
from .windows import Shelf, without
from .words import class_names

LEFT_OUT = (3, 4)
LEAST_SHARE = 2e-4
"""Of windows, for a word to be known."""
_SAY_NOTHING = """of the and a an in or on for to with by from other
sound sounds s , . : ; ' - / ( ) &"""


def known_words(names: list[str], chances: F32) -> tuple[Words, F32]:
    """The words of the names of sounds, and which names have each: (n_name, n_word).

    chances: (n_name,) how often each name is heard.
    """
    rows = tokens([name.lower() for name in names])
    dull = np.concatenate(tokens([_SAY_NOTHING]))
    pieces = np.setdiff1d(np.concatenate(rows), dull)
    pieces = pieces[pieces >= FIRST_WORD_PIECE]
    has = np.stack([np.isin(pieces, row) for row in rows]).astype(np.float32)
    heard = np.minimum((chances[:, None] * has).sum(axis=0), 1)
    kept = heard >= LEAST_SHARE
    return Words(pieces[kept], heard[kept].astype(np.float32)), has[:, kept]


def targets(scores: F32, labels: Ints, has_label: F32, has_class: F32) -> tuple[F32, F32]:
    """What is to be heard of each word, and which of that is known: both (n, n_word).

    scores: (n, 521) of the teacher; labels: (n, 2), -1 unknown; has_label, has_class: which words
    are in the names of labels and of classes. A word is heard as much as the likeliest class that
    has it, and surely if it is in a label. Words of labels alone are unknown without a label.
    """
    heard = np.zeros((len(scores), has_class.shape[1]), np.float32)
    for word in np.flatnonzero(has_class.any(axis=0)):
        heard[:, word] = scores[:, has_class[:, word] > 0].max(axis=1)
    none = np.zeros_like(has_label[:1])
    named = np.concatenate([has_label, none])[labels].max(axis=1)
    is_known = np.ones_like(heard)
    is_known[labels[:, 0] < 0] = has_class.any(axis=0)
    return np.maximum(heard, named), is_known


def fit(network: Network, features: Tensor, heard: Tensor, known: Tensor, epochs: int) -> Network:
    """Binary cross-entropy of each word that is known of a window."""
    size, rate = 256, 1.5e-3
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.05)
    n_step = epochs * (len(features) // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=n_step)
    for step in range(n_step):
        if step % (len(features) // size) == 0:
            order = torch.randperm(len(features))
        rows = order[:size]
        order = order[size:]
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(features[rows].float())
        each = functional.binary_cross_entropy_with_logits(logits, heard[rows], reduction="none")
        loss = (each * known[rows]).sum(1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()


def windows(
    work: Path, model: Model, left_out: tuple[int, ...], n_shard: int
) -> tuple[F32, F32, Ints]:
    """What the student's features, the teacher and the labels say of the windows."""
    parts = []
    for path in sorted(work.glob("windows-*.npz"))[:n_shard]:
        with np.load(path) as shard:
            kept = without(shard["folds"], left_out)
            features, _ = listen(model.student, shard["mels"][kept])
            parts.append((features, shard["scores"][kept], shard["labels"][kept]))
    features, scores, labels = (np.concatenate(column) for column in zip(*parts, strict=True))
    return features, scores.astype(np.float32), labels.astype(np.int64)


def train(
    arguments: argparse.Namespace, model: Model, left_out: tuple[int, ...]
) -> tuple[Network, Words]:
    """Listen to the windows and fit the network."""
    features, scores, labels = windows(arguments.work, model, left_out, arguments.shards)
    names = Shelf(load_pool(arguments.data, arguments.work)).labels
    classes = class_names(arguments.data / "yamnet" / "yamnet_class_map.csv")
    named = np.bincount(labels[labels >= 0], minlength=len(names)) / len(labels)
    words, has = known_words([*names, *classes], np.concatenate([named, scores.mean(axis=0)]))
    heard, known = targets(scores, labels, has[: len(names)], has[len(names) :])
    share = np.clip((heard * known).sum(0) / known.sum(0), LEAST_SHARE, 0.5).astype(np.float32)
    words = Words(words.pieces, share)
    torch.manual_seed(arguments.seed)
    network = Network(
        torch.from_numpy(features[:5000]),
        torch.from_numpy(share),
        dim=arguments.dim,
        hidden=arguments.hidden,
        dropout=arguments.dropout,
    )
    columns = (torch.from_numpy(one) for one in (features, heard, known))
    return fit(network, *columns, arguments.epochs), words


def main() -> None:
    """Train and ship, or train and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--name", default="student-embedded")
    parser.add_argument("--judge", help="a student that has not heard folds 3 and 4; ship nothing")
    parser.add_argument("--shards", type=int, default=40)
    parser.add_argument("--dim", type=int, default=64)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--dropout", type=float, default=0.25)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weight", type=float, default=0.03, help="of a score, as a cosine")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = Model.load(arguments.work / f"{arguments.judge or arguments.name}.pt")
    network, words = train(arguments, model, LEFT_OUT if arguments.judge else ())
    print(f"{len(words.pieces)} words")
    if arguments.judge:
        judge(network, words, model, arguments.data, arguments.work, LEFT_OUT)
        return
    path = shipped_path("models", "mini", "sound_words.safetensors")
    write([network], words, arguments.weight, path)
    path.chmod(0o644)
    write_row(path, shipped_path("models", "catalog.toml"))


if __name__ == "__main__":
    main()
