"""Volumes: mountinfo read as text, and this machine's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mmsearch.scan import volume
from mmsearch.scan.mountinfo import Mount, parse_mounts, read_mounts, read_uuids, volume_id
from mmsearch.scan.volume import VolumePlace, drive_name, find_again, locate, mounted, volume_of

# Root on ext4, /home a btrfs subvolume, a stick with a space in its mount point, a bind mount of
# a part of it, a share, a tmpfs, and a mount that is covered by a later one.
MOUNTINFO = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 /@home /home rw,relatime shared:2 - btrfs /dev/sda2 rw,subvol=/@home
31 22 8:17 / /media/anna/MY\040STICK rw,nosuid - vfat /dev/sdb1 rw
32 22 8:17 /photos/2023 /srv/photos rw - vfat /dev/sdb1 rw
33 22 0:50 / /mnt/nas rw - nfs4 server:/export/films rw
34 22 0:51 / /tmp rw - tmpfs tmpfs rw
35 22 8:33 / /mnt/usb rw - ext4 /dev/sdc1 rw
36 35 8:49 / /mnt/usb rw master:1 propagate_from:2 - ext4 /dev/sdd1 rw
37 22 0:4 net:[4026531833] /run/netns/x rw - nsfs nsfs rw
a line that is none
"""
UUIDS = {"/dev/sda1": "AAAA", "/dev/sda2": "BBBB", "/dev/sdb1": "12AB-34CD", "/dev/sdd1": "DDDD"}


@pytest.fixture
def mounts() -> list[Mount]:
    return parse_mounts(MOUNTINFO)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/etc/x", ("uuid:AAAA", "etc/x")),
        ("/", ("uuid:AAAA", ".")),
        ("/home", ("uuid:BBBB", "@home")),
        ("/home/anna/p", ("uuid:BBBB", "@home/anna/p")),
        ("/homework", ("uuid:AAAA", "homework")),
        ("/media/anna/MY STICK/a b", ("uuid:12AB-34CD", "a b")),
        ("/srv/photos/07", ("uuid:12AB-34CD", "photos/2023/07")),
        ("/mnt/nas/x", ("net:nfs4:server:/export/films", "x")),
        ("/tmp/x", ("device:tmpfs:tmpfs:0:51", "x")),
        ("/mnt/usb/x", ("uuid:DDDD", "x")),
    ],
)
def test_place_of_a_path(mounts: list[Mount], path: str, expected: tuple[str, str]) -> None:
    assert volume._place_on_linux(path, mounts, UUIDS) == expected


@pytest.mark.parametrize(
    ("volume_name", "path_on_volume", "expected"),
    [
        ("uuid:12AB-34CD", "a b", ["/media/anna/MY STICK/a b"]),
        (
            "uuid:12AB-34CD",
            "photos/2023/07",
            ["/media/anna/MY STICK/photos/2023/07", "/srv/photos/07"],
        ),
        ("uuid:BBBB", "@home/anna", ["/home/anna"]),
        ("uuid:BBBB", "@other", []),
        ("uuid:AAAA", ".", ["/"]),
        ("uuid:AAAA", "home/under", []),  # covered by the other file system at /home
        ("device:ext4:/dev/sdc1:8:33", "x", []),  # covered by the later mount at /mnt/usb
        ("uuid:0000", "x", []),
    ],
)
def test_places_of_a_volume(
    mounts: list[Mount], volume_name: str, path_on_volume: str, expected: list[str]
) -> None:
    found = volume._candidates_on_linux(volume_name, path_on_volume, mounts, UUIDS)
    assert [str(path) for path in found] == expected


def test_place_and_candidates_are_inverse(mounts: list[Mount]) -> None:
    for path in ("/etc", "/home/x", "/srv/photos/y", "/mnt/nas/z", "/mnt/usb/w", "/tmp/v"):
        place = volume._place_on_linux(path, mounts, UUIDS)
        found = volume._candidates_on_linux(place.volume_id, place.path_on_volume, mounts, UUIDS)
        assert Path(path) in found


