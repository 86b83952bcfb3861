from __future__ import annotations

from pathlib import Path
from typing import Any

from mmsearch.evaluate.bench import build_bench
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality
from tests.evaluate.tiny_data import make_cosqa, make_esc10, write_rows
from tests.files import RED, save_picture


def made(data: Path, captions: list[list[str]], labels: list[str], sounds: list[str]) -> None:
    rows: list[dict[str, Any]] = []
    for number, some in enumerate(captions):
        save_picture(data / f"flickr8k/{number}.png", RED, spot=number)
        rows.append({"file": f"{number}.png", "captions": some})
    write_rows(data / "flickr8k/dev.jsonl", rows)
    pictures = []
    for number, label in enumerate(labels):
        save_picture(data / f"caltech101/{number}.png", RED, spot=100 + number)
        pictures.append({"file": f"{number}.png", "label": label})
    write_rows(data / "caltech101/labels.jsonl", pictures)
    make_esc10(data)
    heard = [{"file": f"{n}.wav", "label": label, "fold": 1} for n, label in enumerate(sounds)]
    write_rows(data / "esc10/labels.jsonl", heard)
    make_cosqa(data)


def by_row(judged: list[JudgedQuery]) -> dict[str, list[JudgedQuery]]:
    rows: dict[str, list[JudgedQuery]] = {}
    for one in judged:
        rows.setdefault(one.row, []).append(one)
    return rows


def test_only_what_can_be_judged_is_asked(tmp_path: Path) -> None:
    sure = ["a dog runs"] * 3 + ["it runs"] * 2
    unsure = ["a dog runs"] + ["it runs"] * 4
    other = ["a boy in a chair"] * 5
    made(
        tmp_path / "data",
        [sure, unsure, other],
        ["dalmatian", "windsor chair", "anchor", "faces"],
        ["dog bark", "dog bark", "rain"],
    )

    bench = build_bench("mixed", tmp_path / "data", tmp_path / "work")

    rows = by_row(bench.judged)
    assert len(list((bench.files / "photographs").iterdir())) == 2, "the unsure one is left out"
    classes = [one.query.text for one in rows["class name of pictures → all kinds"]]
    assert classes == ["anchor"], "captions speak of chairs, and people have faces"
    from_pictures = rows["picture → its sounds"]
    assert len(from_pictures) == 2
    assert {len(one.relevant) for one in from_pictures} == {2}
    assert from_pictures[0].query.modalities == (Modality.AUDIO,)
    assert len(rows["sound → its pictures"]) == 2
    assert rows["name of a thing → all kinds"][0].query.text == "dog"
    assert len(rows["name of a thing → all kinds"][0].relevant) == 4
    assert {one.query.modalities for one in rows["caption → all kinds"]} == {()}
