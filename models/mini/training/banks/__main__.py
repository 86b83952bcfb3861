"""Makes the banks of queries that hubness is measured with: models/mini/banks.safetensors.

    python -m models.mini.training.banks [--data ../shared/data] [--work .cache/banks]

Run it after the picture head has changed (five minutes on two busy cores; what was encoded is kept
in the work folder). Only training data are used:

- "text image": centroids of the captions of Flickr8k train, which pictures are asked for with
- "text code": centroids of the first sentences of docstrings in the installed Python packages
- "text audio": centroids of the names of AudioSet's sounds, as they are and in "the sound of …"
- "image code": centroids of the pictures of Flickr8k train, which ask for texts
- "map image": a ridge regression from a picture to the mean of its captions, so that a user's own
  pictures can stand for queries
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from mmsearch.encode.banks import towers_of
from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.installed import shipped_path
from mmsearch.types import F32
from models.mini.training.image.ship import write_row

from .fit import N_CENTROID, centroids, ridge, unit
from .kept import Kept
from .sources import sentences, sound_names

DATA = Path(__file__).parents[5] / "shared" / "data"


def main() -> None:
    """Encode, cluster, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/banks"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = Kept(options.work, open_encoder())
    folder = options.data / "flickr8k"
    rows = [json.loads(line) for line in (folder / "train.jsonl").read_text("utf-8").splitlines()]
    captions = kept.texts([caption for row in rows for caption in row["captions"]])
    pictures = kept.pictures([folder / row["file"] for row in rows])
    per_picture = np.stack([some.mean(0) for some in _split(captions, rows)])
    names = sound_names(options.data / "yamnet" / "yamnet_class_map.csv")
    weight, bias = ridge(pictures, unit(per_picture))
    tensors = {
        "text image": centroids(captions),
        "text code": centroids(kept.texts(sentences()), N_CENTROID // 2),
        "text audio": centroids(kept.texts(names), N_CENTROID // 2),
        "image code": centroids(pictures),
        "map image weight": weight,
        "map image bias": bias,
    }
    ship(tensors)


def _split(captions: F32, rows: list[dict[str, list[str]]]) -> list[F32]:
    ends = np.cumsum([len(row["captions"]) for row in rows])
    return np.split(captions, ends[:-1])


def ship(tensors: dict[str, F32]) -> None:
    """Write the file with half the digits, and its row of the catalogue."""
    path = shipped_path("models", "mini", "banks.safetensors")
    half = {name: np.ascontiguousarray(some, np.float16) for name, some in tensors.items()}
    save_file(half, path, metadata={"towers": towers_of(read_catalog()["mini"])})
    path.chmod(0o644)
    write_row(path, shipped_path("models", "catalog.toml"))
    for name, some in half.items():
        print(f"{name}: {some.shape}", flush=True)
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
