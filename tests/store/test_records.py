from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mmsearch.store.records import metadata_from_json, metadata_to_json
from mmsearch.types import Metadata


@given(
    st.builds(
        Metadata,
        width_px=st.none() | st.integers(1, 100_000),
        duration_s=st.none() | st.floats(0, 1e6),
        title=st.none() | st.text(min_size=1),
        notes=st.lists(st.text(), max_size=3).map(tuple),
    )
)
def test_metadata_survives_the_store(metadata: Metadata) -> None:
    assert metadata_from_json(metadata_to_json(metadata)) == metadata


def test_fields_of_a_newer_version_are_passed_over() -> None:
    assert metadata_from_json('{"title":"x","aura":"blue"}') == Metadata(title="x")
