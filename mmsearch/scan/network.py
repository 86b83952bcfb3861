"""Whether a folder lies on another computer: nobody tells what changes there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from mmsearch.scan.mountinfo import is_network_type, mount_of, read_mounts

_IS_LINUX = sys.platform == "linux"
_IS_WINDOWS = sys.platform == "win32"
_WINDOWS_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_MAC_LINE = re.compile(r" on (?P<place>.+) \((?P<type>\w+)")
_MAC_NETWORK = {"smbfs", "nfs", "afpfs", "webdav", "ftp"}
_MOUNT_LIMIT_S = 10


def is_on_network(path: Path | str) -> bool:
    """Tell whether a folder lies on a drive of another computer; False where that is unknown."""
    real = os.path.realpath(path)
    if _IS_LINUX:
        return is_network_type(mount_of(real, read_mounts()).fs_type)
    if _IS_WINDOWS:
        return _is_remote_on_windows(real)
    return is_network_by_list(real, _mac_mounts())


def is_network_by_list(path: str, listed: str) -> bool:
    """Tell it by what the command ``mount`` of macOS says."""
    found = [match for line in listed.splitlines() if (match := _MAC_LINE.search(line))]
    holding = [match for match in found if Path(path).is_relative_to(match["place"])]
    nearest = max(holding, key=lambda match: len(match["place"]), default=None)
    return nearest is not None and nearest["type"] in _MAC_NETWORK


def _is_remote_on_windows(path: str) -> bool:
    drive = os.path.splitdrive(path)[0]
    if drive.startswith("\\\\"):
        return True
    import ctypes

    return bool(vars(ctypes)["windll"].kernel32.GetDriveTypeW(f"{drive}\\") == _WINDOWS_REMOTE)


def _mac_mounts() -> str:
    try:
        ran = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=_MOUNT_LIMIT_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout
