"""Which drive a folder lies on, so that it is found again wherever that drive is mounted.

A place on a volume is (volume id, path on the volume). Ids that begin with "device:" are a last
resort: they tell two drives apart while the machine runs, but may change with a restart.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mmsearch.scan.mountinfo import Mount, is_below, mount_of, read_mounts, read_uuids, volume_id

_IS_LINUX = sys.platform == "linux"
_IS_WINDOWS = sys.platform == "win32"
_DISKUTIL_LIMIT_S = 10
_GUEST_PLACES = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class VolumePlace(NamedTuple):
    """Where a path lies: on which volume, and where on it."""

    volume_id: str
    path_on_volume: str
    """From the top of the file system, with "/" on every system; "." is the top itself."""

    @property
    def is_lasting(self) -> bool:
        """Whether the id stays the same when the machine restarts."""
        return not self.volume_id.startswith("device:")


def volume_of(path: Path | str) -> VolumePlace:
    """Return the volume that an existing path lies on. Raises OSError when it is not there."""
    real = os.path.realpath(path, strict=True)
    if _IS_LINUX:
        return _place_on_linux(real, read_mounts(), read_uuids())
    return _place_elsewhere(real)


def locate(volume: str, path_on_volume: str) -> Path | None:
    """Return where a place on a volume is now, or None when that volume is not mounted."""
    if _IS_LINUX:
        candidates = _candidates_on_linux(volume, path_on_volume, read_mounts(), read_uuids())
    else:
        candidates = _candidates_elsewhere(volume, path_on_volume)
    return next((path for path in candidates if path.exists()), None)


def mounted() -> tuple[str, ...]:
    """Where drives are mounted now: changes when one comes or goes, and is cheap to ask."""
    if _IS_LINUX:
        return tuple(sorted(mount.mount_point for mount in read_mounts()))
    return tuple(map(str, _mount_points_elsewhere()))


def drive_name(path: Path | str, path_on_volume: str) -> str:
    """Return what a person calls the drive: its letter, or the folder that it is mounted at.

    Empty for drives that nobody takes away: those of the system and of everybody's homes.
    """
    below = [part for part in PurePosixPath(path_on_volume).parts if part not in ("/", ".")]
    parts = Path(path).parts
    inside = list(parts[len(parts) - len(below) :])
    if inside != below:
        return ""
    mount_point = Path(*parts[: len(parts) - len(below)])
    if mount_point.name:
        return mount_point.name if str(mount_point).startswith(_GUEST_PLACES) else ""
    letter = mount_point.drive
    return "" if letter == os.environ.get("SYSTEMDRIVE", "C:") else letter


def find_again(place: VolumePlace, last_path: Path) -> Path | None:
    """Return where a root is now: at its last path if that is the same volume, or elsewhere.

    None means that the root is offline. Where the volume has no lasting id, the last path is
    taken at its word.
    """
    try:
        now = volume_of(last_path)
    except OSError:
        return locate(place.volume_id, place.path_on_volume)
    if now.volume_id == place.volume_id or not (place.is_lasting and now.is_lasting):
        return last_path
    return locate(place.volume_id, place.path_on_volume)


def _place_on_linux(real: str, mounts: list[Mount], uuids: dict[str, str]) -> VolumePlace:
    mount = mount_of(real, mounts)
    below = PurePosixPath(real).relative_to(mount.mount_point)
    inner = PurePosixPath(mount.inner_path.lstrip("/")) / below
    return VolumePlace(volume_id(mount, uuids), str(inner))


def _candidates_on_linux(
    volume: str, path_on_volume: str, mounts: list[Mount], uuids: dict[str, str]
) -> Iterator[Path]:
    wanted = str(PurePosixPath("/") / path_on_volume)
    for mount in mounts:
        if volume_id(mount, uuids) == volume and is_below(wanted, mount.inner_path):
            below = PurePosixPath(wanted).relative_to(mount.inner_path)
            path = Path(mount.mount_point) / below
            # A mount that another one covers cannot be reached.
            if mount_of(str(path), mounts) is mount:
                yield path


def _place_elsewhere(real: str) -> VolumePlace:
    mount_point = _mount_point_above(Path(real))
    path_on_volume = Path(real).relative_to(mount_point).as_posix()
    return VolumePlace(_id_elsewhere(mount_point), path_on_volume)


def _mount_point_above(path: Path) -> Path:
    while not os.path.ismount(path) and path != path.parent:
        path = path.parent
    return path


def _candidates_elsewhere(volume: str, path_on_volume: str) -> Iterator[Path]:
    for mount_point in _mount_points_elsewhere():
        if _id_elsewhere(mount_point) == volume:
            yield mount_point / path_on_volume


def _mount_points_elsewhere() -> list[Path]:
    if _IS_WINDOWS:
        drives = (Path(f"{letter}:\\") for letter in string.ascii_uppercase)
        return [drive for drive in drives if drive.exists()]
    volumes = Path("/Volumes")
    return [Path("/"), *(sorted(volumes.iterdir()) if volumes.is_dir() else [])]


def _id_elsewhere(mount_point: Path) -> str:
    if _IS_WINDOWS:
        # Python answers the serial number of the volume here.
        return f"serial:{os.stat(mount_point).st_dev:x}"
    return _id_by_diskutil(mount_point) or f"device:{os.stat(mount_point).st_dev:x}"


def _id_by_diskutil(mount_point: Path) -> str | None:
    """Ask macOS for the UUID of a volume."""
    program = shutil.which("diskutil")
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, "info", "-plist", str(mount_point)],
            capture_output=True,
            timeout=_DISKUTIL_LIMIT_S,
            check=True,
        ).stdout
        uuid = plistlib.loads(answer).get("VolumeUUID")
    except (OSError, subprocess.SubprocessError, plistlib.InvalidFileException):
        return None
    return f"uuid:{uuid}" if uuid else None
