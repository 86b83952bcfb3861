"""How good a trained student is: ESC-10's fold, agreement with the teacher, general words.

python -m models.mini.training.audio.evaluate --work .cache/audio --name student-embedded --fold 4
"""

from __future__ import annotations

import argparse
import json
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from mmsearch.encode.mini.log_mel import PATCH_SAMPLES, level, log_mel, patches
from tests.oracles.audio_student import AudioStudent

from .embed import anchored, listen
from .pool import Sound, esc10, held_out_pool
from .prepare import DATA
from .signals import F32
from .windows import Teacher
from .words import GENERAL_WORDS, Words, average_precision, unit_rows

INSTRUMENT_WORD = "music"


@dataclass(frozen=True)
class Model:
    """A trained student with its anchors."""

    student: AudioStudent
    anchors: F32

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read what embed.py wrote."""
        state = torch.load(path)
        student = AudioStudent()
        student.load_state_dict(state["average"])
        return cls(student.eval(), state["anchors"].numpy())

    def vectors(self, sounds: list[F32]) -> tuple[F32, F32]:
        """Vectors (n, 384) with the embedding, and by the anchors alone."""
        heard = [listen(self.student, patches(sound)) for sound in sounds]
        features = np.stack([part[0].mean(axis=0) for part in heard])
        scores = np.stack([part[1].mean(axis=0) for part in heard])
        bare = anchored(scores, self.anchors)
        layer = self.student.embedding
        added = features @ layer.weight.detach().numpy().T + layer.bias.detach().numpy()
        return unit_rows(bare + added), bare


def esc_scores(vectors: F32, labels: list[str], words: Words) -> dict[str, float]:
    """mAP of the class names, bare and in a sentence."""
    names = sorted(set(labels))
    found = np.array(labels)
    report = {}
    for wording in ("{}", "the sound of {}"):
        queries = words.queries([wording.format(name) for name in names])
        each = [
            average_precision(vectors @ query, found == name)
            for query, name in zip(queries, names, strict=True)
        ]
        report[wording] = float(np.mean(each))
    return report


def agreement(model: Model, teacher: Teacher, sounds: list[F32]) -> dict[str, float]:
    """Share of windows where the teacher's first class is the student's first, or in its five."""
    windows = [
        level(sound)[start : start + PATCH_SAMPLES]
        for sound in sounds
        for start in range(0, max(1, len(sound) - PATCH_SAMPLES + 1), PATCH_SAMPLES)
    ]
    filled = [np.resize(window, PATCH_SAMPLES) for window in windows if len(window)]
    truth = np.stack([teacher.scores(window) for window in filled]).argmax(axis=1)
    _, scores = listen(model.student, np.stack([log_mel(window) for window in filled]))
    order = np.argsort(-scores, axis=1)
    return {
        "windows": float(len(filled)),
        "top1": float((order[:, 0] == truth).mean()),
        "top5": float((order[:, :5] == truth[:, None]).any(axis=1).mean()),
    }


def mixed(sounds: list[Sound], seed: int = 5) -> list[F32]:
    """Each sound with another one 6 to 14 dB below it."""
    rng = np.random.default_rng(seed)
    result = []
    for sound in sounds:
        other = sounds[rng.integers(len(sounds))].samples
        gain = 10 ** (-rng.uniform(6, 14) / 20)
        under = np.resize(level(other), len(sound.samples)) * gain
        result.append(level(sound.samples) + under.astype(np.float32))
    return result


def relevant(word: str, sounds: list[Sound]) -> np.ndarray:
    """Which sounds answer to a word."""
    if word == INSTRUMENT_WORD:
        return np.array([sound.group == "instruments" for sound in sounds])
    parts = GENERAL_WORDS[word]
    return np.array([any(part in sound.label for part in parts) for sound in sounds])


def breadth(vectors: F32, sounds: list[Sound], words: Words) -> dict[str, dict[str, float]]:
    """Average precision of each general word, bare and in a sentence."""
    report = {}
    for wording in ("{}", "the sound of {}"):
        names = [INSTRUMENT_WORD, *GENERAL_WORDS]
        queries = words.queries([wording.format(name) for name in names])
        report[wording] = {
            name: average_precision(vectors @ query, relevant(name, sounds))
            for name, query in zip(names, queries, strict=True)
        }
    return report


def held_out(data: Path, work: Path) -> list[Sound]:
    """The held-out pool, made once and kept."""
    path = work / "held-out.pickle"
    if not path.exists():
        path.write_bytes(pickle.dumps(held_out_pool(data, work), protocol=5))
    return list(pickle.loads(path.read_bytes()))


def report(model: Model, arguments: argparse.Namespace) -> dict[str, object]:
    """All figures."""
    words = Words()
    teacher = Teacher(arguments.data / "yamnet" / "yamnet.tflite")
    fold = [sound for sound in esc10(arguments.data) if sound.fold == arguments.fold]
    samples, labels = [sound.samples for sound in fold], [sound.label for sound in fold]
    full, bare = model.vectors(samples)
    pool = held_out(arguments.data, arguments.work)
    named = [sound for sound in pool if sound.label]
    answers: dict[str, object] = {
        "esc": esc_scores(full, labels, words),
        "esc anchors": esc_scores(bare, labels, words),
        "agreement on the fold": agreement(model, teacher, samples),
        "agreement on short sounds": agreement(
            model, teacher, [sound.samples for sound in pool if sound.group == "shorts"]
        ),
    }
    for name, heard in (
        ("clean", [sound.samples for sound in named]),
        ("mixed", mixed(named)),
    ):
        for kind, vectors in zip(("full", "anchors"), model.vectors(heard), strict=True):
            each = breadth(vectors, named, words)
            for wording, precisions in each.items():
                answers[f"{name} {kind} {wording}"] = float(np.mean(list(precisions.values())))
            answers[f"{name} {kind} words"] = {
                word: round(value, 2) for word, value in each["the sound of {}"].items()
            }
    return answers


def main() -> None:
    """Print the report as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--name", default="student-embedded")
    parser.add_argument("--fold", type=int, default=4)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = Model.load(arguments.work / f"{arguments.name}.pt")
    answers = report(model, arguments)
    (arguments.work / f"{arguments.name}.report.json").write_text(json.dumps(answers, indent=1))
    print(json.dumps(answers, indent=1))


if __name__ == "__main__":
    main()
