"""What words cost beside meaning: names and concept words of pictures, made and searched.

    python -m tests.benchmarks.word_search [N_SEGMENTS …]

Names are made of words as in language, common and rare; vectors and vocabulary are random.
``finishing`` is the end of a writing session after one new picture; ``overhead_ms`` what words
take of a search, for a query that has eight words, some in most names, some in few.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.concepts import Vocabulary
from mmsearch.library import open_library
from mmsearch.searching.found_words import found_words
from mmsearch.searching.words import WordSearch, logits_by_name, sentence_words
from mmsearch.settings import Settings
from mmsearch.store.asset_names import asset_names
from mmsearch.store.concept_columns import describe
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import F32, Modality, Query
from tests.benchmarks.report import print_report
from tests.benchmarks.searching import _DIM, WideEncoder, _milliseconds, _word, _words
from tests.vocabularies import vocabulary_of

_N_VOCABULARY = 2400
_WORDS_A_NAME = 3
_ROWS_A_COMMIT = 20_000
_QUERY = " ".join(map(_word, (1, 2, 5, 20, 100, 500, 3000, 10_000)))


class WordyEncoder(WideEncoder):
    """The encoder without weights, with a vocabulary of the words that names are made of."""

    @cached_property
    def vocabulary(self) -> Vocabulary:  # type: ignore[override]
        words = [_word(place) for place in range(1, _N_VOCABULARY + 1)]
        return vocabulary_of(words, _random_vectors(_N_VOCABULARY, 2))


def _random_vectors(n: int, seed: int) -> F32:
    vectors = np.random.default_rng(seed).standard_normal((n, _DIM)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _fill(folder: Path, names: list[str], vocabulary: Vocabulary) -> None:
    store = Store(folder, space=WideEncoder.spec.space, dim=_DIM, vocabulary=lambda: vocabulary)
    vectors = _random_vectors(len(names), 1)
    with store.writing():
        store.put_roots([RootRecord("root", str(folder.parent))])
        for start in range(0, len(names), _ROWS_A_COMMIT):
            places = range(start, min(start + _ROWS_A_COMMIT, len(names)))
            store.commit(
                [_asset(place, names[place]) for place in places],
                [
                    SegmentRecord(f"c{place}", 0, Modality.IMAGE, None, vectors[place])
                    for place in places
                ],
            )
    store.close()


def _asset(place: int, name: str) -> AssetRecord:
    return AssetRecord(
        asset_id=f"a{place}",
        root_id="root",
        relative_path=f"Photos/{2000 + place // 5000}/trip {place // 500}/{name} {place}.jpg",
        modality=Modality.IMAGE.value,
        size_bytes=1000,
        mtime_ns=0,
        content_id=f"c{place}",
        status=INDEXED,
        space=WideEncoder.spec.space,
    )


def measure(n_segments: int) -> dict[str, Any]:
    encoder = WordyEncoder()
    names = _words(n_segments, words_a_segment=_WORDS_A_NAME)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "library"
        _fill(folder, names, encoder.vocabulary)
        with open_library(folder, encoder=encoder, settings=Settings()) as library:
            gallery, _ = library._current()
            query = Query(text=_QUERY, limit=100)
            hits = list(range(100))
            logit = np.zeros(gallery.n_segment, np.float32)
            how = WordSearch(any_code=False, match_words=None)

            def concepts() -> None:
                words = sentence_words(_QUERY, gallery, how)
                if words is not None:
                    words.with_meaning(logit, gallery.kind)

            return {
                "search_with_words_ms": _milliseconds(lambda: library.search(query)),
                "search_without_ms": _milliseconds(
                    lambda: library.search(_QUERY, limit=100, by_words=False)
                ),
                "overhead_ms": {
                    "names": _milliseconds(lambda: logits_by_name(query, gallery)),
                    "concepts": _milliseconds(concepts),
                    "found_words_of_100_hits": _milliseconds(
                        lambda: found_words(_QUERY, gallery, hits, hits)
                    ),
                },
                "finishing_s": {
                    "names": _seconds(
                        lambda: asset_names(list(gallery.relative_paths), list(gallery.metadata))
                    ),
                    "concepts_of_all": _seconds(
                        lambda: describe(gallery, encoder.vocabulary, None)
                    ),
                    "concepts_taken_over": _seconds(
                        lambda: describe(gallery, encoder.vocabulary, gallery)
                    ),
                },
            }


def _seconds(action: Callable[[], Any]) -> float:
    started_s = time.perf_counter()
    action()
    return round(time.perf_counter() - started_s, 2)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]
    print_report({str(size): measure(size) for size in sizes})


if __name__ == "__main__":
    main()
