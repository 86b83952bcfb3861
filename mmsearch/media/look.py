"""How a frame of a film looks, in so few numbers that thousands can be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mmsearch.types import F32, U8

LOOK_WIDTH_PX, LOOK_HEIGHT_PX = 64, 36
"""Size of the small YUV picture that a look is made from."""

_CELL_PX = 4
_LUMA_EDGES = (32, 64, 96, 128, 160, 192, 224)
# Most colours of films lie close to grey, so the bins are narrow there.
_CHROMA_EDGES = (108, 121, 135, 148)
_N_CHROMA = len(_CHROMA_EDGES) + 1
_N_BINS = (len(_LUMA_EDGES) + 1) * _N_CHROMA**2

_VALUES = np.arange(256)
_RED_BIN = np.searchsorted(_CHROMA_EDGES, _VALUES, "right")
_BLUE_BIN = _RED_BIN * _N_CHROMA
_LUMA_BIN = np.searchsorted(_LUMA_EDGES, _VALUES, "right") * _N_CHROMA**2

_LAYOUT_SCALE = 20.0
_COLOUR_SCALE = 0.5
_BLACK_LUMA = 28.0
_FLAT_DEVIATION = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Where which colours are, and how much there is of each."""

    layout: F32
    """(3, 9, 16) mean Y, U, V of cells, 0 to 255."""
    colours: F32
    """(n_bin,) share of the pixels in each bin of joint Y, U and V; sums to 1."""
    deviation: float
    """Standard deviation of the luma, 0 to 128."""

    @property
    def is_flat(self) -> bool:
        """One colour all over: a fade, a title card without title, a lens cap."""
        return self.deviation < _FLAT_DEVIATION

    @property
    def is_black(self) -> bool:
        """Nothing is to be seen."""
        return self.is_flat and float(self.layout[0].mean()) < _BLACK_LUMA


def look_of(yuv: U8) -> Look:
    """Describe a small frame: (3, LOOK_HEIGHT_PX, LOOK_WIDTH_PX) uint8 of Y, U, V."""
    cells = yuv.reshape(
        3, LOOK_HEIGHT_PX // _CELL_PX, _CELL_PX, LOOK_WIDTH_PX // _CELL_PX, _CELL_PX
    )
    sums = cells.sum(axis=2, dtype=np.uint16).sum(axis=3, dtype=np.uint16)
    luma, blue, red = (plane.ravel() for plane in yuv)
    bins = _LUMA_BIN[luma] + _BLUE_BIN[blue] + _RED_BIN[red]
    counts = np.bincount(bins, minlength=_N_BINS)
    return Look(
        layout=(sums / _CELL_PX**2).astype(np.float32),
        colours=(counts / luma.size).astype(np.float32),
        deviation=float(luma.std()),
    )


def difference(first: Look, second: Look) -> float:
    """How differently two frames look; 0 for the same.

    Two pictures that have nothing to do with each other: 1.8 to 5 (1st and 99th percentile of
    pairs from Flickr8k). Frames of one shot a sixth of a second apart: below 0.2, in fast motion
    up to 0.6.
    """
    luma, blue, red = np.abs(first.layout - second.layout).mean(axis=(1, 2))
    moved = (luma + 2 * blue + 2 * red) / 3
    recoloured = 1.0 - np.minimum(first.colours, second.colours).sum()
    return float(moved / _LAYOUT_SCALE + recoloured / _COLOUR_SCALE)
