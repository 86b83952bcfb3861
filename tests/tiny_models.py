"""Tiny models with random weights, written to disk as their real, large counterparts are."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from mmsearch.encode.towers.torch_setup import import_library, quiet


def needs(*libraries: str) -> pytest.MarkDecorator:
    """Skip, with a reason, where what models of one's choice need is not installed."""
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    reason = f"needs {', '.join(missing)}: pip install 'mmsearch[models]'"
    return pytest.mark.skipif(bool(missing), reason=reason)


TINY_CLIP: dict[str, Any] = {
    "embed_dim": 24,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 32, "head_width": 16, "patch_size": 16},
    "text_cfg": {
        "context_length": 16,
        "vocab_size": 49408,  # the words of CLIP, which come with open_clip
        "width": 16,
        "heads": 2,
        "layers": 2,
    },
}


def save_tiny_clip(folder: Path, config: dict[str, Any] = TINY_CLIP, *, seed: int = 0) -> Path:
    """A model of open_clip's own architecture, with CLIP's own tokens."""
    torch, open_clip = import_library("torch"), import_library("open_clip")
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    prepare = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "resize_mode": "squash"}
    content = {"model_cfg": config, "preprocess_cfg": prepare}
    (folder / "open_clip_config.json").write_text(json.dumps(content))
    torch.manual_seed(seed)
    with quiet():
        model = open_clip.create_model(
            f"local-dir:{folder}", load_weights=False, pretrained_text=False
        )
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")
    return folder
