"""Pictures a second that mmsearch and rclip index on this machine, the same files for both.

    pip install --target RCLIP rclip==3.3.0
    python -m tests.benchmarks.rclip RCLIP [--pictures 200] [--large 40]

RCLIP holds it with the libraries that it asks for. Its own program reads, decodes, encodes and
stores the pictures (``RClip.ensure_index`` with its defaults: eight at a time, decoded by as many
threads as there are cores). Its weights are elsewhere, so they are random numbers here, in the
network that it names, OpenCLIP's ViT-B-32-256, as a graph in float32 for ONNX Runtime; that takes
as long with any weights. mmsearch indexes with its embedded encoder, which is far smaller: that
is most of the difference. ``mmsearch`` also reads what is printed in screenshots and pages, as its
settings are by default, which rclip does not: ``mmsearch without reading text`` does as much as
rclip. Both have their networks open before the clock starts. They take turns,
so that other work on the machine meets both, and of three turns each the best counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.encode.towers.torch_setup import import_library, quiet
from mmsearch.library import open_library
from mmsearch.settings import Settings
from tests.benchmarks.indexing import make_pictures
from tests.benchmarks.report import print_report

_NETWORK = "ViT-B-32-256"
_WEIGHTS = Path(f"{_NETWORK}-datacomp_s34b_b86k") / "visual.onnx"
"""Below its data folder, where rclip looks before it downloads."""
_N_TURNS = 3
_INDEX = """
import sys, time
from rclip.db import DB
from rclip.main import RClip
from rclip.model import Model
from rclip.utils import helpers
from rclip.utils.preprocess import preprocess
database, folder, warm_up = sys.argv[1:]
model = Model()
model.compute_preprocessed_image_features([preprocess(helpers.read_image(warm_up))])
program = RClip(model, DB(database), 8, None)
started_s = time.perf_counter()
program.ensure_index(folder)
took_s = time.perf_counter() - started_s
program.close()
print(took_s)
"""


def make_network(data: Path) -> None:
    """The part of rclip's network that sees, with random weights."""
    torch, open_clip = import_library("torch"), import_library("open_clip")
    target = data / _WEIGHTS
    target.parent.mkdir(parents=True)
    network = open_clip.create_model(_NETWORK, pretrained=None).visual.eval()
    torch.backends.mha.set_fastpath_enabled(False)  # an operator that ONNX does not have
    with quiet(), torch.inference_mode():
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, 256, 256),),
            str(target),
            input_names=["input"],
            output_names=["output"],
            dynamic_axes={"input": {0: "n"}, "output": {0: "n"}},
            opset_version=17,
            dynamo=False,
        )


def index_by_rclip(program: Path, data: Path, pictures: list[Path], work: Path) -> float:
    """Seconds that it takes, in a process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(program),
        "RCLIP_DATADIR": str(data),
        "HF_HUB_OFFLINE": "1",
    }
    with tempfile.TemporaryDirectory(dir=work) as folder:
        command = [sys.executable, "-c", _INDEX, f"{folder}/db.sqlite3"]
        done = subprocess.run(
            [*command, str(pictures[0].parent), str(pictures[0])],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"rclip ended with {done.returncode}:\n{done.stderr}")
    return float(done.stdout.split()[-1])


def index_by_mmsearch(
    encoder: Encoder, pictures: list[Path], work: Path, *, read_printed: bool = True
) -> float:
    """Seconds of a run over the folder, from finding the files to a library that is whole."""
    settings = Settings(read_printed=read_printed)
    with (
        tempfile.TemporaryDirectory(dir=work) as folder,
        open_library(Path(folder) / "library", encoder=encoder, settings=settings) as library,
    ):
        library.add(pictures[0].parent)
        started_s = time.perf_counter()
        report = library.index()
        took_s = time.perf_counter() - started_s
    if report.n_indexed != len(pictures):
        raise SystemExit(f"mmsearch indexed {report.n_indexed} of {len(pictures)} pictures")
    return took_s


def compare(
    program: Path, data: Path, encoder: Encoder, pictures: list[Path], work: Path
) -> dict[str, Any]:
    """Pictures a second of both, by turns."""
    took_s: dict[str, list[float]] = {"mmsearch": [], "mmsearch without reading text": []}
    took_s["rclip"] = []
    for _ in range(_N_TURNS):
        for name, some in took_s.items():
            if name == "rclip":
                some.append(index_by_rclip(program, data, pictures, work))
            else:
                reads = name == "mmsearch"
                some.append(index_by_mmsearch(encoder, pictures, work, read_printed=reads))
    best_s = {name: min(some) for name, some in took_s.items()}
    return {"pictures": len(pictures)} | {
        name: {
            "pictures_per_s": round(len(pictures) / best_s[name], 1),
            "times_rclip": round(best_s["rclip"] / best_s[name], 1),
            "seconds": [round(one, 2) for one in some],
        }
        for name, some in took_s.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rclip", type=Path)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--large", type=int, default=40)
    given = parser.parse_args()
    encoder = open_encoder()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        make_network(work / "rclip")
        sizes = {
            "pictures 800x600": (given.pictures, (800, 600)),
            "pictures 12 megapixels": (given.large, (4000, 3000)),
        }
        index_by_mmsearch(encoder, make_pictures(work / "first", 1, (800, 600)), work)
        figures: dict[str, Any] = {"rclip": "3.3.0, random weights for its network, float32"}
        for name, (number, size_px) in sizes.items():
            pictures = make_pictures(work / name, number, size_px)
            program, data = given.rclip.resolve(), work / "rclip"
            figures[name] = compare(program, data, encoder, pictures, work)
    print_report(figures)


if __name__ == "__main__":
    main()
