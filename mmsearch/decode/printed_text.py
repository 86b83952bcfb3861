"""Reading what is printed in screenshots and scanned pages.

RapidOCR does the reading (PP-OCR, whose models come in its package); a photograph is told from a
page beforehand, because reading takes a hundred times as long as all else that a picture needs.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from rapidocr import RapidOCR

LEAST_PX = 120_000
"""Width x height below which no text is looked for: icons, thumbnails."""
READ_AT_PX = 960
"""Letters of ordinary screenshots are still told apart when the shorter side has so many."""
_LEAST_EVEN = 0.4
_LEAST_GROUND = 0.45
"""Of a screenshot so many neighbours are equal to the last bit; of a scan, which is noisy, one of
64 greys covers so much. Of 1,500 photographs of Flickr8k 11 in 1,000 have one of the two, of 84
made screenshots, 30 noisy scans of them and 59 pictures of the window all."""
_LEAST_SURE = 0.6
_MOST_LINES = 200
_MOST_CHARS = 8_000
"""A page of a newspaper has about as many."""


def looks_printed(picture: Image.Image, n_pixel: int) -> bool:
    """Whether a picture may be a screenshot or a scanned page.

    picture: RGB, perhaps reduced; n_pixel: width x height of the whole.
    """
    if n_pixel < LEAST_PX:
        return False
    greys = np.asarray(picture.convert("L"), np.int16)
    right, below = np.diff(greys, axis=1)[:-1], np.diff(greys, axis=0)[:, :-1]
    if np.mean((right == 0) & (below == 0)) >= _LEAST_EVEN:
        return True
    return bool(np.bincount(greys.ravel() >> 2).max() >= _LEAST_GROUND * greys.size)


def printed_text(page: Image.Image) -> str:
    """Return the lines of text in an RGB picture, from top to bottom; empty where none are."""
    found = _reader()(np.asarray(page)[:, :, ::-1], use_cls=False)
    # Where nothing is detected, another class without texts comes back.
    texts, scores = getattr(found, "txts", None) or (), getattr(found, "scores", None) or ()
    lines = [text for text, score in zip(texts, scores, strict=True) if score >= _LEAST_SURE]
    return "\n".join(lines)[:_MOST_CHARS]


@cache
def _reader() -> RapidOCR:
    """Open the models once a process; they are named, so that none is ever downloaded."""
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    named = {"Det": "PP-OCRv6_det_small", "Rec": "PP-OCRv6_rec_small"}
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            # One thread: other files are decoded beside.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.max_candidates": _MOST_LINES,
            **{
                f"{part}.model_path": os.fspath(models / f"{name}.onnx")
                for part, name in named.items()
            },
        }
    )
