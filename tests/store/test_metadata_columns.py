"""Durations, cameras and languages as columns, from the tables and from the snapshot."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.store.metadata_columns import UNKNOWN_MS, metadata_columns
from mmsearch.store.records import metadata_from_json, metadata_to_json
from mmsearch.store.store import Store
from mmsearch.types import Metadata, Modality

from .conftest import DIM, asset, segment

TEXTS = st.none() | st.text(max_size=12)


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Metadata,
            duration_s=st.none() | st.floats(0, 1e6),
            camera=TEXTS,
            language=TEXTS,
            title=TEXTS,
            notes=st.lists(st.text(max_size=5), max_size=2).map(tuple),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_columns_hold_what_the_json_says(given_metadata: list[Metadata]) -> None:
    column = pa.chunked_array([pa.array([metadata_to_json(one) for one in given_metadata])])

    durations_ms, cameras, languages = metadata_columns(column)

    assert cameras.to_pylist() == [one.camera or "" for one in given_metadata]
    assert languages.to_pylist() == [one.language or "" for one in given_metadata]
    for one, duration_ms in zip(given_metadata, durations_ms.tolist(), strict=True):
        if one.duration_s is None:
            assert duration_ms == UNKNOWN_MS
        else:
            assert duration_ms == pytest.approx(one.duration_s * 1000, abs=1)


def test_fields_of_another_version_are_passed_over() -> None:
    texts = ["{}", json.dumps({"new": {"a": [1]}, "duration_s": 2, "camera": 'a "b"\n'})]
    durations_ms, cameras, _ = metadata_columns(pa.chunked_array([pa.array(texts)]))
    assert durations_ms.tolist() == [UNKNOWN_MS, 2000]
    assert cameras.to_pylist() == ["", 'a "b"\n']
    assert metadata_from_json(texts[1]).duration_s == 2


def test_the_snapshot_has_them_too(store: Store) -> None:
    film = metadata_to_json(Metadata(duration_s=61.5, camera="Canon"))
    code = metadata_to_json(Metadata(language="python"))
    with store.writing():
        store.commit(
            [
                asset("a/ÄRGER.mp4", "c1", modality="video", metadata=film),
                asset("read\nme.py", "c2", modality="code", metadata=code),
            ],
            [segment("c1", 0, Modality.VIDEO), segment("c2", 0, Modality.CODE)],
        )
    store.close()

    _, gallery = Store(store.folder, space="fake@1", dim=DIM).gallery()

    row = list(gallery.relative_paths).index("a/ÄRGER.mp4")
    assert gallery.asset_duration_ms[row] == 61_500
    assert gallery.asset_duration_ms[1 - row] == UNKNOWN_MS
    assert gallery.cameras[gallery.asset_camera[row]] == "Canon"
    assert gallery.languages[gallery.asset_language[1 - row]] == "python"
    assert gallery.file_names.split("\n")[row] == "ärger.mp4"
    assert gallery.file_names.split("\n")[1 - row] == "read me.py"
