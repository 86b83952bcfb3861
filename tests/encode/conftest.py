"""The real encoder, opened once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.encode.catalog import CatalogEntry, read_catalog
from mmsearch.encode.mini.bundle import MiniEncoder


@pytest.fixture(scope="session")
def entry() -> CatalogEntry:
    return read_catalog()["mini"]


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of built graphs for the whole session: building costs a second a tower."""
    return tmp_path_factory.mktemp("graphs")


@pytest.fixture
def shared_cache(graph_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MMSEARCH_CACHE", str(graph_folder))
    return graph_folder


@pytest.fixture(scope="session")
def _mini(entry: CatalogEntry) -> MiniEncoder:
    return MiniEncoder(entry, n_threads=2)


@pytest.fixture
def mini(_mini: MiniEncoder, shared_cache: Path) -> MiniEncoder:
    """The real encoder; its towers stay open from test to test."""
    return _mini
