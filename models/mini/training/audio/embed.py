"""Third step of the training: the embedding beside the anchors, on the frozen network.

python -m models.mini.training.audio.embed --work .cache/audio --name student --leave-out 4
The vector of a sound is the unit sum of its classes' anchors plus a linear map of the features.
The map learns to name the windows whose label is known and to stay with the teacher elsewhere.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from mmsearch.encode.mini.audio_tower import N_CLASSES_KEPT
from tests.oracles.audio_student import AudioStudent

from .prepare import DATA
from .signals import F32
from .windows import without
from .words import TextBank, unit_rows

LOGIT_HEAT = 0.07
TEACHER_WEIGHT = 2.0
LENGTH_WEIGHT = 0.3
N_EPOCHS = 12
BATCH = 512


@dataclass(frozen=True)
class Heard:
    """What the student and the teacher make of each window, and what is known of it."""

    features: Tensor
    student: Tensor
    """(n, 384) unit sum of the anchors by the student's scores."""
    teacher: Tensor
    """The same by the teacher's scores."""
    labels: NDArray[np.int16]
    share: F32


@torch.no_grad()
def listen(student: AudioStudent, mels: NDArray[np.floating]) -> tuple[F32, F32]:
    """Features (n, 768) and class probabilities (n, 521) of patches."""
    student.eval()
    features, scores = [], []
    for start in range(0, len(mels), 128):
        batch = torch.from_numpy(mels[start : start + 128].astype(np.float32))
        features.append(student.features(batch))
        scores.append(torch.sigmoid(student.scores(features[-1])))
    return torch.cat(features).numpy(), torch.cat(scores).numpy()


def anchored(scores: F32, anchors: F32) -> F32:
    """Rows of class probabilities to unit vectors, as combine() does for one sound."""
    kept = -np.sort(-scores, axis=1)[:, N_CLASSES_KEPT - 1 : N_CLASSES_KEPT]
    return unit_rows(np.sqrt(np.where(scores >= kept, scores, 0)) @ anchors)


def hear(
    work: Path, student: AudioStudent, anchors: F32, leave_out: list[int], n_shard: int
) -> Heard:
    """Run the student over the shards."""
    parts: list[tuple[NDArray[np.generic], ...]] = []
    for path in sorted(work.glob("windows-*.npz"))[:n_shard]:
        with np.load(path) as shard:
            kept = without(shard["folds"], leave_out)
            features, scores = listen(student, shard["mels"][kept])
            teacher = anchored(shard["scores"][kept].astype(np.float32), anchors)
            share, labels = shard["share"][kept], shard["labels"][kept]
            parts.append((features, anchored(scores, anchors), teacher, labels, share))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    tensors = [torch.from_numpy(column.astype(np.float32)) for column in columns[:3]]
    return Heard(tensors[0], tensors[1], tensors[2], columns[3].astype(np.int16), columns[4])


def targets_of(labels: Tensor, share: Tensor, answers: Tensor) -> Tensor:
    """What each window should answer to: (n, n_text), zeros where no label is known.

    labels: (n, 2), -1 unknown; share: (n,) part of the first label, see windows.Window.
    """
    part = share[:, None]
    alone_or_three = (part == 1) | (part == 0)
    second = (1 - part) * answers[labels[:, 1]]
    return part * answers[labels[:, 0]] + torch.where(alone_or_three, 0.0, second)


def naming_loss(base: Tensor, added: Tensor, targets: Tensor, worded: Tensor) -> Tensor:
    """Cross-entropy of naming the windows in each wording, and the price of a long embedding.

    worded: (n_wording, n_text, 384).
    A long embedding would drown the anchors, which know far more words than the labels.
    """
    vectors = functional.normalize(base + added, dim=1)
    named = functional.log_softmax(vectors @ worded.transpose(1, 2) / LOGIT_HEAT, dim=2)
    naming = -(targets * named).sum(dim=2).mean()
    return naming + LENGTH_WEIGHT * added.square().sum(dim=1).mean()


def fit(heard: Heard, bank: TextBank, start: torch.nn.Linear, *, weight: float) -> None:
    """Train the map ``start`` on, and free it of what says nothing (see TextBank.freed)."""
    torch.manual_seed(1)
    freed = torch.from_numpy(bank.freed())
    worded, answers = torch.from_numpy(bank.worded), torch.from_numpy(bank.answers())
    labels = torch.from_numpy(heard.labels.astype(np.int64))
    targets = targets_of(labels, torch.from_numpy(heard.share), answers)
    optimiser = torch.optim.AdamW(start.parameters(), lr=2e-3, weight_decay=0.05)
    n_step = N_EPOCHS * (len(targets) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=n_step)
    for _ in range(n_step):
        rows = torch.randint(len(targets), (BATCH,))
        added = start(heard.features[rows]) @ freed
        vectors = functional.normalize(heard.student[rows] + added, dim=1)
        leaving = 1 - (vectors * heard.teacher[rows]).sum(dim=1).mean()
        loss = naming_loss(heard.student[rows], added, targets[rows], worded) + weight * leaving
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    with torch.no_grad():
        start.weight.copy_(freed @ start.weight)
        start.bias.copy_(freed @ start.bias)


def main() -> None:
    """Fit the embedding of a trained student and write it as NAME-embedded.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--name", default="student")
    parser.add_argument("--leave-out", type=int, nargs="*", default=[])
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--teacher-weight", type=float, default=TEACHER_WEIGHT)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    bank = TextBank.load(arguments.data, arguments.work)
    student = AudioStudent()
    student.load_state_dict(torch.load(arguments.work / f"{arguments.name}.pt")["average"])
    heard = hear(arguments.work, student, bank.anchors, arguments.leave_out, arguments.shards)
    fit(heard, bank, student.embedding, weight=arguments.teacher_weight)
    state = {"average": student.state_dict(), "anchors": torch.from_numpy(bank.anchors)}
    torch.save(state, arguments.work / f"{arguments.name}-embedded.pt")
    with torch.no_grad():
        lengths = student.embedding(heard.features).norm(dim=1)
    print("mean length of the embedding", lengths.mean().item())


if __name__ == "__main__":
    main()
