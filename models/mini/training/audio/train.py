"""Second step of the training: the student learns the teacher's scores.

python -m models.mini.training.audio.train --work .cache/audio --leave-out 3 4 --minutes 40
The learning rate follows the time spent, so a busy machine gets fewer steps, not a later end.
A run that was broken off goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed
from torch.nn import functional

from mmsearch.encode.mini.audio_tower import N_CLASSES_KEPT
from tests.oracles.audio_student import AudioStudent

from .embed import naming_loss, targets_of
from .prepare import DATA
from .windows import without
from .words import TextBank

BATCH = 48
PEAK_RATE = 2.5e-3
AVERAGE = 0.999
LOWEST_LOGIT, HIGHEST_LOGIT = -9.0, 6.0
LOGIT_WEIGHT = 0.3
ORDER_WEIGHT = 1.0
NAMING_WEIGHT = 0.5


@dataclass
class Windows:
    """All shards in the work folder so far, without those that hold the left-out fold."""

    work: Path
    leave_out: list[int]
    mels: list[NDArray[np.float16]] = field(default_factory=list)
    scores: list[NDArray[np.float16]] = field(default_factory=list)
    labels: list[NDArray[np.int16]] = field(default_factory=list)
    share: list[NDArray[np.float32]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def refresh(self) -> int:
        """Take in new shards; returns the number of windows."""
        for path in sorted(self.work.glob("windows-*.npz")):
            if path.name not in self.seen:
                self.seen.add(path.name)
                with np.load(path) as shard:
                    kept = without(shard["folds"], self.leave_out)
                    self.mels.append(shard["mels"][kept])
                    self.scores.append(shard["scores"][kept])
                    self.labels.append(shard["labels"][kept])
                    self.share.append(shard["share"][kept])
        return sum(map(len, self.mels))

    def batch(self, rng: np.random.Generator) -> tuple[Tensor, ...]:
        """Random windows: patches (n, 96, 64), scores (n, 521), labels (n, 2), share (n,)."""
        sizes = np.array([len(mels) for mels in self.mels], float)
        picks = [
            (shard, rng.integers(len(self.mels[shard])))
            for shard in rng.choice(len(sizes), BATCH, p=sizes / sizes.sum())
        ]
        columns = (self.mels, self.scores, self.labels, self.share)
        kinds = (np.float32, np.float32, np.int64, np.float32)
        return tuple(
            torch.from_numpy(np.stack([column[shard][row] for shard, row in picks]).astype(kind))
            for column, kind in zip(columns, kinds, strict=True)
        )


@dataclass(frozen=True)
class Naming:
    """The second aim: the embedding names what is known to be in a window."""

    worded: Tensor
    anchors: Tensor
    answers: Tensor
    freed: Tensor

    @classmethod
    def load(cls, data: Path, work: Path) -> Naming:
        """With the text vectors of the pool's labels and of the teacher's classes."""
        bank = TextBank.load(data, work)
        arrays = (bank.worded, bank.anchors, bank.answers(), bank.freed())
        return cls(*(torch.from_numpy(array) for array in arrays))

    def loss(self, logits: Tensor, added: Tensor, labels: Tensor, share: Tensor) -> Tensor:
        """See naming_loss; the anchors' part is taken as it is."""
        scores = torch.sigmoid(logits.detach())
        kept = scores.topk(N_CLASSES_KEPT, dim=1).values[:, -1:]
        weights = torch.where(scores >= kept, scores, 0.0).sqrt()
        base = functional.normalize(weights @ self.anchors, dim=1)
        targets = targets_of(labels, share, self.answers)
        return naming_loss(base, added @ self.freed, targets, self.worded)


def distillation_loss(logits: Tensor, scores: Tensor) -> Tensor:
    """How far a student is from the teacher's 521 scores.

    Cross-entropy of each score; squared distance of the logits (dense, so faster); and the
    divergence of the logits' softmax, which cares for the likeliest classes and their order.
    """
    target = torch.logit(scores, eps=1e-6).clamp(LOWEST_LOGIT, HIGHEST_LOGIT)
    distance = (logits.clamp_min(LOWEST_LOGIT - 1) - target).square().mean()
    order = functional.kl_div(
        functional.log_softmax(logits, dim=1),
        functional.log_softmax(target, dim=1),
        reduction="batchmean",
        log_target=True,
    )
    each = functional.binary_cross_entropy_with_logits(logits, scores)
    return 50 * each + LOGIT_WEIGHT * distance + ORDER_WEIGHT * order


