"""The relevance curve of one file of the library for a query."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.errors import UserError
from mmsearch.fuse.combine import best_segment
from mmsearch.fuse.films import relevance_curve
from mmsearch.gallery import Gallery
from mmsearch.normalise.terms import NO_TERMS, Terms
from mmsearch.query.check import check_query
from mmsearch.query.understand import understand
from mmsearch.searching.files import row_of
from mmsearch.searching.parts import NO_ADAPTERS, Adapters
from mmsearch.searching.search import score
from mmsearch.settings import Settings
from mmsearch.types import Query, RelevanceCurve


def curve_of_file(
    query: Query,
    path: Path,
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    encoder: Encoder,
    settings: Settings,
    terms: Terms = NO_TERMS,
    adapters: Adapters = NO_ADAPTERS,
) -> RelevanceCurve:
    """How well each part of a film or sound answers; of a film its pictures or its sound,
    whichever answers best. Raises UserError for a file that has no curve."""
    query = understand(query).query
    check_query(query)
    row = row_of(gallery, path, root_paths)
    content = int(gallery.asset_content[row])
    first = int(gallery.first_segment[content])
    if content < 0 or np.isnan(gallery.locators[first, 0]):
        raise UserError(f"{path} is no film or sound.", "Only these have a relevance curve.")
    mask = np.arange(gallery.n_asset) == row
    scored = score(query, gallery, mask, root_paths, encoder, settings, None, terms, adapters)
    best = best_segment(gallery, scored.logit, content)
    return relevance_curve(gallery, scored.logit, best, encoder.calibration, scored.null)