@pytest.mark.parametrize("text", [None, "", "31 22 8:17 / /media/x rw - vfat /dev/sdb1 rw\n"])
def test_in_a_chroot_or_without_proc_there_is_still_a_top(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "mountinfo").write_text(text)
    mounts = read_mounts(tmp_path / "mountinfo")
    place = volume._place_on_linux("/some/where", mounts, {})
    assert place.path_on_volume == "some/where"
    assert not place.is_lasting
    found = volume._candidates_on_linux(place.volume_id, "some/where", mounts, {})
    assert list(found) == [Path("/some/where")]


def test_uuids_are_read_through_the_links(tmp_path: Path) -> None:
    (tmp_path / "sdb1").touch()
    (tmp_path / "by-uuid").mkdir()
    (tmp_path / "by-uuid" / "12AB-34CD").symlink_to("../sdb1")
    device = str(tmp_path / "sdb1")
    assert read_uuids(tmp_path / "by-uuid") == {device: "12AB-34CD"}
    mount = Mount("8:17", "/", "/media/x", "vfat", device)
    assert volume_id(mount, read_uuids(tmp_path / "by-uuid")) == "uuid:12AB-34CD"
    assert read_uuids(tmp_path / "missing") == {}


def test_this_machine_finds_its_own_folder(tmp_path: Path) -> None:
    place = volume_of(tmp_path)
    assert locate(place.volume_id, place.path_on_volume) == tmp_path.resolve()
    with pytest.raises(FileNotFoundError):
        volume_of(tmp_path / "missing")


def test_folder_that_moved_with_its_volume_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = volume_of(tmp_path)
    assert find_again(place, tmp_path) == tmp_path
    assert find_again(place, tmp_path / "old mount point") == tmp_path.resolve()
    assert find_again(VolumePlace("uuid:0", "x"), tmp_path / "missing") is None


def test_another_volume_at_the_same_path_is_not_taken_for_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = VolumePlace("uuid:NEW", ".")
    monkeypatch.setattr(volume, "volume_of", lambda path: now)
    assert find_again(VolumePlace("uuid:OLD", "."), tmp_path) is None
    # Without a lasting id the path is all there is.
    assert find_again(VolumePlace("device:x", "."), tmp_path) == tmp_path


def test_other_systems_go_by_mount_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stick" / "a").mkdir(parents=True)
    monkeypatch.setattr(volume, "_mount_points_elsewhere", lambda: [tmp_path / "stick"])
    monkeypatch.setattr(volume.os.path, "ismount", lambda path: Path(path).name == "stick")
    place = volume._place_elsewhere(str(tmp_path / "stick" / "a"))
    assert place.path_on_volume == "a"
    found = list(volume._candidates_elsewhere(place.volume_id, "a"))
    assert found == [tmp_path / "stick" / "a"]


def test_macos_answers_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "diskutil"
    program.write_text(
        '#!/bin/sh\necho \'<?xml version="1.0"?><plist version="1.0"><dict>'
        "<key>VolumeUUID</key><string>C0FFEE</string></dict></plist>'\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert volume._id_by_diskutil(tmp_path) == "uuid:C0FFEE"
    program.write_text("#!/bin/sh\nexit 1\n")
    assert volume._id_by_diskutil(tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="paths of this system")
@pytest.mark.parametrize(
    ("path", "on_volume", "name"),
    [
        ("/media/anna/MY STICK/photos/2023", "photos/2023", "MY STICK"),
        ("/run/media/anna/MY STICK", ".", "MY STICK"),
        ("/Volumes/Backup/x", "x", "Backup"),
        ("/mnt/nas/films", "films", "nas"),
        ("/srv/photos", "photos/2023", ""),
        ("/home/anna/photos", "@home/anna/photos", ""),
        ("/home/anna", "home/anna", ""),
        ("/tmp/x", "x", ""),
        ("/data", "", ""),
    ],
)
def test_a_drive_is_called_after_where_it_is_mounted(path: str, on_volume: str, name: str) -> None:
    assert drive_name(path, on_volume) == name


def test_where_drives_are_mounted() -> None:
    places = mounted()
    assert places == mounted()
    assert all(Path(place).is_absolute() for place in places)
