"""The adapters on a small sample of the real data, with the real encoder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mmsearch.evaluate.bench import build_bench
from mmsearch.evaluate.measure import Means, asking, summarise
from mmsearch.evaluate.queries import sample
from mmsearch.library import open_library
from tests.evaluate.tiny_data import write_rows

pytestmark = [pytest.mark.data, pytest.mark.models]


@pytest.fixture
def data(tmp_path: Path, data_folder: Path) -> Path:
    """Some photographs, sounds and functions of the real data."""
    folder = tmp_path / "data"
    for name, rows_name, step in (("flickr8k", "dev", 40), ("esc10", "labels", 8)):
        text = (data_folder / name / f"{rows_name}.jsonl").read_text("utf-8")
        rows = [json.loads(line) for line in text.splitlines()[::step]]
        for row in rows:
            row["file"] = str(data_folder / name / row["file"])
        write_rows(folder / name / f"{rows_name}.jsonl", rows)
    functions = Path("humaneval_x", "humaneval_rust.jsonl.gz")
    lines = gzip.decompress((data_folder / functions).read_bytes()).splitlines(keepends=True)
    (folder / "humaneval_x").mkdir()
    (folder / functions).write_bytes(gzip.compress(b"".join(lines[::6])))
    return folder


def measured(name: str, data: Path, work: Path, n_queries: int) -> dict[str, Means]:
    bench = build_bench(name, data, work)
    with open_library(bench.library) as library:
        library.add(bench.files)
        assert library.index().n_failed == 0
        judged = sample(bench.judged, n_queries)
        return summarise(list(asking(library, judged, dataset=name)))[name]


def test_real_photographs_sounds_and_functions_are_found(data: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    photographs = measured("flickr8k", data, work, 50)
    sounds = measured("esc10", data, work, 1000)
    functions = measured("humaneval_x:rust", data, work, 1000)

    assert photographs["text → image"]["files"] == 25
    assert photographs["text → image"]["R@5"] >= 0.8
    assert photographs["image → text"]["R@5"] >= 0.8
    assert sounds["class name → sounds of fold 4"]["mAP"] >= 0.8
    assert functions["comment → rust"]["R@5"] >= 0.7
