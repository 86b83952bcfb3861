"""Downloads: resumed after every break, checked at the end, and never half taken."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mmsearch.encode.models.download import (
    PART,
    HubFile,
    NetworkError,
    Stopped,
    download,
    open_url,
    read_url,
)
from mmsearch.errors import ModelError

from .fake_hub import COMMIT, FakeHub

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def hub() -> FakeHub:
    return FakeHub("someone/model", {"weights": CONTENT})


@pytest.fixture
def file() -> HubFile:
    url = f"https://hub/someone/model/resolve/{COMMIT}/weights"
    return HubFile("weights", url, len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())


def test_a_file_arrives_whole(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    download(file, tmp_path / "w", opened=hub, progress=lambda *there: told.append(there))
    assert (tmp_path / "w").read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert list(tmp_path.iterdir()) == [tmp_path / "w"]


def test_what_is_there_is_not_fetched_again(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    (tmp_path / "w").write_bytes(CONTENT)
    download(file, tmp_path / "w", opened=hub)
    assert hub.asked == []


def test_a_broken_line_is_taken_up_where_it_broke(
    hub: FakeHub, file: HubFile, tmp_path: Path
) -> None:
    hub.breaks_after = 4000
    download(file, tmp_path / "w", opened=hub)
    assert (tmp_path / "w").read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.asked] == ["", "bytes=4000-", "bytes=8000-"]


def test_another_run_goes_on_where_the_first_gave_up(
    hub: FakeHub, file: HubFile, tmp_path: Path
) -> None:
    hub.breaks_after = 1000
    with pytest.raises(NetworkError, match=r"connection broke after 0 MB.*goes on from there"):
        download(file, tmp_path / "w", opened=hub)
    assert not (tmp_path / "w").exists()
    there = (tmp_path / f"w{PART}").stat().st_size
    assert 0 < there < len(CONTENT)
    hub.breaks_after, hub.asked = None, []
    download(file, tmp_path / "w", opened=hub)
    assert [wanted for _, wanted in hub.asked] == [f"bytes={there}-"]
    assert (tmp_path / "w").read_bytes() == CONTENT


def test_a_line_that_brings_nothing_is_not_tried_for_ever(
    hub: FakeHub, file: HubFile, tmp_path: Path
) -> None:
    hub.breaks_after = 0
    with pytest.raises(NetworkError):
        download(file, tmp_path / "w", opened=hub)
    assert len(hub.asked) == 1


def test_a_server_without_ranges_starts_again(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    hub.ranges = False
    (tmp_path / f"w{PART}").write_bytes(b"x" * 100)
    download(file, tmp_path / "w", opened=hub)
    assert (tmp_path / "w").read_bytes() == CONTENT


def test_wrong_content_is_thrown_away(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    hub.files["weights"] = CONTENT[::-1]
    with pytest.raises(ModelError, match=r"wrong checksum.*Try again"):
        download(file, tmp_path / "w", opened=hub)
    assert list(tmp_path.iterdir()) == []


def test_more_than_announced_is_not_taken(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    hub.files["weights"] = CONTENT + b"more"
    with pytest.raises(ModelError, match="larger than the hub said"):
        download(file, tmp_path / "w", opened=hub)
    assert not (tmp_path / "w").exists()


def test_less_than_announced_is_said(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    hub.files["weights"] = CONTENT[:100]
    with pytest.raises(NetworkError, match="Only 100 of 10,240 bytes"):
        download(file, tmp_path / "w", opened=hub)


def test_stopping_keeps_what_arrived(hub: FakeHub, file: HubFile, tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="Stopped after 0 MB of weights"):
        download(file, tmp_path / "w", opened=hub, stop=lambda: True)
    assert (tmp_path / f"w{PART}").stat().st_size == len(CONTENT)


def test_a_full_disk_is_said(
    hub: FakeHub, file: HubFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *arguments: object, **named: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(ModelError, match=r"No space left on device.*Make room"):
        download(file, tmp_path / "w", opened=hub)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "accept a licence"), (404, "has no"), (503, "an error .503")]
)
def test_refusals_of_the_hub_in_words(status: int, words: str) -> None:
    with pytest.raises(NetworkError, match=words):
        read_url("https://hub/x", opened=FakeHub("", {}, status=status))


def test_only_https() -> None:
    with pytest.raises(NetworkError, match="no https"):
        open_url("http://hub/x", {})