def share_gradients(student: AudioStudent, spent_s: float) -> float:
    """Average the gradients and the clocks of the processes; returns the common clock."""
    if not distributed.is_initialized():
        return spent_s
    gradients = [weight.grad for weight in student.parameters() if weight.grad is not None]
    flat = torch.cat([*(gradient.flatten() for gradient in gradients), torch.tensor([spent_s])])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    start = 0
    for gradient in gradients:
        # Written in place: flatten() of a channels-last gradient is a copy in logical order.
        gradient.copy_(flat[start : start + gradient.numel()].view(gradient.shape))
        start += gradient.numel()
    return float(flat[-1])


def rate_at(progress: float, peak: float) -> float:
    """Learning rate: a short rise, then a cosine to zero."""
    if progress < 0.03:
        return peak * (0.05 + progress / 0.03)
    return peak * float(0.5 + 0.5 * np.cos(np.pi * min(1.0, (progress - 0.03) / 0.97))) + 1e-6


def train(arguments: argparse.Namespace) -> None:
    """Train until the minutes are spent; keep the running average of the weights."""
    torch.manual_seed(0)
    rng = np.random.default_rng([arguments.seed, arguments.rank, int(time.time())])
    windows = Windows(arguments.work, arguments.leave_out)
    student = AudioStudent().to(memory_format=torch.channels_last)
    average = AudioStudent()
    if arguments.start:
        student.load_state_dict(torch.load(arguments.start)["average"])
    average.load_state_dict(student.state_dict())
    optimiser = torch.optim.AdamW(student.parameters(), weight_decay=0.02)
    checkpoint = arguments.work / f"{arguments.name}.pt"
    step, spent_s = _resume(checkpoint, student, average, optimiser)
    naming, losses = Naming.load(arguments.data, arguments.work), list[float]()
    n_window, last_s, saved_s = windows.refresh(), time.monotonic(), time.monotonic()
    while spent_s < arguments.minutes * 60:
        rate = rate_at(spent_s / (arguments.minutes * 60), arguments.peak)
        for group in optimiser.param_groups:
            group["lr"] = rate
        patches, scores, labels, share = windows.batch(rng)
        logits, added = student(patches)
        named = naming.loss(logits, added, labels, share)
        loss = distillation_loss(logits, scores) + NAMING_WEIGHT * named
        optimiser.zero_grad()
        loss.backward()
        spent_s = share_gradients(student, spent_s)
        optimiser.step()
        step += 1
        _follow(average, student, min(AVERAGE, (step + 1) / (step + 10)))
        losses.append(loss.item())
        now_s = time.monotonic()
        spent_s, last_s = spent_s + now_s - last_s, now_s
        if now_s - saved_s > 60 and arguments.rank == 0:
            state = {"student": student.state_dict(), "average": average.state_dict()}
            torch.save(
                state | {"optimiser": optimiser.state_dict(), "at": (step, spent_s)}, checkpoint
            )
            print(
                f"{spent_s:.0f} s, step {step}, {n_window} windows, {np.mean(losses[-300:]):.4f}",
                flush=True,
            )
            n_window, saved_s = windows.refresh(), now_s
    if arguments.rank:
        return
    state = {"student": student.state_dict(), "average": average.state_dict()}
    torch.save(state | {"optimiser": optimiser.state_dict(), "at": (step, spent_s)}, checkpoint)
    print(f"done: step {step}, {np.mean(losses[-300:]):.4f}")


def _resume(
    checkpoint: Path, student: AudioStudent, average: AudioStudent, optimiser: torch.optim.Optimizer
) -> tuple[int, float]:
    if not checkpoint.exists():
        return 0, 0.0
    state = torch.load(checkpoint)
    student.load_state_dict(state["student"])
    average.load_state_dict(state["average"])
    optimiser.load_state_dict(state["optimiser"])
    step, spent_s = state["at"]
    return int(step), float(spent_s)


@torch.no_grad()
def _follow(average: AudioStudent, student: AudioStudent, keep: float) -> None:
    """Move the average towards the student, batch statistics too."""
    for old, new in zip(average.state_dict().values(), student.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new, 1 - keep)
        else:
            old.copy_(new)


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--name", default="student")
    parser.add_argument(
        "--leave-out", type=int, nargs="*", default=[], help="folds of ESC-10 not to hear"
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--start", type=Path, help="weights to start from")
    parser.add_argument("--peak", type=float, default=PEAK_RATE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1, help="how many train together")
    parser.add_argument("--rank", type=int, default=0, help="which of them this one is")
    arguments = parser.parse_args()
    # One thread each: on a shared machine threads wait for each other far more than processes.
    torch.set_num_threads(1)
    if arguments.processes > 1:
        meeting = (arguments.work / f"{arguments.name}-meeting").resolve()
        distributed.init_process_group(
            "gloo",
            init_method=f"file://{meeting}",
            rank=arguments.rank,
            world_size=arguments.processes,
        )
    train(arguments)


if __name__ == "__main__":
    main()
