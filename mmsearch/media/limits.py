"""How big a file may be before it is refused rather than decoded."""

from __future__ import annotations

MAX_PIXELS = 128_000_000
"""Width x height of a picture that has to be decoded whole. Pillow keeps 4 bytes a pixel, so this
is half a gigabyte; a 60,000 x 2,000 panorama passes, a 60,000 x 60,000 bomb does not."""

MAX_REDUCED_PIXELS = 1_000_000_000
"""The same for a baseline JPEG, of which the decoder can make one pixel out of 8 x 8."""
