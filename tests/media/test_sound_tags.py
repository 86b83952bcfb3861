"""Tags are junk until shown otherwise."""

from __future__ import annotations

import pytest

from mmsearch.media.sound_tags import tags_of


def test_keys_in_any_case_and_the_artist_of_the_album_as_a_stand_in() -> None:
    tags = tags_of({"TITLE": "a", "Album_Artist": "b", "ALBUM": "c"})
    assert (tags.title, tags.artist, tags.album) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two\t words \n", "two words"),
        ("nul\x00 after", "nul after"),
        ("\x00\x01", None),
        ("", None),
        ("caf\udce9", "café"),
        ("日本", "日本"),
        ("x" * 10_000, "x" * 300),
    ],
)
def test_values(raw: str, clean: str | None) -> None:
    assert tags_of({"title": raw}).title == clean


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ({"date": "2021-03-04"}, "2021-03-04T00:00:00"),
        ({"date": "2021-03-04T05:06:07.89"}, "2021-03-04T05:06:07"),
        ({"date": "2021"}, None),
        ({"date": "yesterday"}, None),
        ({"date": "0001-01-01"}, None),
        ({"creation_time": "1904-01-01T00:00:00.000000Z"}, None),
        ({"creation_time": "9999-12-31T23:59:59Z"}, None),
        (
            {
                "com.apple.quicktime.creationdate": "2023-07-14T18:03:11+0200",
                "creation_time": "2023-07-14T16:03:11.000000Z",
            },
            "2023-07-14T18:03:11",
        ),
    ],
)
def test_dates(raw: dict[str, str], date: str | None) -> None:
    assert tags_of(raw).taken_at == date


def test_utc_is_brought_to_the_zone_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    if not hasattr(time, "tzset"):
        pytest.skip("the zone of the process cannot be set here")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        tags = tags_of({"creation_time": "2023-07-14T16:03:11.000000Z"})
        assert tags.taken_at == "2023-07-15T01:03:11"
    finally:
        monkeypatch.undo()
        time.tzset()
