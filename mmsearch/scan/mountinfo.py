"""Volumes of Linux: /proc/self/mountinfo and /dev/disk/by-uuid, read as text."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ESCAPE = re.compile(r"\\([0-7]{3})")

# File systems whose "source" is an address on the network, and so stays what it is.
_NETWORK = re.compile(r"^(nfs|nfs4|cifs|smb3|smbfs|9p|ceph|fuse\.sshfs|fuse\.rclone|davfs)$")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo."""

    device: str
    """ "major:minor"."""
    inner_path: str
    """Which folder of the file system is mounted: "/" mostly, "/@home" of btrfs, a bind mount."""
    mount_point: str
    fs_type: str
    source: str


def parse_mounts(text: str) -> list[Mount]:
    """Read mountinfo (see ``man 5 proc``), in the order of mounting."""
    return [mount for line in text.splitlines() if (mount := _parse_line(line)) is not None]


def _parse_line(line: str) -> Mount | None:
    before, dash, after = line.partition(" - ")
    fields, source_fields = before.split(" "), after.split(" ")
    if not dash or len(fields) < 6 or len(source_fields) < 2:
        return None
    inner_path, mount_point = _unescape(fields[3]), _unescape(fields[4])
    return Mount(fields[2], inner_path, mount_point, source_fields[0], _unescape(source_fields[1]))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 8)), text)


def mount_of(path: str, mounts: list[Mount]) -> Mount:
    """Return the mount that a path (without links) lies on; ``mounts`` has one at "/"."""
    holding = [mount for mount in mounts if is_below(path, mount.mount_point)]
    # Of two at the same place the later one covers the earlier.
    return max(reversed(holding), key=lambda mount: len(mount.mount_point))


def is_below(path: str, folder: str) -> bool:
    """Tell whether a path is a folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def is_network_type(fs_type: str) -> bool:
    """Tell whether a file system lies on another computer."""
    return _NETWORK.match(fs_type) is not None


def volume_id(mount: Mount, uuids: Mapping[str, str]) -> str:
    """Name the file system of a mount, as lastingly as can be.

    uuids: from the real path of a block device to the UUID of the file system on it.
    Returns "uuid:..." or "net:...", which stay the same over restarts and other mount points,
    or "device:...", which need not.
    """
    uuid = uuids.get(os.path.realpath(mount.source)) if mount.source.startswith("/") else None
    if uuid is not None:
        return f"uuid:{uuid}"
    if is_network_type(mount.fs_type):
        return f"net:{mount.fs_type}:{mount.source}"
    return f"device:{mount.fs_type}:{mount.source}:{mount.device}"


def read_mounts(file: Path = Path("/proc/self/mountinfo")) -> list[Mount]:
    """Read what is mounted now."""
    try:
        mounts = parse_mounts(file.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        mounts = []
    if any(mount.mount_point == "/" for mount in mounts):
        return mounts
    # Seen from inside a chroot the top is no mount, and without /proc nothing is.
    number = os.stat("/").st_dev
    top = Mount(f"{number:x}", "/", "/", "unknown", "/")
    return [top, *mounts]


def read_uuids(folder: Path = Path("/dev/disk/by-uuid")) -> dict[str, str]:
    """Read which block device holds which file system; empty where the system does not say."""
    if not folder.is_dir():
        return {}
    return {os.path.realpath(link): link.name for link in folder.iterdir()}
