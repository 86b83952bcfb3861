"""A small store to play with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch.store.records import INDEXED, AssetRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import Locator, Modality

DIM = 8


def asset(name: str, content_id: str, **changes: object) -> AssetRecord:
    fields = {
        "asset_id": f"id-{name}",
        "root_id": "root",
        "relative_path": name,
        "modality": "image",
        "size_bytes": 10,
        "mtime_ns": 20,
        "content_id": content_id,
        "status": INDEXED,
        "space": "fake@1",
    }
    return AssetRecord(**(fields | changes))  # type: ignore[arg-type]


def segment(
    content_id: str,
    ordinal: int = 0,
    kind: Modality = Modality.IMAGE,
    locator: Locator = None,
    direction: int = 0,
) -> SegmentRecord:
    vector = np.zeros(DIM, np.float32)
    vector[direction] = 1
    return SegmentRecord(content_id, ordinal, kind, locator, vector)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library", space="fake@1", dim=DIM)
    yield store
    store.close()
