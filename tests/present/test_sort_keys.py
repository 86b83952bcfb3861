"""Numbers put results in the same order as what is shown."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.present.arrangement import shown_date
from mmsearch.present.sort_keys import local_times, sizes
from mmsearch.types import Metadata
from tests.gui.fake_library import made_hit

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2037, 1, 1)).map(datetime.timestamp)


@pytest.fixture(params=["Europe/Berlin", "America/New_York", "UTC"], scope="module")
def _zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows takes the zone of the system")
@pytest.mark.usefixtures("_zone")
@given(st.lists(st.tuples(MOMENTS, st.none() | st.datetimes().map(datetime.isoformat))))
def test_seconds_are_those_of_the_date_that_is_shown(moments: list[tuple[float, str]]) -> None:
    hits = [
        made_hit(modified_at_s=changed_s, metadata=Metadata(taken_at=taken))
        for changed_s, taken in moments
    ]
    shown = [np.datetime64(shown_date(hit)[:19], "s").astype(np.int64) for hit in hits]
    assert local_times(hits).tolist() == shown


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows takes the zone of the system")
def test_on_the_days_when_clocks_change_every_moment_is_right(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    start_s = datetime(2024, 3, 1).timestamp()
    hits = [made_hit(modified_at_s=start_s + 1800 * half) for half in range(48 * 40)]
    shown = [np.datetime64(shown_date(hit), "s").astype(np.int64) for hit in hits]
    assert local_times(hits).tolist() == shown
    monkeypatch.undo()
    time.tzset()


def test_what_is_no_date_is_the_oldest_and_a_zone_is_left_out() -> None:
    taken = ["0000-00-00", "2020-01-02T03:04:05+02:00", "1901-01-01T00:00:00"]
    found = local_times([made_hit(metadata=Metadata(taken_at=text)) for text in taken])
    assert found[0] == -np.inf
    assert found[1] == 1_577_934_245
    assert found[2] < 0


def test_none_and_sizes() -> None:
    assert local_times([]).tolist() == []
    assert sizes([made_hit(size_bytes=7), made_hit(size_bytes=0)]).tolist() == [7, 0]
