"""Reading what is printed in screenshots and scanned pages.

RapidOCR does the reading (PP-OCR, whose models come in its package); a photograph is told from a
page beforehand, because reading takes a hundred times as long as all else that a picture needs.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mmsearch.types import F32

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
_TILE_PX = (6, 32)
"""Height, counted in every third row, and width: about a syllable of a line."""
_HARD, _EVEN = 60, 3
"""Differences of greys at the edge of a stroke, over two pixels, and on the ground, from one to
the next."""
_LEAST_RISING, _LEAST_STROKES, _LEAST_GROUND_OF_TILE, _LEAST_EVEN_OF_TILE = 0.04, 0.1, 0.5, 0.3
_LEAST_TILES = 3
"""A short word. Of 49 photographs among 2,000 that pass for pages at 12 megapixels none has so
many tiles, of 41 at 800x600 five, and of 227 screenshots and scans the poorest has 20."""
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
    grey = picture.convert("L")
    values = np.asarray(grey)
    inner = values[:-1, :-1]
    n_even = np.count_nonzero((inner == values[:-1, 1:]) & (inner == values[1:, :-1]))
    if n_even >= _LEAST_EVEN * inner.size:
        return True
    counts = np.asarray(grey.histogram()).reshape(-1, 4).sum(axis=1)
    return bool(counts.max() >= _LEAST_GROUND * values.size)


def has_strokes(page: Image.Image) -> bool:
    """Whether somewhere thin strokes stand on an even ground, as the letters of a word do.

    page: RGB, as large as it is to be read. Along a row, letters are as many steps up as down; the
    outline of a mountain before the sky is one of them, and what grows in a meadow has no ground.
    """
    # Every third row will do: strokes go up and down.
    greys = np.asarray(page.convert("L"))[::3].astype(np.int16)
    height_px, width_px = _TILE_PX
    n_row, n_column = greys.shape[0] // height_px, (greys.shape[1] - 2) // width_px
    greys = greys[: n_row * height_px, : n_column * width_px + 2]

    def share(mask: NDArray[np.bool_]) -> F32:
        tiles = mask.reshape(n_row, height_px, n_column, width_px)
        return np.asarray(tiles.mean(axis=(1, 3), dtype=np.float32))

    steps = greys[:, 2:] - greys[:, :-2]
    rising, falling = share(steps >= _HARD), share(steps <= -_HARD)
    even = share(np.abs(greys[:, 1:-1] - greys[:, :-2]) <= _EVEN)
    found = (np.minimum(rising, falling) >= _LEAST_RISING) & (even >= _LEAST_EVEN_OF_TILE)
    found &= rising + falling >= _LEAST_STROKES
    tiles = greys[:, :-2].reshape(n_row, height_px, n_column, width_px).transpose(0, 2, 1, 3)
    on_ground = (_has_ground(tile) for tile in tiles[found])
    return sum(islice(filter(None, on_ground), _LEAST_TILES)) == _LEAST_TILES


def _has_ground(tile: NDArray[np.int16]) -> bool:
    """Whether half of a tile has nearly one grey."""
    counts = np.bincount(tile.ravel() >> 3, minlength=33)
    return bool((counts[1:] + counts[:-1]).max() >= _LEAST_GROUND_OF_TILE * tile.size)


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
