"""Where a cosine means a hit: the audio rows of models/mini/calibration.json.

python -m models.mini.training.audio.calibrate --work .cache/audio --name student-embedded --fold 4
Measured on sounds that the student has not heard. Right pairs are weighed as one in ten, so that
the midpoint is where a hit among ten kinds of sound is as likely right as wrong.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from .evaluate import INSTRUMENT_WORD, Model, held_out, mixed, relevant
from .pool import esc10
from .prepare import DATA
from .ship import ROOT
from .signals import F32
from .words import GENERAL_WORDS, Words

SHARE_RIGHT = 0.1
CALIBRATION = ROOT / "models" / "mini" / "calibration.json"


def logistic(cosines: F32, is_right: np.ndarray) -> tuple[float, float]:
    """Midpoint and scale of the likeliest logistic curve, right pairs weighed as SHARE_RIGHT."""
    weights = np.where(is_right, SHARE_RIGHT / is_right.sum(), 0.9 / (~is_right).sum())
    signs = np.where(is_right, -1.0, 1.0)

    def cost(parameters: np.ndarray) -> float:
        midpoint, log_scale = parameters
        logits = (cosines - midpoint) / np.exp(log_scale)
        return float((weights * np.logaddexp(0, signs * logits)).sum())

    best = minimize(cost, np.array([0.4, np.log(0.05)]), method="Nelder-Mead")
    return round(float(best.x[0]), 4), round(float(np.exp(best.x[1])), 4)


def text_pairs(model: Model, arguments: argparse.Namespace) -> tuple[F32, np.ndarray]:
    """Cosines of words with sounds, and which belong together."""
    words, named = Words(), [s for s in held_out(arguments.data, arguments.work) if s.label]
    fold = [sound for sound in esc10(arguments.data) if sound.fold == arguments.fold]
    classes = sorted({sound.label for sound in fold})
    fold_right = np.array([[sound.label == name for sound in fold] for name in classes])
    general = [INSTRUMENT_WORD, *GENERAL_WORDS]
    named_right = np.array([relevant(name, named) for name in general])
    cosines, right = [], []
    for names, sounds, table in (
        (classes, [sound.samples for sound in fold], fold_right),
        (general, [sound.samples for sound in named], named_right),
        (general, mixed(named), named_right),
    ):
        vectors, _ = model.vectors(sounds)
        for wording in ("{}", "the sound of {}"):
            queries = words.queries([wording.format(name) for name in names])
            cosines.append((queries @ vectors.T).ravel())
            right.append(table.ravel())
    return np.concatenate(cosines), np.concatenate(right)


def sound_pairs(model: Model, arguments: argparse.Namespace) -> tuple[F32, np.ndarray]:
    """Cosines of sounds with sounds, and which have one label."""
    sounds = [s for s in held_out(arguments.data, arguments.work) if s.label]
    sounds += [sound for sound in esc10(arguments.data) if sound.fold == arguments.fold]
    vectors, _ = model.vectors([sound.samples for sound in sounds])
    labels = np.array([sound.label for sound in sounds])
    upper = np.triu_indices(len(sounds), 1)
    return (vectors @ vectors.T)[upper], (labels[:, None] == labels)[upper]


def main() -> None:
    """Fit and write both rows; other rows stay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--name", default="student-embedded")
    parser.add_argument("--fold", type=int, default=4)
    arguments = parser.parse_args()
    model = Model.load(arguments.work / f"{arguments.name}.pt")
    fitted = {
        "text": logistic(*text_pairs(model, arguments)),
        "audio": logistic(*sound_pairs(model, arguments)),
    }
    content = json.loads(CALIBRATION.read_text("utf-8"))
    pairs = [
        row for row in content["pairs"] if row["target"] != "audio" or row["query"] not in fitted
    ]
    for query, (midpoint, scale) in fitted.items():
        pairs.append({"query": query, "target": "audio", "midpoint": midpoint, "scale": scale})
    rows = ",\n".join(f"    {json.dumps(row)}" for row in pairs)
    meaning = json.dumps(content["meaning"])
    CALIBRATION.write_text(f'{{\n  "meaning": {meaning},\n  "pairs": [\n{rows}\n  ]\n}}\n', "utf-8")
    print(fitted)


if __name__ == "__main__":
    main()
