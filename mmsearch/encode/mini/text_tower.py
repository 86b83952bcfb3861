"""all-MiniLM-L6-v2: sentences to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import BUILDER_VERSION
from mmsearch.encode.graph_cache import cached_graph
from mmsearch.encode.mini.text_graph import DIM, GRAPH_VERSION, text_graph
from mmsearch.encode.session import open_session
from mmsearch.types import F32

MAX_TOKENS = 256
_MAX_TOKENS_PER_BATCH = 4096
_MAX_CHARACTERS = MAX_TOKENS * 40
"""No need to tokenise what is cut off anyway; words of more than 40 letters are rare."""


class TextTower:
    """Tokenises, sorts by length, runs the graph in batches. Thread-safe."""

    dim = DIM

    def __init__(self, tokenizer: Any, session: Any) -> None:
        self._tokenizer = tokenizer
        self._session = session

    @classmethod
    def open(cls, entry: CatalogEntry, *, n_threads: int | None = None) -> TextTower:
        """Verify the files and open the model; raises ModelError."""
        tokens = entry.file("text tokens").verify()
        weights = entry.file("text weights").verify()
        made_of = (
            entry.file("text weights").sha256,
            f"builder {BUILDER_VERSION}",
            f"text {GRAPH_VERSION}",
        )
        model = cached_graph("text", made_of, lambda: _build(weights))
        return cls(open_tokenizer(tokens), open_session(model, n_threads=n_threads))

    def encode(self, texts: Sequence[str]) -> F32:
        """Embed: (n_text, 384) float32 of unit length. A text is cut after 256 tokens."""
        rows = [self.token_ids(text) for text in texts]
        vectors = np.zeros((len(rows), DIM), np.float32)
        for batch in _batches([len(row) for row in rows]):
            vectors[batch] = self._run([rows[index] for index in batch])
        return vectors

    def token_ids(self, text: str) -> list[int]:
        """The tokens of a text, 256 at most, with those that the tower needs for itself."""
        return list(self._tokenizer.encode(clean_text(text)).ids)

    def _run(self, rows: list[list[int]]) -> NDArray[np.float32]:
        """Embed rows of token ids, padded with 0: (n_row, 384)."""
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for row, target in zip(rows, ids, strict=True):
            target[: len(row)] = row
        return np.asarray(self._session.run(["vectors"], {"ids": ids})[0])


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Group indices by similar length, so that little of a batch is padding."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not batches or (len(batches[-1]) + 1) * lengths[index] > _MAX_TOKENS_PER_BATCH:
            batches.append([])
        batches[-1].append(index)
    return batches


def clean_text(text: str) -> str:
    """What a tokenizer takes: file names may hold half characters (lone surrogates)."""
    return text[:_MAX_CHARACTERS].encode("utf-8", "replace").decode()


def open_tokenizer(path: Path) -> Any:
    """The tokenizer of a file; it cuts texts after MAX_TOKENS."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _build(path: Path) -> bytes:
    from safetensors.numpy import load_file

    return text_graph(load_file(path))
