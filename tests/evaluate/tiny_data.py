"""The datasets of the data folder in the same format, but made, and tiny."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tests.files import BLUE, GREEN, RED, YELLOW, save_picture, save_text
from tests.sounds import noise, sine, write_sound

COLOURS = {"red": RED, "green": GREEN, "blue": BLUE, "yellow": YELLOW}
LANGUAGES = ("cpp", "go", "java", "js", "python", "rust")


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    return save_text(path, "".join(json.dumps(row) + "\n" for row in rows))


def make_flickr8k(data: Path, n_pictures: int = 8) -> None:
    """Pictures in one colour, whose captions name it."""
    rows = []
    for number in range(n_pictures):
        colour = list(COLOURS)[number % 4]
        save_picture(data / f"flickr8k/dev/{number}.png", COLOURS[colour], spot=number)
        captions = [f"{colour} {word}" for word in ("", "sheet", "wall", "sky", "cloth")]
        rows.append({"file": f"dev/{number}.png", "captions": captions})
    write_rows(data / "flickr8k/dev.jsonl", rows)


def make_caltech101(data: Path) -> None:
    """Three classes named after colours with two pictures each."""
    rows = []
    for number, label in enumerate(["red", "green", "blue"] * 2):
        save_picture(data / f"caltech101/{number}.png", COLOURS[label], spot=100 + number)
        rows.append({"file": f"{number}.png", "label": label})
    write_rows(data / "caltech101/labels.jsonl", rows)


def make_esc10(data: Path) -> None:
    """Two folds of two tones and two noises."""
    (data / "esc10").mkdir(parents=True)
    rows = []
    for number in range(8):
        label = ("tone", "noise")[number % 2]
        samples = sine(300 + 50 * number, 1) if label == "tone" else noise(1, seed=number)
        write_sound(data / f"esc10/{number}.wav", samples)
        rows.append({"file": f"{number}.wav", "label": label, "fold": 1 + number // 4})
    write_rows(data / "esc10/labels.jsonl", rows)


def make_cosqa(data: Path) -> None:
    """Three functions, two of which are asked for."""
    names = ("sort", "join", "count")
    texts = {f"def {name}(things):\n    return {name} things": n for n, name in enumerate(names)}
    save_text(data / "cosqa/functions.json", json.dumps(texts))
    rows = [{"query": "join things", "function": 1}, {"query": "count things", "function": 2}]
    write_rows(data / "cosqa/dev.jsonl", rows)


def make_humaneval_x(data: Path) -> None:
    """Two problems in each language, with the marks and fields of the real files."""
    (data / "humaneval_x").mkdir(parents=True)
    for language in LANGUAGES:
        rows = [humaneval_row(language, number, name) for number, name in enumerate(("add", "max"))]
        path = data / f"humaneval_x/humaneval_{language}.jsonl.gz"
        path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


def humaneval_row(language: str, number: int, name: str) -> dict[str, Any]:
    comment = f"Give the {name} of all.\n>>> {name}([1, 2])"
    row = {
        "task_id": f"{language}/{number}",
        "prompt": f"import x\n/* {comment}\n*/\n{name} ( all ) {{",
        "declaration": f"import x\n{name} ( all ) {{",
        "canonical_solution": f"  Give {name} all\n}}\n",
    }
    own = {"go": ("docstring", "//"), "python": ("text", ""), "java": ("text", "   ")}
    if language in own:
        field, mark = own[language]
        row[field] = "\n".join(f"{mark} {line}" for line in comment.splitlines())
    return row


def make_all(data: Path) -> Path:
    for make in (make_flickr8k, make_caltech101, make_esc10, make_cosqa, make_humaneval_x):
        make(data)
    return data
