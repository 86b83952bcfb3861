"""What a reranker said of many sentences and all files of a library, kept for ANNCUR.

Scores are kept by content, in one file a model and way of reading. It is derived data: a missing,
damaged or outdated file costs time, nothing else.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.atomic import write_atomically
from mmsearch.encode.models.folder import as_id
from mmsearch.errors import LibraryError
from mmsearch.searching.judges import Items, OpenJudge
from mmsearch.types import F32

_FORMAT = 1
_AT_ONCE = 64

Key = tuple[str, int]
"""A content and the number of its segment."""


class Anchors:
    """Scores by sentence and content, as far as they were asked for."""

    def __init__(self, sentences: Sequence[str], keys: Sequence[Key], scores: F32) -> None:
        """scores: (n_sentence, n_key), NaN where nobody has asked yet."""
        self.sentences, self.scores = tuple(sentences), scores
        self._column = {key: place for place, key in enumerate(keys)}

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(self._column)

    def of(self, keys: Sequence[Key]) -> tuple[NDArray[np.bool_], F32]:
        """Which keys are known, (n_key,), and all that was said of those: (n_sentence, n_known).

        Only sentences count that were scored with all of them; there may be none.
        """
        columns = np.array([self._column.get(key, -1) for key in keys], np.int64)
        known = columns >= 0
        scores = self.scores[:, columns[known]]
        return known, scores[np.isfinite(scores).all(axis=1)]

    def grown(self, sentences: Sequence[str], keys: Sequence[Key]) -> Anchors:
        """The same with room for more sentences and keys; what is no longer asked for goes."""
        rows = {sentence: place for place, sentence in enumerate(self.sentences)}
        scores = np.full((len(sentences), len(keys)), np.nan, np.float32)
        kept = [(new, rows[one]) for new, one in enumerate(sentences) if one in rows]
        both = [(new, self._column[key]) for new, key in enumerate(keys) if key in self._column]
        if kept and both:
            new_rows, old_rows = zip(*kept, strict=True)
            new_columns, old_columns = zip(*both, strict=True)
            scores[np.ix_(new_rows, new_columns)] = self.scores[np.ix_(old_rows, old_columns)]
        return Anchors(sentences, keys, scores)


def load_anchors(library: Path, name: str) -> Anchors:
    """What is kept of a reranker, by the name of OpenJudge; nothing where there is no such file."""
    nothing = Anchors((), (), np.zeros((0, 0), np.float32))
    try:
        content = BytesIO(_path(library, name).read_bytes())
        with np.load(content, allow_pickle=False) as kept:
            if kept["version"].tolist() == _FORMAT and str(kept["name"]) == name:
                keys = zip(kept["contents"].tolist(), kept["numbers"].tolist(), strict=True)
                scores = kept["scores"].astype(np.float32)
                return Anchors(kept["sentences"].tolist(), list(keys), scores)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return nothing
    return nothing


def save_anchors(library: Path, name: str, anchors: Anchors) -> None:
    """Keep what was said; what was kept before goes. Raises LibraryError."""
    content = BytesIO()
    np.savez(
        content,
        version=_FORMAT,
        name=name,
        sentences=np.array(anchors.sentences, str),
        contents=np.array([content_id for content_id, _ in anchors.keys], str),
        numbers=np.array([number for _, number in anchors.keys], np.int32),
        scores=anchors.scores.astype(np.float16),
    )
    try:
        write_atomically(_path(library, name), content.getvalue())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LibraryError(f"The scores of {name} cannot be kept: {reason}.") from error


def fill_anchors(
    library: Path, opened: OpenJudge, sentences: Sequence[str], items: Items
) -> Iterator[tuple[int, int]]:
    """Ask for what is not known yet, sentence by sentence; each is kept when it is complete.

    Yields how many of the scores are there, and how many there are to be.
    """
    keys = list(dict.fromkeys(items.key(place) for place in range(len(items.rows))))
    places = {items.key(place): place for place in range(len(items.rows))}
    anchors = load_anchors(library, opened.name).grown(sentences, keys)
    for row, sentence in enumerate(sentences):
        missing = np.flatnonzero(np.isnan(anchors.scores[row]))
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            wanted = np.array([places[keys[column]] for column in some.tolist()], np.int64)
            anchors.scores[row, some] = opened.score(sentence, items, wanted)
            yield int(np.isfinite(anchors.scores).sum()), anchors.scores.size
        told = anchors.scores[row]
        if len(missing) and np.isfinite(told).any():
            # Of what cannot be read nothing good is known.
            told[np.isnan(told)] = np.nanmin(told)
            save_anchors(library, opened.name, anchors)


def _path(library: Path, name: str) -> Path:
    return library / "anchors" / f"{as_id(name)}.npz"
