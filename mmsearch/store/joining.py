"""Joins two galleries of different assets: what a library held, and what came to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.concepts import Concepts
from mmsearch.gallery import Gallery
from mmsearch.postings import AssetNames, Postings
from mmsearch.store.asset_columns import CODED, NUMBERS, TEXTS
from mmsearch.store.column_files import Texts
from mmsearch.vectors import Vectors


def joined(first: Gallery, second: Gallery, vectors: Vectors) -> Gallery:
    """All assets of both, those of the first before: the rows of the first stay what they are.

    vectors: of the segments of both. Both have words, names and (the first or none) concept words.
    No segment of a content of the second is in the first. It costs a copy of the columns; no text
    is looked at.
    """
    columns: dict[str, Any] = {name: _both(first, second, name) for name in NUMBERS}
    for codes, names in CODED.items():
        columns[names], place = _united(getattr(first, names), getattr(second, names))
        own = place[getattr(second, codes)].astype(np.int32)
        columns[codes] = np.concatenate([getattr(first, codes), own])
    columns["root_ids"] = tuple(columns["root_ids"])
    for name in TEXTS:
        end = np.full(second.n_asset, first.n_asset)
        columns[name] = Texts.of(getattr(first, name)).insert(end, getattr(second, name))
    content = second.asset_content + (len(first.first_segment) - 1)
    return replace(
        first,
        **columns,
        vectors=vectors,
        kind=_both(first, second, "kind"),
        locators=_both(first, second, "locators"),
        first_segment=np.append(first.first_segment[:-1], second.first_segment + first.n_segment),
        asset_content=np.append(
            first.asset_content, np.where(second.asset_content < 0, -1, content)
        ),
        file_names="\n".join(one.file_names for one in (first, second) if one.n_asset),
        words=_postings(first.words, second.words),
        names=_names(first.names, second.names),
        concepts=_concepts(first.concepts, second.concepts),
    )


def _both(first: Gallery, second: Gallery, name: str) -> NDArray[Any]:
    return np.concatenate([getattr(first, name), getattr(second, name)])


def _united(first: Sequence[str], second: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """What is in either, and where there what is in the second lies."""
    places = {name: place for place, name in enumerate(first)}
    for name in second:
        places.setdefault(name, len(places))
    return list(places), np.array([places[name] for name in second], np.int64)


def _names(first: AssetNames | None, second: AssetNames | None) -> AssetNames | None:
    if first is None or second is None:
        return None
    words = joined_postings(first.words, second.words)
    return AssetNames(words, np.append(first.keys, second.keys))


def _concepts(first: Concepts | None, second: Concepts | None) -> Concepts | None:
    if first is None or second is None:
        return None
    words = joined_postings(first.words, second.words)
    return replace(first, places=np.concatenate([first.places, second.places]), words=words)


def _postings(first: Postings | None, second: Postings | None) -> Postings | None:
    return None if first is None or second is None else joined_postings(first, second)


def joined_postings(first: Postings, second: Postings) -> Postings:
    """The postings of rows of which those of the second come after those of the first."""
    terms, n_first = list(second.terms), len(first.terms)
    place, is_known = _places(first, terms)
    counts = np.diff(np.append(0, second.ends))
    ends = np.append(0, first.ends)
    pairs = np.repeat(ends[np.where(is_known, place + 1, place)], counts)
    n_pair = np.diff(ends)
    n_pair[place[is_known]] += counts[is_known]
    new = [term for term, known in zip(terms, is_known.tolist(), strict=True) if not known]
    n_pair = np.insert(n_pair, place[~is_known], counts[~is_known])
    assert len(n_pair) == n_first + len(new)
    return Postings(
        terms=Texts.of(first.terms).insert(place[~is_known], new),
        ends=np.cumsum(n_pair),
        rows=np.insert(_as_rows(first), pairs, _as_rows(second) + np.int32(len(first.lengths))),
        counts=np.insert(first.counts.astype(np.uint16, copy=False), pairs, second.counts),
        lengths=np.append(first.lengths.astype(np.int32, copy=False), second.lengths),
    )


def _as_rows(postings: Postings) -> NDArray[np.int32]:
    """In files they are narrower."""
    return postings.rows.astype(np.int32, copy=False)


def _places(
    postings: Postings, terms: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each term is, or is to be inserted, and whether it is there."""
    found = [postings.place_of(term) for term in terms]
    place = np.array([at for at, _ in found], np.int64)
    return place, np.array([is_known for _, is_known in found], bool)
