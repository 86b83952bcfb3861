"""Last step of the training: write models/mini/audio.safetensors and its row of the catalogue.

python -m models.mini.training.audio.ship --work .cache/audio --name student-embedded
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

from mmsearch.encode.checksum import sha256_of_file
from mmsearch.encode.graph import fold_batch_norm

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = ROOT / "models" / "mini" / "audio.safetensors"
EPSILON = 1e-5


def folded(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """Weights with the batch norms in the convolutions: "head.0.weight" becomes "head.weight"."""
    arrays = {name: tensor.numpy() for name, tensor in state.items()}
    weights = {}
    for name in arrays:
        if name.endswith(".0.weight"):
            stem = name.removesuffix(".0.weight")
            weights[f"{stem}.weight"], weights[f"{stem}.bias"] = fold_batch_norm(
                arrays[name],
                gamma=arrays[f"{stem}.1.weight"],
                beta=arrays[f"{stem}.1.bias"],
                mean=arrays[f"{stem}.1.running_mean"],
                variance=arrays[f"{stem}.1.running_var"],
                epsilon=EPSILON,
            )
    for stem in ("scores", "embedding"):
        weights[f"{stem}.weight"] = arrays[f"{stem}.weight"]
        weights[f"{stem}.bias"] = arrays[f"{stem}.bias"]
    return weights


def catalogue_row(catalogue: Path) -> None:
    """Write or renew the row of the audio weights, the last one of the encoder "mini"."""
    row = (
        '[[encoder.file]]\nrole = "audio weights"\npath = "mini/audio.safetensors"\n'
        f'sha256 = "{sha256_of_file(SHIPPED)}"\nsize_bytes = {SHIPPED.stat().st_size}\n'
    )
    text = catalogue.read_text("utf-8")
    old = re.search(r'\[\[encoder\.file\]\]\nrole = "audio weights"\n(?:\S.*\n)*', text)
    text = text.replace(old.group(), row) if old else text.rstrip() + "\n\n" + row
    catalogue.write_text(text, "utf-8")


def main() -> None:
    """Fold, round to float16, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path(".cache/audio"))
    parser.add_argument("--name", default="student-embedded")
    arguments = parser.parse_args()
    state = torch.load(arguments.work / f"{arguments.name}.pt")
    weights = folded(state["average"]) | {"anchors": state["anchors"].numpy()}
    small = {name: np.ascontiguousarray(array, np.float16) for name, array in weights.items()}
    SHIPPED.parent.mkdir(parents=True, exist_ok=True)
    save_file(small, SHIPPED)
    catalogue_row(ROOT / "models" / "catalog.toml")
    print(SHIPPED, SHIPPED.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
